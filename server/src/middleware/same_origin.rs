//! Refuses what another site sends in a visitor's name. Whatever changes something is a POST or the like, so a new form
//! is guarded without asking for it.

use axum::extract::{Request, State};
use axum::http::{HeaderMap, header};
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::error::Error;
use crate::state::AppState;

pub(super) async fn guard(State(state): State<AppState>, request: Request, next: Next) -> Response {
    if request.method().is_safe() || !is_cross_site(request.headers(), &state.ports.public_url) {
        next.run(request).await
    } else {
        Error::CrossSite.into_response()
    }
}

/// Whether a browser says that another site sent this. Programs say neither, and
/// have no visitor in whose name they could act.
fn is_cross_site(headers: &HeaderMap, public_url: &str) -> bool {
    let text = |name: &str| headers.get(name).map(|value| value.to_str().unwrap_or("?"));
    if let Some(site) = text("sec-fetch-site") {
        return !matches!(site, "same-origin" | "none");
    }
    // Older browsers, and pages that are not on HTTPS.
    let Some(origin) = text(header::ORIGIN.as_str()) else {
        return false;
    };
    let host = text(header::HOST.as_str());
    let same_host = origin.split_once("://").map(|(_, authority)| authority) == host;
    !(origin == public_url || (host.is_some() && same_host))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn forms_of_other_sites_are_told_apart() {
        for (site, origin, expected) in [
            (Some("same-origin"), None, false),
            (Some("none"), None, false),
            (Some("same-site"), None, true),
            (Some("cross-site"), Some("https://be.example"), true),
            (None, Some("https://be.example"), false),
            (None, Some("http://10.0.0.1:3000"), false),
            (None, Some("https://evil.example"), true),
            (None, Some("null"), true),
            (None, None, false),
        ] {
            let mut headers = HeaderMap::new();
            headers.insert(header::HOST, "10.0.0.1:3000".parse().expect("a value"));
            for (name, value) in [("sec-fetch-site", site), ("origin", origin)] {
                if let Some(value) = value {
                    headers.insert(name, value.parse().expect("a value"));
                }
            }
            assert_eq!(
                is_cross_site(&headers, "https://be.example"),
                expected,
                "{site:?} {origin:?}"
            );
        }
    }
}

//! `POST /scenarios`: the save button of the pages, which works without JavaScript.

use app::url_state::{Pairs, system_from_query};
use axum::extract::State;
use axum::http::{HeaderMap, header};
use axum::response::Redirect;
use model::system::{InvalidSystem, System};
use serde::Deserialize;

use super::body::Form;
use crate::error::Error;
use crate::state::AppState;

#[derive(Debug, Deserialize)]
pub(super) struct SaveForm {
    /// The query string of the answer that is saved.
    answers: String,
    /// What to call it, when that is not among the answers.
    #[serde(default)]
    name: String,
}

pub(super) async fn from_form(
    State(state): State<AppState>,
    headers: HeaderMap,
    Form(form): Form<SaveForm>,
) -> Result<Redirect, Error> {
    if is_cross_site(&headers, &state.ports.public_url) {
        return Err(Error::CrossSite);
    }
    let Ok(system) = form.system() else {
        // The page of the answer says what is wrong, beside the fields.
        return Ok(Redirect::to(&format!(
            "/answer?{}",
            Pairs::parse(&form.answers).query()
        )));
    };
    let saved = state.scenarios().save(system).await?;
    Ok(Redirect::to(&format!("/s/{}", saved.id)))
}

impl SaveForm {
    fn system(&self) -> Result<System, InvalidSystem> {
        let mut system = system_from_query(&self.answers)?;
        if !self.name.trim().is_empty() {
            self.name.trim().clone_into(&mut system.name);
            system.check()?;
        }
        Ok(system)
    }
}

/// Whether a browser says that another site sent this. Programs say neither, and
/// have no visitor in whose name they could act.
pub(super) fn is_cross_site(headers: &HeaderMap, public_url: &str) -> bool {
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

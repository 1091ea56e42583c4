//! Tells browsers what this site never does. Pages say more precisely which scripts
//! may run, see [`page_policy`]; everything else may run none.

use axum::extract::{MatchedPath, Request, State};
use axum::http::{HeaderName, HeaderValue, header};
use axum::middleware::Next;
use axum::response::Response;

use crate::state::AppState;

/// For what is no page.
const POLICY: HeaderValue = HeaderValue::from_static(
    "default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
);

/// For every answer. The referrer is kept within the site and not dropped
/// altogether: with `no-referrer` browsers hide the origin of our own forms too.
const ALWAYS: [(HeaderName, HeaderValue); 4] = [
    (
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    ),
    (
        header::REFERRER_POLICY,
        HeaderValue::from_static("same-origin"),
    ),
    (
        HeaderName::from_static("permissions-policy"),
        HeaderValue::from_static("camera=(), geolocation=(), microphone=(), payment=(), usb=()"),
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        HeaderValue::from_static("same-origin"),
    ),
];

const HTTPS_ONLY: HeaderValue = HeaderValue::from_static("max-age=31536000; includeSubDomains");
const NO_INDEX: HeaderValue = HeaderValue::from_static("noindex");

/// Routes that show what somebody saved; who has the link may read, search engines may not list.
const SAVED_ROUTES: [&str; 5] = [
    "/s/",
    "/api/v1/scenarios/",
    "/api/v1/simulations/",
    "/replays/",
    "/compare",
];

/// The policy of a page whose own scripts carry this nonce.
pub(crate) fn page_policy(nonce: Option<&str>) -> String {
    let nonce = nonce
        .map(|nonce| format!(" 'nonce-{nonce}'"))
        .unwrap_or_default();
    format!(
        "default-src 'none'; script-src 'self'{nonce} 'wasm-unsafe-eval'; style-src 'self'; img-src 'self' data:; \
         connect-src 'self'; font-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
    )
}

pub(super) async fn add(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let route = request.extensions().get::<MatchedPath>().cloned();
    let mut response = next.run(request).await;
    let headers = response.headers_mut();
    headers
        .entry(header::CONTENT_SECURITY_POLICY)
        .or_insert(POLICY);
    headers.extend(ALWAYS);
    if state.ports.public_url.starts_with("https://") {
        headers.insert(header::STRICT_TRANSPORT_SECURITY, HTTPS_ONLY);
    }
    if route.is_some_and(|route| {
        SAVED_ROUTES
            .iter()
            .any(|saved| route.as_str().starts_with(saved))
    }) {
        headers.insert(HeaderName::from_static("x-robots-tag"), NO_INDEX);
    }
    response
}

//! One file for each page, and what all of them use.

#![expect(
    clippy::must_use_candidate,
    reason = "a component is called by the view macro"
)]

pub mod advise;
pub mod answer;
pub mod answer_part;
pub mod api;
pub mod chart;
pub mod check;
pub mod claims;
pub mod compare;
pub mod field;
pub mod home;
pub mod manage;
pub mod method;
pub mod not_found;
pub mod prices;
pub mod quick;
pub mod recover;
pub mod replay;
pub mod saved;
pub mod scenarios;

use std::sync::Arc;

use http::request::Parts as RequestParts;
use http::{HeaderValue, StatusCode, header};
use leptos::prelude::*;
use leptos_axum::ResponseOptions;

use crate::api::ports::{PortError, Ports, ScenarioLine, Visitor};

/// The query string of the request, as it came.
pub(crate) fn query() -> String {
    use_context::<RequestParts>()
        .and_then(|parts| parts.uri.query().map(str::to_owned))
        .unwrap_or_default()
}

/// The path of the request.
pub(crate) fn path() -> String {
    use_context::<RequestParts>()
        .map(|parts| parts.uri.path().to_owned())
        .unwrap_or_default()
}

/// Says to the client what became of its request.
pub(crate) fn set_status(status: StatusCode) {
    if let Some(response) = use_context::<ResponseOptions>() {
        response.set_status(status);
    }
}

/// Sends the client elsewhere, whatever it accepts.
pub(crate) fn redirect(to: &str) {
    set_status(StatusCode::SEE_OTHER);
    if let (Some(response), Ok(to)) = (use_context::<ResponseOptions>(), HeaderValue::from_str(to))
    {
        response.insert_header(header::LOCATION, to);
    }
}

/// Who asks.
pub(crate) fn visitor() -> Visitor {
    use_context::<Visitor>().unwrap_or_default()
}

/// What the visitor's browser has saved.
pub(crate) async fn saved_here(
    ports: &Ports,
    visitor: Visitor,
) -> Result<Vec<ScenarioLine>, PortError> {
    match visitor.browser {
        Some(browser) => ports.scenarios.of_browser(browser).await,
        None => Ok(Vec::new()),
    }
}

/// The day of a moment that is written as RFC 3339.
pub(crate) fn day(moment: &str) -> String {
    moment.get(..10).unwrap_or(moment).to_owned()
}

/// What the server provides; without it there is nothing to show.
pub(crate) fn ports() -> Arc<Ports> {
    expect_context::<Arc<Ports>>()
}

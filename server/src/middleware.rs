//! What happens around every request, one concern per file.
//!
//! From the outside in: an id, whom it comes from, a line in the log, the metrics, the security headers, compression,
//! the problem document, the limits of the client, panics, the deadline, other sites.

mod access_log;
pub(crate) mod client;
mod compression;
mod deadline;
mod measure;
mod panic;
mod problem;
mod rate_limit;
mod request_id;
mod same_origin;
mod security_headers;

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};

use crate::state::AppState;

pub(crate) use rate_limit::RateLimits;
pub(crate) use security_headers::page_policy;

/// Puts everything around the routes.
pub(crate) fn around(routes: Router<AppState>, state: &AppState) -> Router<AppState> {
    // The last layer is the outermost.
    routes
        .layer(from_fn_with_state(state.clone(), same_origin::guard))
        .layer(from_fn(deadline::end_in_time))
        .layer(panic::layer())
        .layer(from_fn_with_state(state.clone(), rate_limit::keep))
        .layer(from_fn_with_state(state.clone(), problem::write))
        .layer(compression::layer())
        .layer(from_fn_with_state(state.clone(), security_headers::add))
        .layer(from_fn_with_state(state.clone(), measure::count))
        .layer(from_fn(access_log::write))
        .layer(from_fn_with_state(state.clone(), client::find))
        .layer(from_fn_with_state(state.clone(), request_id::give))
}

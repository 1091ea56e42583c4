//! Counts and times every request, by the template of its route.

use std::time::Instant;

use axum::extract::{MatchedPath, Request, State};
use axum::middleware::Next;
use axum::response::Response;

use crate::metrics::Labels;
use crate::state::AppState;

pub(super) async fn count(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let _under_way = state.metrics.request_begins();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let labels = Labels::new(&method, route.as_ref(), response.status());
    state.metrics.request_ends(&labels, started.elapsed());
    response
}

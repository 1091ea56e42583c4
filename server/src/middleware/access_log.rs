//! One line per request: method, route template, status, time. Never the path, the
//! query or an id, because those hold what people typed and the keys to it.

use std::time::Instant;

use axum::extract::{MatchedPath, Request};
use axum::middleware::Next;
use axum::response::Response;

pub(super) async fn write(request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    let route = request.extensions().get::<MatchedPath>().cloned();
    let response = next.run(request).await;
    let route = route.as_ref().map_or("(no route)", MatchedPath::as_str);
    let latency_ms = started.elapsed().as_secs_f64() * 1e3;
    tracing::info!(%method, route, status = response.status().as_u16(), latency_ms, "answered");
    response
}

//! Writes the problem document of a failed request, in one place and with its id.

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::request_id::RequestId;
use crate::error::{Error, Problem};

const CONTENT_TYPE: HeaderValue = HeaderValue::from_static("application/problem+json");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// A `type` that stays the same wherever the server runs.
const TYPE_PREFIX: &str = "urn:breakeven:problem:";

pub(super) async fn write(request: Request, next: Next) -> Response {
    let id = request
        .extensions()
        .get::<RequestId>()
        .map(|id| id.0.clone());
    let response = next.run(request).await;
    let problem = response
        .extensions()
        .get::<Problem>()
        .cloned()
        .or_else(|| of_router(&response));
    match problem {
        Some(problem) => document(response, &problem, id.as_deref()),
        None => response,
    }
}

/// The router answers a wrong method itself, with an empty body.
fn of_router(response: &Response) -> Option<Problem> {
    (response.status() == StatusCode::METHOD_NOT_ALLOWED).then(|| Error::MethodNotAllowed.into())
}

fn document(mut response: Response, problem: &Problem, request_id: Option<&str>) -> Response {
    let mut document = serde_json::json!({
        "type": format!("{TYPE_PREFIX}{}", problem.kind),
        "title": problem.title,
        "status": problem.status.as_u16(),
        "detail": problem.detail,
        "request_id": request_id,
    });
    if !problem.errors.is_empty() {
        document["errors"] = serde_json::json!(problem.errors);
    }
    response
        .headers_mut()
        .insert(header::CONTENT_TYPE, CONTENT_TYPE);
    response
        .headers_mut()
        .insert(header::CACHE_CONTROL, NO_STORE);
    response.headers_mut().remove(header::CONTENT_LENGTH);
    *response.body_mut() = Body::from(document.to_string());
    response
}

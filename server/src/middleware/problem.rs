//! Writes the problem document of a failed request, or the page of it for a person, in one place and with its id.

use app::api::ports::{Failure, Instead, Retry};
use axum::body::Body;
use axum::extract::{Request, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;

use super::request_id::RequestId;
use crate::error::{Error, Problem};
use crate::http::pages;
use crate::state::AppState;

const CONTENT_TYPE: HeaderValue = HeaderValue::from_static("application/problem+json");
const NO_STORE: HeaderValue = HeaderValue::from_static("no-store");

/// A `type` that stays the same wherever the server runs.
const TYPE_PREFIX: &str = "urn:breakeven:problem:";

pub(super) async fn write(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let id = request
        .extensions()
        .get::<RequestId>()
        .map(|id| id.0.clone());
    let person = is_a_persons(&request).then(|| (path(&request), request.headers().clone()));
    let response = next.run(request).await;
    let problem = response
        .extensions()
        .get::<Problem>()
        .cloned()
        .or_else(|| of_router(&response));
    match (problem, person) {
        (None, _) => response,
        (Some(problem), None) => document(response, &problem, id.as_deref()),
        (Some(problem), Some((path, headers))) => {
            page(&state, &path, &headers, response, problem, id).await
        }
    }
}

/// Whether a browser asks for a page: it says that it reads HTML, and no program asks here.
fn is_a_persons(request: &Request) -> bool {
    let accepts = request.headers().get(header::ACCEPT);
    let accepts = accepts.and_then(|value| value.to_str().ok());
    accepts.is_some_and(|accepts| accepts.contains("text/html"))
        && !request.uri().path().starts_with("/api/")
}

fn path(request: &Request) -> String {
    request.uri().path().to_owned()
}

/// The page that says what went wrong, with what was sent, to be sent again.
async fn page(
    state: &AppState,
    path: &str,
    headers: &HeaderMap,
    mut response: Response,
    problem: Problem,
    request_id: Option<String>,
) -> Response {
    let failure = Failure {
        status: problem.status.as_u16(),
        title: problem.title,
        detail: problem.detail,
        errors: problem.errors,
        request_id,
        retry: response.extensions_mut().remove::<Retry>(),
        instead: response
            .extensions_mut()
            .remove::<Vec<Instead>>()
            .unwrap_or_default(),
    };
    let mut page = pages::with(state, path, headers, failure).await;
    *page.status_mut() = problem.status;
    for (name, value) in response.headers() {
        if name == header::RETRY_AFTER || name == header::WWW_AUTHENTICATE {
            page.headers_mut().insert(name, value.clone());
        }
    }
    page.headers_mut().insert(header::CACHE_CONTROL, NO_STORE);
    page
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

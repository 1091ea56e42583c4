//! Gives each request an id, which ties its answer to its lines in the log. None is
//! taken from outside: it would let a stranger write into the log.

use axum::extract::{Request, State};
use axum::http::HeaderValue;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use tracing::Instrument as _;

use crate::entropy::random_id;
use crate::error::Error;
use crate::state::AppState;

/// The id of the request at hand.
#[derive(Clone, Debug)]
pub(crate) struct RequestId(pub(crate) String);

pub(super) async fn give(
    State(state): State<AppState>,
    mut request: Request,
    next: Next,
) -> Response {
    let Ok(id) = random_id(state.entropy.as_ref()) else {
        tracing::error!("no random bytes for a request id");
        return Error::Internal.into_response();
    };
    let header = HeaderValue::from_str(&id);
    let span = tracing::info_span!("request", request_id = %id);
    request.extensions_mut().insert(RequestId(id));
    let mut response = next.run(request).instrument(span).await;
    if let Ok(header) = header {
        response.headers_mut().insert("x-request-id", header);
    }
    response
}

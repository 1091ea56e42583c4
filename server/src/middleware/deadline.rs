//! Ends what takes too long. Computing and the database have shorter limits of their
//! own; this one catches what has none.

use std::time::Duration;

use axum::extract::Request;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};

use crate::error::Error;

const DEADLINE: Duration = Duration::from_secs(30);

pub(super) async fn end_in_time(request: Request, next: Next) -> Response {
    tokio::time::timeout(DEADLINE, next.run(request))
        .await
        .unwrap_or_else(|_| Error::Overloaded.into_response())
}

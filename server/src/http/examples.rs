//! `GET /examples`: workloads to start from.

use std::sync::LazyLock;

use axum::http::HeaderMap;
use axum::response::Response;
use model::example;

use super::known::Fixed;
use crate::error::Error;

static EXAMPLES: LazyLock<Option<Fixed>> = LazyLock::new(|| Fixed::of(&example::all()).ok());

pub(super) async fn examples(headers: HeaderMap) -> Result<Response, Error> {
    let examples = EXAMPLES.as_ref().ok_or(Error::Internal)?;
    Ok(examples.answer(&headers))
}

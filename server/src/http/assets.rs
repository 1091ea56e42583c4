//! The files of the site.

use axum::extract::Request;
use axum::response::Response;

use crate::assets;
use crate::error::Error;

pub(super) async fn file(request: Request) -> Result<Response, Error> {
    assets::response(request.uri().path(), request.headers()).ok_or(Error::NotFound)
}

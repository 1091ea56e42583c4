//! A file to save: its name, its kind, and how long a browser may believe its copy.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};

use super::known::knows;
use crate::cache::ContentKey;

/// A saved scenario may be renamed or deleted; an answer follows the price book.
const REVALIDATE: HeaderValue = HeaderValue::from_static("private, no-cache");

/// The file, or that the browser has it.
pub(super) fn download(
    asked: &HeaderMap,
    file: Bytes,
    content_type: &'static str,
    attachment: HeaderValue,
) -> Response {
    let etag = ContentKey::of(&[&file]).etag();
    let mut response = if knows(asked, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        file.into_response()
    };
    let headers = response.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CONTENT_DISPOSITION, attachment);
    headers.insert(header::CACHE_CONTROL, REVALIDATE);
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        headers.insert(header::ETAG, etag);
    }
    response
}

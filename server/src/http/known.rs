//! What a client has already is not sent again: answers carry an `ETag`, and who shows it gets 304.

use axum::body::Bytes;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use serde::Serialize;

use crate::cache::ContentKey;

/// What was made of prices and model changes with them, but not within the hour.
const FOR_AN_HOUR: HeaderValue = HeaderValue::from_static("public, max-age=3600");

/// Whether the client says that it has this already.
pub(super) fn knows(headers: &HeaderMap, etag: &str) -> bool {
    let known = headers.get(header::IF_NONE_MATCH);
    let known = known.and_then(|known| known.to_str().ok());
    known.is_some_and(|known| {
        known
            .split(',')
            .map(|one| one.trim().trim_start_matches("W/"))
            .any(|one| one == etag || one == "*")
    })
}

/// The short answer for who has it.
pub(super) fn unless_known(headers: &HeaderMap, key: ContentKey) -> Option<Response> {
    let etag = key.etag();
    knows(headers, &etag).then(|| (StatusCode::NOT_MODIFIED, caching(&etag)).into_response())
}

/// The long one.
pub(super) fn answer(key: ContentKey, kind: &'static str, body: impl Into<Bytes>) -> Response {
    let kind = [(header::CONTENT_TYPE, HeaderValue::from_static(kind))];
    (kind, caching(&key.etag()), body.into()).into_response()
}

fn caching(etag: &str) -> HeaderMap {
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, FOR_AN_HOUR);
    if let Ok(etag) = HeaderValue::from_str(etag) {
        headers.insert(header::ETAG, etag);
    }
    headers
}

/// JSON that stays the same as long as the program runs, written once.
#[derive(Clone, Debug)]
pub(super) struct Fixed {
    key: ContentKey,
    json: Bytes,
}

impl Fixed {
    pub(super) fn of(content: &impl Serialize) -> serde_json::Result<Self> {
        let json = Bytes::from(serde_json::to_vec(content)?);
        let key = ContentKey::of(&[&json]);
        Ok(Self { key, json })
    }

    pub(super) fn answer(&self, headers: &HeaderMap) -> Response {
        unless_known(headers, self.key)
            .unwrap_or_else(|| answer(self.key, "application/json", self.json.clone()))
    }
}

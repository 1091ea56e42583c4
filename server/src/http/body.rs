//! Reading a body: the right type, within the bound, in time.

use std::time::Duration;

use axum::body::Body;
use axum::extract::{DefaultBodyLimit, FromRequest, Multipart, Request};
use axum::http::header;
use http_body_util::BodyExt as _;
use model::strict::Strict;
use model::system::System;
use serde::de::{DeserializeOwned, IgnoredAny};
use serde_json::Value;

use crate::error::{Error, invalid};

/// The largest body: 256 kB.
const LARGEST_BODY_BYTES: usize = 256 * 1024;
/// The largest body that may hold a traffic series: 2 MB of it, half as much again for what JSON escapes, and the system.
const LARGEST_WITH_SERIES_BYTES: usize = 3 * 1024 * 1024 + LARGEST_BODY_BYTES;
/// What is read of a larger body before the refusal, because a client that is still
/// sending would see a broken connection in place of it.
const LARGEST_IGNORED_BYTES: usize = 64 * 1024 * 1024;
const BODY_TIMEOUT: Duration = Duration::from_secs(15);

const JSON: &str = "application/json";
const FORM: &str = "application/x-www-form-urlencoded";
const MULTIPART: &str = "multipart/form-data";

/// A body that is well-formed JSON.
#[derive(Debug)]
pub(super) struct Json(Vec<u8>);

impl<S: Send + Sync> FromRequest<S> for Json {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        json(request, LARGEST_BODY_BYTES).await.map(Self)
    }
}

async fn json(request: Request, most: usize) -> Result<Vec<u8>, Error> {
    if !is(&request, JSON) {
        return Err(Error::UnsupportedMediaType(
            "the body must be application/json",
        ));
    }
    let bytes = read(request.into_body(), most).await?;
    // Ignoring needs no stack, however deep the nesting.
    serde_json::from_slice::<IgnoredAny>(&bytes)
        .map_err(|error| Error::Malformed(format!("the body is not JSON: {error}")))?;
    Ok(bytes)
}

/// A body that is well-formed JSON and may hold a traffic series.
#[derive(Debug)]
pub(super) struct LargeJson(Vec<u8>);

impl<S: Send + Sync> FromRequest<S> for LargeJson {
    type Rejection = Error;

    async fn from_request(request: Request, _: &S) -> Result<Self, Error> {
        json(request, LARGEST_WITH_SERIES_BYTES).await.map(Self)
    }
}

impl LargeJson {
    /// The body as a value; a field that comes twice is refused.
    pub(super) fn value(&self) -> Result<Value, Error> {
        Json(self.0.clone()).record()
    }
}

/// A form with files, of which one may be a traffic series.
pub(super) struct Parts(pub(super) Multipart);

impl<S: Send + Sync> FromRequest<S> for Parts {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        if !is(&request, MULTIPART) {
            return Err(Error::UnsupportedMediaType(
                "the body must be multipart/form-data",
            ));
        }
        let (parts, body) = request.into_parts();
        let bytes = read(body, LARGEST_WITH_SERIES_BYTES).await?;
        let mut whole = Request::from_parts(parts, Body::from(bytes));
        // The bound is kept already.
        DefaultBodyLimit::disable().apply(&mut whole);
        let form = Multipart::from_request(whole, state).await;
        form.map(Self)
            .map_err(|error| Error::Malformed(error.body_text()))
    }
}

impl Json {
    /// The body as a system whose every value has been checked.
    pub(super) fn system(&self) -> Result<System, Error> {
        Ok(System::from_json(&self.0)?)
    }

    /// The body as it came.
    pub(super) fn bytes(&self) -> &[u8] {
        &self.0
    }

    /// The body as a record, with the path of a bad field.
    pub(super) fn record<T: DeserializeOwned>(&self) -> Result<T, Error> {
        let mut deserializer = serde_json::Deserializer::from_slice(&self.0);
        // The first reading says where a mistake stands and sees a field that comes twice.
        let _: T = serde_path_to_error::deserialize(&mut deserializer).map_err(|e| located(&e))?;
        let value =
            serde_json::from_slice(&self.0).map_err(|error| Error::Malformed(error.to_string()))?;
        serde_path_to_error::deserialize(Strict(value)).map_err(|e| located(&e))
    }
}

fn located(error: &serde_path_to_error::Error<serde_json::Error>) -> Error {
    let message = error.inner().to_string();
    invalid(complete(&error.path().to_string(), &message), message)
}

/// serde names an unknown or a missing field in its message only.
fn complete(path: &str, message: &str) -> String {
    let path = if matches!(path, "." | "?") { "" } else { path };
    let named = message
        .strip_prefix("unknown field `")
        .or_else(|| message.strip_prefix("missing field `"));
    let field = named
        .and_then(|rest| rest.split('`').next())
        .unwrap_or_default();
    match (path, field) {
        (path, "") => path.to_owned(),
        ("", field) => field.to_owned(),
        // The path of an unknown field ends with it already.
        (path, field) if path == field || path.ends_with(&format!(".{field}")) => path.to_owned(),
        (path, field) => format!("{path}.{field}"),
    }
}

/// A body that a form sent.
#[derive(Debug)]
pub(super) struct Form<T>(pub(super) T);

impl<S: Send + Sync, T: DeserializeOwned> FromRequest<S> for Form<T> {
    type Rejection = Error;

    async fn from_request(request: Request, state: &S) -> Result<Self, Error> {
        if !is(&request, FORM) {
            return Err(Error::UnsupportedMediaType("the body must be a form"));
        }
        let (parts, body) = request.into_parts();
        let bytes = read(body, LARGEST_BODY_BYTES).await?;
        let whole = Request::from_parts(parts, Body::from(bytes));
        let form = axum::Form::<T>::from_request(whole, state).await;
        form.map(|form| Self(form.0))
            .map_err(|error| Error::Malformed(error.body_text()))
    }
}

fn is(request: &Request, expected: &str) -> bool {
    let given = request
        .headers()
        .get(header::CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    given
        .split(';')
        .next()
        .is_some_and(|kind| kind.trim().eq_ignore_ascii_case(expected))
}

async fn read(body: Body, most: usize) -> Result<Vec<u8>, Error> {
    tokio::time::timeout(BODY_TIMEOUT, read_bounded(body, most))
        .await
        .map_err(|_| Error::SlowRequest)?
}

async fn read_bounded(mut body: Body, most: usize) -> Result<Vec<u8>, Error> {
    let mut bytes = Vec::new();
    let mut total = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Error::Malformed("the body ended early".into()))?;
        let Ok(part) = frame.into_data() else {
            continue;
        };
        total += part.len();
        if total > LARGEST_IGNORED_BYTES {
            break;
        }
        if total <= most {
            bytes.extend_from_slice(&part);
        }
    }
    if total <= most {
        Ok(bytes)
    } else {
        Err(too_large(most))
    }
}

fn too_large(most: usize) -> Error {
    const KB: usize = 1024;
    Error::TooLarge(format!(
        "the body may have at most {most} bytes ({} kB)",
        most / KB
    ))
}

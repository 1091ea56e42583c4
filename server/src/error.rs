//! What a request can fail with, and the problem document (RFC 9457) that says so.
//!
//! Handlers return [`Error`]; it becomes a status with a [`Problem`] attached, and
//! `middleware/problem.rs` writes the document, because only there the request's id
//! is known. The cause of a 5xx is logged where it happens and is never sent.

use app::api::ports::PortError;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use model::system::{FieldError, InvalidSystem};

/// Why a request was not answered as asked.
#[derive(Clone, Debug, thiserror::Error)]
pub(crate) enum Error {
    #[error("there is nothing at this address")]
    NotFound,
    #[error("this was deleted or has expired; its owner can no longer bring it back")]
    Gone,
    #[error("this needs the owner's token, as `Authorization: Bearer ..`")]
    NoOwnerToken,
    #[error("this is not the owner's token; a new one may have been issued since")]
    NotTheOwner,
    #[error("this needs `If-Match` with the ETag of what is replaced, or `*`")]
    NoIfMatch,
    #[error("somebody has changed it meanwhile: read it again, and decide")]
    Stale,
    /// What cannot be done as things stand.
    #[error("{0}")]
    Conflict(String),
    /// The store, or what one client may keep, is full.
    #[error("{0}")]
    Full(String),
    #[error("this address does not answer this method")]
    MethodNotAllowed,
    #[error("{0}")]
    UnsupportedMediaType(&'static str),
    /// The body or the query is not even well-formed.
    #[error("{0}")]
    Malformed(String),
    /// Well-formed, with values that cannot be.
    #[error("some values cannot be used")]
    Invalid(Vec<FieldError>),
    #[error("{0}")]
    TooLarge(String),
    /// A form that another site sent in the visitor's name.
    #[error("forms are accepted from the pages of this server only")]
    CrossSite,
    #[error("the request took too long to arrive")]
    SlowRequest,
    #[error(
        "one client may make {per_minute} requests a minute for {purpose}; try again in {retry_after_s} s"
    )]
    TooManyRequests {
        per_minute: u32,
        purpose: &'static str,
        retry_after_s: u64,
    },
    #[error("there is more to compute than can be done in time; try again shortly")]
    Overloaded,
    /// As many simulations wait as may.
    #[error("{waiting} simulations wait already, which is as many as may; try again in a minute")]
    QueueFull { waiting: usize },
    #[error("the store cannot be reached; try again shortly")]
    Unavailable,
    /// A report that what it is made of does not allow.
    #[error("the report as {name} cannot be made: {why}; the other formats of it may be")]
    NoReport { name: &'static str, why: String },
    #[error("something went wrong here; it has been logged under the request id")]
    Internal,
}

const RETRY_AFTER_S: u64 = 2;
/// A simulation takes seconds, and a place is free when one has ended.
const QUEUE_RETRY_AFTER_S: u64 = 60;

impl Error {
    /// Status, the last part of `type`, and `title`.
    const fn kind(&self) -> (StatusCode, &'static str, &'static str) {
        match self {
            Self::NotFound => (StatusCode::NOT_FOUND, "not-found", "Not found"),
            Self::Gone => (StatusCode::GONE, "gone", "Gone"),
            Self::NoOwnerToken => (
                StatusCode::UNAUTHORIZED,
                "no-owner-token",
                "Owner's token needed",
            ),
            Self::NotTheOwner => (StatusCode::FORBIDDEN, "not-the-owner", "Not the owner"),
            Self::NoIfMatch => (
                StatusCode::PRECONDITION_REQUIRED,
                "no-if-match",
                "If-Match needed",
            ),
            Self::Stale => (
                StatusCode::PRECONDITION_FAILED,
                "stale",
                "Changed meanwhile",
            ),
            Self::Conflict(_) => (StatusCode::CONFLICT, "conflict", "Conflict"),
            Self::Full(_) => (StatusCode::INSUFFICIENT_STORAGE, "full", "No room left"),
            Self::MethodNotAllowed => (
                StatusCode::METHOD_NOT_ALLOWED,
                "method-not-allowed",
                "Method not allowed",
            ),
            Self::UnsupportedMediaType(_) => (
                StatusCode::UNSUPPORTED_MEDIA_TYPE,
                "unsupported-media-type",
                "Unsupported media type",
            ),
            Self::Malformed(_) => (StatusCode::BAD_REQUEST, "malformed", "Malformed request"),
            Self::Invalid(_) => (
                StatusCode::UNPROCESSABLE_ENTITY,
                "invalid",
                "Invalid values",
            ),
            Self::TooLarge(_) => (StatusCode::PAYLOAD_TOO_LARGE, "too-large", "Too large"),
            Self::CrossSite => (StatusCode::FORBIDDEN, "cross-site", "Cross-site request"),
            Self::SlowRequest => (
                StatusCode::REQUEST_TIMEOUT,
                "slow-request",
                "Request too slow",
            ),
            Self::TooManyRequests { .. } => (
                StatusCode::TOO_MANY_REQUESTS,
                "too-many-requests",
                "Too many requests",
            ),
            Self::Overloaded => (StatusCode::SERVICE_UNAVAILABLE, "overloaded", "Overloaded"),
            Self::QueueFull { .. } => (
                StatusCode::SERVICE_UNAVAILABLE,
                "queue-full",
                "The queue is full",
            ),
            Self::Unavailable => (
                StatusCode::SERVICE_UNAVAILABLE,
                "unavailable",
                "Temporarily unavailable",
            ),
            Self::NoReport { .. } => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "no-report",
                "This report cannot be made",
            ),
            Self::Internal => (
                StatusCode::INTERNAL_SERVER_ERROR,
                "internal",
                "Internal error",
            ),
        }
    }

    /// When it is worth trying again, where that is foreseeable.
    const fn retry_after_s(&self) -> Option<u64> {
        match self {
            Self::TooManyRequests { retry_after_s, .. } => Some(*retry_after_s),
            Self::QueueFull { .. } => Some(QUEUE_RETRY_AFTER_S),
            Self::Overloaded | Self::Unavailable => Some(RETRY_AFTER_S),
            _ => None,
        }
    }
}

/// What the document says but for the request's id.
#[derive(Clone, Debug)]
pub(crate) struct Problem {
    pub(crate) status: StatusCode,
    pub(crate) kind: &'static str,
    pub(crate) title: &'static str,
    pub(crate) detail: String,
    pub(crate) errors: Vec<FieldError>,
}

impl From<Error> for Problem {
    fn from(error: Error) -> Self {
        let (status, kind, title) = error.kind();
        let detail = error.to_string();
        let errors = if let Error::Invalid(errors) = error {
            errors
        } else {
            Vec::new()
        };
        Self {
            status,
            kind,
            title,
            detail,
            errors,
        }
    }
}

impl IntoResponse for Error {
    fn into_response(self) -> Response {
        let retry_after_s = self.retry_after_s();
        let problem = Problem::from(self);
        let mut response = problem.status.into_response();
        if let Some(seconds) = retry_after_s {
            response
                .headers_mut()
                .insert(header::RETRY_AFTER, HeaderValue::from(seconds));
        }
        if problem.status == StatusCode::UNAUTHORIZED {
            response
                .headers_mut()
                .insert(header::WWW_AUTHENTICATE, HeaderValue::from_static("Bearer"));
        }
        response.extensions_mut().insert(problem);
        response
    }
}

impl From<PortError> for Error {
    fn from(error: PortError) -> Self {
        match error {
            PortError::Overloaded => Self::Overloaded,
            PortError::Unavailable => Self::Unavailable,
            PortError::Gone => Self::Gone,
            PortError::Internal => Self::Internal,
        }
    }
}

impl From<InvalidSystem> for Error {
    fn from(invalid: InvalidSystem) -> Self {
        Self::Invalid(invalid.errors)
    }
}

/// One bad value.
pub(crate) fn invalid(path: impl Into<String>, message: impl Into<String>) -> Error {
    Error::Invalid(vec![FieldError {
        path: path.into(),
        message: message.into(),
    }])
}

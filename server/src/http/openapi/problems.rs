//! How the API refuses: problem documents, one response for each status.

use model::openapi::{Schemas, add};
use model::system::FieldError;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;

use super::call::{reference as schema, with_request_id};

/// What went wrong (RFC 9457).
#[derive(ToSchema)]
#[schema(as = Problem)]
#[expect(
    dead_code,
    reason = "it is written by the middleware; here it is described"
)]
struct Problem {
    /// Names the sort of problem and stays the same: `urn:breakeven:problem:` and a word.
    #[schema(pattern = "^urn:breakeven:problem:[a-z-]+$")]
    r#type: String,
    /// The sort of problem, for people.
    title: String,
    /// The status of the answer.
    #[schema(minimum = 400, maximum = 599)]
    status: u16,
    /// What is wrong this time.
    detail: String,
    /// Every bad value with its path.
    #[schema(required = false)]
    errors: Vec<FieldError>,
    /// Names the request in the log of the server.
    request_id: String,
}

pub(super) fn add_schemas(schemas: &mut Schemas) {
    add::<Problem>(schemas);
}

/// Status, and when it comes.
const PROBLEMS: [(u16, &str); 16] = [
    (
        400,
        "The body is not JSON, or the query or a header is not what it must be.",
    ),
    (401, "The owner's token is missing."),
    (
        403,
        "The token is not the owner's, or another site sent this in a visitor's name.",
    ),
    (404, "There is no such thing, and never was."),
    (408, "The body took more than 15 seconds to arrive."),
    (409, "A scenario has at most 100 revisions."),
    (410, "It was deleted or has expired."),
    (
        412,
        "`If-Match` names another state: somebody has changed it meanwhile.",
    ),
    (
        413,
        "The body has more than 256 kB; with a traffic series more than 2 MB.",
    ),
    (415, "The body must be `application/json`."),
    (
        422,
        "Values cannot be used; `errors` names each with its path.",
    ),
    (428, "`If-Match` is missing: say which state you have seen."),
    (
        429,
        "Too many requests from this address; `Retry-After` says when to come back.",
    ),
    (500, "A fault of ours. It is logged under the request's id."),
    (
        503,
        "More to compute than can be done in time, or no store to reach. Try again after `Retry-After` seconds.",
    ),
    (507, "The store, or what one client may keep, is full."),
];

/// A reference to the response of a status.
pub(super) fn reference(status: u16) -> Value {
    json!({ "$ref": format!("#/components/responses/{status}") })
}

/// The responses by status.
pub(super) fn responses() -> Value {
    PROBLEMS
        .iter()
        .map(|problem| (problem.0.to_string(), response(problem)))
        .collect::<Map<_, _>>()
        .into()
}

fn response((status, when): &(u16, &str)) -> Value {
    let content = json!({ "schema": schema("Problem") });
    json!({
        "description": when,
        "headers": with_request_id(&headers(*status)),
        "content": { "application/problem+json": content },
    })
}

fn headers(status: u16) -> Value {
    let seconds = json!({
        "description": "Seconds to wait.",
        "required": true,
        "schema": { "type": "integer", "minimum": 1 },
    });
    let scheme = json!({
        "description": "How to show the token.",
        "required": true,
        "schema": { "type": "string", "enum": ["Bearer"] },
    });
    match status {
        429 | 503 => json!({ "Retry-After": seconds }),
        401 => json!({ "WWW-Authenticate": scheme }),
        _ => json!({}),
    }
}

//! `POST /api/try`: a call of the API that a form of its page has filled in. It goes through the API's own
//! router, and the page shows what came back.

use app::api::reference::{BODY, Tried, can_be_tried, input};
use axum::body::Body;
use axum::extract::State;
use axum::http::{HeaderMap, Request, header};
use axum::response::{Redirect, Response};
use axum::routing::{MethodRouter, get};
use axum::{Extension, Router};
use http_body_util::{BodyExt as _, Collected};
use serde_json::Value;
use tower::ServiceExt as _;

use super::body::Form;
use super::{openapi, pages};
use crate::error::{Error, invalid};
use crate::middleware::client::Client;
use crate::state::AppState;

/// The page with the forms.
const PAGE: &str = "/api";
/// What of an answer is shown; all of the price book would be a page of its own.
const LONGEST_SHOWN: usize = 60_000;

type Typed = Vec<(String, String)>;

/// The form's address. `api` is what a program would reach.
pub(super) fn route(api: Router) -> MethodRouter<AppState> {
    // Who comes here by the address bar wants the page.
    get(|| async { Redirect::to(PAGE) }).post(
        move |State(state): State<AppState>,
              client: Option<Extension<Client>>,
              headers: HeaderMap,
              Form(typed): Form<Typed>| async move {
            attempt(&state, api, client, &headers, typed).await
        },
    )
}

async fn attempt(
    state: &AppState,
    api: Router,
    client: Option<Extension<Client>>,
    headers: &HeaderMap,
    typed: Typed,
) -> Result<Response, Error> {
    let call = text(&typed, "call").unwrap_or_default().to_owned();
    let (method, path, operation) =
        find(&call).ok_or_else(|| invalid("call", "is no call that can be tried"))?;
    let asked = address(path, operation, &typed);
    let mut request = request(method, &asked, operation, &typed)?;
    // What is saved from here counts against the same quota.
    if let Some(Extension(client)) = client {
        request.extensions_mut().insert(client);
    }
    let answer = match api.oneshot(request).await {
        Ok(answer) => answer,
        Err(never) => match never {},
    };
    let tried = tried(
        call,
        typed,
        format!("{} {asked}", method.to_uppercase()),
        answer,
    )
    .await;
    Ok(pages::with(state, PAGE, headers, tried).await)
}

/// Method, path and description of a call that may be tried.
fn find(call: &str) -> Option<(&'static str, &'static str, &'static Value)> {
    let paths = openapi::described()["paths"].as_object()?;
    let mut all = paths.iter().flat_map(|(path, methods)| {
        let methods = methods.as_object().into_iter().flatten();
        methods.map(move |(method, operation)| (method.as_str(), path.as_str(), operation))
    });
    all.find(|(method, _, operation)| {
        operation["operationId"] == call && can_be_tried(method, operation)
    })
}

fn text<'t>(typed: &'t Typed, name: &str) -> Option<&'t str> {
    typed
        .iter()
        .find(|(known, _)| known == name)
        .map(|(_, text)| text.as_str())
}

/// The parameters of a call that something was typed for, of one place.
fn given<'t>(
    operation: &'t Value,
    place: &'static str,
    typed: &'t Typed,
) -> impl Iterator<Item = (&'t str, &'t str)> {
    let parameters = operation["parameters"].as_array().into_iter().flatten();
    parameters
        .filter(move |parameter| parameter["in"] == place)
        .filter_map(|parameter| {
            let name = parameter["name"].as_str()?;
            let text = text(typed, &input(name))?.trim();
            (!text.is_empty()).then_some((name, text))
        })
}

/// The address from the root on, with what was typed in its places.
fn address(path: &str, operation: &Value, typed: &Typed) -> String {
    let mut address = format!("{}{path}", openapi::ROOT);
    for (name, text) in given(operation, "path", typed) {
        address = address.replace(&format!("{{{name}}}"), &escaped(text));
    }
    // A place that nothing was typed for.
    address = address.replace(['{', '}'], "-");
    for (place, (name, text)) in given(operation, "query", typed).enumerate() {
        address.push(if place == 0 { '?' } else { '&' });
        address.push_str(name);
        address.push('=');
        address.push_str(&escaped(text));
    }
    address
}

/// Everything but letters, digits and a few signs as `%XX`.
fn escaped(text: &str) -> String {
    let escaped = text.bytes().map(|byte| match byte {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'_' | b'.' | b'~' | b',' => {
            char::from(byte).to_string()
        }
        _ => format!("%{byte:02X}"),
    });
    escaped.collect()
}

fn request(
    method: &str,
    address: &str,
    operation: &Value,
    typed: &Typed,
) -> Result<Request<Body>, Error> {
    let mut request = Request::builder()
        .method(method.to_uppercase().as_str())
        .uri(address);
    for (name, text) in given(operation, "header", typed) {
        request = request.header(name, text);
    }
    let body = if operation["requestBody"].is_object() {
        request = request.header(header::CONTENT_TYPE, "application/json");
        Body::from(text(typed, BODY).unwrap_or_default().to_owned())
    } else {
        Body::empty()
    };
    request
        .body(body)
        .map_err(|_| invalid("", "a header cannot hold what was typed for it"))
}

async fn tried(call: String, typed: Typed, asked: String, answer: Response) -> Tried {
    let (parts, body) = answer.into_parts();
    let headers = parts.headers.iter().map(|(name, value)| {
        let value = String::from_utf8_lossy(value.as_bytes()).into_owned();
        (name.to_string(), value)
    });
    let bytes = body
        .collect()
        .await
        .map(Collected::to_bytes)
        .unwrap_or_default();
    Tried {
        call,
        typed,
        asked,
        status: parts.status.to_string(),
        headers: headers.collect(),
        answer: shown(&bytes),
    }
}

/// An answer as people read it, cut where it is too long for a page.
fn shown(body: &[u8]) -> String {
    let value: Option<Value> = serde_json::from_slice(body).ok();
    let text = value.map_or_else(
        || String::from_utf8_lossy(body).into_owned(),
        |value| format!("{value:#}"),
    );
    match text.char_indices().nth(LONGEST_SHOWN) {
        Some((end, _)) => format!(
            "{}\n... and {} characters more",
            &text[..end],
            text[end..].chars().count()
        ),
        None => text,
    }
}

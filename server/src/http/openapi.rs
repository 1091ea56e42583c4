//! `GET /openapi.json`: what the API takes and gives, made from the types that take and give it.
//!
//! A call is described in one of the files below; the schemas come from the types, with the bounds
//! that the checks use.

mod call;
mod computing;
mod method;
mod problems;
mod reading;
mod scenarios;
mod simulations;

use std::sync::LazyLock;

use axum::http::HeaderMap;
use axum::response::Response;
use model::openapi::{Schemas, add, schemas};
use serde_json::{Map, Value, json};

use self::call::Call;
use super::bill::Quantities;
use super::known::Fixed;
use super::price_book::Book;
use crate::error::Error;

/// Where the calls stand.
pub(super) const ROOT: &str = "/api/v1";

static DOCUMENT: LazyLock<Value> = LazyLock::new(made);
static WRITTEN: LazyLock<Option<Fixed>> = LazyLock::new(|| Fixed::of(&*DOCUMENT).ok());

/// The document as the page about the API reads it.
pub(super) fn described() -> &'static Value {
    &DOCUMENT
}

pub(super) async fn document(headers: HeaderMap) -> Result<Response, Error> {
    let written = WRITTEN.as_ref().ok_or(Error::Internal)?;
    Ok(written.answer(&headers))
}

const ABOUT: &str = "Describe a workload, and Breakeven says whether to run it serverless or in containers, what each costs and how \
fast each answers, and where the break-even lies. Nobody needs an account. Bodies are JSON in UTF-8 of at most 256 kB; unknown fields are \
refused. A number carries its unit in its name. Errors are problem documents (RFC 9457) that name the bad fields.";

/// The calls by what they do, in the order in which a reader wants them.
fn groups() -> [(&'static str, &'static str, Vec<Call>); 5] {
    [
        (
            "Compute",
            "An answer in numbers. Nothing is stored.",
            computing::calls(),
        ),
        (
            "Equations",
            "One equation of the model by itself.",
            method::calls(),
        ),
        ("Read", "What the answers are made from.", reading::calls()),
        (
            "Scenarios",
            "A system and its result, saved under an id and never computed again. Whoever has the owner's token may change it.",
            scenarios::calls(),
        ),
        (
            "Simulations",
            "The traffic, request by request, beside the formulas. Each is a job that may be followed and cancelled.",
            simulations::calls(),
        ),
    ]
}

fn made() -> Value {
    let mut paths: Map<String, Value> = Map::new();
    let mut tags = Vec::new();
    for (group, about, calls) in groups() {
        tags.push(json!({ "name": group, "description": about }));
        for (order, call) in calls.into_iter().enumerate() {
            let (path, method) = (call.path, call.method);
            let place = paths.entry(path).or_insert_with(|| json!({}));
            place[method] = call.operation(group, order);
        }
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Breakeven",
            "summary": "Serverless or containers: costs, response times and break-evens.",
            "description": ABOUT,
            "version": "1",
            "license": { "name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0" },
        },
        "servers": [{ "url": ROOT, "description": "This server." }],
        "tags": tags,
        "paths": paths,
        "components": {
            "schemas": all_schemas(),
            "responses": problems::responses(),
            "securitySchemes": {
                "owner_token": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "The token that saving returned. It is kept as a hash only, so nobody can look it up.",
                },
            },
        },
    })
}

fn all_schemas() -> Schemas {
    schemas(|more| {
        add::<Book<'_>>(more);
        add::<Quantities>(more);
        problems::add_schemas(more);
        scenarios::add_schemas(more);
        simulations::add_schemas(more);
    })
}

//! The calls that save, read, change and delete scenarios.

use model::Evaluation;
use model::openapi::{Schemas, add};
use model::system::System;
use model::system::limits::LARGEST_NAME;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::call::{Call, etag, reference};
use super::computing::systems;
use crate::http::scenarios::NewToken;
use crate::scenarios::{Saved, State};

const ID: &str = "^[a-z2-7]{26}$";
const FOR_EXAMPLE: &str = "abcdefghijklmnopqrstuvwxyz";

/// A scenario as it was saved.
#[derive(ToSchema)]
#[expect(dead_code, reason = "it is written elsewhere; here it is described")]
struct Scenario {
    /// Its id.
    id: String,
    /// Its name for people; may be empty.
    name: String,
    /// The answers.
    system: System,
    /// The result as it was saved; it is never computed again.
    evaluation: Evaluation,
    /// Which revision this is.
    revision: u32,
    /// The price book it was computed from.
    price_book: String,
    /// The model it was computed by.
    model_version: String,
    /// When it was saved, RFC 3339.
    created_at: String,
    /// When it goes, RFC 3339; null where it stays.
    #[schema(required)]
    expires_at: Option<String>,
    /// The scenario and revision that it was copied from, `id@n`.
    #[schema(required)]
    copied_from: Option<String>,
    /// With `recompute=true`: what today's prices and today's model say.
    #[schema(nullable = false)]
    today: Option<Evaluation>,
}

pub(super) fn add_schemas(schemas: &mut Schemas) {
    add::<Saved>(schemas);
    add::<Scenario>(schemas);
    add::<State>(schemas);
    add::<NewToken>(schemas);
    schemas.insert("Amendment".to_owned(), amendment());
}

/// By hand: at least one of two, and null means something.
fn amendment() -> Value {
    json!({
        "description": "What to change of a scenario beside its answers; at least one of the two.",
        "type": "object",
        "properties": {
            "name": { "description": "A name for people.", "type": "string", "maxLength": LARGEST_NAME },
            "expires_at": {
                "description": "When it goes, RFC 3339; null lets it stay.",
                "type": ["string", "null"],
                "format": "date-time",
            },
        },
        "minProperties": 1,
        "additionalProperties": false,
    })
}

pub(super) fn calls() -> Vec<Call> {
    vec![
        save(),
        read(
            "/scenarios/{id}",
            [
                "readScenario",
                "Read the newest revision",
                "As it was saved: nothing is computed again.",
            ],
        ),
        read(
            "/scenarios/{id}/revisions/{revision}",
            [
                "readRevision",
                "Read one revision",
                "As it was saved. A revision never changes.",
            ],
        )
        .with(json!({
            "name": "revision",
            "in": "path",
            "required": true,
            "description": "Which revision, from 1.",
            "schema": { "type": "integer", "minimum": 1, "maximum": u32::MAX },
            "example": 1,
        })),
        revise(),
        amend(),
        of_one(
            "delete",
            "/scenarios/{id}",
            [
                "deleteScenario",
                "Delete a scenario",
                "Its address then answers 410.",
            ],
        )
        .for_the_owner()
        .gives_nothing(204, "It is gone.", &json!({})),
        of_one(
            "post",
            "/scenarios/{id}/owner-token",
            [
                "newOwnerToken",
                "Issue a new token",
                "The old one stops working.",
            ],
        )
        .for_the_owner()
        .gives(200, "The new token.", &reference("NewToken")),
    ]
}

fn save() -> Call {
    let location = json!({
        "Location": { "description": "Where the API has it.", "required": true, "schema": { "type": "string" } },
    });
    Call::new("post", "/scenarios", [
        "saveScenario",
        "Save a system and its result",
        "Evaluates, and keeps answers and result under a new id. With `Idempotency-Key` a call may be repeated within a day: it gives the same id, \
         and a fresh token, because the first is nowhere to be read.",
    ])
    .with(json!({
        "name": "expires_at",
        "in": "query",
        "description": "When it goes, RFC 3339; it stays when absent.",
        "schema": { "type": "string", "format": "date-time" },
    }))
    .with(json!({
        "name": "copied_from",
        "in": "query",
        "description": "The scenario that it was copied from, `id` or `id@n`.",
        "schema": { "type": "string", "pattern": "^[a-z2-7]{26}(@[1-9][0-9]{0,8})?$" },
    }))
    .with(json!({
        "name": "Idempotency-Key",
        "in": "header",
        "description": "Any text of your own that names this act of saving. With another body it is refused.",
        "schema": { "type": "string", "pattern": "^[!-~]{1,255}$" },
    }))
    .takes("System", &systems())
    .gives_with(201, "It is saved.", &reference("Saved"), &together(&location, &etag()))
    .for_example(201, &json!({
        "id": FOR_EXAMPLE,
        "url": format!("https://breakeven.example/s/{FOR_EXAMPLE}"),
        "owner_token": "(the token)",
        "revision": 1,
        "expires_at": null,
    }))
    .refuses(&[507])
}

fn read(path: &'static str, words: [&str; 3]) -> Call {
    of_one("get", path, words)
        .with(json!({
            "name": "recompute",
            "in": "query",
            "description": "Whether to add what today's prices and today's model say.",
            "schema": { "type": "boolean" },
        }))
        .gives_with(200, "The scenario.", &reference("Scenario"), &etag())
        .or_not_modified()
        .refuses(&[400, 404, 410, 422])
}

fn revise() -> Call {
    of_one("put", "/scenarios/{id}", [
        "reviseScenario",
        "Add a revision",
        "Evaluates, and keeps answers and result as the newest revision. Earlier ones stay as they are.",
    ])
    .with(if_match(true))
    .takes("System", &systems())
    .for_the_owner()
    .gives_with(200, "The revision is added.", &reference("Changed"), &etag())
    .refuses(&[409, 412, 428, 507])
}

fn amend() -> Call {
    let asked = json!({ "name": "Thumbnails, spring", "expires_at": "2027-06-30T00:00:00Z" });
    of_one(
        "patch",
        "/scenarios/{id}",
        [
            "amendScenario",
            "Rename, or set when it goes",
            "Changes what is given, and no revision.",
        ],
    )
    .with(if_match(false))
    .takes("Amendment", &[("a name and an end", asked)])
    .for_the_owner()
    .gives_with(200, "It is changed.", &reference("Changed"), &etag())
    .refuses(&[412])
}

fn of_one(method: &'static str, path: &'static str, words: [&str; 3]) -> Call {
    Call::new(method, path, words).with(json!({
        "name": "id",
        "in": "path",
        "required": true,
        "description": "The scenario.",
        "schema": { "type": "string", "pattern": ID },
        "example": FOR_EXAMPLE,
    }))
}

fn if_match(needed: bool) -> Value {
    json!({
        "name": "If-Match",
        "in": "header",
        "required": needed,
        "description": "The `ETag` of the state that you have seen.",
        "schema": { "type": "string", "pattern": "^[!-~]{1,200}$" },
    })
}

fn together(one: &Value, other: &Value) -> Value {
    let both = [one, other]
        .into_iter()
        .filter_map(Value::as_object)
        .flatten();
    both.map(|(name, header)| (name.clone(), header.clone()))
        .collect::<serde_json::Map<_, _>>()
        .into()
}

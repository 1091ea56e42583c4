//! `GET /examples`: workloads to start from.

use axum::Json as Answer;
use model::example::{self, Example};
use serde_json::{Value, json};

pub(super) async fn examples() -> Answer<Value> {
    Answer(example::all().iter().map(entry).collect())
}

fn entry(example: &Example) -> Value {
    json!({
        "slug": example.slug,
        "group": example.group,
        "title": example.title,
        "what": example.what,
        "system": example.system,
    })
}

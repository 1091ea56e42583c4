//! `POST /break-even`: a system in, costs and break-evens over one numeric input out.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use model::break_even::UnknownInput;
use model::evaluation::InputBreakEvens;
use serde::Deserialize;

use super::body::Json;
use super::query::Query;
use crate::error::{Error, invalid};
use crate::state::AppState;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wishes {
    /// The input, such as `components[0].work.cpu_ms`.
    over: String,
}

pub(super) async fn break_even(
    State(state): State<AppState>,
    Query(wishes): Query<Wishes>,
    body: Json,
) -> Result<Answer<InputBreakEvens>, Error> {
    let system = body.system()?;
    let (index, path) = parse(&wishes.over)
        .ok_or_else(|| invalid("over", "is not of the form components[0].work.cpu_ms"))?;
    let book = Arc::clone(&state.book);
    let over = state
        .compute
        .run(move || model::over_input(&system, index, &path, &book))
        .await?;
    Ok(Answer(over.map_err(|error: UnknownInput| {
        invalid("over", error.to_string())
    })?))
}

/// `components[1].work.cpu_ms` as `(1, "work.cpu_ms")`.
fn parse(input: &str) -> Option<(usize, String)> {
    let (index, path) = input.strip_prefix("components[")?.split_once("].")?;
    Some((index.parse().ok()?, path.to_owned()))
}

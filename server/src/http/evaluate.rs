//! `POST /evaluate`: a system in, an evaluation out; stores nothing.

use axum::Json as Answer;
use axum::extract::State;
use model::Parts;
use model::evaluation::Evaluation;
use serde::Deserialize;

use super::body::Json;
use super::query::Query;
use crate::error::{Error, invalid};
use crate::state::AppState;

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct Wishes {
    /// Which parts to compute, a comma list; all when absent.
    parts: Option<String>,
}

pub(super) async fn evaluate(
    State(state): State<AppState>,
    Query(wishes): Query<Wishes>,
    body: Json,
) -> Result<Answer<Evaluation>, Error> {
    let parts = wishes
        .parts
        .map_or(Ok(Parts::ALL), |list| list.parse::<Parts>());
    let parts = parts.map_err(|error| invalid("parts", error.to_string()))?;
    Ok(Answer(
        state.evaluator().evaluate(body.system()?, parts).await?,
    ))
}

//! `POST /bill`: quantities of prices in, a bill out.

use std::sync::Arc;

use axum::Json as Answer;
use axum::extract::State;
use model::bill::{Bill, BillError, price_lines};
use model::price::Region;
use serde::Deserialize;
use utoipa::ToSchema;

use super::body::Json;
use crate::error::{Error, invalid};
use crate::state::AppState;

/// Quantities of prices, to be billed.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub(super) struct Quantities {
    /// Where.
    region: Region,
    /// Whether to credit what AWS does not charge.
    #[serde(default)]
    free_tier: bool,
    /// What is bought. A price that comes again goes on where it ended, as AWS meters an account.
    lines: Vec<Quantity>,
}

/// So much of one price.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Quantity {
    /// The price, as the price book calls it.
    price_id: String,
    /// How many of its units a month.
    #[schema(minimum = 0)]
    quantity: f64,
}

pub(super) async fn bill(State(state): State<AppState>, body: Json) -> Result<Answer<Bill>, Error> {
    let Quantities {
        region,
        free_tier,
        lines,
    } = body.record()?;
    let lines: Vec<(String, f64)> = lines
        .into_iter()
        .map(|line| (line.price_id, line.quantity))
        .collect();
    let book = Arc::clone(&state.book);
    let bill = state
        .compute
        .run(move || price_lines(&book, region, free_tier, &lines))
        .await?;
    Ok(Answer(bill.map_err(|error| refused(&error))?))
}

fn refused(error: &BillError) -> Error {
    let (path, message) = (error.path(), error.to_string());
    let short = message
        .strip_prefix(&format!("{path}: "))
        .unwrap_or(&message)
        .to_owned();
    invalid(path, short)
}

//! `/method/{equation}`: one equation of the model by itself.

use axum::Json as Answer;
use axum::extract::State;
use model::latency::cold_start::{ColdStart, ColdStartOutcome};
use model::latency::percentile::{Percentiles, WarmAndCold};
use model::latency::provisioned::{Provisioned, Spill};
use model::latency::queue::{Queue, WaitSummary};
use model::method::bounds::Bounded;

use super::body::Json;
use crate::error::{Error, invalid};
use crate::state::AppState;

pub(super) async fn cold_start(
    State(state): State<AppState>,
    body: Json,
) -> Result<Answer<ColdStartOutcome>, Error> {
    let question: ColdStart = body.record()?;
    bounded(&question)?;
    Ok(Answer(state.compute.run(move || question.outcome()).await?))
}

pub(super) async fn queue(
    State(state): State<AppState>,
    body: Json,
) -> Result<Answer<WaitSummary>, Error> {
    let question: Queue = body.record()?;
    bounded(&question)?;
    let wait = state.compute.run(move || question.wait()).await?;
    // Too few servers is the one thing left that can be wrong.
    Ok(Answer(
        wait.map_err(|error| invalid("servers", error.to_string()))?
            .summary(),
    ))
}

pub(super) async fn mixture(
    State(state): State<AppState>,
    body: Json,
) -> Result<Answer<Percentiles>, Error> {
    let question: WarmAndCold = body.record()?;
    bounded(&question)?;
    let percentiles = state.compute.run(move || question.percentiles()).await?;
    Ok(Answer(
        percentiles.map_err(|error| invalid("", error.to_string()))?,
    ))
}

pub(super) async fn provisioned(
    State(state): State<AppState>,
    body: Json,
) -> Result<Answer<Spill>, Error> {
    let question: Provisioned = body.record()?;
    bounded(&question)?;
    Ok(Answer(state.compute.run(move || question.spill()).await?))
}

/// Names every value that is out of its bound.
fn bounded(question: &impl Bounded) -> Result<(), Error> {
    let errors = question.outside();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(errors))
    }
}

//! `/method/{equation}`: one equation of the model by itself.

use axum::Json as Answer;
use axum::extract::State;
use model::latency::cold_start::{ColdStart, ColdStartOutcome};
use model::latency::percentile::{Percentiles, WarmAndCold};
use model::latency::provisioned::{Provisioned, Spill};
use model::latency::queue::{Queue, WaitSummary};
use model::system::FieldError;

use super::body::Json;
use crate::error::{Error, invalid};
use crate::state::AppState;

/// More than the largest workload has in its busiest second.
const RATE_PER_S: Bound = Bound {
    low: 0.0,
    high: 1e9,
};
/// 0.01 ms to 30 days.
const DURATION_S: Bound = Bound {
    low: 1e-5,
    high: 2_592_000.0,
};
const DURATION_MS: Bound = Bound {
    low: 0.01,
    high: 2_592_000_000.0,
};
const SERVERS: Bound = Bound {
    low: 1.0,
    high: 100_000.0,
};
const PROVISIONED: Bound = Bound {
    low: 0.0,
    high: 100_000.0,
};
/// Ten times the largest that the method was checked with.
const VARIATION: Bound = Bound {
    low: 0.0,
    high: 20.0,
};
const SHARE: Bound = Bound {
    low: 0.0,
    high: 1.0,
};

pub(super) async fn cold_start(
    State(state): State<AppState>,
    body: Json,
) -> Result<Answer<ColdStartOutcome>, Error> {
    let question: ColdStart = body.record()?;
    bounded(&[
        (
            "arrival_rate_per_s",
            question.arrival_rate.get(),
            RATE_PER_S,
        ),
        ("service_time_s", question.service_time.get(), DURATION_S),
        ("keep_alive_s", question.keep_alive.get(), DURATION_S),
    ])?;
    Ok(Answer(state.compute.run(move || question.outcome()).await?))
}

pub(super) async fn queue(
    State(state): State<AppState>,
    body: Json,
) -> Result<Answer<WaitSummary>, Error> {
    let question: Queue = body.record()?;
    bounded(&[
        (
            "arrival_rate_per_s",
            question.arrival_rate.get(),
            RATE_PER_S,
        ),
        ("service_time_s", question.service_time.get(), DURATION_S),
        ("servers", f64::from(question.servers), SERVERS),
        ("service_cv", question.service_cv, VARIATION),
    ])?;
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
    bounded(&[
        ("warm.p50_ms", question.warm.p50.get(), DURATION_MS),
        ("warm.p95_ms", question.warm.p95.get(), DURATION_MS),
        ("cold.p50_ms", question.cold.p50.get(), DURATION_MS),
        ("cold.p95_ms", question.cold.p95.get(), DURATION_MS),
        (
            "cold_start_probability",
            question.cold_start_probability,
            SHARE,
        ),
    ])?;
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
    bounded(&[
        (
            "arrival_rate_per_s",
            question.arrival_rate.get(),
            RATE_PER_S,
        ),
        ("service_time_s", question.service_time.get(), DURATION_S),
        ("provisioned", f64::from(question.provisioned), PROVISIONED),
    ])?;
    Ok(Answer(state.compute.run(move || question.spill()).await?))
}

#[derive(Clone, Copy, Debug)]
struct Bound {
    low: f64,
    high: f64,
}

/// Names every value that is out of its bound.
fn bounded(values: &[(&str, f64, Bound)]) -> Result<(), Error> {
    let outside = values
        .iter()
        .filter(|(_, value, bound)| !(bound.low..=bound.high).contains(value));
    let errors: Vec<FieldError> = outside
        .map(|(path, value, Bound { low, high })| FieldError {
            path: (*path).to_owned(),
            message: format!("must be between {low} and {high}, is {value}"),
        })
        .collect();
    if errors.is_empty() {
        Ok(())
    } else {
        Err(Error::Invalid(errors))
    }
}

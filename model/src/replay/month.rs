//! What a replay has used, brought to a month: the quantities that a bill multiplies.

use crate::simulation::{Outcome, Usage};
use crate::units::{HOURS_PER_MONTH, MS_PER_S, RequestsPerMonth, SECONDS_PER_HOUR};

/// So little is an error of rounding.
const ROUNDING: f64 = 1e-9;

/// What a replay has used, times the length of a month over the time that was simulated.
#[derive(Clone, Debug)]
pub struct MonthOfUse {
    /// Requests (messages, jobs) that came.
    pub requests: RequestsPerMonth,
    /// Environments started.
    pub cold_starts: f64,
    /// Seconds of requests that are billed on demand, without starts.
    pub billed_s: f64,
    /// Seconds of starts.
    pub init_s: f64,
    /// Seconds of requests on provisioned environments.
    pub inside_s: f64,
    /// Seconds that provisioned environments stood.
    pub held_s: f64,
    /// Seconds that environments were alive.
    pub alive_s: f64,
    /// Units, and the hours for which so many were billed.
    pub units: Vec<(f64, f64)>,
}

impl MonthOfUse {
    /// Of an outcome whose requests were batches of so many.
    pub(crate) fn of(outcome: &Outcome, batch: f64) -> Self {
        let month = HOURS_PER_MONTH * SECONDS_PER_HOUR / outcome.seconds;
        let Usage {
            billed_ms,
            init_ms,
            provisioned_billed_ms,
            provisioned_seconds,
            environment_seconds,
            unit_seconds,
            ..
        } = outcome.usage;
        let started_s = month * init_ms / MS_PER_S;
        let billed_s = month * count(billed_ms) / MS_PER_S;
        Self {
            requests: RequestsPerMonth::new(month * batch * count(outcome.requests)),
            cold_starts: month * count(outcome.cold_starts),
            billed_s: (billed_s - started_s).max(0.0),
            init_s: started_s,
            inside_s: month * count(provisioned_billed_ms) / MS_PER_S,
            held_s: month * provisioned_seconds,
            alive_s: month * environment_seconds,
            units: units(outcome, month * unit_seconds / SECONDS_PER_HOUR),
        }
    }
}

/// The shares of time with each number of units, stretched to what is billed: a launch is billed
/// before its unit takes requests, and for a minimum.
fn units(outcome: &Outcome, billed_hours: f64) -> Vec<(f64, f64)> {
    let running = &outcome.instances;
    let shares: Vec<(f64, f64)> = if running.shares.is_empty() {
        vec![(running.mean, HOURS_PER_MONTH)]
    } else {
        let share = |share: &crate::simulation::Share| {
            (f64::from(share.count), share.share * HOURS_PER_MONTH)
        };
        running.shares.iter().map(share).collect()
    };
    let counted: f64 = shares.iter().map(|(units, hours)| units * hours).sum();
    if counted <= 0.0 || billed_hours <= 0.0 {
        return shares;
    }
    let stretch = billed_hours / counted;
    if (stretch - 1.0).abs() < ROUNDING {
        return shares;
    }
    shares
        .into_iter()
        .map(|(units, hours)| (units * stretch, hours))
        .collect()
}

/// The mean of some figures; 0 of none.
#[must_use]
pub fn mean(figures: &[f64]) -> f64 {
    figures.iter().sum::<f64>() / count(figures.len() as u64).max(1.0)
}

/// A count as a number; exact below 2^53, which no simulation reaches.
#[must_use]
#[expect(clippy::cast_precision_loss, reason = "below 2^53")]
pub const fn count(count: u64) -> f64 {
    count as f64
}

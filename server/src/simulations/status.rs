//! How a simulation stands, for people and programs.

use serde::{Deserialize, Serialize};

use crate::store::{SimulationState, StoredSimulation};

/// How many wait before this one.
pub(crate) type Ahead = Option<usize>;

/// How far the computing is.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, utoipa::ToSchema)]
#[serde(default, deny_unknown_fields)]
pub(crate) struct Progress {
    /// Share of the whole work that is done, 0..=100.
    pub(crate) percent: f64,
    /// What is computed at the moment.
    pub(crate) doing: String,
    /// Simulated time of what is computed at the moment, in hours.
    pub(crate) simulated_hours: f64,
    /// Requests that were simulated so far.
    pub(crate) requests: f64,
    /// Requests that are simulated in a second.
    pub(crate) requests_per_s: f64,
    /// Time until the end, as far as can be foreseen.
    pub(crate) seconds_left: Option<f64>,
}

impl Progress {
    pub(super) fn json(&self) -> String {
        serde_json::to_string(self).unwrap_or_default()
    }
}

/// Where a simulation stands.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Status {
    pub(crate) state: SimulationState,
    pub(crate) ahead: Ahead,
    pub(crate) progress: Progress,
    /// Why it failed.
    pub(crate) why: Option<String>,
}

impl Status {
    /// What the store says; `silent` where its program gave no sign of life for long.
    pub(super) fn stored(stored: &StoredSimulation, silent: bool) -> Self {
        let state = if silent && stored.state.is_open() {
            SimulationState::Interrupted
        } else {
            stored.state
        };
        let failed = state == SimulationState::Failed;
        Self {
            state,
            ahead: None,
            progress: match state {
                SimulationState::Done => Progress {
                    percent: 100.0,
                    ..Progress::default()
                },
                _ => serde_json::from_str(&stored.progress).unwrap_or_default(),
            },
            why: failed.then(|| stored.progress.clone()),
        }
    }
}

//! Simulations as the pages see them.

use app::api::ports::{Boxed, PortError, ReplayProgress, ReplayRecord, ReplayState, Replays};
use model::replay::{Question, Replay};

use super::{Found, Simulations, Status};
use crate::clock::rfc3339;
use crate::error::Error;
use crate::store::{Document, SimulationState};

impl Status {
    /// The same for a page.
    pub(crate) fn port(&self) -> ReplayProgress {
        ReplayProgress {
            state: match self.state {
                SimulationState::Queued => ReplayState::Queued,
                SimulationState::Running => ReplayState::Running,
                SimulationState::Done => ReplayState::Done,
                SimulationState::Failed => ReplayState::Failed,
                SimulationState::Cancelled => ReplayState::Cancelled,
                SimulationState::Interrupted => ReplayState::Interrupted,
            },
            ahead: self.ahead,
            percent: self.progress.percent,
            doing: self.progress.doing.clone(),
            requests: self.progress.requests,
            requests_per_s: self.progress.requests_per_s,
            seconds_left: self.progress.seconds_left,
            why: self.why.clone(),
        }
    }
}

impl Replays for Simulations {
    fn find<'a>(&'a self, id: &'a str) -> Boxed<'a, Result<Option<ReplayRecord>, PortError>> {
        Box::pin(async move {
            let found = self.find(id).await.map_err(|error| match error {
                Error::Unavailable => PortError::Unavailable,
                _ => PortError::Internal,
            })?;
            found.map(|found| record(id, &found)).transpose()
        })
    }
}

fn record(id: &str, Found { status, stored }: &Found) -> Result<ReplayRecord, PortError> {
    let question = Question::from_value(parsed(&stored.question)?).map_err(|error| {
        tracing::error!(?error, "a kept question cannot be read");
        PortError::Internal
    })?;
    let replay: Option<Replay> = stored.result.as_ref().map(parsed).transpose()?;
    Ok(ReplayRecord {
        id: id.to_owned(),
        question,
        progress: status.port(),
        replay,
        expires_at: rfc3339(stored.expires_at),
    })
}

fn parsed<T: serde::de::DeserializeOwned>(document: &Document) -> Result<T, PortError> {
    let json = document.json().map_err(|_| PortError::Internal)?;
    serde_json::from_str(&json).map_err(|error| {
        tracing::error!(%error, "a kept simulation cannot be read");
        PortError::Internal
    })
}

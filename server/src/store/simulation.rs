//! Simulations as a store keeps them, and the row that both databases give.

use sqlx::FromRow;
use time::OffsetDateTime;

use super::{Document, StoreError, rows};

/// Where a simulation stands, as it is written down.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SimulationState {
    /// It waits for its turn.
    Queued,
    /// It is computed.
    Running,
    /// Its result is there.
    Done,
    /// It cannot be computed; the progress says why.
    Failed,
    /// Nobody wants it any more.
    Cancelled,
    /// The program that computed it ended.
    Interrupted,
}

impl SimulationState {
    const ALL: [Self; 6] = [
        Self::Queued,
        Self::Running,
        Self::Done,
        Self::Failed,
        Self::Cancelled,
        Self::Interrupted,
    ];

    /// The word in the database and in answers.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Queued => "queued",
            Self::Running => "running",
            Self::Done => "done",
            Self::Failed => "failed",
            Self::Cancelled => "cancelled",
            Self::Interrupted => "interrupted",
        }
    }

    /// Whether something may still happen.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }
}

/// What is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NewSimulation {
    /// Unguessable, and safe in a path.
    pub id: String,
    /// The request.
    pub question: Document,
    /// How far it is: any text.
    pub progress: String,
    /// When it was asked.
    pub created_at: OffsetDateTime,
    /// When it is deleted.
    pub expires_at: OffsetDateTime,
}

/// A simulation that was asked for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredSimulation {
    /// Where it stands.
    pub state: SimulationState,
    /// The request.
    pub question: Document,
    /// How far it was at the last sign of life; of a failed one, why.
    pub progress: String,
    /// What came of it.
    pub result: Option<Document>,
    /// When it was asked.
    pub created_at: OffsetDateTime,
    /// The last sign of life.
    pub beat_at: OffsetDateTime,
    /// When it is deleted.
    pub expires_at: OffsetDateTime,
}

/// How a simulation ends.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SimulationEnd {
    /// With this result.
    Done(Document),
    /// For this reason.
    Failed(String),
    /// Because nobody wants it any more.
    Cancelled,
    /// With the program that computes it.
    Interrupted,
}

impl SimulationEnd {
    pub(super) const fn state(&self) -> SimulationState {
        match self {
            Self::Done(_) => SimulationState::Done,
            Self::Failed(_) => SimulationState::Failed,
            Self::Cancelled => SimulationState::Cancelled,
            Self::Interrupted => SimulationState::Interrupted,
        }
    }
}

/// A simulation as a row.
#[derive(FromRow)]
pub(super) struct SimulationRow {
    state: String,
    format: i64,
    question: Vec<u8>,
    progress: String,
    result: Option<Vec<u8>>,
    created_at_ms: i64,
    beat_at_ms: i64,
    expires_at_ms: i64,
}

impl SimulationRow {
    pub(super) fn read(self) -> Result<StoredSimulation, StoreError> {
        let mut states = SimulationState::ALL.into_iter();
        let state = states.find(|state| state.name() == self.state);
        let document = |bytes| Document::kept(self.format, bytes);
        Ok(StoredSimulation {
            state: state.ok_or(StoreError::Damaged("a state"))?,
            question: document(self.question)?,
            progress: rows::text(&self.progress)?,
            result: self.result.map(document).transpose()?,
            created_at: rows::moment(self.created_at_ms)?,
            beat_at: rows::moment(self.beat_at_ms)?,
            expires_at: rows::moment(self.expires_at_ms)?,
        })
    }
}

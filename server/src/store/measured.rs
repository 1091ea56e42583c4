//! A store that notes how long each operation takes and what becomes of it.

use std::sync::Arc;
use std::time::Instant;

use app::api::ports::Boxed;
use time::OffsetDateTime;

use super::{
    Amendment, Answer, Change, Created, Hash, Head, Idempotency, Kept, NewScenario, NewSimulation,
    Owner, Revision, RevisionSummary, ScenarioSummary, SimulationEnd, SimulationState, Store,
    StoreError, StoredRevision, StoredSimulation, Swept,
};
use crate::metrics::{Metrics, StoreOutcome};

/// The store within, watched.
#[derive(Debug)]
pub(crate) struct Measured {
    store: Arc<dyn Store>,
    metrics: Metrics,
}

impl Measured {
    pub(crate) fn new(store: Arc<dyn Store>, metrics: Metrics) -> Self {
        Self { store, metrics }
    }

    async fn timed<T>(
        &self,
        operation: &'static str,
        work: Answer<'_, T>,
    ) -> Result<T, StoreError> {
        let started = Instant::now();
        let done = work.await;
        let outcome = match &done {
            Ok(_) => StoreOutcome::Done,
            Err(StoreError::Unavailable(_)) => StoreOutcome::Unavailable,
            Err(_) => StoreOutcome::Failed,
        };
        self.metrics.store(operation, outcome, started.elapsed());
        done
    }
}

/// Passes each operation on to the store within.
macro_rules! pass_on {
    ($($operation:ident($($argument:ident: $type:ty),*) -> $done:ty;)*) => {
        $(fn $operation<'a>(&'a self, $($argument: $type),*) -> Answer<'a, $done> {
            Box::pin(self.timed(stringify!($operation), self.store.$operation($($argument),*)))
        })*
    };
}

#[expect(
    clippy::elidable_lifetime_names,
    reason = "one form for operations with and without borrowed arguments"
)]
impl Store for Measured {
    pass_on! {
        create(scenario: &'a NewScenario, key: Option<&'a Idempotency>) -> Created;
        read(id: &'a str, revision: Option<u32>, now: OffsetDateTime) -> Option<Kept<StoredRevision>>;
        head(id: &'a str, now: OffsetDateTime) -> Option<Kept<Head>>;
        history(id: &'a str, now: OffsetDateTime) -> Vec<RevisionSummary>;
        revise(id: &'a str, changes: u32, revision: &'a Revision) -> Change;
        amend(id: &'a str, changes: u32, amendment: &'a Amendment) -> Change;
        remove(id: &'a str, changes: u32) -> Change;
        hand_over(id: &'a str, to: Owner) -> ();
        move_list(from: Hash, to: Hash) -> u64;
        of_browser(browser: Hash, now: OffsetDateTime, most: u32) -> Vec<ScenarioSummary>;
        bytes(client: Option<Hash>) -> u64;
        begin_simulation(simulation: &'a NewSimulation) -> ();
        simulation(id: &'a str, now: OffsetDateTime) -> Option<StoredSimulation>;
        beat_simulation(id: &'a str, state: SimulationState, progress: &'a str, now: OffsetDateTime) -> bool;
        end_simulation(id: &'a str, end: &'a SimulationEnd, now: OffsetDateTime) -> bool;
        sweep(now: OffsetDateTime, keys_before: OffsetDateTime) -> Swept;
        secret(candidate: Hash) -> Hash;
        ready() -> ();
    }

    fn close(&self) -> Boxed<'_, ()> {
        self.store.close()
    }
}

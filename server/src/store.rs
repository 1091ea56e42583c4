//! Where scenarios and simulations are kept: one trait, one native module per database, chosen by
//! the URL's scheme.
//!
//! To add a backend: a module beside these, migrations in `migrations/<name>/`, a
//! line in [`open`], and a line in `tests/store_contract.rs`, whose suite is the
//! definition of what a store does. The time, ids and tokens come from the caller.

mod document;
mod failure;
mod implementation;
mod measured;
mod postgres;
mod records;
mod rows;
mod simulation;
mod sqlite;

use std::path::Path;
use std::sync::Arc;

use app::api::ports::Boxed;
use time::OffsetDateTime;

pub use document::{Damaged, Document, LARGEST_REVISION_BYTES};
pub use failure::StoreError;
pub(crate) use measured::Measured;
pub use postgres::PostgresStore;
pub use records::{
    Amendment, Change, Created, Head, Idempotency, Kept, MOST_REVISIONS, NewScenario, Owner,
    Revision, RevisionSummary, ScenarioSummary, StoredRevision, Swept,
};
pub use simulation::{NewSimulation, SimulationEnd, SimulationState, StoredSimulation};
pub use sqlite::SqliteStore;

/// A SHA-256, of a token or an address that is kept nowhere itself.
pub type Hash = [u8; 32];

/// A future of a store.
pub type Answer<'a, T> = Boxed<'a, Result<T, StoreError>>;

/// Keeps scenarios and their revisions. What expired before `now` is gone, swept or not.
pub trait Store: std::fmt::Debug + Send + Sync {
    /// Keeps a new scenario with its first revision, both or nothing. With a key that was used before for the same
    /// request nothing is kept: the scenario of then gets the new owner's token.
    fn create<'a>(
        &'a self,
        scenario: &'a NewScenario,
        key: Option<&'a Idempotency>,
    ) -> Answer<'a, Created>;

    /// One revision as it was saved; the newest when none is named.
    fn read<'a>(
        &'a self,
        id: &'a str,
        revision: Option<u32>,
        now: OffsetDateTime,
    ) -> Answer<'a, Option<Kept<StoredRevision>>>;

    /// What a scenario says now and whose it is, without its revisions.
    fn head<'a>(&'a self, id: &'a str, now: OffsetDateTime) -> Answer<'a, Option<Kept<Head>>>;

    /// Every revision, the oldest first; none of what is gone or was never there.
    fn history<'a>(&'a self, id: &'a str, now: OffsetDateTime) -> Answer<'a, Vec<RevisionSummary>>;

    /// Adds a revision with the next number, if the scenario has changed `changes` times until now.
    fn revise<'a>(
        &'a self,
        id: &'a str,
        changes: u32,
        revision: &'a Revision,
    ) -> Answer<'a, Change>;

    /// Gives another name or date of expiry, on the same condition.
    fn amend<'a>(
        &'a self,
        id: &'a str,
        changes: u32,
        amendment: &'a Amendment,
    ) -> Answer<'a, Change>;

    /// Deletes everything but the id, on the same condition.
    fn remove<'a>(&'a self, id: &'a str, changes: u32) -> Answer<'a, Change>;

    /// Makes it somebody's.
    fn hand_over<'a>(&'a self, id: &'a str, to: Owner) -> Answer<'a, ()>;

    /// Puts what is on one browser's list on another's; how many that were.
    fn move_list(&self, from: Hash, to: Hash) -> Answer<'_, u64>;

    /// What a browser has saved, the latest first, at most so many.
    fn of_browser(
        &self,
        browser: Hash,
        now: OffsetDateTime,
        most: u32,
    ) -> Answer<'_, Vec<ScenarioSummary>>;

    /// Bytes of the revisions that are kept: of one client, or of all.
    fn bytes(&self, client: Option<Hash>) -> Answer<'_, u64>;

    /// Keeps a new simulation, which waits for its turn.
    fn begin_simulation<'a>(&'a self, simulation: &'a NewSimulation) -> Answer<'a, ()>;

    /// A simulation as it stands.
    fn simulation<'a>(
        &'a self,
        id: &'a str,
        now: OffsetDateTime,
    ) -> Answer<'a, Option<StoredSimulation>>;

    /// A sign of life of who computes it: how far it is. `false` where nobody wants it any more.
    fn beat_simulation<'a>(
        &'a self,
        id: &'a str,
        state: SimulationState,
        progress: &'a str,
        now: OffsetDateTime,
    ) -> Answer<'a, bool>;

    /// Ends a simulation once. `false` where it had ended before, or never was.
    fn end_simulation<'a>(
        &'a self,
        id: &'a str,
        end: &'a SimulationEnd,
        now: OffsetDateTime,
    ) -> Answer<'a, bool>;

    /// Deletes what has expired, and keys from before `keys_before`.
    fn sweep(&self, now: OffsetDateTime, keys_before: OffsetDateTime) -> Answer<'_, Swept>;

    /// The secret that all copies of the program share: the one that is kept, else this one from now on.
    fn secret(&self, candidate: Hash) -> Answer<'_, Hash>;

    /// Whether it would take a scenario now: reachable, writable, migrated.
    fn ready(&self) -> Answer<'_, ()>;

    /// Lets go of the database, after what is under way.
    fn close(&self) -> Boxed<'_, ()>;
}

/// Opens the store that the URL names, making and migrating it where needed.
///
/// # Errors
/// When the scheme is unknown, or the database cannot be reached or migrated.
pub async fn open(url: &str) -> Result<Arc<dyn Store>, StoreError> {
    match scheme(url) {
        Some("postgres" | "postgresql") => Ok(Arc::new(PostgresStore::open(url).await?)),
        Some("sqlite") => Ok(Arc::new(SqliteStore::open(url).await?)),
        _ => Err(StoreError::UnknownScheme),
    }
}

/// Copies the database that the URL names into a new file, while others use it.
///
/// # Errors
/// When it is no SQLite, when the file exists, or when either cannot be read or written.
pub async fn backup(url: &str, to: &Path) -> Result<(), StoreError> {
    match scheme(url) {
        Some("sqlite") => sqlite::backup(url, to).await,
        Some("postgres" | "postgresql") => Err(StoreError::NoBackup),
        _ => Err(StoreError::UnknownScheme),
    }
}

fn scheme(url: &str) -> Option<&str> {
    url.split_once(':').map(|(scheme, _)| scheme)
}

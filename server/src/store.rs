//! Where scenarios are kept: one trait, one native module per database, chosen by
//! the URL's scheme.
//!
//! To add a backend: a module beside these, migrations in `migrations/<name>/`, a
//! line in [`open`], and a line in `tests/store_contract.rs`, whose suite is the
//! definition of what a store does. The time, ids and tokens come from the caller.

mod failure;
mod postgres;
mod rows;
mod sqlite;

use std::sync::Arc;

use app::api::ports::Boxed;
use time::OffsetDateTime;

pub use failure::StoreError;
pub use postgres::PostgresStore;
pub use sqlite::SqliteStore;

/// The longest JSON text that a revision may hold, for the answers and for the
/// result each: 4 MiB. The result of one component takes about 90 kB, and a system
/// may have twenty.
pub const LARGEST_DOCUMENT_BYTES: usize = 4 * 1024 * 1024;

/// Keeps scenarios and their revisions.
pub trait Store: std::fmt::Debug + Send + Sync {
    /// Keeps a new scenario with its first revision, both or nothing.
    fn create<'a>(&'a self, scenario: &'a NewScenario) -> Boxed<'a, Result<(), StoreError>>;

    /// One revision as it was saved; the newest when none is named.
    fn read<'a>(
        &'a self,
        id: &'a str,
        revision: Option<u32>,
    ) -> Boxed<'a, Result<Option<StoredRevision>, StoreError>>;

    /// Whether it would take a scenario now: reachable, writable, migrated.
    fn ready(&self) -> Boxed<'_, Result<(), StoreError>>;

    /// Lets go of the database, after what is under way.
    fn close(&self) -> Boxed<'_, ()>;
}

/// Opens the store that the URL names, making and migrating it where needed.
///
/// # Errors
/// When the scheme is unknown, or the database cannot be reached or migrated.
pub async fn open(url: &str) -> Result<Arc<dyn Store>, StoreError> {
    match url.split_once(':').map(|(scheme, _)| scheme) {
        Some("postgres" | "postgresql") => Ok(Arc::new(PostgresStore::open(url).await?)),
        Some("sqlite") => Ok(Arc::new(SqliteStore::open(url).await?)),
        _ => Err(StoreError::UnknownScheme),
    }
}

/// What is saved for the first time.
#[derive(Clone, Debug)]
pub struct NewScenario {
    /// Unguessable, and safe in a path.
    pub id: String,
    /// What people call it; any text.
    pub name: String,
    /// SHA-256 of the owner's token; the token itself is kept nowhere.
    pub owner_token_hash: [u8; 32],
    /// When it stops being shown.
    pub expires_at: Option<OffsetDateTime>,
    /// The scenario it was copied from.
    pub copied_from: Option<String>,
    /// Its first revision, whose moment is the scenario's too.
    pub first: Revision,
}

/// What was said and answered at one moment; it never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Counts from 1.
    pub revision: u32,
    /// The answers.
    pub system: Document,
    /// The result as it was.
    pub evaluation: Document,
    /// Version of the price book that was used.
    pub price_book: String,
    /// Version of the model that was used.
    pub model_version: String,
    /// When, to the millisecond.
    pub created_at: OffsetDateTime,
}

/// A revision with what its scenario says now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRevision {
    /// The scenario's id.
    pub id: String,
    /// The scenario's name.
    pub name: String,
    /// When the scenario stops being shown.
    pub expires_at: Option<OffsetDateTime>,
    /// The scenario it was copied from.
    pub copied_from: Option<String>,
    /// The revision.
    pub revision: Revision,
}

/// A JSON text that is short enough to be kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document(String);

impl Document {
    /// Takes a JSON text.
    ///
    /// # Errors
    /// When it is longer than [`LARGEST_DOCUMENT_BYTES`].
    pub fn new(json: String) -> Result<Self, DocumentTooLarge> {
        if json.len() > LARGEST_DOCUMENT_BYTES {
            Err(DocumentTooLarge { bytes: json.len() })
        } else {
            Ok(Self(json))
        }
    }

    /// The text, to the byte.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// A JSON text that is too long to be kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("may have at most {LARGEST_DOCUMENT_BYTES} bytes, has {bytes}")]
pub struct DocumentTooLarge {
    /// How long it is.
    pub bytes: usize,
}

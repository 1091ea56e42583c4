//! What goes into a store and comes out of it.

use time::OffsetDateTime;

use super::{Document, Hash};

/// Revisions that a scenario may have.
pub const MOST_REVISIONS: u32 = 100;

/// What is saved for the first time.
#[derive(Clone, Debug)]
pub struct NewScenario {
    /// Unguessable, and safe in a path.
    pub id: String,
    /// What people call it; any text.
    pub name: String,
    /// SHA-256 of the owner's token; the token itself is kept nowhere.
    pub owner_token_hash: Hash,
    /// Of the browser whose list it is on.
    pub browser_hash: Option<Hash>,
    /// Of the client whose quota it counts against.
    pub client_hash: Option<Hash>,
    /// When it stops being shown.
    pub expires_at: Option<OffsetDateTime>,
    /// The revision it was copied from, `id@n`.
    pub copied_from: Option<String>,
    /// Its first revision, whose moment is the scenario's too.
    pub first: Revision,
}

/// What was said and answered at one moment; it never changes.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Revision {
    /// Counts from 1. What is added gets the next number, whatever stands here.
    pub revision: u32,
    /// The answers.
    pub system: Document,
    /// The result as it was.
    pub evaluation: Document,
    /// The verdict in a sentence, for lists; none for what was saved before there were lists.
    pub headline: Option<String>,
    /// Version of the price book that was used.
    pub price_book: String,
    /// Version of the model that was used.
    pub model_version: String,
    /// When, to the millisecond.
    pub created_at: OffsetDateTime,
}

impl Revision {
    /// What it takes.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.system.bytes().len() + self.evaluation.bytes().len()
    }
}

/// Something with an id that was given out: there, or no longer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Kept<T> {
    /// It is there.
    There(T),
    /// It was deleted, or has expired.
    Gone,
}

/// A revision with what its scenario says now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StoredRevision {
    /// What its scenario says now.
    pub head: Head,
    /// The revision.
    pub revision: Revision,
}

/// What a scenario says now, and whose it is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Head {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When it stops being shown.
    pub expires_at: Option<OffsetDateTime>,
    /// The revision it was copied from.
    pub copied_from: Option<String>,
    /// SHA-256 of the owner's token.
    pub owner_token_hash: Hash,
    /// Of the browser whose list it is on.
    pub browser_hash: Option<Hash>,
    /// How often it has changed.
    pub changes: u32,
    /// The number of its newest revision.
    pub newest: u32,
}

/// A line of a scenario's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionSummary {
    /// Its number.
    pub revision: u32,
    /// The verdict in a sentence.
    pub headline: Option<String>,
    /// Version of the price book that was used.
    pub price_book: String,
    /// Version of the model that was used.
    pub model_version: String,
    /// When.
    pub created_at: OffsetDateTime,
}

/// A line of a browser's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioSummary {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// When it stops being shown.
    pub expires_at: Option<OffsetDateTime>,
    /// How often it has changed.
    pub changes: u32,
    /// Its newest revision.
    pub newest: RevisionSummary,
}

/// A key that makes a repeated request find what the first one saved.
#[derive(Clone, Copy, Debug)]
pub struct Idempotency {
    /// Of the key, and of whose it is.
    pub key_hash: Hash,
    /// Of the request: the same key with another one is a mistake.
    pub request_hash: Hash,
    /// When; keys are kept for a day.
    pub at: OffsetDateTime,
}

/// What came of a wish to save.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Created {
    /// It is saved.
    New,
    /// It was saved before, as this one, which has the new token now.
    Before(Box<Head>),
    /// The key was used before for something else.
    KeyReused,
}

/// What came of a wish to change.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Change {
    /// Done; it has changed so many times now, and this is its newest revision.
    Done {
        /// How often it has changed.
        changes: u32,
        /// The number of its newest revision.
        newest: u32,
    },
    /// Somebody else changed it, or it is gone.
    Stale,
    /// It has as many revisions as it may have.
    Full,
}

/// Another name, another date; `None` leaves it as it is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Amendment {
    /// The name.
    pub name: Option<String>,
    /// When it stops being shown; `Some(None)` for never.
    pub expires_at: Option<Option<OffsetDateTime>>,
}

/// Whose a scenario becomes.
#[derive(Clone, Copy, Debug)]
pub enum Owner {
    /// Of whoever has the token of this hash; the token before stops.
    Token(Hash),
    /// Of the browser of this hash, on whose list it is from then on.
    Browser(Hash),
}

/// What a sweep has deleted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Swept {
    /// Scenarios that had expired.
    pub scenarios: u64,
    /// Idempotency keys.
    pub keys: u64,
    /// Simulations that had expired.
    pub simulations: u64,
}

//! Rows as both databases give them, and how they are read.

use sqlx::FromRow;
use sqlx::migrate::Migrator;
use time::OffsetDateTime;

use super::{
    Damaged, Document, Hash, Head, Revision, RevisionSummary, ScenarioSummary, StoreError,
    StoredRevision,
};

/// What a scenario says now.
#[derive(FromRow)]
pub(super) struct HeadRow {
    id: String,
    name: String,
    owner_token_hash: Vec<u8>,
    browser_hash: Option<Vec<u8>>,
    changes: i64,
    expires_at_ms: Option<i64>,
    copied_from: Option<String>,
    gone: Option<String>,
    newest: Option<i64>,
}

/// A revision.
#[derive(FromRow)]
pub(super) struct RevisionRow {
    #[sqlx(flatten)]
    summary: SummaryRow,
    format: i64,
    system: Vec<u8>,
    evaluation: Vec<u8>,
}

/// A revision without what was said and answered.
#[derive(FromRow)]
pub(super) struct SummaryRow {
    revision: i64,
    headline: Option<String>,
    price_book: String,
    model_version: String,
    created_at_ms: i64,
}

/// A scenario with its newest revision.
#[derive(FromRow)]
pub(super) struct ListRow {
    id: String,
    name: String,
    changes: i64,
    expires_at_ms: Option<i64>,
    #[sqlx(flatten)]
    newest: SummaryRow,
}

impl HeadRow {
    /// What it says, or that it is gone.
    pub(super) fn read(self, now: OffsetDateTime) -> Result<super::Kept<Head>, StoreError> {
        let expires_at = self.expires_at_ms.map(moment).transpose()?;
        if self.gone.is_some() || expires_at.is_some_and(|at| at <= now) {
            return Ok(super::Kept::Gone);
        }
        Ok(super::Kept::There(Head {
            id: self.id,
            name: text(&self.name)?,
            expires_at,
            copied_from: self.copied_from,
            owner_token_hash: hash(&self.owner_token_hash)?,
            browser_hash: self.browser_hash.as_deref().map(hash).transpose()?,
            changes: count(self.changes)?,
            newest: count(self.newest.unwrap_or_default())?,
        }))
    }
}

impl RevisionRow {
    pub(super) fn read(self, head: Head) -> Result<StoredRevision, StoreError> {
        let RevisionSummary {
            revision,
            headline,
            price_book,
            model_version,
            created_at,
        } = self.summary.read()?;
        let document = |bytes| Document::kept(self.format, bytes);
        let (system, evaluation) = (document(self.system)?, document(self.evaluation)?);
        Ok(StoredRevision {
            head,
            revision: Revision {
                revision,
                system,
                evaluation,
                headline,
                price_book,
                model_version,
                created_at,
            },
        })
    }
}

impl SummaryRow {
    pub(super) fn read(self) -> Result<RevisionSummary, StoreError> {
        Ok(RevisionSummary {
            revision: count(self.revision)?,
            headline: self.headline.as_deref().map(text).transpose()?,
            price_book: self.price_book,
            model_version: self.model_version,
            created_at: moment(self.created_at_ms)?,
        })
    }
}

impl ListRow {
    pub(super) fn read(self) -> Result<ScenarioSummary, StoreError> {
        Ok(ScenarioSummary {
            id: self.id,
            name: text(&self.name)?,
            expires_at: self.expires_at_ms.map(moment).transpose()?,
            changes: count(self.changes)?,
            newest: self.newest.read()?,
        })
    }
}

impl From<Damaged> for StoreError {
    fn from(_: Damaged) -> Self {
        Self::Damaged("a document")
    }
}

/// Any text as both databases can keep it: PostgreSQL's cannot hold every character.
pub(super) fn json_text(text: &str) -> String {
    serde_json::Value::from(text).to_string()
}

pub(super) fn text(json: &str) -> Result<String, StoreError> {
    serde_json::from_str(json).map_err(|_| StoreError::Damaged("a text is no JSON string"))
}

pub(super) fn hash(bytes: &[u8]) -> Result<Hash, StoreError> {
    bytes
        .try_into()
        .map_err(|_| StoreError::Damaged("a hash has another length"))
}

pub(super) fn count(number: i64) -> Result<u32, StoreError> {
    u32::try_from(number).map_err(|_| StoreError::Damaged("a count"))
}

const NS_PER_MS: i128 = 1_000_000;

pub(super) fn milliseconds(moment: OffsetDateTime) -> i64 {
    // Any moment that `time` can hold fits.
    i64::try_from(moment.unix_timestamp_nanos().div_euclid(NS_PER_MS)).unwrap_or(i64::MAX)
}

pub(super) fn moment(milliseconds: i64) -> Result<OffsetDateTime, StoreError> {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * NS_PER_MS)
        .map_err(|_| StoreError::Damaged("a time"))
}

/// Whether the newest migration that was applied is the newest that there is.
pub(super) fn check_migrated(migrator: &Migrator, applied: Option<i64>) -> Result<(), StoreError> {
    let newest = migrator.iter().map(|migration| migration.version).max();
    if applied == newest {
        Ok(())
    } else {
        Err(StoreError::Unavailable("it is not migrated".into()))
    }
}

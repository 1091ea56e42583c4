//! The statements and rows that both databases understand alike.
//!
//! Both take `$1` and know the same plain types, so a statement is written once;
//! whatever differs belongs into the module of its database.

use sqlx::migrate::Migrator;
use time::OffsetDateTime;

use super::{Document, NewScenario, Revision, StoreError, StoredRevision};

pub(super) const INSERT_SCENARIO: &str = "INSERT INTO scenarios \
    (id, name, owner_token_hash, created_at_ms, expires_at_ms, copied_from) VALUES ($1, $2, $3, $4, $5, $6)";

pub(super) const INSERT_REVISION: &str = "INSERT INTO revisions \
    (scenario_id, revision, system, evaluation, price_book, model_version, created_at_ms) \
    VALUES ($1, $2, $3, $4, $5, $6, $7)";

pub(super) const SELECT_REVISION: &str = "SELECT s.id, s.name, s.expires_at_ms, s.copied_from, \
    r.revision, r.system, r.evaluation, r.price_book, r.model_version, r.created_at_ms \
    FROM scenarios s JOIN revisions r ON r.scenario_id = s.id \
    WHERE s.id = $1 AND ($2 IS NULL OR r.revision = $2) ORDER BY r.revision DESC LIMIT 1";

pub(super) const SELECT_MIGRATION: &str = "SELECT max(version) FROM _sqlx_migrations WHERE success";

/// One row of [`SELECT_REVISION`].
pub(super) type RevisionRow = (
    String,
    String,
    Option<i64>,
    Option<String>,
    i64,
    String,
    String,
    String,
    String,
    i64,
);

pub(super) fn stored(row: RevisionRow) -> Result<StoredRevision, StoreError> {
    let (
        id,
        name,
        expires_at_ms,
        copied_from,
        revision,
        system,
        evaluation,
        price_book,
        model_version,
        created_at_ms,
    ) = row;
    let document =
        |text| Document::new(text).map_err(|_| StoreError::Damaged("a document is too long"));
    Ok(StoredRevision {
        id,
        name: serde_json::from_str(&name)
            .map_err(|_| StoreError::Damaged("a name is no JSON string"))?,
        expires_at: expires_at_ms.map(moment).transpose()?,
        copied_from,
        revision: Revision {
            revision: u32::try_from(revision)
                .map_err(|_| StoreError::Damaged("a revision number"))?,
            system: document(system)?,
            evaluation: document(evaluation)?,
            price_book,
            model_version,
            created_at: moment(created_at_ms)?,
        },
    })
}

/// The name as both databases can keep it.
pub(super) fn name_text(scenario: &NewScenario) -> String {
    serde_json::Value::from(scenario.name.as_str()).to_string()
}

const NS_PER_MS: i128 = 1_000_000;

pub(super) fn milliseconds(moment: OffsetDateTime) -> i64 {
    // Any moment that `time` can hold fits.
    i64::try_from(moment.unix_timestamp_nanos().div_euclid(NS_PER_MS)).unwrap_or(i64::MAX)
}

fn moment(milliseconds: i64) -> Result<OffsetDateTime, StoreError> {
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

/// Runs the two insertions of a new scenario in the transaction `$tx`; the
/// connections of the two databases share no trait that would let this be a function.
macro_rules! insert {
    ($tx:expr, $scenario:expr) => {{
        let scenario: &super::NewScenario = $scenario;
        let first = &scenario.first;
        let created_at_ms = super::rows::milliseconds(first.created_at);
        sqlx::query(super::rows::INSERT_SCENARIO)
            .bind(&scenario.id)
            .bind(super::rows::name_text(scenario))
            .bind(&scenario.owner_token_hash[..])
            .bind(created_at_ms)
            .bind(scenario.expires_at.map(super::rows::milliseconds))
            .bind(&scenario.copied_from)
            .execute(&mut *$tx)
            .await?;
        sqlx::query(super::rows::INSERT_REVISION)
            .bind(&scenario.id)
            .bind(i64::from(first.revision))
            .bind(first.system.as_str())
            .bind(first.evaluation.as_str())
            .bind(&first.price_book)
            .bind(&first.model_version)
            .bind(created_at_ms)
            .execute(&mut *$tx)
            .await?;
    }};
}
pub(super) use insert;

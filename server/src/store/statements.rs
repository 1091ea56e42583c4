//! What is said to a database, in words that both understand: `$1` and plain types. This file is a module of
//! `sqlite.rs` and of `postgres.rs`, each with its own `Connection`; what differs stands there.

use time::OffsetDateTime;

use super::Connection;
use super::upkeep::{NOBODY, WIPE, delete_revisions};
use crate::store::rows::{
    self, HeadRow, ListRow, RevisionRow, SummaryRow, json_text, milliseconds,
};
use crate::store::{
    Amendment, Change, Created, Hash, Head, Idempotency, Kept, MOST_REVISIONS, NewScenario, Owner,
    Revision, RevisionSummary, ScenarioSummary, StoreError, StoredRevision,
};

/// Saves; the caller's transaction makes it both or nothing.
pub(super) async fn create(
    connection: &mut Connection,
    scenario: &NewScenario,
    key: Option<&Idempotency>,
) -> Result<Created, StoreError> {
    if let Some(key) = key
        && let Some(before) = claim_key(connection, key, &scenario.id).await?
    {
        return replayed(connection, scenario, key, before).await;
    }
    let created_at_ms = milliseconds(scenario.first.created_at);
    sqlx::query(
        "INSERT INTO scenarios (id, name, owner_token_hash, browser_hash, client_hash, created_at_ms, \
         expires_at_ms, copied_from) VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    )
    .bind(&scenario.id)
    .bind(json_text(&scenario.name))
    .bind(&scenario.owner_token_hash[..])
    .bind(scenario.browser_hash.as_ref().map(|hash| &hash[..]))
    .bind(scenario.client_hash.as_ref().map(|hash| &hash[..]))
    .bind(created_at_ms)
    .bind(scenario.expires_at.map(milliseconds))
    .bind(&scenario.copied_from)
    .execute(&mut *connection)
    .await?;
    insert_revision(connection, &scenario.id, 1, &scenario.first).await?;
    Ok(Created::New)
}

async fn insert_revision(
    connection: &mut Connection,
    id: &str,
    number: u32,
    revision: &Revision,
) -> Result<(), StoreError> {
    sqlx::query(
        "INSERT INTO revisions (scenario_id, revision, format, system, evaluation, headline, bytes, price_book, \
         model_version, created_at_ms) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    )
    .bind(id)
    .bind(i64::from(number))
    .bind(revision.system.format())
    .bind(revision.system.bytes())
    .bind(revision.evaluation.bytes())
    .bind(revision.headline.as_deref().map(json_text))
    .bind(i64::try_from(revision.bytes()).unwrap_or(i64::MAX))
    .bind(&revision.price_book)
    .bind(&revision.model_version)
    .bind(milliseconds(revision.created_at))
    .execute(connection)
    .await?;
    Ok(())
}

/// Writes the key down for this scenario; or says for which request and scenario it was used before. Whoever comes
/// second waits here until the first has ended.
async fn claim_key(
    connection: &mut Connection,
    key: &Idempotency,
    scenario_id: &str,
) -> Result<Option<(Vec<u8>, String)>, StoreError> {
    let claimed = sqlx::query(
        "INSERT INTO idempotency_keys (key_hash, request_hash, scenario_id, created_at_ms) \
         VALUES ($1, $2, $3, $4) ON CONFLICT (key_hash) DO NOTHING",
    )
    .bind(&key.key_hash[..])
    .bind(&key.request_hash[..])
    .bind(scenario_id)
    .bind(milliseconds(key.at))
    .execute(&mut *connection)
    .await?;
    if claimed.rows_affected() == 1 {
        return Ok(None);
    }
    Ok(
        sqlx::query_as(
            "SELECT request_hash, scenario_id FROM idempotency_keys WHERE key_hash = $1",
        )
        .bind(&key.key_hash[..])
        .fetch_optional(connection)
        .await?,
    )
}

/// The scenario that the first request saved gets the new token, because the first one may never have arrived.
async fn replayed(
    connection: &mut Connection,
    scenario: &NewScenario,
    key: &Idempotency,
    (request_hash, id): (Vec<u8>, String),
) -> Result<Created, StoreError> {
    if request_hash != key.request_hash {
        return Ok(Created::KeyReused);
    }
    hand_over(connection, &id, Owner::Token(scenario.owner_token_hash)).await?;
    match head(connection, &id, key.at).await? {
        Some(Kept::There(head)) => Ok(Created::Before(Box::new(head))),
        // Saved, and deleted within the day: whoever asks again does not want it back by accident.
        _ => Ok(Created::KeyReused),
    }
}

pub(super) async fn head(
    connection: &mut Connection,
    id: &str,
    now: OffsetDateTime,
) -> Result<Option<Kept<Head>>, StoreError> {
    let row: Option<HeadRow> = sqlx::query_as(
        "SELECT id, name, owner_token_hash, browser_hash, changes, expires_at_ms, copied_from, gone, \
         (SELECT max(revision) FROM revisions WHERE scenario_id = id) AS newest FROM scenarios WHERE id = $1",
    )
    .bind(id)
    .fetch_optional(connection)
    .await?;
    row.map(|row| row.read(now)).transpose()
}

pub(super) async fn read(
    connection: &mut Connection,
    id: &str,
    revision: Option<u32>,
    now: OffsetDateTime,
) -> Result<Option<Kept<StoredRevision>>, StoreError> {
    let head = match head(connection, id, now).await? {
        None => return Ok(None),
        Some(Kept::Gone) => return Ok(Some(Kept::Gone)),
        Some(Kept::There(head)) => head,
    };
    let row: Option<RevisionRow> = sqlx::query_as(
        "SELECT revision, headline, price_book, model_version, created_at_ms, format, system, evaluation \
         FROM revisions WHERE scenario_id = $1 AND revision = $2",
    )
    .bind(id)
    .bind(i64::from(revision.unwrap_or(head.newest)))
    .fetch_optional(connection)
    .await?;
    row.map(|row| row.read(head).map(Kept::There)).transpose()
}

pub(super) async fn history(
    connection: &mut Connection,
    id: &str,
    now: OffsetDateTime,
) -> Result<Vec<RevisionSummary>, StoreError> {
    let rows: Vec<SummaryRow> = sqlx::query_as(
        "SELECT r.revision, r.headline, r.price_book, r.model_version, r.created_at_ms FROM revisions r \
         JOIN scenarios s ON s.id = r.scenario_id WHERE s.id = $1 AND s.gone IS NULL \
         AND (s.expires_at_ms IS NULL OR s.expires_at_ms > $2) ORDER BY r.revision",
    )
    .bind(id)
    .bind(milliseconds(now))
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(SummaryRow::read).collect()
}

pub(super) async fn revise(
    connection: &mut Connection,
    id: &str,
    changes: u32,
    revision: &Revision,
) -> Result<Change, StoreError> {
    // From here on the row is ours until the transaction ends, so nobody else counts.
    let touched = sqlx::query(
        "UPDATE scenarios SET changes = changes + 1 WHERE id = $1 AND changes = $2 AND gone IS NULL",
    )
    .bind(id)
    .bind(i64::from(changes))
    .execute(&mut *connection)
    .await?;
    if touched.rows_affected() == 0 {
        return Ok(Change::Stale);
    }
    let newest = newest(connection, id).await?;
    if newest >= MOST_REVISIONS {
        sqlx::query("UPDATE scenarios SET changes = $2 WHERE id = $1")
            .bind(id)
            .bind(i64::from(changes))
            .execute(connection)
            .await?;
        return Ok(Change::Full);
    }
    insert_revision(connection, id, newest + 1, revision).await?;
    Ok(Change::Done {
        changes: changes + 1,
        newest: newest + 1,
    })
}

async fn newest(connection: &mut Connection, id: &str) -> Result<u32, StoreError> {
    let newest: Option<i64> =
        sqlx::query_scalar("SELECT max(revision) FROM revisions WHERE scenario_id = $1")
            .bind(id)
            .fetch_one(connection)
            .await?;
    rows::count(newest.unwrap_or_default())
}

pub(super) async fn amend(
    connection: &mut Connection,
    id: &str,
    changes: u32,
    amendment: &Amendment,
) -> Result<Change, StoreError> {
    let (new_expiry, expires_at) = match amendment.expires_at {
        None => (0_i64, None),
        Some(at) => (1, at.map(milliseconds)),
    };
    let touched = sqlx::query(
        "UPDATE scenarios SET changes = changes + 1, name = coalesce($3, name), \
         expires_at_ms = CASE WHEN $4 = 1 THEN $5 ELSE expires_at_ms END \
         WHERE id = $1 AND changes = $2 AND gone IS NULL",
    )
    .bind(id)
    .bind(i64::from(changes))
    .bind(amendment.name.as_deref().map(json_text))
    .bind(new_expiry)
    .bind(expires_at)
    .execute(&mut *connection)
    .await?;
    if touched.rows_affected() == 0 {
        return Ok(Change::Stale);
    }
    Ok(Change::Done {
        changes: changes + 1,
        newest: newest(connection, id).await?,
    })
}

pub(super) async fn remove(
    connection: &mut Connection,
    id: &str,
    changes: u32,
) -> Result<Change, StoreError> {
    let touched = sqlx::query(sqlx::AssertSqlSafe(format!(
        "UPDATE scenarios SET gone = 'deleted', changes = changes + 1, {WIPE} \
         WHERE id = $1 AND changes = $3 AND gone IS NULL"
    )))
    .bind(id)
    .bind(&NOBODY[..])
    .bind(i64::from(changes))
    .execute(&mut *connection)
    .await?;
    if touched.rows_affected() == 0 {
        return Ok(Change::Stale);
    }
    delete_revisions(connection, id).await?;
    Ok(Change::Done {
        changes: changes + 1,
        newest: 0,
    })
}

pub(super) async fn hand_over(
    connection: &mut Connection,
    id: &str,
    to: Owner,
) -> Result<(), StoreError> {
    let (statement, hash) = match &to {
        Owner::Token(hash) => (
            "UPDATE scenarios SET owner_token_hash = $2 WHERE id = $1 AND gone IS NULL",
            hash,
        ),
        Owner::Browser(hash) => (
            "UPDATE scenarios SET browser_hash = $2 WHERE id = $1 AND gone IS NULL",
            hash,
        ),
    };
    sqlx::query(statement)
        .bind(id)
        .bind(&hash[..])
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn move_list(
    connection: &mut Connection,
    from: Hash,
    to: Hash,
) -> Result<u64, StoreError> {
    let moved = sqlx::query("UPDATE scenarios SET browser_hash = $2 WHERE browser_hash = $1")
        .bind(&from[..])
        .bind(&to[..])
        .execute(connection)
        .await?;
    Ok(moved.rows_affected())
}

pub(super) async fn of_browser(
    connection: &mut Connection,
    browser: Hash,
    now: OffsetDateTime,
    most: u32,
) -> Result<Vec<ScenarioSummary>, StoreError> {
    let rows: Vec<ListRow> = sqlx::query_as(
        "SELECT s.id, s.name, s.changes, s.expires_at_ms, r.revision, r.headline, r.price_book, r.model_version, \
         r.created_at_ms FROM scenarios s JOIN revisions r ON r.scenario_id = s.id \
         AND r.revision = (SELECT max(revision) FROM revisions WHERE scenario_id = s.id) \
         WHERE s.browser_hash = $1 AND s.gone IS NULL AND (s.expires_at_ms IS NULL OR s.expires_at_ms > $2) \
         ORDER BY r.created_at_ms DESC, s.id LIMIT $3",
    )
    .bind(&browser[..])
    .bind(milliseconds(now))
    .bind(i64::from(most))
    .fetch_all(connection)
    .await?;
    rows.into_iter().map(ListRow::read).collect()
}

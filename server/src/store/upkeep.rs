//! What keeps a database in order: what has expired or is deleted is wiped, what is kept is added up; the secret, and
//! whether the tables are those of this program. A module of `sqlite.rs` and of `postgres.rs`, as `statements.rs` is.

use time::OffsetDateTime;

use super::Connection;
use crate::store::rows::{self, milliseconds};
use crate::store::{Hash, StoreError, Swept};

/// What is left of a scenario that is gone: its id, so that its link can say so.
pub(super) const WIPE: &str = "name = '\"\"', owner_token_hash = $2, browser_hash = NULL, client_hash = NULL, copied_from = NULL";
/// No token has it.
pub(super) const NOBODY: [u8; 32] = [0; 32];

pub(super) async fn delete_revisions(
    connection: &mut Connection,
    id: &str,
) -> Result<(), StoreError> {
    sqlx::query("DELETE FROM revisions WHERE scenario_id = $1")
        .bind(id)
        .execute(connection)
        .await?;
    Ok(())
}

pub(super) async fn bytes(
    connection: &mut Connection,
    client: Option<Hash>,
) -> Result<u64, StoreError> {
    // PostgreSQL adds up to a type that holds fractions too.
    let sum: i64 = match client {
        None => {
            sqlx::query_scalar("SELECT CAST(coalesce(sum(bytes), 0) AS BIGINT) FROM revisions")
                .fetch_one(connection)
                .await?
        }
        Some(client) => {
            sqlx::query_scalar(
                "SELECT CAST(coalesce(sum(r.bytes), 0) AS BIGINT) FROM scenarios s \
                 JOIN revisions r ON r.scenario_id = s.id WHERE s.client_hash = $1",
            )
            .bind(&client[..])
            .fetch_one(connection)
            .await?
        }
    };
    Ok(u64::try_from(sum).unwrap_or_default())
}

pub(super) async fn sweep(
    connection: &mut Connection,
    now: OffsetDateTime,
    keys_before: OffsetDateTime,
) -> Result<Swept, StoreError> {
    // First marked, then emptied: a revision that comes in between finds it gone.
    let expired: Vec<String> = sqlx::query_scalar(sqlx::AssertSqlSafe(format!(
        "UPDATE scenarios SET gone = 'expired', {WIPE} WHERE gone IS NULL AND expires_at_ms <= $1 RETURNING id"
    )))
    .bind(milliseconds(now))
    .bind(&NOBODY[..])
    .fetch_all(&mut *connection)
    .await?;
    for id in &expired {
        delete_revisions(connection, id).await?;
    }
    let keys = sqlx::query("DELETE FROM idempotency_keys WHERE created_at_ms < $1")
        .bind(milliseconds(keys_before))
        .execute(&mut *connection)
        .await?;
    let simulations = sqlx::query("DELETE FROM simulations WHERE expires_at_ms <= $1")
        .bind(milliseconds(now))
        .execute(connection)
        .await?;
    Ok(Swept {
        scenarios: expired.len() as u64,
        keys: keys.rows_affected(),
        simulations: simulations.rows_affected(),
    })
}

const SECRET: &str = "secret";

pub(super) async fn secret(
    connection: &mut Connection,
    candidate: Hash,
) -> Result<Hash, StoreError> {
    sqlx::query("INSERT INTO settings (name, value) VALUES ($1, $2) ON CONFLICT (name) DO NOTHING")
        .bind(SECRET)
        .bind(&candidate[..])
        .execute(&mut *connection)
        .await?;
    let kept: Vec<u8> = sqlx::query_scalar("SELECT value FROM settings WHERE name = $1")
        .bind(SECRET)
        .fetch_one(connection)
        .await?;
    rows::hash(&kept)
}

/// The newest migration that was applied.
pub(super) async fn migrated(connection: &mut Connection) -> Result<Option<i64>, StoreError> {
    Ok(
        sqlx::query_scalar("SELECT max(version) FROM _sqlx_migrations WHERE success")
            .fetch_one(connection)
            .await?,
    )
}

//! Scenarios in PostgreSQL, for several copies of the program.

use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};
use sqlx::{ConnectOptions as _, Postgres, Transaction};

use super::{StoreError, implementation::implement_store, rows};

#[path = "jobs.rs"]
#[expect(
    clippy::duplicate_mod,
    reason = "one text for two kinds of connections"
)]
mod jobs;
#[path = "statements.rs"]
#[expect(
    clippy::duplicate_mod,
    reason = "one text for two kinds of connections"
)]
mod statements;
#[path = "upkeep.rs"]
#[expect(
    clippy::duplicate_mod,
    reason = "one text for two kinds of connections"
)]
mod upkeep;

type Connection = sqlx::PgConnection;

/// Locked by an advisory lock while it runs, so that copies may start together.
static MIGRATOR: Migrator = sqlx::migrate!("migrations/postgres");

const MAX_CONNECTIONS: u32 = 10;
/// Kept open by the pool itself: a connection that a request opens is given up with the request.
const MIN_CONNECTIONS: u32 = 2;
/// Longer than a short failover of a statement's connection, shorter than a person's patience.
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);
/// No statement here takes milliseconds; one that takes seconds is stuck.
const STATEMENT_TIMEOUT_MS: &str = "5000";

/// Scenarios in PostgreSQL.
#[derive(Clone, Debug)]
pub struct PostgresStore {
    pool: PgPool,
}

impl PostgresStore {
    /// Connects and migrates.
    ///
    /// # Errors
    /// When the server cannot be reached or the tables cannot be migrated.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let options = PgConnectOptions::from_str(url)?
            .application_name("breakeven")
            .options([("statement_timeout", STATEMENT_TIMEOUT_MS)])
            .disable_statement_logging();
        let pool = PgPoolOptions::new()
            .max_connections(MAX_CONNECTIONS)
            .min_connections(MIN_CONNECTIONS)
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options)
            .await?;
        MIGRATOR.run(&pool).await?;
        Ok(Self { pool })
    }

    /// A connection that reads.
    async fn reader(&self) -> Result<PoolConnection<Postgres>, StoreError> {
        Ok(self.pool.acquire().await?)
    }

    /// A transaction that writes.
    async fn writing(&self) -> Result<Transaction<'static, Postgres>, StoreError> {
        Ok(self.pool.begin().await?)
    }

    async fn ready(&self) -> Result<(), StoreError> {
        let read_only: String = sqlx::query_scalar("SHOW transaction_read_only")
            .fetch_one(&self.pool)
            .await?;
        if read_only == "on" {
            return Err(StoreError::Unavailable("it is read-only".into()));
        }
        let applied = upkeep::migrated(&mut *self.reader().await?).await?;
        rows::check_migrated(&MIGRATOR, applied)
    }

    async fn close(&self) {
        self.pool.close().await;
    }
}

implement_store!(PostgresStore);

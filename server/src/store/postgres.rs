//! Scenarios in PostgreSQL, for several copies of the program.

use std::str::FromStr;
use std::time::Duration;

use app::api::ports::Boxed;
use sqlx::ConnectOptions;
use sqlx::migrate::Migrator;
use sqlx::postgres::{PgConnectOptions, PgPool, PgPoolOptions};

use super::rows::{self, RevisionRow};
use super::{NewScenario, Store, StoreError, StoredRevision};

/// Locked by an advisory lock while it runs, so that copies may start together.
static MIGRATOR: Migrator = sqlx::migrate!("migrations/postgres");

const MAX_CONNECTIONS: u32 = 10;
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
            .acquire_timeout(ACQUIRE_TIMEOUT)
            .connect_with(options)
            .await?;
        MIGRATOR.run(&pool).await?;
        Ok(Self { pool })
    }

    async fn create(&self, scenario: &NewScenario) -> Result<(), StoreError> {
        let mut transaction = self.pool.begin().await?;
        rows::insert!(transaction, scenario);
        Ok(transaction.commit().await?)
    }

    async fn read(
        &self,
        id: &str,
        revision: Option<u32>,
    ) -> Result<Option<StoredRevision>, StoreError> {
        let row: Option<RevisionRow> = sqlx::query_as(rows::SELECT_REVISION)
            .bind(id)
            .bind(revision.map(i64::from))
            .fetch_optional(&self.pool)
            .await?;
        row.map(rows::stored).transpose()
    }

    async fn ready(&self) -> Result<(), StoreError> {
        let read_only: String = sqlx::query_scalar("SHOW transaction_read_only")
            .fetch_one(&self.pool)
            .await?;
        if read_only == "on" {
            return Err(StoreError::Unavailable("it is read-only".into()));
        }
        let applied = sqlx::query_scalar(rows::SELECT_MIGRATION)
            .fetch_one(&self.pool)
            .await?;
        rows::check_migrated(&MIGRATOR, applied)
    }
}

impl Store for PostgresStore {
    fn create<'a>(&'a self, scenario: &'a NewScenario) -> Boxed<'a, Result<(), StoreError>> {
        Box::pin(self.create(scenario))
    }

    fn read<'a>(
        &'a self,
        id: &'a str,
        revision: Option<u32>,
    ) -> Boxed<'a, Result<Option<StoredRevision>, StoreError>> {
        Box::pin(self.read(id, revision))
    }

    fn ready(&self) -> Boxed<'_, Result<(), StoreError>> {
        Box::pin(self.ready())
    }

    fn close(&self) -> Boxed<'_, ()> {
        Box::pin(self.pool.close())
    }
}

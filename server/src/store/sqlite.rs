//! Scenarios in one SQLite file: the default, nothing to install.
//!
//! One connection writes and some read, as SQLite's write-ahead log allows. The
//! file is looked at before each use: SQLite would go on writing into a file that
//! was moved or deleted, and what people saved would be gone at the next start.

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use app::api::ports::Boxed;
use sqlx::migrate::Migrator;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions, Connection};
use tokio::sync::Mutex;

use super::rows::{self, RevisionRow};
use super::{NewScenario, Store, StoreError, StoredRevision};

static MIGRATOR: Migrator = sqlx::migrate!("migrations/sqlite");

const READERS: u32 = 4;
/// How long a write waits for another process before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);

/// Scenarios in one SQLite file.
#[derive(Debug)]
pub struct SqliteStore {
    options: SqliteConnectOptions,
    opened: Mutex<Opened>,
}

/// The connections to one file.
#[derive(Clone, Debug)]
struct Opened {
    file: FileIdentity,
    readers: SqlitePool,
    writer: SqlitePool,
}

/// Tells a file from another that took its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct FileIdentity {
    device: u64,
    inode: u64,
}

impl FileIdentity {
    fn of(path: &Path) -> Result<Self, StoreError> {
        let metadata =
            std::fs::metadata(path).map_err(|error| StoreError::Unavailable(error.to_string()))?;
        Ok(Self {
            device: metadata.dev(),
            inode: metadata.ino(),
        })
    }
}

impl SqliteStore {
    /// Opens the file, making it when it is missing, and migrates it.
    ///
    /// # Errors
    /// When the file cannot be opened or the tables cannot be migrated.
    pub async fn open(url: &str) -> Result<Self, StoreError> {
        let options = SqliteConnectOptions::from_str(url)?
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(BUSY_TIMEOUT)
            .foreign_keys(true)
            .disable_statement_logging();
        let opened = Mutex::new(connect(&options).await?);
        // A file that vanishes later is a failure, not a wish for an empty one.
        Ok(Self {
            options: options.create_if_missing(false),
            opened,
        })
    }

    /// The connections to the file that has the name now.
    async fn opened(&self) -> Result<Opened, StoreError> {
        let mut opened = self.opened.lock().await;
        if FileIdentity::of(self.options.get_filename())? != opened.file {
            let again = connect(&self.options).await?;
            let before = std::mem::replace(&mut *opened, again);
            before.writer.close().await;
            before.readers.close().await;
        }
        Ok(opened.clone())
    }

    async fn create(&self, scenario: &NewScenario) -> Result<(), StoreError> {
        let opened = self.opened().await?;
        let mut transaction = opened.writer.begin_with("BEGIN IMMEDIATE").await?;
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
            .fetch_optional(&self.opened().await?.readers)
            .await?;
        row.map(rows::stored).transpose()
    }

    async fn ready(&self) -> Result<(), StoreError> {
        let opened = self.opened().await?;
        let applied = sqlx::query_scalar(rows::SELECT_MIGRATION)
            .fetch_one(&opened.readers)
            .await?;
        rows::check_migrated(&MIGRATOR, applied)?;
        // Only a writer may begin this; nothing is written.
        Ok(opened
            .writer
            .begin_with("BEGIN IMMEDIATE")
            .await?
            .rollback()
            .await?)
    }

    async fn close(&self) {
        let opened = self.opened.lock().await.clone();
        opened.readers.close().await;
        opened.writer.close().await;
    }
}

async fn connect(options: &SqliteConnectOptions) -> Result<Opened, StoreError> {
    let pool = |size| {
        SqlitePoolOptions::new()
            .max_connections(size)
            .acquire_timeout(ACQUIRE_TIMEOUT)
    };
    let writer = pool(1).connect_with(options.clone()).await?;
    migrate(&writer).await?;
    let readers = pool(READERS)
        .connect_with(options.clone().pragma("query_only", "on"))
        .await?;
    Ok(Opened {
        file: FileIdentity::of(options.get_filename())?,
        readers,
        writer,
    })
}

/// sqlx locks nothing on SQLite: the writer's lock is taken here, so that two
/// programs may start on one new file.
async fn migrate(writer: &SqlitePool) -> Result<(), StoreError> {
    let mut connection = writer.acquire().await?;
    let mut transaction = connection.begin_with("BEGIN IMMEDIATE").await?;
    // Not `run`: its future is not known to be `Send` with a connection that is borrowed.
    MIGRATOR.run_direct(None, &mut *transaction, false).await?;
    Ok(transaction.commit().await?)
}

impl Store for SqliteStore {
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
        Box::pin(self.close())
    }
}

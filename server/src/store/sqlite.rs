//! Scenarios in one SQLite file: the default, nothing to install.
//!
//! One connection writes and some read, as SQLite's write-ahead log allows. The
//! file is looked at before each use: SQLite would go on writing into a file that
//! was moved or deleted, and what people saved would be gone at the next start.

use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::str::FromStr;
use std::time::Duration;

use sqlx::migrate::Migrator;
use sqlx::pool::PoolConnection;
use sqlx::sqlite::{
    SqliteConnectOptions, SqliteJournalMode, SqlitePool, SqlitePoolOptions, SqliteSynchronous,
};
use sqlx::{ConnectOptions as _, Connection as _, Sqlite, Transaction};
use tokio::sync::Mutex;

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

type Connection = sqlx::SqliteConnection;

static MIGRATOR: Migrator = sqlx::migrate!("migrations/sqlite");

const READERS: u32 = 4;
/// How long a write waits for another process before it gives up.
const BUSY_TIMEOUT: Duration = Duration::from_secs(2);
const ACQUIRE_TIMEOUT: Duration = Duration::from_secs(3);
/// Programs that start together wait for each other's migrations.
const START_TIMEOUT: Duration = Duration::from_secs(20);

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
        let options = options(url)?.create_if_missing(true);
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

    /// A connection that reads.
    async fn reader(&self) -> Result<PoolConnection<Sqlite>, StoreError> {
        Ok(self.opened().await?.readers.acquire().await?)
    }

    /// A transaction that writes, begun as one: it waits for others at its start and not in its midst.
    async fn writing(&self) -> Result<Transaction<'static, Sqlite>, StoreError> {
        let opened = self.opened().await?;
        Ok(opened.writer.begin_with("BEGIN IMMEDIATE").await?)
    }

    async fn ready(&self) -> Result<(), StoreError> {
        let applied = upkeep::migrated(&mut *self.reader().await?).await?;
        rows::check_migrated(&MIGRATOR, applied)?;
        // Only a writer may begin this; nothing is written.
        Ok(self.writing().await?.rollback().await?)
    }

    async fn close(&self) {
        let opened = self.opened.lock().await.clone();
        opened.readers.close().await;
        opened.writer.close().await;
    }
}

fn options(url: &str) -> Result<SqliteConnectOptions, StoreError> {
    Ok(SqliteConnectOptions::from_str(url)?
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full)
        .busy_timeout(BUSY_TIMEOUT)
        .foreign_keys(true)
        .disable_statement_logging())
}

async fn connect(options: &SqliteConnectOptions) -> Result<Opened, StoreError> {
    let pool = |size| {
        SqlitePoolOptions::new()
            .max_connections(size)
            .acquire_timeout(ACQUIRE_TIMEOUT)
    };
    let patient = options.clone().busy_timeout(START_TIMEOUT);
    let starter = pool(1)
        .acquire_timeout(START_TIMEOUT)
        .connect_with(patient)
        .await?;
    migrate(&starter).await?;
    starter.close().await;
    let writer = pool(1).connect_with(options.clone()).await?;
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

/// Copies the database into a new file. Readers and writers go on meanwhile; the copy is of one moment.
pub(super) async fn backup(url: &str, to: &Path) -> Result<(), StoreError> {
    if to.exists() {
        return Err(StoreError::Exists(to.display().to_string()));
    }
    let options = options(url)?.create_if_missing(false);
    let mut connection = Connection::connect_with(&options).await?;
    let name = to.to_str().ok_or_else(|| {
        StoreError::Unavailable("the name of the copy is no Unicode text".to_owned())
    })?;
    // Beside its place first: what stops half-way leaves nothing that looks like a copy.
    let unfinished = format!("{name}.unfinished");
    let _none_from_before = std::fs::remove_file(&unfinished);
    sqlx::query("VACUUM INTO $1")
        .bind(&unfinished)
        .execute(&mut connection)
        .await?;
    connection.close().await?;
    let whole = std::fs::File::open(&unfinished).and_then(|file| file.sync_all());
    whole
        .and_then(|()| std::fs::rename(&unfinished, to))
        .map_err(|error| StoreError::Unavailable(error.to_string()))
}

implement_store!(SqliteStore);

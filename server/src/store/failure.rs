//! What can go wrong with a store, sorted by what the caller can do about it.

use sqlx::error::DatabaseError;

/// Why a store did not do it.
#[derive(Debug, thiserror::Error)]
pub enum StoreError {
    /// The database cannot be used now; it may come back by itself.
    #[error("the database cannot be used now: {0}")]
    Unavailable(String),
    /// The URL names no database that is known here.
    #[error("DATABASE_URL must begin with sqlite: or postgres:")]
    UnknownScheme,
    /// PostgreSQL brings its own way to copy.
    #[error("breakeven backup copies SQLite; for PostgreSQL use pg_dump")]
    NoBackup,
    /// A copy never replaces a file.
    #[error("{0} exists already")]
    Exists(String),
    /// The tables could not be brought up to date.
    #[error("the database could not be migrated: {0}")]
    Migration(#[from] sqlx::migrate::MigrateError),
    /// A mistake of this program or a damaged row.
    #[error("the database refused a statement: {0}")]
    Unexpected(#[source] sqlx::Error),
    /// A row holds what was never written.
    #[error("a stored value cannot be read: {0}")]
    Damaged(&'static str),
}

impl From<sqlx::Error> for StoreError {
    fn from(error: sqlx::Error) -> Self {
        let passing = match &error {
            sqlx::Error::Io(_)
            | sqlx::Error::Tls(_)
            | sqlx::Error::PoolTimedOut
            | sqlx::Error::PoolClosed
            | sqlx::Error::WorkerCrashed
            | sqlx::Error::BeginFailed => true,
            sqlx::Error::Database(database) => is_passing(database.as_ref()),
            _ => false,
        };
        if passing {
            Self::Unavailable(error.to_string())
        } else {
            Self::Unexpected(error)
        }
    }
}

/// SQLite's primary result codes that speak of the file or of another process:
/// busy, locked, read-only, I/O, full, cannot open, not a database.
const SQLITE_PASSING: [i32; 7] = [5, 6, 8, 10, 13, 14, 26];

/// Classes and codes of SQLSTATE that speak of the server and not of the
/// statement: connection, resources, not in a state to answer, intervention, system;
/// unknown database, read-only transaction, missing right.
const POSTGRES_PASSING: [&str; 8] = ["08", "53", "55", "57", "58", "3D000", "25006", "42501"];

fn is_passing(error: &dyn DatabaseError) -> bool {
    let Some(code) = error.code() else {
        return false;
    };
    if error
        .try_downcast_ref::<sqlx::sqlite::SqliteError>()
        .is_some()
    {
        // The low byte of an extended code is its primary code.
        code.parse::<i32>()
            .is_ok_and(|code| SQLITE_PASSING.contains(&(code & 0xff)))
    } else {
        POSTGRES_PASSING
            .iter()
            .any(|passing| code.starts_with(passing))
    }
}

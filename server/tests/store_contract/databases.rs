//! A fresh database for each test, and ways to trouble it.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use server::store::{self, Store};
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _};
use tempfile::TempDir;

const POSTGRES: &str = "BREAKEVEN_TEST_POSTGRES";

pub(crate) enum Database {
    Sqlite { folder: TempDir },
    Postgres { server: String, name: String },
}

/// Keeps others from writing for as long as it is held.
pub(crate) enum Lock {
    Sqlite(SqliteConnection),
    Postgres,
}

impl Database {
    pub(crate) fn sqlite() -> Self {
        Self::Sqlite {
            folder: tempfile::tempdir().expect("a folder"),
        }
    }

    /// None, said aloud, where there is no server to test on.
    pub(crate) async fn postgres(test: &str) -> Option<Self> {
        let Ok(server) = std::env::var(POSTGRES) else {
            assert!(
                std::env::var_os("CI").is_none(),
                "{POSTGRES} is not set, and CI tests both databases"
            );
            // Past the capture of the test harness, so that nobody takes this for a pass.
            let said = writeln!(
                std::io::stderr(),
                "SKIPPED on PostgreSQL: {test} ({POSTGRES} is not set)"
            );
            said.expect("standard error");
            return None;
        };
        let mut id = [0; 8];
        getrandom::fill(&mut id).expect("random bytes");
        let name = format!("breakeven_test_{:016x}", u64::from_be_bytes(id));
        let database = Self::Postgres {
            server,
            name: name.clone(),
        };
        database
            .administer(&format!("CREATE DATABASE {name}"))
            .await;
        Some(database)
    }

    pub(crate) fn url(&self) -> String {
        match self {
            Self::Sqlite { .. } => format!("sqlite://{}", self.file().display()),
            Self::Postgres { server, name } => {
                let (address, _) = server
                    .rsplit_once('/')
                    .expect("a URL that names a database");
                format!("{address}/{name}")
            }
        }
    }

    pub(crate) async fn open(&self) -> Arc<dyn Store> {
        store::open(&self.url()).await.expect("a store")
    }

    pub(crate) async fn drop(self) {
        if let Self::Postgres { name, .. } = &self {
            self.administer(&format!("DROP DATABASE {name} WITH (FORCE)"))
                .await;
        }
    }

    /// Another process writes and does not end; or the server has become a read-only copy.
    pub(crate) async fn forbid_writing(&self) -> Lock {
        match self {
            Self::Sqlite { .. } => {
                let options = SqliteConnectOptions::new().filename(self.file());
                let mut connection = SqliteConnection::connect_with(&options)
                    .await
                    .expect("a connection");
                sqlx::query("BEGIN IMMEDIATE")
                    .execute(&mut connection)
                    .await
                    .expect("the lock");
                Lock::Sqlite(connection)
            }
            Self::Postgres { name, .. } => {
                self.administer(&format!(
                    "ALTER DATABASE {name} SET default_transaction_read_only = on"
                ))
                .await;
                self.disconnect(name).await;
                Lock::Postgres
            }
        }
    }

    pub(crate) async fn allow_writing(&self, lock: Lock) {
        match (self, lock) {
            (Self::Postgres { name, .. }, _) => {
                self.administer(&format!(
                    "ALTER DATABASE {name} RESET default_transaction_read_only"
                ))
                .await;
                self.disconnect(name).await;
            }
            (_, Lock::Sqlite(connection)) => connection.close().await.expect("closed"),
            _ => {}
        }
    }

    pub(crate) async fn hide(&self) {
        match self {
            Self::Sqlite { .. } => {
                std::fs::rename(self.file(), self.hidden_file()).expect("renamed");
            }
            Self::Postgres { name, .. } => {
                self.administer(&format!(
                    "ALTER DATABASE {name} WITH ALLOW_CONNECTIONS false"
                ))
                .await;
                self.disconnect(name).await;
            }
        }
    }

    pub(crate) async fn show(&self) {
        match self {
            Self::Sqlite { .. } => {
                std::fs::rename(self.hidden_file(), self.file()).expect("renamed back");
            }
            Self::Postgres { name, .. } => {
                self.administer(&format!(
                    "ALTER DATABASE {name} WITH ALLOW_CONNECTIONS true"
                ))
                .await;
            }
        }
    }

    fn file(&self) -> PathBuf {
        let Self::Sqlite { folder } = self else {
            panic!("only SQLite has a file")
        };
        folder.path().join("test.db")
    }

    fn hidden_file(&self) -> PathBuf {
        self.file().with_extension("hidden")
    }

    async fn disconnect(&self, name: &str) {
        let end = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname";
        self.administer(&format!("{end} = '{name}'")).await;
    }

    async fn administer(&self, statement: &str) {
        let Self::Postgres { server, .. } = self else {
            panic!("only PostgreSQL is administered")
        };
        let mut connection = PgConnection::connect(server).await.expect("a connection");
        let done = sqlx::query(AssertSqlSafe(statement.to_owned()))
            .execute(&mut connection)
            .await;
        done.unwrap_or_else(|error| panic!("{statement}: {error}"));
        connection.close().await.expect("closed");
    }
}

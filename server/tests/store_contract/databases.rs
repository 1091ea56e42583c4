//! A fresh database for each test, and ways to trouble it.

use std::io::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use serde_json::Value;
use server::store::{self, Store};
use sqlx::migrate::Migrator;
use sqlx::postgres::PgConnection;
use sqlx::sqlite::{SqliteConnectOptions, SqliteConnection};
use sqlx::{AssertSqlSafe, Connection as _};
use tempfile::TempDir;

/// Does the same on a connection of either kind, past the store.
macro_rules! on {
    ($database:expr, |$connection:ident| $work:block) => {
        match $database {
            Database::Sqlite { .. } => {
                let options = SqliteConnectOptions::new()
                    .filename($database.file())
                    .create_if_missing(true);
                let mut $connection = SqliteConnection::connect_with(&options)
                    .await
                    .expect("a connection");
                $work
                $connection.close().await.expect("closed");
            }
            Database::Postgres { .. } => {
                let mut $connection = PgConnection::connect(&$database.url())
                    .await
                    .expect("a connection");
                $work
                $connection.close().await.expect("closed");
            }
        }
    };
}

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

    /// Makes the tables of the first version and writes a scenario into them, as that version did.
    pub(crate) async fn first_version(&self, fixture: &Value) {
        const NAME: &str = "\"K\u{e4}se & Co\"";
        let (database, folder) = match self {
            Self::Sqlite { .. } => ("sqlite", tempfile::tempdir().expect("a folder")),
            Self::Postgres { .. } => ("postgres", tempfile::tempdir().expect("a folder")),
        };
        let first = "0001_scenarios.sql";
        let migrations = format!(
            "{}/migrations/{database}/{first}",
            env!("CARGO_MANIFEST_DIR")
        );
        std::fs::copy(migrations, folder.path().join(first)).expect("copied");
        let migrator = Migrator::new(folder.path()).await.expect("a migration");
        let scenario = "INSERT INTO scenarios (id, name, owner_token_hash, created_at_ms) VALUES ('format-1', $1, $2, 5)";
        let revision = "INSERT INTO revisions (scenario_id, revision, system, evaluation, price_book, model_version, \
                        created_at_ms) VALUES ('format-1', 1, $1, $2, '2026-11-20', '1.0.0', 5)";
        let text = |name: &str| fixture[name].as_str().expect("text").to_owned();
        on!(self, |connection| {
            migrator.run(&mut connection).await.expect("migrated");
            let scenario = sqlx::query(scenario).bind(NAME).bind(vec![7_u8; 32]);
            scenario.execute(&mut connection).await.expect("written");
            let revision = sqlx::query(revision)
                .bind(text("system"))
                .bind(text("evaluation"));
            revision.execute(&mut connection).await.expect("written");
        });
    }

    /// Writes packed documents into the tables of the second version.
    pub(crate) async fn second_version(&self, system: &[u8], evaluation: &[u8]) {
        const NAME: &str = "\"K\u{e4}se & Co\"";
        let scenario = "INSERT INTO scenarios (id, name, owner_token_hash, created_at_ms) VALUES ('format-2', $1, $2, 5)";
        let revision = "INSERT INTO revisions (scenario_id, revision, format, system, evaluation, bytes, price_book, \
                        model_version, created_at_ms) VALUES ('format-2', 1, 2, $1, $2, 9, '2026-11-20', '1.0.0', 5)";
        on!(self, |connection| {
            let scenario = sqlx::query(scenario).bind(NAME).bind(vec![7_u8; 32]);
            scenario.execute(&mut connection).await.expect("written");
            let revision = sqlx::query(revision).bind(system).bind(evaluation);
            revision.execute(&mut connection).await.expect("written");
        });
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

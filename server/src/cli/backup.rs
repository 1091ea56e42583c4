//! `breakeven backup`: a copy of the database, of one moment, while others use it.

use std::path::PathBuf;

use clap::Args;

use super::{Failure, print};
use crate::store::{self, StoreError};

#[derive(Args, Debug)]
pub(super) struct Backup {
    /// The copy, which must not exist yet
    file: PathBuf,
    /// The database to copy: <sqlite://FILE>
    #[arg(
        long,
        env = "DATABASE_URL",
        default_value = "sqlite://breakeven.db",
        hide_env_values = true
    )]
    database_url: String,
}

impl Backup {
    pub(super) fn run(self) -> Result<(), Failure> {
        let runtime = tokio::runtime::Builder::new_current_thread()
            .enable_all()
            .build();
        let runtime = runtime.map_err(|error| Failure::Failed(error.to_string()))?;
        runtime
            .block_on(store::backup(&self.database_url, &self.file))
            .map_err(|error| match error {
                StoreError::Exists(_) | StoreError::NoBackup | StoreError::UnknownScheme => {
                    Failure::BadInput(error.to_string())
                }
                error => Failure::Failed(error.to_string()),
            })?;
        print(&format!("Copied to {}\n", self.file.display()))
    }
}

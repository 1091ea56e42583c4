//! The price book of this run: the embedded one, with a folder of files laid over it.

use std::path::Path;
use std::sync::Arc;

use model::price::{PriceBook, PriceBookError};

/// Why a folder of prices cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PricesError {
    /// A file or the folder cannot be read.
    #[error("{path}: {error}")]
    Unreadable {
        /// Which.
        path: String,
        /// Why.
        error: std::io::Error,
    },
    /// A file says what no price can say.
    #[error(transparent)]
    Invalid(#[from] PriceBookError),
}

/// The prices that the program carries.
#[must_use]
pub fn embedded() -> Arc<PriceBook> {
    Arc::new(PriceBook::embedded().clone())
}

/// The prices that the program carries, with those of the folder in their place.
///
/// # Errors
/// When a file cannot be read, or says what no price can say.
pub fn overlaid(folder: &Path) -> Result<PriceBook, PricesError> {
    let unreadable = |path: &Path| {
        let path = path.display().to_string();
        move |error| PricesError::Unreadable { path, error }
    };
    let mut files = Vec::new();
    for entry in std::fs::read_dir(folder).map_err(unreadable(folder))? {
        let path = entry.map_err(unreadable(folder))?.path();
        if path.extension().is_some_and(|ending| ending == "toml") {
            let name = path
                .file_name()
                .unwrap_or_default()
                .to_string_lossy()
                .into_owned();
            files.push((
                name,
                std::fs::read_to_string(&path).map_err(unreadable(&path))?,
            ));
        }
    }
    files.sort();
    let borrowed: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (name.as_str(), text.as_str()))
        .collect();
    Ok(PriceBook::embedded().overlaid(&borrowed)?)
}

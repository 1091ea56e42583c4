//! The price book of this run: the embedded one, with a folder of files laid over it.

use std::path::Path;
use std::sync::Arc;

use model::price::{PriceBook, PriceBookError};
use time::{Date, Month};

/// A price older than this should be looked up again.
pub const STALE_AFTER_DAYS: i64 = 365;

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

/// How many days ago the last day of an ISO date (`2026`, `2026-09`, `2026-09-11`) was.
#[must_use]
pub fn age_in_days(as_of: &str, today: Date) -> Option<i64> {
    let mut parts = as_of.split('-');
    let year: i32 = parts.next()?.parse().ok()?;
    let month = parts.next().map(|month| {
        month
            .parse::<u8>()
            .ok()
            .and_then(|month| Month::try_from(month).ok())
    });
    let month = month.unwrap_or(Some(Month::December))?;
    let day = parts
        .next()
        .map_or(Some(month.length(year)), |day| day.parse().ok())?;
    // A month that is not over yet is no prophecy.
    let day = Date::from_calendar_date(year, month, day).ok()?.min(today);
    Some((today - day).whole_days())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn age_counts_from_the_last_day_that_is_meant() {
        let today = Date::from_calendar_date(2026, Month::November, 23).expect("a date");
        for (as_of, expected) in [
            ("2026-11-23", Some(0)),
            ("2026-11", Some(0)),
            ("2026", Some(0)),
            ("2026-10", Some(23)),
            ("2025-11-23", Some(365)),
            ("2025", Some(327)),
            ("2024-02", Some(998)),
            ("", None),
            ("2026-13", None),
            ("2026-02-30", None),
        ] {
            assert_eq!(age_in_days(as_of, today), expected, "{as_of}");
        }
    }
}

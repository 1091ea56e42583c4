//! What can be wrong with a price book or a look-up in it.

use super::Region;

/// The book has no price for this id in this region.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("no price for {price_id} in {region} in the price book of {version}")]
pub struct MissingPrice {
    /// The price that was asked for.
    pub price_id: String,
    /// The region it was asked for.
    pub region: Region,
    /// The date of the book.
    pub version: String,
}

/// A price file that cannot be used, with the place to mend.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PriceBookError {
    /// The file is not TOML of the expected form.
    #[error("{file}: {reason}")]
    Format {
        /// Name of the file.
        file: String,
        /// What the parser says, with line and column.
        reason: String,
    },
    /// A field of an entry has a value that cannot stand.
    #[error("{file}: {id}: {field} {reason}")]
    Field {
        /// Name of the file.
        file: String,
        /// Id of the entry.
        id: String,
        /// The field.
        field: &'static str,
        /// What is wrong with it.
        reason: String,
    },
    /// No file states the version of the book.
    #[error("no file states the version of the book; it stands in sources.toml")]
    NoVersion,
}

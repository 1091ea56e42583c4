//! Documents and pictures with embedded fonts: Typst to PDF, SVG to PNG.
//!
//! A crate of its own because Typst takes minutes to build and this code hardly ever changes. It knows nothing of what
//! is written: a template, its files and their bytes go in, a file comes out. No font, file or date of the machine is
//! used, so the same input gives the same bytes everywhere.

mod fonts;
mod pdf;
mod png;
mod world;

pub use pdf::{Document, Moment, pdf};
pub use png::{Raster, png};

/// Why nothing could be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum TypesetError {
    /// The template, or what it was handed, cannot be set.
    #[error("the document cannot be set: {0}")]
    Document(String),
    /// The SVG cannot be read, or its picture would be too large.
    #[error("the picture cannot be drawn: {0}")]
    Picture(String),
}

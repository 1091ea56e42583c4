//! Reports: an answer as a file to keep. One file per format.
//!
//! To add a format: a module with a [`Format`], and a line in [`all`].

mod json;
mod markdown;
mod xlsx;

use model::evaluation::Evaluation;
use model::price::PriceBook;
use model::system::System;
use rust_xlsxwriter::XlsxError;

/// What is reported.
#[derive(Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) system: &'a System,
    pub(crate) evaluation: &'a Evaluation,
    /// Where the sources of the prices stand.
    pub(crate) book: &'a PriceBook,
    /// Leads back to exactly this answer.
    pub(crate) link: String,
    /// When it is a saved one. An unsaved answer has no date of its own.
    pub(crate) saved: Option<Saved>,
}

/// Which revision a report is of.
#[derive(Debug)]
pub(crate) struct Saved {
    pub(crate) created_at: String,
    pub(crate) revision: u32,
}

/// One kind of file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Format {
    pub(crate) extension: &'static str,
    pub(crate) content_type: &'static str,
    pub(crate) write: fn(&Subject<'_>) -> Result<Vec<u8>, XlsxError>,
}

/// Every format, in alphabetical order of the modules.
pub(crate) fn all() -> [Format; 3] {
    [json::FORMAT, markdown::FORMAT, xlsx::FORMAT]
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_file_of_the_folder_is_in_the_list() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/report");
        let files = std::fs::read_dir(folder)
            .expect("the folder")
            .filter_map(Result::ok);
        let modules = files
            .filter(|file| file.path().extension().is_some_and(|ending| ending == "rs"))
            .count();
        assert_eq!(modules, super::all().len());
    }
}

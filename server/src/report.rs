//! Reports: an answer as a file to keep. One file per format.
//!
//! To add a format: a module with a [`Format`], and a line in [`all`]. Formats that are read by people write
//! [`content::Report`], which says everything once; those that are read by programs write the evaluation itself.

mod content;
mod csv;
mod csv_bill;
mod csv_curve;
mod json;
mod markdown;
mod pdf;
mod typed;
mod xlsx;

use std::collections::BTreeMap;
use std::sync::Arc;

use app::charts::Drawing;
use model::evaluation::Evaluation;
use model::price::PriceBook;
use model::system::System;

/// What is reported.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Subject<'a> {
    pub(crate) system: &'a System,
    pub(crate) evaluation: &'a Evaluation,
    /// Where the sources of the prices stand.
    pub(crate) book: &'a PriceBook,
    /// Leads back to exactly this answer.
    pub(crate) link: &'a str,
    /// When it is a saved one. An unsaved answer has no date of its own.
    pub(crate) saved: Option<&'a Saved>,
}

/// Which revision a report is of.
#[derive(Clone, Debug)]
pub(crate) struct Saved {
    pub(crate) created_at: String,
    pub(crate) revision: u32,
}

/// All that a report is made from: owned, because reports are made on a thread of their own.
#[derive(Debug)]
pub(crate) struct Material {
    pub(crate) system: System,
    pub(crate) evaluation: Evaluation,
    pub(crate) book: Arc<PriceBook>,
    pub(crate) link: String,
    pub(crate) saved: Option<Saved>,
    /// Charts as SVG, by their id and component; none where they are not drawn.
    pub(crate) pictures: BTreeMap<(&'static str, usize), Arc<str>>,
    pub(crate) paper: Paper,
}

impl Material {
    pub(crate) fn subject(&self) -> Subject<'_> {
        Subject {
            system: &self.system,
            evaluation: &self.evaluation,
            book: &self.book,
            link: &self.link,
            saved: self.saved.as_ref(),
        }
    }

    /// The charts that stand in a report, to be drawn.
    pub(crate) fn charts(&self) -> Vec<(&'static str, usize, Drawing)> {
        let mut report = content::Report::of(&self.subject());
        let wanted: Vec<_> = report
            .charts_mut()
            .map(|chart| (chart.id, chart.index))
            .collect();
        let draw = |(id, index): (&'static str, usize)| {
            let drawing = app::charts::find(id)?.of_evaluation(&app::charts::Subject {
                system: &self.system,
                evaluation: &self.evaluation,
                index,
            })?;
            Some((id, index, drawing))
        };
        wanted.into_iter().filter_map(draw).collect()
    }
}

/// The size of a page.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) enum Paper {
    #[default]
    A4,
    Letter,
}

impl Paper {
    /// By its name in addresses.
    pub(crate) fn named(name: &str) -> Option<Self> {
        match name {
            "a4" => Some(Self::A4),
            "letter" => Some(Self::Letter),
            _ => None,
        }
    }

    /// As Typst calls it.
    const fn name(self) -> &'static str {
        match self {
            Self::A4 => "a4",
            Self::Letter => "us-letter",
        }
    }
}

/// Why a report cannot be made.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0}")]
pub(crate) struct ReportError(pub(crate) String);

/// One kind of file.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Format {
    /// The end of its name; what stands before the last dot of it belongs to the name.
    pub(crate) extension: &'static str,
    pub(crate) content_type: &'static str,
    /// Its name, for people.
    pub(crate) name: &'static str,
    /// Whether it shows charts.
    pub(crate) draws: bool,
    pub(crate) write: fn(&Material) -> Result<Vec<u8>, ReportError>,
}

/// Every format, in alphabetical order of the modules.
pub(crate) const fn all() -> &'static [Format] {
    &[
        csv_bill::FORMAT,
        csv_curve::FORMAT,
        json::FORMAT,
        markdown::FORMAT,
        pdf::FORMAT,
        xlsx::FORMAT,
    ]
}

#[cfg(test)]
mod tests {
    #[test]
    fn every_file_of_the_folder_that_has_a_format_is_in_the_list() {
        let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/src/report");
        let files = std::fs::read_dir(folder)
            .expect("the folder")
            .filter_map(Result::ok);
        let formats = files
            .filter(|file| file.path().extension().is_some_and(|ending| ending == "rs"))
            .filter(|file| {
                let source = std::fs::read_to_string(file.path()).expect("a source");
                source.contains("const FORMAT: Format")
            })
            .count();
        assert_eq!(formats, super::all().len());
    }
}

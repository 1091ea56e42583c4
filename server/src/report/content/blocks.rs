//! What sections are made of: paragraphs, lists, tables, charts. Every cell is text.

use model::evaluation::Family;
use serde::Serialize;

use super::Part;

/// A section.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Section {
    pub(crate) part: Part,
    pub(crate) title: &'static str,
    pub(crate) appendix: bool,
    pub(crate) blocks: Vec<Block>,
}

impl Section {
    pub(super) fn new(part: Part, title: &'static str, blocks: Vec<Block>) -> Self {
        Self {
            part,
            title,
            appendix: part.of_appendix(),
            blocks,
        }
    }
}

/// A piece of a section.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub(crate) enum Block {
    /// A heading below that of the section.
    Heading {
        /// Its words.
        text: String,
    },
    /// A paragraph.
    Paragraph {
        /// Its words.
        text: String,
    },
    /// Points; some begin with a word of their own.
    List {
        /// The points.
        items: Vec<Item>,
    },
    /// A table.
    Table(Table),
    /// A chart.
    Chart(ChartOf),
}

impl Block {
    pub(super) fn heading(text: impl Into<String>) -> Self {
        Self::Heading { text: text.into() }
    }

    pub(super) fn paragraph(text: impl Into<String>) -> Self {
        Self::Paragraph { text: text.into() }
    }

    pub(super) fn list(items: impl IntoIterator<Item = impl Into<String>>) -> Self {
        let items = items.into_iter().map(|text| Item {
            lead: None,
            text: text.into(),
        });
        Self::List {
            items: items.collect(),
        }
    }
}

/// One point of a list.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Item {
    /// `Good`, `Bad`, `Neutral`, or the like.
    pub(crate) lead: Option<&'static str>,
    pub(crate) text: String,
}

/// A table. The first column names the rows.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Table {
    pub(crate) caption: String,
    pub(crate) columns: Vec<Column>,
    pub(crate) rows: Vec<Row>,
}

/// A column.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Column {
    pub(crate) head: &'static str,
    pub(crate) numeric: bool,
    /// Its share of the width; 0 is as wide as its words.
    pub(crate) share: u8,
}

/// A column of words, with its share of the width.
pub(super) const fn words(head: &'static str, share: u8) -> Column {
    Column {
        head,
        numeric: false,
        share,
    }
}

/// A column of numbers, as wide as they are.
pub(super) const fn numbers(head: &'static str) -> Column {
    Column {
        head,
        numeric: true,
        share: 0,
    }
}

/// A row.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub(crate) struct Row {
    pub(crate) cells: Vec<Cell>,
    /// The side it belongs to, which has a colour.
    pub(crate) family: Option<Family>,
    /// A choice or a sum.
    pub(crate) strong: bool,
    /// A sentence below it.
    pub(crate) note: Option<String>,
}

impl Row {
    pub(super) fn of(cells: impl IntoIterator<Item = impl Into<Cell>>) -> Self {
        Self {
            cells: cells.into_iter().map(Into::into).collect(),
            family: None,
            strong: false,
            note: None,
        }
    }
}

/// A cell.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct Cell {
    pub(crate) text: String,
    pub(crate) url: Option<String>,
}

impl Cell {
    pub(super) fn link(text: impl Into<String>, url: &str) -> Self {
        let url = url.starts_with("https://").then(|| url.to_owned());
        Self {
            text: text.into(),
            url,
        }
    }
}

impl<T: Into<String>> From<T> for Cell {
    fn from(text: T) -> Self {
        Self {
            text: text.into(),
            url: None,
        }
    }
}

/// Which chart stands here.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub(crate) struct ChartOf {
    /// The chart's id.
    pub(crate) id: &'static str,
    /// Which component.
    pub(crate) index: usize,
    /// Its finding.
    pub(crate) title: String,
    /// How to read it.
    pub(crate) sentence: String,
    /// The file of its picture, once it is drawn; the finding stands alone without.
    pub(crate) file: Option<String>,
}

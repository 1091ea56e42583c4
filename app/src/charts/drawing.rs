//! What a chart comes to: its finding, a picture for wide and one for narrow screens, and the same as a table.

use serde::Serialize;

/// A chart, drawn.
#[derive(Clone, Debug, Serialize)]
pub struct Drawing {
    /// The finding, as a sentence without its full stop.
    pub title: String,
    /// How to read the chart.
    pub sentence: String,
    /// For screens of a tablet and more.
    pub wide: Picture,
    /// For phones.
    pub narrow: Picture,
    /// The numbers.
    pub table: Table,
}

/// One picture of it.
#[derive(Clone, Debug, Serialize)]
pub struct Picture {
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// What the library draws.
    pub option: charming::Chart,
}

/// The numbers of a chart. The first column names the rows.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Table {
    /// What it holds.
    pub caption: String,
    /// The columns.
    pub heads: Vec<String>,
    /// The rows, a cell for each column.
    pub rows: Vec<Vec<String>>,
}

/// The screen that a picture is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// A tablet and more.
    Wide,
    /// A phone.
    Narrow,
}

/// Pictures narrower than this are drawn for phones.
const NARROW_BELOW: u32 = 560;

impl Layout {
    /// Its width, in pixels.
    #[must_use]
    pub const fn width(self) -> u32 {
        match self {
            Self::Wide => 840,
            Self::Narrow => 360,
        }
    }

    /// The width of the smallest place that it is drawn for, in pixels: a screen of 320 less the margins of the page.
    #[must_use]
    pub const fn least_width(self) -> u32 {
        match self {
            Self::Wide => NARROW_BELOW,
            Self::Narrow => 280,
        }
    }

    /// Chooses by it.
    #[must_use]
    pub fn pick<T>(self, wide: T, narrow: T) -> T {
        match self {
            Self::Wide => wide,
            Self::Narrow => narrow,
        }
    }

    /// A picture of it.
    #[must_use]
    pub fn picture(self, height: u32, option: charming::Chart) -> Picture {
        Picture {
            width: self.width(),
            height,
            option,
        }
    }
}

/// A text on lines of fewer letters than these, broken between words.
#[must_use]
pub fn lines(text: &str, letters: usize) -> Vec<String> {
    let mut lines: Vec<String> = Vec::new();
    for word in text.split(' ') {
        match lines.last_mut() {
            Some(line) if line.chars().count() + word.chars().count() < letters => {
                line.push(' ');
                line.push_str(word);
            }
            _ => lines.push(word.to_owned()),
        }
    }
    lines
}

impl Drawing {
    /// The picture that suits a width.
    #[must_use]
    pub fn picture(&self, width: u32) -> &Picture {
        if width < NARROW_BELOW {
            &self.narrow
        } else {
            &self.wide
        }
    }
}

impl Picture {
    /// The height that belongs to a width.
    #[must_use]
    pub const fn height_at(&self, width: u32) -> u32 {
        (self.height * width).div_ceil(self.width)
    }

    /// Whether it has the finding in it.
    #[must_use]
    pub fn has_title(&self) -> bool {
        serde_json::to_value(&self.option).is_ok_and(|option| option.get("title").is_some())
    }

    /// The option as JSON, with the names of colours.
    #[must_use]
    pub fn json(&self) -> String {
        serde_json::to_string(&self.option).unwrap_or_default()
    }
}

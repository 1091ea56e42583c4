//! Comma-separated values that no spreadsheet takes for formulas.

use model::evaluation::Family;

/// What a cell of text may not begin with: a spreadsheet would compute it.
const FORMULA: [char; 8] = ['=', '+', '-', '@', '\t', '\r', '\u{ff1d}', '\u{ff0b}'];

/// One cell.
#[derive(Clone, Copy, Debug)]
pub(super) enum Cell<'t> {
    /// Text, made harmless.
    Text(&'t str),
    /// A number, to its last digit.
    Number(f64),
    /// `true` or `false`.
    Flag(bool),
}

/// Rows under one head.
#[derive(Debug)]
pub(super) struct Table(String);

impl Table {
    pub(super) fn new(head: &[&str]) -> Self {
        Self(format!("{}\r\n", head.join(",")))
    }

    pub(super) fn row<'t>(&mut self, cells: impl IntoIterator<Item = Cell<'t>>) {
        let cells: Vec<String> = cells.into_iter().map(written).collect();
        self.0.push_str(&cells.join(","));
        self.0.push_str("\r\n");
    }

    pub(super) fn into_bytes(self) -> Vec<u8> {
        self.0.into_bytes()
    }
}

fn written(cell: Cell<'_>) -> String {
    match cell {
        Cell::Number(value) => value.to_string(),
        Cell::Flag(flag) => flag.to_string(),
        Cell::Text(text) => quoted(text),
    }
}

/// The text, after an apostrophe where it would begin a formula; quoted where it holds what separates.
fn quoted(text: &str) -> String {
    let harmless = if text
        .trim_start_matches([' ', '"', '\''])
        .starts_with(FORMULA)
        || text.starts_with(FORMULA)
    {
        format!("'{text}")
    } else {
        text.to_owned()
    };
    let separates = |character| matches!(character, ',' | '"' | '\r' | '\n' | ';' | '\t');
    if harmless.contains(separates) {
        format!("\"{}\"", harmless.replace('"', "\"\""))
    } else {
        harmless
    }
}

/// A side, as in JSON.
pub(super) const fn family(family: Family) -> &'static str {
    match family {
        Family::Serverless => "serverless",
        Family::Containers => "containers",
        Family::Either => "either",
        Family::Hybrid => "hybrid",
        Family::None => "none",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_is_text_and_numbers_are_whole() {
        for (cell, expected) in [
            (Cell::Text("Shop"), "Shop"),
            (Cell::Text("=1+1"), "'=1+1"),
            (
                Cell::Text("=HYPERLINK(\"http://x\",\"y\")"),
                "\"'=HYPERLINK(\"\"http://x\"\",\"\"y\"\")\"",
            ),
            (Cell::Text("@SUM(A1)"), "'@SUM(A1)"),
            (Cell::Text(" -1"), "' -1"),
            (Cell::Text("\"=1"), "\"'\"\"=1\""),
            (Cell::Text("a,b"), "\"a,b\""),
            (Cell::Text("two\nlines"), "\"two\nlines\""),
            (Cell::Text("it's"), "it's"),
            (Cell::Number(0.000_016_666_7), "0.0000166667"),
            (Cell::Number(-3.5), "-3.5"),
            (Cell::Flag(true), "true"),
        ] {
            assert_eq!(written(cell), expected, "{cell:?}");
        }
    }
}

//! Columns of plain text.

use std::fmt::Write as _;

/// How a column is headed and aligned.
#[derive(Clone, Copy, Debug)]
pub(super) struct Column {
    name: &'static str,
    right: bool,
}

impl Column {
    pub(super) const fn left(name: &'static str) -> Self {
        Self { name, right: false }
    }

    pub(super) const fn right(name: &'static str) -> Self {
        Self { name, right: true }
    }
}

/// The rows under their heads, two spaces between columns.
pub(super) fn table(columns: &[Column], rows: impl Iterator<Item = Vec<String>>) -> String {
    let head = columns
        .iter()
        .map(|column| column.name.to_owned())
        .collect();
    let rows: Vec<Vec<String>> = std::iter::once(head).chain(rows).collect();
    let width = |index: usize| {
        rows.iter()
            .filter_map(|row| row.get(index))
            .map(|cell| cell.chars().count())
            .max()
    };
    let widths: Vec<usize> = (0..columns.len())
        .map(|index| width(index).unwrap_or(0))
        .collect();
    let mut text = String::new();
    for row in &rows {
        let mut line = String::new();
        for ((cell, column), &width) in row.iter().zip(columns).zip(&widths) {
            // Writing into a string cannot fail.
            let _ = if column.right {
                write!(line, "{cell:>width$}  ")
            } else {
                write!(line, "{cell:<width$}  ")
            };
        }
        text.push_str(line.trim_end());
        text.push('\n');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::{Column, table};

    #[test]
    fn columns_are_as_wide_as_their_widest_cell() {
        let rows = [["Käse", "1"], ["b", "1000"]].map(|row| row.map(str::to_owned).to_vec());
        let text = table(
            &[Column::left("name"), Column::right("n")],
            rows.into_iter(),
        );
        assert_eq!(text, "name     n\nKäse     1\nb     1000\n");
    }
}

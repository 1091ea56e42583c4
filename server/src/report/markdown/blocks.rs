//! The blocks of a report in Markdown.

use std::fmt::Write as _;

use super::super::content::{Block, Cell, ChartOf, Item, Row, Table};
use super::escape::escape;

/// A paragraph: the text and an empty line.
pub(super) fn line(text: &mut String, paragraph: &str) {
    // Writing into a string cannot fail.
    let _fits = writeln!(text, "{paragraph}\n");
}

/// A block; its own headings are of the given level.
pub(super) fn block(text: &mut String, block: &Block, level: usize) {
    match block {
        Block::Heading { text: words } => {
            line(text, &format!("{} {}", "#".repeat(level), escape(words)));
        }
        Block::Paragraph { text: words } => line(text, &escape(words)),
        Block::List { items } => list(text, items),
        Block::Table(rows) => table(text, rows),
        Block::Chart(chart) => finding(text, chart),
    }
}

fn list(text: &mut String, items: &[Item]) {
    for item in items {
        let lead = item
            .lead
            .map_or_else(String::new, |lead| format!("{lead}, because "));
        let _fits = writeln!(text, "* {lead}{}", escape(&item.text));
    }
    text.push('\n');
}

/// What a chart says; the picture itself is at its own address.
fn finding(text: &mut String, chart: &ChartOf) {
    line(text, &format!("**{}**", escape(&chart.title)));
}

/// A table under its caption. Notes are a column, where there are any.
fn table(text: &mut String, table: &Table) {
    line(text, &format!("_{}_", escape(&table.caption)));
    let noted = table.rows.iter().any(|row| row.note.is_some());
    let mut head: Vec<String> = table
        .columns
        .iter()
        .map(|column| column.head.to_owned())
        .collect();
    let mut rule: Vec<String> = table
        .columns
        .iter()
        .map(|column| if column.numeric { "--:" } else { "---" }.to_owned())
        .collect();
    if noted {
        head.push("Note".to_owned());
        rule.push("---".to_owned());
    }
    for row in [head, rule] {
        let _fits = writeln!(text, "| {} |", row.join(" | "));
    }
    for row in &table.rows {
        let _fits = writeln!(text, "| {} |", cells(row, noted).join(" | "));
    }
    text.push('\n');
}

fn cells(row: &Row, noted: bool) -> Vec<String> {
    let mut cells: Vec<String> = row.cells.iter().map(|one| cell(one, row.strong)).collect();
    if noted {
        cells.push(row.note.as_deref().map_or_else(String::new, escape));
    }
    cells
}

fn cell(cell: &Cell, strong: bool) -> String {
    let words = escape(&cell.text);
    let words = if strong && !words.is_empty() {
        format!("**{words}**")
    } else {
        words
    };
    match &cell.url {
        Some(url) => format!(
            "[{words}]({})",
            url.replace(['(', ')', '<', '>', ' ', '|'], "")
        ),
        None => words,
    }
}

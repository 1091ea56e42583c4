//! The tables of `docs/model.md` are made from the data.
#![expect(
    clippy::disallowed_methods,
    reason = "the test compares a file of the repository and may rewrite it"
)]

use std::fmt::Write as _;

use model::behavior::{Behavior, DefaultEntry, DefaultValue};
use model::rules::Rules;

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/model.md");

fn defaults() -> String {
    let mut table =
        "| answer | where | default | 5..95 % | unit | why |\n|---|---|---|---|---|---|\n"
            .to_owned();
    for entry in Behavior::embedded().defaults() {
        let kinds = entry.kinds.join(", ");
        let row = [&value(entry), &range(entry), &entry.unit, &entry.reason]
            .map(|cell| cell.replace('|', "\\|"));
        writeln!(
            table,
            "| `{}` | {kinds} | {} |",
            entry.path,
            row.join(" | ")
        )
        .expect("a string takes all");
    }
    table
}

fn value(entry: &DefaultEntry) -> String {
    let plain = entry.value.as_ref().map(plain);
    match (entry.factor, &entry.factor_of) {
        (Some(factor), Some(of)) => {
            let times = format!("{factor} x `{of}`");
            plain.map_or_else(
                || times.clone(),
                |least| format!("{times}, at least {least}"),
            )
        }
        _ => plain.unwrap_or_else(|| "none".to_owned()),
    }
}

fn plain(value: &DefaultValue) -> String {
    match value {
        DefaultValue::Flag(flag) => flag.to_string(),
        DefaultValue::Number(number) => number.to_string(),
        DefaultValue::Text(text) if text.is_empty() => "empty".to_owned(),
        DefaultValue::Text(text) => text.clone(),
        DefaultValue::List(_) => "none".to_owned(),
    }
}

fn range(entry: &DefaultEntry) -> String {
    match (entry.low, entry.high) {
        (Some(low), Some(high)) if entry.factor.is_some() => format!("{low}..{high} x"),
        (Some(low), Some(high)) => format!("{low}..{high}"),
        _ => String::new(),
    }
}

fn rules() -> String {
    let mut table = "| rule | value | unit | source | as of |\n|---|---|---|---|---|\n".to_owned();
    for (name, rule) in Rules::embedded().all() {
        let values: Vec<String> = rule.value.iter().map(ToString::to_string).collect();
        writeln!(
            table,
            "| `{name}` | {} | {} | [{}]({}) | {} |",
            values.join(", "),
            rule.unit,
            rule.source,
            rule.url,
            rule.as_of
        )
        .expect("a string takes all");
    }
    table
}

/// The document with the table between the two marks replaced.
fn with_table(document: &str, name: &str, table: &str) -> String {
    let (open, close) = (
        format!("<!-- {name}: made from the data -->\n"),
        format!("<!-- end of {name} -->\n"),
    );
    let (before, rest) = document.split_once(&open).expect("the first mark");
    let (_, after) = rest.split_once(&close).expect("the second mark");
    format!("{before}{open}\n{table}\n{close}{after}")
}

#[test]
fn the_tables_of_the_model_page_are_fresh() {
    let written = std::fs::read_to_string(DOCUMENT).expect("docs/model.md");
    let fresh = with_table(
        &with_table(&written, "defaults", &defaults()),
        "rules",
        &rules(),
    );
    if std::env::var_os("BREAKEVEN_BLESS").is_some() {
        std::fs::write(DOCUMENT, &fresh).expect("a writable document");
        return;
    }
    assert!(
        written == fresh,
        "docs/model.md is stale: run this test with BREAKEVEN_BLESS=1"
    );
}

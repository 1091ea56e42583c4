//! Bills, sources, and what the numbers rest on.

use std::collections::BTreeMap;

use app::format::{quantity, usd_cents, usd_unit};
use model::bill::Bill;
use model::evaluation::{ComponentEvaluation, PlatformOption};
use model::price::{Price, Source};
use model::question::group_label;

use super::super::Subject;
use super::choice::able_and_rest;
use super::{Block, Cell, Part, Row, Section, Table, each, numbers, region, words};

/// The bill of the choice, and that of the best of the other side.
pub(super) fn bills(subject: &Subject<'_>) -> Section {
    let blocks = each(subject, |component, _| {
        best_of_each_side(component).filter_map(bill).collect()
    });
    Section::new(Part::Bills, "The bills, line by line", blocks)
}

/// The choice, and the best of the other side.
fn best_of_each_side(component: &ComponentEvaluation) -> impl Iterator<Item = &PlatformOption> {
    let (able, _) = able_and_rest(component);
    let first = able.first().copied();
    let side = first.map(|option| option.family);
    let other = able.into_iter().find(|option| Some(option.family) != side);
    first.into_iter().chain(other)
}

fn bill(option: &PlatformOption) -> Option<Block> {
    let bill: &Bill = option.bill.as_ref()?;
    let rows = bill.lines.iter().map(|line| Row {
        note: line.note.clone(),
        ..Row::of([
            group_label(line.group).to_owned(),
            line.name.clone(),
            format!("{} {}", quantity(line.quantity), line.unit),
            usd_unit(line.unit_price_usd),
            usd_cents(line.amount_usd),
        ])
    });
    let total = Row {
        strong: true,
        ..Row::of(["A month", "", "", "", &usd_cents(bill.monthly_usd)])
    };
    Some(Block::Table(Table {
        caption: format!("{}, estimated bill a month", option.label),
        columns: vec![
            words("Group", 2),
            words("Line", 5),
            numbers("Quantity"),
            numbers("Unit price"),
            numbers("Estimate"),
        ],
        rows: rows.chain([total]).collect(),
    }))
}

/// Where each price of the bills stands.
pub(super) fn sources(subject: &Subject<'_>) -> Section {
    let mut used: BTreeMap<&str, f64> = BTreeMap::new();
    for component in &subject.evaluation.components {
        for bill in best_of_each_side(component).filter_map(|option| option.bill.as_ref()) {
            for line in &bill.lines {
                used.entry(&line.price_id).or_insert(line.unit_price_usd);
            }
        }
    }
    let rows: Vec<Row> = used.keys().map(|id| source_row(subject, id)).collect();
    let blocks = if rows.is_empty() {
        Vec::new()
    } else {
        vec![Block::Table(Table {
            caption: "Sources of the prices in the bills above".to_owned(),
            columns: vec![words("Price", 5), words("Source", 6), words("Read", 2)],
            rows,
        })]
    };
    Section::new(Part::Sources, "Sources", blocks)
}

fn source_row(subject: &Subject<'_>, id: &str) -> Row {
    if subject.system.rates.contains_key(id) {
        return Row::of([id, "your own rate", ""]);
    }
    match source(subject, id) {
        Some((price, source)) => Row::of([
            Cell::from(id),
            Cell::link(source.title.clone(), &source.url),
            Cell::from(price.as_of.clone()),
        ]),
        // A saved bill may name a price that today's book has no more.
        None => Row::of([id, "not in today's price book", ""]),
    }
}

/// A price of the book, and where it was read.
pub(in crate::report) fn source<'s>(
    subject: &Subject<'s>,
    id: &str,
) -> Option<(&'s Price, &'s Source)> {
    let region = region(subject);
    let here = |price: &&Price| price.id == id && price.region == region;
    let price = subject.book.entries().find(here)?;
    Some((price, subject.book.source(&price.source)?))
}

/// What the numbers rest on.
pub(super) fn about(subject: &Subject<'_>) -> Section {
    let mut said = vec![basis(subject)];
    if let Some(saved) = &subject.saved {
        said.push(format!(
            "Revision {}, saved {}; the link shows it for ever, with these numbers.",
            saved.revision, saved.created_at
        ));
    }
    said.extend(subject.evaluation.excluded.iter().map(|group| {
        format!(
            "Left out of every bill at your wish: {}.",
            group.replace('_', " ")
        )
    }));
    said.extend(subject.system.rates.iter().map(|(id, usd)| {
        format!(
            "Your own rate instead of the price book's: {id} at {}.",
            usd_unit(*usd)
        )
    }));
    let mut rules: Vec<String> = Vec::new();
    for component in &subject.evaluation.components {
        for reason in &component.verdict.reasons {
            let cited = cited(&reason.source);
            if !rules.contains(&cited) {
                rules.push(cited);
            }
        }
    }
    if !rules.is_empty() {
        said.push(format!("The reasons rest on: {}.", rules.join("; ")));
    }
    Section::new(
        Part::About,
        "What the numbers rest on",
        vec![Block::list(said)],
    )
}

/// A source as a reader away from the site can find it: an address, or a part of the method.
fn cited(source: &str) -> String {
    source.strip_prefix("/method#").map_or_else(
        || source.to_owned(),
        |part| format!("Breakeven's method, {}", part.replace('-', " ")),
    )
}

/// Dates and versions.
pub(super) fn basis(subject: &Subject<'_>) -> String {
    let region = region(subject).id();
    format!(
        "Estimates by Breakeven {}, price book of {}, {region}.",
        subject.evaluation.model_version, subject.evaluation.price_book
    )
}

//! The limits that were checked, with what is left of each.

use app::components::limits::{amounts, left};
use model::evaluation::{ComponentEvaluation, LimitCheck};

use super::super::Subject;
use super::{Block, Cell, Column, Part, Row, Section, Table, each, numbers, words};

/// How many of the tightest limits stand in the body of a report.
const TIGHTEST: usize = 5;

pub(super) fn section(subject: &Subject<'_>) -> Section {
    let blocks = each(subject, |_, index| {
        let Some(option) = subject.evaluation.choice(index) else {
            return Vec::new();
        };
        let mut limits: Vec<&LimitCheck> = option
            .fit
            .limits
            .iter()
            .filter(|limit| limit.is_at_most() || !limit.ok)
            .collect();
        limits.sort_by(|one, other| one.headroom.total_cmp(&other.headroom));
        let many = limits.len();
        limits.truncate(TIGHTEST);
        let caption = match many {
            0 => return Vec::new(),
            _ if many <= TIGHTEST => format!("{}: what it has to hold", option.label),
            _ => format!("{}: the tightest of {many} limits", option.label),
        };
        vec![table(caption, limits)]
    });
    Section::new(Part::Limits, "Limits and headroom", blocks)
}

/// Every limit of the choice, and those that others break.
pub(super) fn all(subject: &Subject<'_>) -> Section {
    let blocks = each(subject, |component, index| {
        let option = subject
            .evaluation
            .choice(index)
            .filter(|option| option.fit.limits.len() > TIGHTEST);
        let table = option.map(|option| {
            table(
                format!("All limits of {}", option.label),
                option.fit.limits.iter().collect(),
            )
        });
        table.into_iter().chain(broken(component)).collect()
    });
    Section::new(Part::AllLimits, "All limits", blocks)
}

fn columns(first: &'static str) -> Vec<Column> {
    vec![
        words(first, 1),
        numbers("Allowed"),
        numbers("Needed"),
        numbers("Left"),
        numbers("Read"),
    ]
}

fn table(caption: String, limits: Vec<&LimitCheck>) -> Block {
    Block::Table(Table {
        caption,
        columns: columns("Limit"),
        rows: limits
            .into_iter()
            .map(|limit| row(limit, limit.limit.clone()))
            .collect(),
    })
}

fn row(limit: &LimitCheck, name: String) -> Row {
    let (allowed, needed) = amounts(limit);
    let cells = [
        name.into(),
        allowed.into(),
        needed.into(),
        left(limit).into(),
    ];
    Row::of(
        cells
            .into_iter()
            .chain([Cell::link(limit.as_of.clone(), &limit.source)]),
    )
}

/// The limits that keep other options from being chosen.
fn broken(component: &ComponentEvaluation) -> Option<Block> {
    let checks = component
        .options
        .iter()
        .flat_map(|option| option.fit.limits.iter().map(move |limit| (option, limit)));
    let rows: Vec<Row> = checks
        .filter(|(_, limit)| !limit.ok)
        .map(|(option, limit)| Row {
            family: Some(option.family),
            ..row(limit, format!("{}: {}", option.label, limit.limit))
        })
        .collect();
    (!rows.is_empty()).then(|| {
        Block::Table(Table {
            caption: "Limits that do not hold as they are".to_owned(),
            columns: columns("Option and limit"),
            rows,
        })
    })
}

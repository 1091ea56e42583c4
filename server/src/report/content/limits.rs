//! The limits that were checked, with what is left of each.

use app::components::limits::amounts;
use app::components::verdict::chosen;
use app::format::percent;
use model::evaluation::{ComponentEvaluation, LimitCheck, PlatformOption};

use super::super::Subject;
use super::{Block, Cell, Column, Part, Row, Section, Table, each, numbers, words};

/// How many of the tightest limits stand in the body of a report.
const TIGHTEST: usize = 5;

pub(super) fn section(subject: &Subject<'_>) -> Section {
    let blocks = each(subject, |component, _| {
        let mut blocks = Vec::new();
        if let Some(option) = pick(component) {
            let mut limits: Vec<&LimitCheck> = option.fit.limits.iter().collect();
            limits.sort_by(|one, other| one.headroom.total_cmp(&other.headroom));
            let many = limits.len();
            limits.truncate(TIGHTEST);
            if !limits.is_empty() {
                blocks.push(table(
                    format!("{}: the tightest of {many} limits", option.label),
                    limits,
                ));
            }
        }
        blocks.extend(broken(component));
        blocks
    });
    Section::new(Part::Limits, "Limits and headroom", blocks)
}

/// Every limit of the choice.
pub(super) fn all(subject: &Subject<'_>) -> Section {
    let blocks = each(subject, |component, _| {
        let option = pick(component).filter(|option| option.fit.limits.len() > TIGHTEST);
        let table = option.map(|option| {
            table(
                format!("All limits of {}", option.label),
                option.fit.limits.iter().collect(),
            )
        });
        table.into_iter().collect()
    });
    Section::new(Part::AllLimits, "All limits of the choice", blocks)
}

fn pick(component: &ComponentEvaluation) -> Option<&PlatformOption> {
    chosen(&component.options, component.verdict.platform.as_deref())
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
    let left = if limit.ok {
        percent(limit.headroom)
    } else {
        "broken".to_owned()
    };
    let cells = [name.into(), allowed.into(), needed.into(), left.into()];
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
            caption: "Limits that are broken".to_owned(),
            columns: columns("Option and limit"),
            rows,
        })
    })
}

//! What keeps the state, and what else could be done.

use app::components::services::need_label;
use app::format::{ms, usd_cents};

use super::super::Subject;
use super::{Block, Part, Row, Section, Table, each, numbers, words};

pub(super) fn section(subject: &Subject<'_>) -> Section {
    let blocks = each(subject, |component, _| {
        let rows: Vec<Row> = component
            .services
            .iter()
            .map(|service| Row {
                note: Some(service.reason.clone()),
                ..Row::of([
                    need_label(&service.need),
                    service.serverless.clone(),
                    service.containers.clone(),
                ])
            })
            .collect();
        if rows.is_empty() {
            return Vec::new();
        }
        vec![Block::Table(Table {
            caption: "The service for each need, on both sides; they are in the bills".to_owned(),
            columns: vec![
                words("Need", 2),
                words("Beside functions", 3),
                words("Beside containers", 3),
            ],
            rows,
        })]
    });
    Section::new(Part::Services, "State and services", blocks)
}

pub(super) fn mitigations(subject: &Subject<'_>) -> Section {
    let blocks = each(subject, |component, _| {
        let changes = component.options.iter().flat_map(|option| {
            option
                .mitigations
                .iter()
                .map(move |change| (option, change))
        });
        let rows: Vec<Row> = changes
            .map(|(option, change)| {
                Row::of([
                    change.change.clone(),
                    option.label.clone(),
                    ms(change.p99_ms),
                    usd_cents(change.monthly_usd),
                ])
            })
            .collect();
        if rows.is_empty() {
            return Vec::new();
        }
        vec![Block::Table(Table {
            caption: "Changes, with P99 and the estimate after each".to_owned(),
            columns: vec![
                words("Change", 3),
                words("Option", 2),
                numbers("P99"),
                numbers("Estimate a month"),
            ],
            rows,
        })]
    });
    Section::new(Part::Mitigations, "What else could be done", blocks)
}

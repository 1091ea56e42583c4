//! What decides: the conditions, the reasons, and the numbers that were used.

use app::components::assumptions::value_words;
use model::evaluation::Evaluation;
use model::question::question;
use model::system::{Answer, Provenance};
use serde_json::Value;

use super::super::Subject;
use super::{Block, Part, Row, Section, Table, decision, each, words};

const TRAFFIC: &str = "traffic.requests_per_month";

/// The answers that decide most often, in the order of a reader's questions.
const DRIVERS: [&str; 13] = [
    "kind",
    TRAFFIC,
    "traffic.shape",
    "traffic.peak_to_mean",
    "traffic.growth_per_month_pct",
    "work.duration_ms",
    "work.duration_p99_ms",
    "work.cpu_ms",
    "work.request_memory_mb",
    "work.process_memory_mb",
    "runtime.language",
    "latency.percentile",
    "latency.target_ms",
];

/// The same of the whole system, where they are stated.
const OF_SYSTEM: [&str; 4] = [
    "purchase.commitment",
    "today_usd_per_month",
    "migration_usd",
    "horizon_months",
];

pub(super) fn section(subject: &Subject<'_>) -> Section {
    let mut blocks = decision::conditions(subject);
    let answers = serde_json::to_value(subject.system).unwrap_or_default();
    let used = |path: &str| used(subject, &answers, path);
    blocks.extend(each(subject, |component, index| {
        let reasons: Vec<String> = component
            .verdict
            .reasons
            .iter()
            .map(|reason| reason.text.clone())
            .collect();
        let mut own = Vec::new();
        if !reasons.is_empty() {
            own.push(Block::list(reasons));
        }
        let rows = DRIVERS.iter().filter_map(|field| {
            let mut row = used(&format!("components[{index}].{field}"))?;
            if *field == TRAFFIC {
                with_links(subject, index, &mut row);
            }
            Some(row)
        });
        own.push(table("The numbers used", rows.collect()));
        own
    }));
    let rows: Vec<Row> = OF_SYSTEM.iter().filter_map(|field| used(field)).collect();
    if !rows.is_empty() {
        blocks.push(table("For the whole system", rows));
    }
    Section::new(Part::Drivers, "What decides", blocks)
}

/// Other components may send more than was stated.
fn with_links(subject: &Subject<'_>, index: usize, row: &mut Row) {
    let component = subject.system.components.get(index);
    let stated = component.and_then(|component| component.traffic.requests_per_month);
    if let (Some(total), Some(stated), [_, value, _]) = (
        subject.system.traffic(index),
        stated.map(Answer::typical),
        &mut row.cells[..],
    ) && total > stated
    {
        let total = value_words(TRAFFIC, &total.into());
        value.text = format!(
            "{total}, with those that links bring; stated: {}",
            value.text
        );
    }
}

fn table(caption: &str, rows: Vec<Row>) -> Block {
    Block::Table(Table {
        caption: caption.to_owned(),
        columns: vec![words("Answer", 5), words("Value", 4), words("How sure", 2)],
        rows,
    })
}

/// An answer as it was used: stated, or what stands in for it. `None` where there is neither.
fn used(subject: &Subject<'_>, answers: &Value, path: &str) -> Option<Row> {
    let name = question(path)?.name;
    let pointer = format!("/{}", path.replace(['.', '['], "/").replace(']', ""));
    let stated = answers.pointer(&pointer).filter(|value| !value.is_null());
    let (value, sure) = match stated {
        Some(value) => (value.clone(), provenance(subject, path)),
        None => assumed(subject.evaluation, path)?,
    };
    Some(Row::of([
        name.to_owned(),
        said(path, &value),
        sure.label().to_owned(),
    ]))
}

/// A value in words; a week of numbers is said to be one.
fn said(path: &str, value: &Value) -> String {
    if value.is_object() && path.ends_with("shape") {
        "an hourly profile of its own".to_owned()
    } else {
        value_words(path, value)
    }
}

fn provenance(subject: &Subject<'_>, path: &str) -> Provenance {
    let all = &subject.system.provenance;
    all.get(path).copied().unwrap_or(Provenance::Stated)
}

fn assumed(evaluation: &Evaluation, path: &str) -> Option<(Value, Provenance)> {
    let mut all = evaluation.assumptions.iter();
    all.find(|assumption| assumption.input == path)
        .map(|assumption| (assumption.value.clone(), assumption.provenance))
}

//! How fast it answers.

use super::super::Subject;
use super::{Block, Part, Row, Section, Table, chart, each, numbers, words};

pub(super) fn section(subject: &Subject<'_>) -> Section {
    let blocks = each(subject, |component, index| {
        if drawing(subject, index).is_none() {
            return vec![Block::paragraph(format!(
                "No response times are known of {}.",
                super::called(component)
            ))];
        }
        chart(subject, "latency", index).into_iter().collect()
    });
    Section::new(Part::Latency, "How fast it answers", blocks)
}

/// Every percentile of every option that is charted.
pub(super) fn table(subject: &Subject<'_>) -> Section {
    let blocks = each(subject, |_, index| {
        let drawing = drawing(subject, index).map(|drawing| drawing.table);
        let table = drawing.map(|table| {
            Block::Table(Table {
                caption: table.caption,
                columns: COLUMNS.to_vec(),
                rows: table.rows.into_iter().map(Row::of).collect(),
            })
        });
        table.into_iter().collect()
    });
    Section::new(Part::Percentiles, "Response times", blocks)
}

fn drawing(subject: &Subject<'_>, index: usize) -> Option<app::charts::Drawing> {
    app::charts::find("latency")?.of_evaluation(&app::charts::Subject {
        system: subject.system,
        evaluation: subject.evaluation,
        index,
    })
}

/// Those of the chart's table.
const COLUMNS: [super::Column; 9] = [
    words("Option", 1),
    numbers("P50"),
    numbers("P90"),
    numbers("P95"),
    numbers("P99"),
    numbers("P99.9"),
    numbers("Cold starts"),
    numbers("Cold P50"),
    numbers("Cold P99"),
];

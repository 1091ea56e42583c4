//! The cost of every option over requests a month, as comma-separated values: what the break-even chart is drawn from.

use super::csv::{Cell, Table, family};
use super::{Format, Material, ReportError};

pub(super) const FORMAT: Format = Format {
    extension: "break-even.csv",
    content_type: "text/csv; charset=utf-8; header=present",
    name: "CSV, break-even",
    draws: false,
    write,
};

const HEAD: [&str; 5] = [
    "component",
    "platform",
    "family",
    "requests_per_month",
    "estimated_usd_per_month",
];

#[expect(clippy::unnecessary_wraps, reason = "the signature of every format")]
fn write(material: &Material) -> Result<Vec<u8>, ReportError> {
    let mut table = Table::new(&HEAD);
    for component in &material.evaluation.components {
        let curve = &component.cost_curve;
        for series in &curve.options {
            let mut options = component.options.iter();
            let side = options
                .find(|option| option.platform == series.platform)
                .map_or("", |option| family(option.family));
            for (requests, usd) in curve.requests_per_month.iter().zip(&series.monthly_usd) {
                table.row([
                    Cell::Text(&component.name),
                    Cell::Text(&series.platform),
                    Cell::Text(side),
                    Cell::Number(*requests),
                    usd.map_or(Cell::Text(""), Cell::Number),
                ]);
            }
        }
    }
    Ok(table.into_bytes())
}

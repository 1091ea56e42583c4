//! The bill lines of all options, as comma-separated values (RFC 4180): full precision, one line a row.

use app::components::options::arranged;
use model::{Region, System};

use super::csv::{Cell, Table};
use super::{Format, Material, ReportError};

pub(super) const FORMAT: Format = Format {
    extension: "csv",
    content_type: "text/csv; charset=utf-8; header=present",
    name: "CSV, bills",
    draws: false,
    write,
};

const HEAD: [&str; 15] = [
    "component",
    "platform",
    "option",
    "family",
    "fits",
    "meets_target",
    "group",
    "line",
    "quantity",
    "unit",
    "unit_price_usd",
    "estimated_amount_usd_per_month",
    "price_id",
    "region",
    "price_book",
];

#[expect(clippy::unnecessary_wraps, reason = "the signature of every format")]
fn write(material: &Material) -> Result<Vec<u8>, ReportError> {
    let mut table = Table::new(&HEAD);
    let region = region(&material.system);
    for component in &material.evaluation.components {
        let (able, rest) = arranged(component);
        for option in able.into_iter().chain(rest) {
            let lines = option.bill.iter().flat_map(|bill| &bill.lines);
            for line in lines {
                table.row([
                    Cell::Text(&component.name),
                    Cell::Text(&option.platform),
                    Cell::Text(&option.label),
                    Cell::Text(super::csv::family(option.family)),
                    Cell::Flag(option.fit.ok),
                    Cell::Flag(option.meets_target),
                    Cell::Text(line.group.name()),
                    Cell::Text(&line.name),
                    Cell::Number(line.quantity),
                    Cell::Text(line.unit.name()),
                    Cell::Number(line.unit_price_usd),
                    Cell::Number(line.amount_usd),
                    Cell::Text(&line.price_id),
                    Cell::Text(region),
                    Cell::Text(&material.evaluation.price_book),
                ]);
            }
        }
    }
    Ok(table.into_bytes())
}

/// Whose prices were used: the default's, where none was named.
fn region(system: &System) -> &'static str {
    system.region.unwrap_or(Region::UsEast1).id()
}

//! Compact tables: a row for each variant, a column for each region.

use super::file::Table;
use super::{Price, PriceBookError, Region, Tier};

/// The prices of a table, one for each figure in it.
pub(super) fn prices(file: &str, table: &Table) -> Result<Vec<Price>, PriceBookError> {
    let mut prices = Vec::new();
    for row in table
        .rows
        .lines()
        .map(str::trim)
        .filter(|row| !row.is_empty())
    {
        let mut cells = row.split_whitespace();
        let variant = cells.next().unwrap_or_default();
        let id = format!("{}/{variant}", table.id);
        let wrong = |reason: String| PriceBookError::Field {
            file: file.to_owned(),
            id: id.clone(),
            field: "rows",
            reason,
        };
        let cells: Vec<&str> = cells.collect();
        if cells.len() != table.regions.len() {
            return Err(wrong(format!(
                "has {} figures for {} regions",
                cells.len(),
                table.regions.len()
            )));
        }
        for (&region, cell) in table
            .regions
            .iter()
            .zip(cells)
            .filter(|(_, cell)| *cell != "-")
        {
            let usd = cell
                .parse()
                .map_err(|_| wrong(format!("has {cell:?}, which is no number")))?;
            prices.push(price(table, id.clone(), variant, region, usd));
        }
    }
    Ok(prices)
}

fn price(table: &Table, id: String, variant: &str, region: Region, usd: f64) -> Price {
    let origin = table.origin.clone();
    Price {
        id,
        name: format!("{} {variant}", table.name),
        region,
        unit: table.unit,
        tiers: vec![Tier { up_to: None, usd }],
        source: origin.source,
        as_of: origin.as_of,
        confidence: origin.confidence,
        note: origin.note,
        assumption: origin.assumption,
    }
}

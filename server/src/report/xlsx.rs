//! A workbook: the bill of every option with live formulas from inputs and prices to totals,
//! for the configuration that was chosen.
//!
//! Which formula a line has is said by [`model::scaling`], which verified it; here it is only
//! written down. Every text goes in as text, whatever it begins with, and is never a link.

mod assumptions;
mod bill;
mod break_even;
mod inputs;
mod page;
mod paper;
mod plan;
mod quantity;
mod sources;
mod style;
mod summary;
mod tables;
#[cfg(test)]
mod tests;
mod week;

use rust_xlsxwriter::{DocProperties, ExcelDateTime, Workbook, XlsxError};

use super::{Format, Material, ReportError, Subject};
use page::Page;
use plan::Plan;
use style::Styles;

pub(super) const FORMAT: Format = Format {
    extension: "xlsx",
    content_type: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    name: "Spreadsheet with live formulas",
    draws: false,
    write: file,
};

/// The date of a workbook of an answer that was not saved: it has none of its own, and the same
/// answer gives the same bytes.
const NO_DATE: &str = "2000-01-01";

/// What a test changes: the figures of the inputs and the results that are written beside the
/// formulas, never the formulas.
#[derive(Clone, Copy, Debug, Default)]
struct Hook {
    /// What the requests cells are multiplied by, where that is not 1.
    times: Option<f64>,
    /// Writes 0 beside every formula.
    wrong_results: bool,
}

fn file(material: &Material) -> Result<Vec<u8>, ReportError> {
    workbook(&material.subject()).map_err(|error| ReportError(error.to_string()))
}

/// The workbook as a file.
fn workbook(subject: &Subject<'_>) -> Result<Vec<u8>, XlsxError> {
    write(subject, Hook::default())
}

fn write(subject: &Subject<'_>, hook: Hook) -> Result<Vec<u8>, XlsxError> {
    let plan = Plan::new(subject);
    let styles = Styles::new();
    let page = |name: &str| Page::new(name, &styles, hook);
    let (mut inputs_page, mut tables_page) = (page(plan::INPUTS)?, page(plan::TABLES)?);
    let mut week_page = page(plan::WEEK)?;
    let inputs = inputs::write(&mut inputs_page, &plan)?;
    let weeks = week::write(&mut week_page, &plan, &inputs)?;
    let tables = tables::write(&mut tables_page, &plan, &inputs)?;
    let mut pages = vec![summary::page(&styles, hook, &plan)?, inputs_page.finish()?];
    for (component, option) in plan.options() {
        let cells = quantity::Cells {
            inputs: &inputs,
            weeks: &weeks,
            tables: &tables,
        };
        let mut sheet = page(&option.sheet)?;
        bill::write(&mut sheet, &plan, component, option, &cells)?;
        pages.push(sheet.finish()?);
    }
    if !weeks.is_empty() {
        pages.push(week_page.finish()?);
    }
    if !tables.is_empty() {
        pages.push(tables_page.finish()?);
    }
    pages.extend(break_even::pages(&styles, hook, &plan)?);
    pages.push(assumptions::page(&styles, hook, &plan)?);
    pages.push(sources::page(&styles, hook, &plan)?);
    let mut workbook = Workbook::new();
    workbook.set_properties(&properties(subject)?);
    for page in pages {
        workbook.push_worksheet(page);
    }
    workbook.save_to_buffer()
}

fn properties(subject: &Subject<'_>) -> Result<DocProperties, XlsxError> {
    let saved = subject.saved.as_ref();
    let date = saved.and_then(|saved| saved.created_at.get(..10));
    let date = ExcelDateTime::parse_from_str(date.unwrap_or(NO_DATE))
        .or_else(|_| ExcelDateTime::parse_from_str(NO_DATE))?;
    Ok(DocProperties::new()
        .set_title(page::short(&plan::title(subject)))
        .set_author("Breakeven")
        .set_creation_datetime(&date))
}

//! What was assumed, and what follows from it.

use rust_xlsxwriter::{Worksheet, XlsxError};
use serde_json::Value;

use super::Hook;
use super::page::Page;
use super::plan::{ASSUMPTIONS, Plan};
use super::style::Styles;

pub(super) fn page(styles: &Styles, hook: Hook, plan: &Plan<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = Page::new(ASSUMPTIONS, styles, hook)?;
    page.widths(&[46.0, 24.0, 16.0, 100.0, 22.0])?;
    page.text((0, 0), "Assumptions", &styles.title)?;
    page.text(
        (1, 0),
        "Answers that were not given, with the values taken for them.",
        &styles.text,
    )?;
    let heads = [
        "Input",
        "Value",
        "How sure",
        "What follows from it",
        "Could change the answer",
    ];
    page.heads(3, &heads, &[])?;
    page.freeze_above(4)?;
    for (row, assumption) in (4..).zip(&plan.subject.evaluation.assumptions) {
        page.text((row, 0), &assumption.input, &styles.text)?;
        match &assumption.value {
            Value::Number(number) => {
                page.number((row, 1), number.as_f64().unwrap_or(0.0), &styles.plain)?;
            }
            Value::String(text) => page.text((row, 1), text, &styles.text)?,
            other => page.text((row, 1), &other.to_string(), &styles.text)?,
        }
        let sure = assumption.provenance.label();
        page.text((row, 2), sure, &styles.text)?;
        page.text((row, 3), &assumption.consequence, &styles.wrapped)?;
        page.text(
            (row, 4),
            if assumption.could_flip { "yes" } else { "" },
            &styles.text,
        )?;
    }
    Ok(page.finish())
}

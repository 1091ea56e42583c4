//! What was assumed, and what follows from it.

use app::components::assumptions::value_words;
use model::question::question;
use rust_xlsxwriter::{Worksheet, XlsxError};

use super::Hook;
use super::page::Page;
use super::plan::{ASSUMPTIONS, Plan};
use super::style::Styles;

pub(super) fn page(styles: &Styles, hook: Hook, plan: &Plan<'_>) -> Result<Worksheet, XlsxError> {
    let mut page = Page::new(ASSUMPTIONS, styles, hook)?;
    page.widths(&[50.0, 30.0, 16.0, 100.0, 16.0, 46.0])?;
    page.text((0, 0), "Assumptions", &styles.title)?;
    page.text(
        (1, 0),
        "Answers that were not given, with the values taken for them.",
        &styles.text,
    )?;
    let heads = [
        "Answer",
        "Value",
        "How sure",
        "What follows from it",
        "Could change the answer",
        "Input",
    ];
    page.heads(3, &heads, &[])?;
    page.freeze_above(4)?;
    for (row, assumption) in (4..).zip(&plan.subject.evaluation.assumptions) {
        let input = assumption.input.as_str();
        page.text((row, 0), &name(plan, input), &styles.text)?;
        let value = value_words(input, &assumption.value);
        page.text((row, 1), &value, &styles.wrapped)?;
        let sure = assumption.provenance.label();
        page.text((row, 2), sure, &styles.text)?;
        page.text((row, 3), &assumption.consequence, &styles.wrapped)?;
        page.text(
            (row, 4),
            if assumption.could_flip { "yes" } else { "" },
            &styles.text,
        )?;
        page.text((row, 5), input, &styles.text)?;
    }
    page.finish()
}

/// What was asked; of which component, where there are several.
fn name(plan: &Plan<'_>, input: &str) -> String {
    let asked = question(input).map_or(input, |question| question.name);
    let index = input
        .strip_prefix("components[")
        .and_then(|rest| rest.split_once(']'))
        .and_then(|(index, _)| index.parse::<usize>().ok())
        .filter(|_| plan.components.len() > 1);
    match index.and_then(|index| plan.components.get(index)) {
        Some(component) => format!("{}: {asked}", component.name),
        None => asked.to_owned(),
    }
}

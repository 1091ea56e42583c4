//! The sections beside the options: conditions, mitigations, services, missing prices.

use std::fmt::Write as _;

use app::components::services::need_label;
use app::format::{ms, usd_cents};
use model::evaluation::{ComponentEvaluation, Decision, Evaluation};

use super::escape::escape;
use super::{line, table};

/// What must hold, or be found out first.
pub(super) fn conditions(text: &mut String, evaluation: &Evaluation) {
    let verdict = &evaluation.verdict;
    if verdict.conditions.is_empty() {
        return;
    }
    line(
        text,
        if verdict.decision == Decision::Defer {
            "First find out:"
        } else {
            "On condition:"
        },
    );
    for condition in &verdict.conditions {
        let _ = writeln!(text, "- {}", escape(condition));
    }
    text.push('\n');
}

pub(super) fn mitigations(text: &mut String, component: &ComponentEvaluation) {
    let rows: Vec<[String; 4]> = component
        .options
        .iter()
        .flat_map(|option| option.mitigations.iter().map(move |one| (option, one)))
        .map(|(option, one)| {
            [
                escape(&option.label),
                escape(&one.change),
                ms(one.p99_ms),
                usd_cents(one.monthly_usd),
            ]
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    line(text, "### What else could be done");
    table(
        text,
        ["Platform", "Change", "P99 then", "Estimated cost then"],
        rows.into_iter(),
    );
}

pub(super) fn services(text: &mut String, component: &ComponentEvaluation) {
    if component.services.is_empty() {
        return;
    }
    line(text, "### State and services");
    let rows = component.services.iter().map(|service| {
        [
            escape(&need_label(&service.need)),
            escape(&service.serverless),
            escape(&service.containers),
            escape(&service.reason),
        ]
    });
    table(
        text,
        ["Need", "Beside functions", "Beside containers", "Why"],
        rows,
    );
}

/// Prices that the book lacks: options without a bill, and lines that are left out.
pub(super) fn missing_prices(text: &mut String, component: &ComponentEvaluation) {
    let rows: Vec<[String; 4]> = component
        .options
        .iter()
        .flat_map(|option| option.missing_prices.iter().map(move |note| (option, note)))
        .map(|(option, note)| {
            let effect = if note.left_out {
                "this line is left out of the bill"
            } else {
                "no bill without it"
            };
            [
                escape(&option.label),
                format!("`{}`", note.price_id.replace(['`', '|'], "")),
                escape(&note.region),
                effect.to_owned(),
            ]
        })
        .collect();
    if rows.is_empty() {
        return;
    }
    line(text, "### Prices that the book does not have");
    line(
        text,
        "No other region's price is put in the place of one that is missing.",
    );
    table(
        text,
        ["Platform", "Price", "Region", "Effect"],
        rows.into_iter(),
    );
}

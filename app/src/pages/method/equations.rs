//! The equations of the model, in the order in which it uses them: one file each.

mod base_and_burst;
mod bill;
mod break_even;
mod bursts;
mod capacity;
mod cold_starts;
mod commitments;
mod confidence;
mod functions;
mod percentiles;
mod provisioned;
mod waiting;
mod week;

use model::PriceBook;
use model::method::bounds::{self, Bound};
use model::rules::Rules;
use model::system::FieldError;

use super::math::Math;
use crate::components::trial::{Input, Typed};

/// One section of the page.
pub(super) struct Equation {
    /// Its anchor; others link to it.
    pub(super) id: &'static str,
    pub(super) title: &'static str,
    /// What it answers, and how.
    pub(super) lead: &'static str,
    pub(super) formulas: Vec<Formula>,
    pub(super) symbols: Vec<Symbol>,
    /// Where it holds, and how well.
    pub(super) range: &'static str,
    pub(super) sources: Vec<Source>,
    pub(super) trial: Option<Trial>,
}

/// A formula, and the same in words.
pub(super) struct Formula {
    pub(super) math: Math,
    pub(super) words: &'static str,
}

/// A sign, what it means, and in what it is counted.
pub(super) struct Symbol {
    pub(super) sign: Math,
    pub(super) meaning: &'static str,
    pub(super) unit: &'static str,
}

/// Where it comes from, and of when.
pub(super) struct Source {
    pub(super) title: String,
    pub(super) url: String,
    pub(super) date: String,
}

/// What a form asks: the figures of a result, or what is wrong with the inputs.
type Compute = fn(&Typed, &PriceBook) -> Result<Vec<Outcome>, Vec<FieldError>>;

/// A form to try it.
pub(super) struct Trial {
    pub(super) inputs: &'static [Input],
    pub(super) compute: Compute,
    /// The same by the API.
    pub(super) api: Option<&'static str>,
}

/// One figure of a result.
pub(super) struct Outcome {
    pub(super) label: &'static str,
    pub(super) value: String,
}

/// All of them.
pub(super) fn all() -> Vec<Equation> {
    vec![
        week::equation(),
        bill::equation(),
        functions::equation(),
        capacity::equation(),
        cold_starts::equation(),
        bursts::equation(),
        provisioned::equation(),
        waiting::equation(),
        percentiles::equation(),
        break_even::equation(),
        commitments::equation(),
        base_and_burst::equation(),
        confidence::equation(),
    ]
}

fn formula(math: Math, words: &'static str) -> Formula {
    Formula { math, words }
}

fn symbol(sign: &str, meaning: &'static str, unit: &'static str) -> Symbol {
    Symbol {
        sign: super::math::m(sign),
        meaning,
        unit,
    }
}

fn paper(title: &str, url: &str, date: &str) -> Source {
    Source {
        title: title.to_owned(),
        url: url.to_owned(),
        date: date.to_owned(),
    }
}

/// Where a figure of the rules comes from.
fn rule(name: &str) -> Option<Source> {
    let rules = Rules::embedded().all();
    let (_, rule) = rules.iter().find(|(known, _)| *known == name)?;
    Some(paper(&rule.source, &rule.url, &rule.as_of))
}

fn outcome(label: &'static str, value: impl Into<String>) -> Outcome {
    Outcome {
        label,
        value: value.into(),
    }
}

/// Values within the bounds of the answers that they are, as pairs of input and answer.
fn within(typed: &Typed, pairs: &[(&str, &str)]) -> Result<(), Vec<FieldError>> {
    let outside: Vec<FieldError> = pairs
        .iter()
        .filter_map(|(input, answer)| {
            let field = model::system::number_field(answer)?;
            let bound = Bound {
                low: field.min,
                high: field.max,
            };
            bounds::outside(&[(*input, typed.number(input), bound)]).pop()
        })
        .collect();
    inside(outside)
}

/// Nothing, if nothing is out of its bounds.
fn inside(outside: Vec<FieldError>) -> Result<(), Vec<FieldError>> {
    if outside.is_empty() {
        Ok(())
    } else {
        Err(outside)
    }
}

//! The question whose answer is worth most, among those that were not answered yet.

use leptos::prelude::*;
use model::evaluation::Evaluation;
use model::question::{Question, question};
use model::{Parts, System};

use crate::components::problem::{CannotCompute, PortProblem};
use crate::markup::IntoMarkup as _;
use crate::pages;
use crate::pages::advise::field_link;
use crate::url_state::{Draft, Pairs, name_of};

/// What sampling the ranges takes.
pub(crate) const PARTS: Parts = Parts {
    confidence: true,
    ..Parts::NONE
};

/// A question with what it is worth to answer it.
#[derive(Clone, Debug)]
pub(crate) struct Worth {
    pub(crate) index: usize,
    pub(crate) question: &'static Question,
    pub(crate) usd_per_month: f64,
}

/// The open question with the highest value of information: one that nobody answered, and that
/// nobody said to be unknown.
pub(crate) fn most_valuable(system: &System, evaluation: &Evaluation) -> Option<Worth> {
    let open = |input: &str| {
        let mut assumed = evaluation.assumptions.iter();
        assumed.any(|assumption| assumption.input == input)
            && !system.provenance.contains_key(input)
    };
    let worth = evaluation
        .components
        .iter()
        .flat_map(|component| &component.information)
        .filter(|information| open(&information.input))
        .filter_map(|information| {
            let (index, name) = name_of(&information.input);
            let index = index.unwrap_or(0);
            let question = question(&name).filter(|question| question.can_matter(system, index))?;
            Some(Worth {
                index,
                question,
                usd_per_month: information.value_usd_per_month,
            })
        });
    worth.max_by(|left, right| left.usd_per_month.total_cmp(&right.usd_per_month))
}

/// Leads to that question, or to the answers where none is open.
#[component]
pub fn NextPage() -> impl IntoView {
    let parsed = Draft::parse(&pages::query());
    let (draft, system) = match parsed.and_then(|draft| Ok((draft.system()?, draft))) {
        Ok((system, draft)) => (draft, system),
        Err(invalid) => {
            let pairs = Pairs::parse(&pages::query());
            return view! { <CannotCompute pairs errors=invalid.errors/> }
                .into_markup()
                .into_any();
        }
    };
    let ports = pages::ports();
    Suspend::new(async move {
        match ports.evaluator.evaluate(system.clone(), PARTS).await {
            Ok(evaluation) => {
                let to = most_valuable(&system, &evaluation).map_or_else(
                    || format!("/check?{}", draft.query()),
                    |worth| field_link(&draft, worth.index, worth.question.path),
                );
                pages::redirect(&to);
                ().into_markup()
            }
            Err(error) => view! { <PortProblem error/> }.into_markup(),
        }
    })
    .into_any()
}

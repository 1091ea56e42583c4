//! A part of the answer at its own address: how sure, what would flip it, growth.
//!
//! Without scripts it is a page to go to; with them the answer page takes its parts from here.

use leptos::prelude::*;
use model::{Evaluation, Parts, System};

use crate::components::break_even::BreakEvenFigure;
use crate::components::confidence::Confidence;
use crate::components::frame::Head;
use crate::components::later::Later;
use crate::components::outlook::{Growth, LookAgain};
use crate::components::problem::{CannotCompute, PortProblem};
use crate::components::result::{flips, mitigations};
use crate::components::verdict::Verdict;
use crate::markup::{IntoMarkup as _, Markup};
use crate::pages;
use crate::url_state::{Pairs, query_from_system, system_from_query};

#[component]
pub fn ConfidencePage() -> impl IntoView {
    page(Later::Confidence)
}

#[component]
pub fn FlipsPage() -> impl IntoView {
    page(Later::Flips)
}

#[component]
pub fn GrowthPage() -> impl IntoView {
    page(Later::Growth)
}

fn page(part: Later) -> AnyView {
    let pairs = Pairs::parse(&pages::query());
    let system = match system_from_query(&pairs.clone().answers().query()) {
        Ok(system) => system,
        Err(invalid) => {
            return view! { <CannotCompute pairs errors=invalid.errors/> }
                .into_markup()
                .into_any();
        }
    };
    let ports = pages::ports();
    Suspend::new(async move {
        let query = query_from_system(&system);
        // All of it at once: the other parts, the reports and saving find it computed.
        match ports.evaluator.evaluate(system.clone(), Parts::ALL).await {
            Ok(evaluation) => view! {
                <Head title=part.title() description=evaluation.verdict.headline.clone() private=true/>
                <p class="back"><a href=format!("/answer?{query}")>"The answer"</a></p>
                {shown(part, system, evaluation, query.clone())}
            }
            .into_markup(),
            Err(error) => view! { <PortProblem error/> }.into_markup(),
        }
    })
    .into_any()
}

fn shown(part: Later, system: System, evaluation: Evaluation, query: String) -> Markup {
    match part {
        Later::Confidence => view! {
            {view! { <Verdict evaluation=evaluation.clone() name=system.name.clone() query=None/> }.into_markup()}
            <section class="wide" data-part=part.id() aria-labelledby="confidence">
                <h2 id="confidence">{part.title()}</h2>
                <Confidence evaluation=evaluation.clone()/>
            </section>
            {break_evens(&system, &evaluation, &query)}
        }
        .into_markup(),
        Later::Flips => view! {
            <h1>{part.title()}</h1>
            <p class="lead">{evaluation.verdict.headline.clone()}</p>
            {flips(&evaluation)}
            {mitigations(&evaluation, false)}
            {view! { <LookAgain system evaluation later=None/> }.into_markup()}
        }
        .into_markup(),
        Later::Growth => view! {
            <h1>{part.title()}</h1>
            <p class="lead">{evaluation.verdict.headline.clone()}</p>
            <Growth system evaluation query/>
        }
        .into_markup(),
    }
}

/// The charts again, with the bands that the samples give.
fn break_evens(system: &System, evaluation: &Evaluation, query: &str) -> Markup {
    (0..evaluation.components.len())
        .map(|index| {
            let (system, evaluation) = (system.clone(), evaluation.clone());
            view! { <BreakEvenFigure system evaluation index query=query.to_owned()/> }
                .into_markup()
        })
        .collect_view()
        .into_markup()
}

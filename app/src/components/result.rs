//! The answer, whole, from an evaluation: the same for fresh and for saved ones.
//!
//! A fresh answer is shown as soon as its bills and break-evens are there; what takes longer
//! comes from its own address ([`Later`]). Each `data-part` is what the sheet swaps.

use leptos::prelude::*;
use model::evaluation::{ComponentEvaluation, Decision};
use model::system::{Answer, Kind};
use model::{Evaluation, System};

use crate::components::assumptions::Assumptions;
use crate::components::bill::Bills;
use crate::components::break_even::BreakEvenFigure;
use crate::components::diagram::Diagram;
use crate::components::figure::{ChartSection, LaterSection, no_part};
use crate::components::later::{Later, LaterPart};
use crate::components::limits::Limits;
use crate::components::mitigations::Mitigations;
use crate::components::options::Options;
use crate::components::outlook::{Flips, Growth, LookAgain};
use crate::components::over_input::{Over, OverAnotherInput};
use crate::components::plans::Plans;
use crate::components::replay_form::ReplayForm;
use crate::components::services::Services;
use crate::components::split::BaseAndBurst;
use crate::components::verdict::Verdict;
use crate::markup::{IntoMarkup as _, Markup};
use crate::shell::asset;

/// What a result is shown from.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The answers.
    pub system: System,
    /// What came of them.
    pub evaluation: Evaluation,
    /// The answers as a link.
    pub query: String,
    /// Whether samples, flips and growth are left to their own addresses.
    pub later: bool,
    /// Costs over an input of choice; none where nothing is computed again.
    pub over: Option<Over>,
}

/// Everything from the verdict to when to look again.
#[component]
pub fn ResultView(
    /// What is shown.
    shown: Shown,
) -> impl IntoView {
    let several = shown.evaluation.components.len() > 1;
    let numbers = each(&shown, several.then_some(""), numbers);
    let ground = each(&shown, several.then_some(": parts and limits"), ground);
    let Shown {
        system,
        evaluation,
        query,
        later,
        ..
    } = shown;
    // Types are erased at the borders of the parts: the compiler would nest all of them.
    [
        view! { <Verdict evaluation=evaluation.clone() name=system.name.clone() query=later.then(|| query.clone())/> }.into_markup(),
        numbers,
        outlook(&system, &evaluation, &query, later),
        view! { <ReplayForm evaluation=evaluation.clone() query=query.clone()/> }.into_markup(),
        ground,
        view! { <Plans system=system.clone() evaluation=evaluation.clone()/> }.into_markup(),
        mitigations(&evaluation, later),
        view! { <Assumptions evaluation=evaluation.clone() query=query.clone()/> }.into_markup(),
        view! { <LookAgain system evaluation later=later.then_some(query)/> }.into_markup(),
        view! { <script type="module" src=asset("charts.js")></script> }.into_markup(),
    ]
}

/// A group of sections for each component; where there are several, under its name and what the
/// group is about.
fn each(
    shown: &Shown,
    about: Option<&'static str>,
    sections: fn(&Shown, &ComponentEvaluation, usize) -> Markup,
) -> Markup {
    let components = shown.evaluation.components.iter().enumerate();
    components
        .map(|(index, component)| {
            let title = about
                .map(|about| view! { <h2 class="component">{component.name.clone()} {about}</h2> });
            view! { {title} {sections(shown, component, index)} }.into_markup()
        })
        .collect_view()
        .into_markup()
}

/// What it costs, and when that turns.
fn numbers(shown: &Shown, component: &ComponentEvaluation, index: usize) -> Markup {
    let region = shown
        .system
        .region
        .unwrap_or(model::Region::UsEast1)
        .id()
        .to_owned();
    let stays = shown.evaluation.verdict.decision == Decision::Stay;
    // What is paid today is paid for all components together.
    let today = (shown.evaluation.components.len() == 1)
        .then(|| shown.system.today_usd_per_month.map(Answer::typical))
        .flatten();
    let chart = |chart: &'static str| {
        let (system, evaluation) = (shown.system.clone(), shown.evaluation.clone());
        view! { <ChartSection chart system evaluation query=shown.query.clone() index/> }
            .into_markup()
    };
    let week = match shown.evaluation.choice(index) {
        Some(_) => {
            view! { <LaterSection chart="week" query=shown.query.clone() index/> }.into_markup()
        }
        None => no_part(format!("week-{index}")),
    };
    [
        view! { <BreakEvenFigure system=shown.system.clone() evaluation=shown.evaluation.clone() index query=shown.query.clone()/> }.into_markup(),
        view! { <section class="wide" data-part=format!("options-{index}")><Options component=component.clone() today stays/></section> }.into_markup(),
        chart("bill"),
        view! { <section class="wide" data-part=format!("bills-{index}")><Bills component=component.clone() choice=chosen(shown, index) region/></section> }.into_markup(),
        chart("latency"),
        week,
    ]
    .into_markup()
}

/// The platform that the answer chooses for a component.
fn chosen(shown: &Shown, index: usize) -> Option<String> {
    let choice = shown.evaluation.choice(index);
    choice.map(|option| option.platform.clone())
}

/// What it stands on: parts, services, limits.
fn ground(shown: &Shown, component: &ComponentEvaluation, index: usize) -> Markup {
    let kind = shown
        .system
        .components
        .get(index)
        .and_then(|component| component.kind)
        .unwrap_or(Kind::HttpApi);
    let over = shown.over.clone().map(|over| {
        view! { <OverAnotherInput component=component.clone() index query=shown.query.clone() over/> }
    });
    [
        view! { <LaterSection chart="winner_map" query=shown.query.clone() index/> }.into_markup(),
        over.into_markup(),
        view! {
            <section class="wide" data-part=format!("services-{index}")>
                <h2>"State and services"</h2>
                <Diagram component=component.clone() kind/>
                <Services component=component.clone()/>
            </section>
        }
        .into_markup(),
        view! { <section class="wide" data-part=format!("limits-{index}")><Limits component=component.clone() choice=chosen(shown, index)/></section> }.into_markup(),
        view! { <section class="wide" data-part=format!("split-{index}")><BaseAndBurst component=component.clone()/></section> }.into_markup(),
    ]
    .into_markup()
}

/// Flips and growth, or the links to them.
fn outlook(system: &System, evaluation: &Evaluation, query: &str, later: bool) -> Markup {
    let query = query.to_owned();
    if later {
        return [Later::Flips, Later::Growth]
            .map(|part| view! { <LaterPart part query=query.clone()/> })
            .into_markup();
    }
    [
        flips(evaluation),
        view! { <Growth system=system.clone() evaluation=evaluation.clone() query/> }.into_markup(),
    ]
    .into_markup()
}

/// What would flip the answer, component by component.
pub(crate) fn flips(evaluation: &Evaluation) -> Markup {
    let several = evaluation.components.len() > 1;
    let tables = (0..evaluation.components.len())
        .map(|index| {
            view! { <Flips evaluation=evaluation.clone() index named=several/> }.into_markup()
        })
        .collect_view();
    view! {
        <section class="wide" data-part=Later::Flips.id() aria-labelledby="flips">
            <h2 id="flips">{Later::Flips.title()}</h2>
            {tables}
        </section>
    }
    .into_markup()
}

/// What else could be done; they come with the flips.
pub(crate) fn mitigations(evaluation: &Evaluation, later: bool) -> Markup {
    let known = |component: &&ComponentEvaluation| {
        component
            .options
            .iter()
            .any(|option| !option.mitigations.is_empty())
    };
    let components: Vec<_> = evaluation.components.iter().filter(known).collect();
    if later || components.is_empty() {
        return view! { <div data-part="mitigations"></div> }.into_markup();
    }
    let tables = components
        .into_iter()
        .map(|component| view! { <Mitigations component=component.clone()/> })
        .collect_view();
    view! {
        <section class="wide" data-part="mitigations" aria-labelledby="mitigations">
            <h2 id="mitigations">"What else could be done"</h2>
            {tables}
        </section>
    }
    .into_markup()
}

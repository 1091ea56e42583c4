//! The answer, whole, from an evaluation: the same for fresh and for saved ones.

use leptos::prelude::*;
use model::evaluation::{ComponentEvaluation, Plan};
use model::{Evaluation, System};

use crate::components::assumptions::Assumptions;
use crate::components::bill::Bills;
use crate::components::break_even::BreakEvenFigure;
use crate::components::figure::{ChartSection, LaterSection};
use crate::components::limits::Limits;
use crate::components::options::Options;
use crate::components::outlook::{Flips, Growth, LookAgain};
use crate::components::over_input::{Over, OverAnotherInput};
use crate::components::services::Services;
use crate::components::verdict::{Verdict, label};
use crate::format;
use crate::shell::asset;

/// Everything from the verdict to when to look again.
#[component]
pub fn ResultView(
    /// The answers.
    system: System,
    /// What came of them.
    evaluation: Evaluation,
    /// The answers as a link.
    query: String,
    /// Costs over an input of choice; none where nothing is computed again.
    over: Option<Over>,
) -> impl IntoView {
    let components = evaluation
        .components
        .iter()
        .enumerate()
        .map(|(index, component)| view! { <OneComponent system=system.clone() evaluation=evaluation.clone() component=component.clone() index query=query.clone() over=over.clone()/> }.into_any())
        .collect_view();
    // Types are erased at the borders of the parts: the compiler would nest all of them.
    [
        view! { <Verdict evaluation=evaluation.clone() name=system.name.clone()/> }.into_any(),
        view! { <Plans evaluation=evaluation.clone()/> }.into_any(),
        components.into_any(),
        view! { <ChartSection chart="growth" system=system.clone() evaluation=evaluation.clone() query=query.clone() index=0/> }.into_any(),
        view! { <Growth evaluation=evaluation.clone()/> }.into_any(),
        view! { <Assumptions evaluation=evaluation.clone() query/> }.into_any(),
        view! { <LookAgain evaluation/> }.into_any(),
        view! { <script type="module" src=asset("charts.js")></script> }.into_any(),
    ]
}

/// One component: chart, options, bills, flips, services, limits.
#[component]
fn OneComponent(
    system: System,
    evaluation: Evaluation,
    component: ComponentEvaluation,
    index: usize,
    query: String,
    over: Option<Over>,
) -> impl IntoView {
    let region = system
        .region
        .unwrap_or(model::Region::UsEast1)
        .id()
        .to_owned();
    let several = evaluation.components.len() > 1;
    let title = several.then(|| view! { <h2 class="component">{component.name.clone()}</h2> });
    [
        title.into_any(),
        view! { <BreakEvenFigure system=system.clone() evaluation=evaluation.clone() index query=query.clone()/> }.into_any(),
        view! { <section class="wide"><Options component=component.clone()/></section> }.into_any(),
        view! { <ChartSection chart="bill" system=system.clone() evaluation=evaluation.clone() query=query.clone() index/> }.into_any(),
        view! { <section class="wide"><Bills component=component.clone() region/></section> }
            .into_any(),
        view! { <ChartSection chart="latency" system=system.clone() evaluation=evaluation.clone() query=query.clone() index/> }.into_any(),
        view! { <section class="wide"><Flips evaluation component=component.clone()/></section> }
            .into_any(),
        view! { <LaterSection chart="week" query=query.clone() index/> }.into_any(),
        view! { <LaterSection chart="winner_map" query=query.clone() index/> }.into_any(),
        over.map(|over| {
            view! { <OverAnotherInput component=component.clone() index query over/> }.into_any()
        })
        .into_any(),
        view! { <Services component=component.clone()/> }.into_any(),
        view! { <section class="wide"><Limits component/></section> }.into_any(),
    ]
}

/// All-serverless, all-containers and the mixture, for systems of several components.
#[component]
fn Plans(evaluation: Evaluation) -> impl IntoView {
    let rows = evaluation.totals.iter().map(|plan: &Plan| {
        let name = match plan.plan.as_str() {
            "all_serverless" => "All serverless",
            "all_containers" => "All in containers",
            "hybrid" => "Each where it is best",
            other => other,
        };
        let cost = plan
            .monthly_usd
            .map_or_else(|| "cannot run so".to_owned(), format::usd_cents);
        let saved = (plan.saved_by_sharing_usd > 0.0).then(|| {
            format!(
                "{} less than apart: what stands by the hour is shared",
                format::usd_cents(plan.saved_by_sharing_usd)
            )
        });
        let places = plan
            .platforms
            .iter()
            .map(|platform| label(&evaluation, platform))
            .collect::<Vec<_>>()
            .join(", ");
        view! {
            <tr>
                <th scope="row">{name.to_owned()}</th>
                <td data-label="A month" class="num strong">{cost}</td>
                <td data-label="Where">{places}</td>
                <td data-label="Sharing">{saved}</td>
            </tr>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    (evaluation.components.len() > 1).then(|| {
        view! {
            <table class="stack">
                <caption>"The whole system, a month"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Plan"</th><th scope="col" class="num">"A month"</th>
                        <th scope="col">"Where, component by component"</th><th scope="col">"Sharing"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}

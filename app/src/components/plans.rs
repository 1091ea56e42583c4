//! Systems of several components: all serverless, all in containers, or each where it is best.

use leptos::prelude::*;
use model::evaluation::Plan;
use model::system::Answer;
use model::{Evaluation, System};

use crate::components::verdict::label;
use crate::format;
use crate::markup::{IntoMarkup, Markup};

/// Less is written as nothing.
const LEAST_USD: f64 = 0.005;

/// All-serverless, all-containers and the mixture, for systems of several components.
#[component]
pub fn Plans(
    /// The answers, for the links between components.
    system: System,
    /// What was computed.
    evaluation: Evaluation,
) -> impl IntoView {
    let rows = evaluation.totals.iter().map(|plan: &Plan| {
        let name = plan_name(&plan.plan);
        let cost = plan
            .monthly_usd
            .map_or_else(|| "cannot run so".to_owned(), format::usd_cents);
        let saved = (plan.saved_by_sharing_usd >= LEAST_USD).then(|| {
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
    let mut rows = rows.map(IntoMarkup::into_markup).collect::<Vec<_>>();
    if let Some(today) = system.today_usd_per_month.map(Answer::typical) {
        rows.push(stay(today));
    }
    (evaluation.components.len() > 1).then(|| {
        view! {
            <section class="wide" data-part="plans" aria-labelledby="plans">
            <h2 id="plans">"The whole system"</h2>
            {links(&system)}
            <table class="stack">
                <caption class="visually-hidden">"The whole system, a month"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Plan"</th><th scope="col" class="num">"A month"</th>
                        <th scope="col">"Where, component by component"</th><th scope="col">"Sharing"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            </section>
        }
    })
}

/// To go on as today.
fn stay(today: f64) -> Markup {
    view! {
        <tr>
            <th scope="row">"Stay as you are"</th>
            <td data-label="A month" class="num strong">{format::usd_cents(today)}</td>
            <td data-label="Where">"What you say is paid today; nothing else is known of it."</td>
            <td data-label="Sharing"></td>
        </tr>
    }
    .into_markup()
}

/// What a plan is called.
#[must_use]
pub fn plan_name(plan: &str) -> &str {
    match plan {
        "all_serverless" => "All serverless",
        "all_containers" => "All in containers",
        "hybrid" => "Each where it is best",
        other => other,
    }
}

/// Who calls whom, and how often.
fn links(system: &System) -> impl IntoView + use<> {
    let lines = system
        .links
        .iter()
        .map(|link| {
            let calls = format::number(link.calls_per_request);
            view! { <li>{link.from.clone()} " calls " {link.to.clone()} ", " {calls} " times a request"</li> }
        })
        .collect::<Vec<_>>();
    (!lines.is_empty()).then(|| view! { <ul class="links">{lines}</ul> })
}

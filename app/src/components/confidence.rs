//! How sure the answer is: how often each option is the cheapest when every range is sampled,
//! and which answer is worth knowing better.

use leptos::prelude::*;
use model::Evaluation;
use model::evaluation::{ComponentEvaluation, PlatformOption};
use model::question::{below_component, question};

use crate::components::verdict::family_class;
use crate::format;
use crate::markup::IntoMarkup as _;

/// Shares below this are noise of the samples.
const LEAST: f64 = 0.001;

/// The odds of each option, and the value of knowing each answer.
#[component]
pub fn Confidence(
    /// What was computed, with all its parts.
    evaluation: Evaluation,
) -> impl IntoView {
    let several = evaluation.components.len() > 1;
    let components = evaluation
        .components
        .iter()
        .map(|component| {
            let title = several.then(|| view! { <h3>{component.name.clone()}</h3> });
            view! { {title} {odds(component)} {information(component)} }.into_markup()
        })
        .collect_view();
    view! {
        <p>
            "Each answer that you gave as a range, and each default that stands in for an answer, was drawn a thousand times from its range. The draws are the same for every option and on every machine."
        </p>
        {components}
    }
}

fn odds(component: &ComponentEvaluation) -> impl IntoView + use<> {
    let mut options: Vec<(&PlatformOption, f64)> = component
        .options
        .iter()
        .filter_map(|option| Some((option, option.probability_cheapest?)))
        .filter(|(_, share)| *share >= LEAST)
        .collect();
    options.sort_by(|(_, one), (_, other)| other.total_cmp(one));
    let rows = options
        .iter()
        .map(|(option, share)| {
            view! {
                <tr class=family_class(option.family)>
                    <th scope="row"><span class="swatch" aria-hidden="true"></span>{option.label.clone()}</th>
                    <td class="num strong" data-label="Cheapest that fits in">{format::percent(*share)}</td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    if rows.is_empty() {
        return view! { <p>"Nothing to draw: no option can be chosen."</p> }.into_markup();
    }
    view! {
        <table class="stack compact narrow">
            <caption>"How often each option is the cheapest that fits"</caption>
            <thead><tr><th scope="col">"Option"</th><th scope="col" class="num">"Of the draws"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_markup()
}

/// What to find out first.
#[must_use]
pub fn information(component: &ComponentEvaluation) -> impl IntoView + use<> {
    let rows = component
        .information
        .iter()
        .filter(|entry| entry.value_usd_per_month >= 0.01)
        .map(|entry| {
            let path = below_component(&entry.input);
            let name = question(path).map_or(path, |question| question.name);
            view! {
                <tr>
                    <th scope="row">{name.to_owned()}</th>
                    <td class="num strong" data-label="Worth a month">{format::usd_cents(entry.value_usd_per_month)}</td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <table class="stack compact narrow">
                <caption>"What is worth measuring before you decide"</caption>
                <thead><tr><th scope="col">"Answer"</th><th scope="col" class="num">"Worth a month"</th></tr></thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}

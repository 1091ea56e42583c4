//! One component in two places: a standing base, and functions for what exceeds it.

use leptos::prelude::*;
use model::evaluation::{BaseAndBurst as Split, ComponentEvaluation, SplitCost};

use crate::format;

/// The splits of a component, where it can be split.
#[component]
pub fn BaseAndBurst(
    /// Whose splits.
    component: ComponentEvaluation,
) -> impl IntoView {
    let split = component.base_and_burst.as_ref()?;
    let (base, burst) = names(&component, split);
    let (finding, by) = (finding(&component, split), mechanism(split));
    let rows = split.splits.iter().map(row).collect_view();
    Some(view! {
            <details class="split">
                <summary>{format!("{base} for the base, {burst} for the bursts?")}</summary>
                <p>{finding} " How: " {by} "."</p>
                <table class="stack compact">
                    <caption class="visually-hidden">"Splits between base and bursts"</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Base"</th><th scope="col" class="num">"On functions"</th>
                            <th scope="col" class="num">"A month"</th><th scope="col">"Latency target"</th>
                        </tr>
                    </thead>
                    <tbody>{rows}</tbody>
                </table>
            </details>
    })
}

/// The platform of the base and that of the bursts.
fn names(component: &ComponentEvaluation, split: &Split) -> (String, String) {
    let name = |id: &str| {
        let mut options = component.options.iter();
        options
            .find(|option| option.platform == id)
            .map_or_else(|| id.to_owned(), |option| option.label.clone())
    };
    (name(&split.base_platform), name(&split.burst_platform))
}

/// Whether a split pays, and how much of it.
#[must_use]
pub fn finding(component: &ComponentEvaluation, split: &Split) -> String {
    let (base, burst) = names(component, split);
    let best = &split.best;
    if best.base_units <= 0.0 {
        format!("A standing base does not pay: all of it on {burst} is the cheapest split.")
    } else if best.burst_share <= 0.0 {
        format!("Splitting does not pay: all of it on {base} is the cheapest split.")
    } else {
        format!(
            "Cheapest with {} of {base} as base and {} of the requests on {burst}: {} a month.",
            tasks(best.base_units),
            format::percent(best.burst_share),
            format::usd_cents(best.monthly_usd)
        )
    }
}

/// How the requests are shared out.
#[must_use]
pub fn mechanism(split: &Split) -> &'static str {
    if split.mechanism == "queue" {
        "workers take from the queue what they can, functions the rest"
    } else {
        "a weighted target group of the load balancer shares out the requests"
    }
}

fn row(split: &SplitCost) -> impl IntoView + use<> {
    let target = if split.meets_target { "kept" } else { "missed" };
    view! {
        <tr>
            <th scope="row">{tasks(split.base_units)}</th>
            <td data-label="On functions" class="num">{format::percent(split.burst_share)}</td>
            <td data-label="A month" class="num strong">{format::usd_cents(split.monthly_usd)}</td>
            <td data-label="Latency target">{target}</td>
        </tr>
    }
}

fn tasks(units: f64) -> String {
    if units <= 0.0 {
        "none".to_owned()
    } else if units.total_cmp(&1.0).is_eq() {
        "1 task".to_owned()
    } else {
        format!("{} tasks", format::number(units))
    }
}

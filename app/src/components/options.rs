//! The options side by side: cost, response times, and why not.

use leptos::prelude::*;
use model::evaluation::{ComponentEvaluation, Configuration, PlatformOption};

use crate::components::verdict::family_class;
use crate::format;
use crate::markup::IntoMarkup as _;

/// The options as they are shown: who can be chosen, the best of each side first; then the rest.
#[must_use]
pub fn arranged(component: &ComponentEvaluation) -> (Vec<&PlatformOption>, Vec<&PlatformOption>) {
    let (mut able, rest): (Vec<_>, Vec<_>) = component
        .options
        .iter()
        .partition(|option| option.fit.ok && option.bill.is_some());
    if able.is_empty() {
        return (rest, able);
    }
    let chosen = component.verdict.platform.as_deref();
    if let Some(first) = able
        .iter()
        .position(|option| Some(option.platform.as_str()) == chosen)
    {
        able[..=first].rotate_right(1);
    }
    let side = able[0].family;
    if let Some(other) = able.iter().position(|option| option.family != side) {
        able[1..=other].rotate_right(1);
    }
    (able, rest)
}

/// One row for each platform: the choice, the best of the other side, the others; those that
/// cannot be chosen folded away.
#[component]
pub fn Options(
    /// Whose options.
    component: ComponentEvaluation,
    /// What is paid today for this component alone: to stay is an option too.
    today: Option<f64>,
    /// Whether to stay is the advice.
    stays: bool,
) -> impl IntoView {
    let (able, rest) = arranged(&component);
    let summary = rest_words(&rest);
    view! {
        <h2>"The options side by side"</h2>
        {table(&able, "Cost and response times of each option", today, stays).into_markup()}
        {(!rest.is_empty()).then(|| view! {
            <details class="rest">
                <summary>{summary}</summary>
                {table(&rest, "Options that cannot be chosen", None, false).into_markup()}
            </details>
        })}
    }
}

fn table(
    options: &[&PlatformOption],
    caption: &'static str,
    today: Option<f64>,
    stays: bool,
) -> impl IntoView + use<> {
    let first = if stays {
        "the best other way"
    } else {
        "the choice"
    };
    let rows = options
        .iter()
        .map(|option| row(option, first))
        .collect_view();
    view! {
        <table class="options stack compact">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"Option"</th>
                    <th scope="col" class="num">"A month"</th>
                    <th scope="col" class="num">"P50"</th>
                    <th scope="col" class="num">"P95"</th>
                    <th scope="col" class="num">"P99"</th>
                    <th scope="col" class="num">"Cold starts"</th>
                </tr>
            </thead>
            {rows}
            {today.map(|today| stay(today, stays))}
        </table>
    }
}

/// To go on as today.
fn stay(today: f64, chosen: bool) -> impl IntoView {
    let chosen = chosen.then(|| view! { <span class="tag pick">"the choice"</span> });
    view! {
        <tbody class="neutral">
            <tr>
                <th scope="row"><span class="swatch" aria-hidden="true"></span>"Stay as you are " {chosen}</th>
                <td data-label="A month" class="num strong">{format::usd_cents(today)}</td>
                <td data-label="P50" class="num">"-"</td>
                <td data-label="P95" class="num">"-"</td>
                <td data-label="P99" class="num">"-"</td>
                <td data-label="Cold starts" class="num">"-"</td>
            </tr>
            <tr class="why"><td colspan="6">"What you say is paid today; nothing else is known of it."</td></tr>
        </tbody>
    }
}

/// How many are folded away, and why.
fn rest_words(rest: &[&PlatformOption]) -> String {
    let unfit = rest.iter().filter(|option| !option.fit.ok).count();
    let unpriced = rest.len() - unfit;
    let fits = if unfit == 1 {
        "does not fit"
    } else {
        "do not fit"
    };
    let prices = if unpriced == 1 {
        "has no price"
    } else {
        "have no price"
    };
    match (unfit, unpriced) {
        (_, 0) => format!("{unfit} more that {fits}"),
        (0, _) => format!("{unpriced} more that {prices} in this region"),
        _ => format!(
            "{} more: {unfit} {fits}, {unpriced} {prices} in this region",
            rest.len()
        ),
    }
}

fn row(option: &PlatformOption, first: &'static str) -> impl IntoView + use<> {
    let cost = option.bill.as_ref().map_or_else(
        || "not priced".to_owned(),
        |bill| format::usd_cents(bill.monthly_usd),
    );
    let latency = option.latency.as_ref();
    let at = |pick: fn(&model::latency::percentile::Percentiles) -> f64| {
        latency.map_or_else(
            || "-".to_owned(),
            |latency| format::ms(pick(&latency.percentiles)),
        )
    };
    let cold = latency.map_or_else(
        || "-".to_owned(),
        |latency| format::percent(latency.cold_start_probability),
    );
    let late = (latency.is_some() && !option.meets_target)
        .then(|| view! { <span class="tag">"misses the target"</span> });
    let broken = (!option.fit.ok).then(|| view! { <span class="tag">"does not fit"</span> });
    let chosen = option
        .why_not
        .is_empty()
        .then(|| view! { <span class="tag pick">{first}</span> });
    view! {
        <tbody class=family_class(option.family)>
            <tr>
                <th scope="row"><span class="swatch" aria-hidden="true"></span>{option.label.clone()} {chosen} {broken} {late}</th>
                <td data-label="A month" class="num strong">{cost}</td>
                <td data-label="P50" class="num">{at(|p| p.p50_ms)}</td>
                <td data-label="P95" class="num">{at(|p| p.p95_ms)}</td>
                <td data-label="P99" class="num">{at(|p| p.p99_ms)}</td>
                <td data-label="Cold starts" class="num">{cold}</td>
            </tr>
            <tr class="why">
                <td colspan="6">
                    {configuration(&option.configuration)} " " {option.why_not.clone()} {missing(option)}
                </td>
            </tr>
        </tbody>
    }
}

/// `1 task`, `2 tasks`.
fn counted(count: f64, thing: &str) -> String {
    let plural = if count.total_cmp(&1.0).is_eq() {
        ""
    } else {
        "s"
    };
    format!("{} {thing}{plural}", format::number(count))
}

/// What was configured, as a phrase.
#[must_use]
pub fn configuration(configuration: &Configuration) -> String {
    let mut parts = Vec::new();
    if let Some(kind) = &configuration.instance_type {
        parts.push(kind.clone());
    }
    if let Some(memory) = configuration.memory_mb {
        parts.push(format!("{} MB", format::number(memory)));
    }
    if let (Some(vcpu), Some(memory)) = (configuration.task_vcpu, configuration.task_memory_gb) {
        parts.push(format!(
            "{} vCPU and {} GB a task",
            format::number(format::significant(vcpu, 3)),
            format::number(format::significant(memory, 3))
        ));
    }
    if let Some(environments) = configuration.provisioned_concurrency {
        parts.push(format!(
            "{} kept initialized",
            counted(environments, "environment")
        ));
    }
    if let Some(requests) = configuration.requests_per_environment {
        parts.push(format!(
            "{} at once in an environment",
            counted(requests, "request")
        ));
    }
    if let Some(tasks) = configuration.tasks_per_instance {
        parts.push(format!("{} an instance", counted(tasks, "task")));
    }
    if configuration.runs_and_stops {
        parts.push("runs and stops with each job".to_owned());
    } else if let (Some(least), Some(most)) = (configuration.count_min, configuration.count_max) {
        let thing = if configuration.instance_type.is_some() {
            "instance"
        } else if configuration.provisioned_concurrency.is_some() {
            "environment"
        } else {
            "task"
        };
        parts.push(if least.total_cmp(&most).is_eq() {
            counted(least, thing)
        } else {
            format!(
                "{} to {} over the week",
                format::number(least),
                counted(most, thing)
            )
        });
    }
    if let Some(committed) = configuration.count_committed.filter(|count| *count > 0.0) {
        parts.push(format!("{} of them committed", format::number(committed)));
    }
    if let Some(spot) = configuration.count_spot.filter(|count| *count > 0.0) {
        parts.push(format!(
            "{} on Spot on average",
            format::number(format::significant(spot, 2))
        ));
    }
    if let Some(architecture) = &configuration.architecture {
        parts.push(
            if architecture == "arm64" {
                "Arm"
            } else {
                "x86"
            }
            .to_owned(),
        );
    }
    if parts.is_empty() {
        String::new()
    } else {
        format!("{}.", parts.join(", "))
    }
}

/// Prices that the book lacks, with what can be done about it.
fn missing(option: &PlatformOption) -> impl IntoView + use<> {
    let list = |left_out: bool| {
        let notes = option.missing_prices.iter();
        notes
            .filter(|note| note.left_out == left_out)
            .map(|note| {
                view! {
                    <li><code>{note.price_id.clone()}</code> " in " {note.region.clone()}</li>
                }
            })
            .collect::<Vec<_>>()
    };
    let (lacking, left_out) = (list(false), list(true));
    let lacking = (!lacking.is_empty()).then(|| {
        view! {
            <div class="missing">
                "The price book has no"
                <ul>{lacking}</ul>
                "No other region's price is put in its place. Give your own rate (add "
                <code>"rates.PRICE-ID=0.01"</code>
                " to the address), or leave its group out of the bill."
            </div>
        }
    });
    let left_out = (!left_out.is_empty()).then(|| {
        view! {
            <details class="missing">
                <summary>"Left out of this bill: prices the book does not have"</summary>
                <ul>{left_out}</ul>
            </details>
        }
    });
    view! { {lacking} {left_out} }
}

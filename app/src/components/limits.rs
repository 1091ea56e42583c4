//! The limits that were checked, and how much of each is left.

use leptos::prelude::*;
use model::evaluation::{ComponentEvaluation, LimitCheck, PlatformOption};

use crate::components::verdict::family_class;
use crate::format;

/// The limits of each option; broken ones stand open.
#[component]
pub fn Limits(
    /// Whose options.
    component: ComponentEvaluation,
) -> impl IntoView {
    let options = component
        .options
        .iter()
        .filter(|option| !option.fit.limits.is_empty())
        .map(of_option)
        .collect_view();
    view! {
        <h2>"Limits and headroom"</h2>
        {options}
    }
}

fn of_option(option: &PlatformOption) -> impl IntoView + use<> {
    let rows = option.fit.limits.iter().map(row).collect_view();
    let broken = option.fit.limits.iter().filter(|limit| !limit.ok).count();
    let summary = match broken {
        0 => {
            let least = option
                .fit
                .limits
                .iter()
                .map(|limit| limit.headroom)
                .fold(1.0, f64::min);
            format!(
                "all {} hold, the tightest has {} left",
                option.fit.limits.len(),
                format::percent(least)
            )
        }
        1 => "one is broken".to_owned(),
        many => format!("{many} are broken"),
    };
    let provisional = option.fit.provisional.then_some(
        " A broken limit was last verified over a year ago: check it before you rely on it.",
    );
    view! {
        <details class=family_class(option.family) open=broken.ne(&0)>
            <summary><span class="swatch" aria-hidden="true"></span><span>{option.label.clone()} <span class="aside">{summary}</span></span></summary>
            {provisional.map(|text| view! { <p>{text}</p> })}
            <table class="stack">
                <caption class="visually-hidden">"Limits of " {option.label.clone()}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Limit"</th><th scope="col" class="num">"Allowed"</th>
                        <th scope="col" class="num">"Needed"</th><th scope="col" class="num">"Left"</th>
                        <th scope="col">"Source"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </details>
    }
}

fn row(limit: &LimitCheck) -> impl IntoView + use<> {
    let amount = |value: f64| {
        format!(
            "{} {}",
            format::quantity(value),
            if limit.unit == "1" { "" } else { &limit.unit }
        )
    };
    let left = if limit.ok {
        format::percent(limit.headroom)
    } else {
        "broken".to_owned()
    };
    let class = if limit.ok { "" } else { "broken" };
    let source = if limit.source.starts_with("http") {
        view! { <a href=limit.source.clone() rel="noreferrer">{limit.as_of.clone()}</a> }.into_any()
    } else {
        view! { {limit.source.clone()} ", " {limit.as_of.clone()} }.into_any()
    };
    view! {
        <tr class=class>
            <th scope="row">{limit.limit.clone()}</th>
            <td data-label="Allowed" class="num">{amount(limit.limit_value)}</td>
            <td data-label="Needed" class="num">{amount(limit.workload_value)}</td>
            <td data-label="Left" class="num">{left}</td>
            <td data-label="Source">{source}</td>
        </tr>
    }
}

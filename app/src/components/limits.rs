//! The limits that were checked, and how much of each is left.

use leptos::prelude::*;
use model::behavior::LimitKind;
use model::evaluation::{ComponentEvaluation, LimitCheck, PlatformOption};

use crate::components::verdict::family_class;
use crate::format;
use crate::markup::{IntoMarkup as _, Markup};

/// Units of limits that are met or not, without an amount.
const YES_OR_NO: [&str; 2] = ["needed", "accepted"];

/// The limits of the choice, those that any option breaks, and the rest folded away.
#[component]
pub fn Limits(
    /// Whose options.
    component: ComponentEvaluation,
    /// The platform that is chosen.
    choice: Option<String>,
) -> impl IntoView {
    let checked = || {
        let options = component.options.iter();
        options.filter(|option| !option.fit.limits.is_empty())
    };
    let is_pick = |option: &&PlatformOption| Some(&option.platform) == choice.as_ref();
    let of_pick = checked()
        .filter(is_pick)
        .map(|option| of_option(option, true))
        .collect_view();
    let others = checked()
        .filter(|option| !is_pick(option))
        .map(|option| of_option(option, false))
        .collect::<Vec<_>>();
    let count = others.len();
    view! {
        <h2>"Limits and headroom"</h2>
        {of_pick}
        {broken(&component)}
        {(count > 0).then(|| view! {
            <details class="rest">
                <summary>"All limits of the other " {count} " options"</summary>
                {others}
            </details>
        })}
    }
}

/// The limits that keep options from being chosen, in one table.
fn broken(component: &ComponentEvaluation) -> impl IntoView + use<> {
    let rows = component
        .options
        .iter()
        .flat_map(|option| option.fit.limits.iter().map(move |limit| (option, limit)))
        .filter(|(_, limit)| !limit.ok)
        .map(|(option, limit)| {
            let (allowed, needed) = amounts(limit);
            view! {
                <tr class=family_class(option.family)>
                    <th scope="row"><span class="swatch" aria-hidden="true"></span>{option.label.clone()}</th>
                    <td data-label="Breaks">{limit.limit.clone()}</td>
                    <td data-label="Allowed" class="num">{allowed}</td>
                    <td data-label="Needed" class="num wrong">{needed}</td>
                    <td data-label="Source">{source(limit)}</td>
                </tr>
            }
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <table class="stack compact worded">
                <caption>"Limits that are broken"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Option"</th><th scope="col">"Breaks"</th>
                        <th scope="col" class="num">"Allowed"</th><th scope="col" class="num">"Needed"</th>
                        <th scope="col">"Source"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}

fn of_option(option: &PlatformOption, open: bool) -> impl IntoView + use<> {
    let rows = option.fit.limits.iter().map(row).collect_view();
    let broken = option.fit.limits.iter().filter(|limit| !limit.ok).count();
    let summary = match broken {
        0 => {
            let limits = option.fit.limits.iter();
            let least = limits
                .filter(|limit| limit.is_at_most())
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
        <details class=family_class(option.family) open=open>
            <summary><span class="swatch" aria-hidden="true"></span><span>{option.label.clone()} <span class="aside">{summary}</span></span></summary>
            {provisional.map(|text| view! { <p>{text}</p> })}
            <table class="stack compact worded">
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
    let (allowed, needed) = amounts(limit);
    let left = left(limit);
    let class = if limit.ok { "" } else { "broken" };
    view! {
        <tr class=class>
            <th scope="row">{limit.limit.clone()}</th>
            <td data-label="Allowed" class="num">{allowed}</td>
            <td data-label="Needed" class="num">{needed}</td>
            <td data-label="Left" class="num">{left}</td>
            <td data-label="Source">{source(limit)}</td>
        </tr>
    }
}

/// What is left of it, in words.
#[must_use]
pub fn left(limit: &LimitCheck) -> String {
    match (limit.ok, limit.kind) {
        (true, LimitKind::Maximum | LimitKind::Quota) => format::percent(limit.headroom),
        (true, LimitKind::Minimum | LimitKind::Guideline) => "met".to_owned(),
        (false, LimitKind::Quota) => "to be raised".to_owned(),
        (false, LimitKind::Guideline) => "exceeded".to_owned(),
        (false, LimitKind::Maximum | LimitKind::Minimum) => "broken".to_owned(),
    }
}

/// What is allowed and what is needed, with their unit; yes or no where that is all.
#[must_use]
pub fn amounts(limit: &LimitCheck) -> (String, String) {
    let yes_or_no = YES_OR_NO.contains(&limit.unit.as_str());
    let unit = if limit.unit == "1" { "" } else { &limit.unit };
    let amount = |value: f64| {
        if yes_or_no {
            if value > 0.0 { "yes" } else { "no" }.to_owned()
        } else {
            format!("{}{}", amount_words(value), unit_words(unit))
        }
    };
    (amount(limit.limit_value), amount(limit.workload_value))
}

/// Three digits are enough below a thousand; above it limits are round numbers.
fn amount_words(value: f64) -> String {
    if value.abs() < 1_000.0 {
        format::number(format::significant(value, 3))
    } else {
        format::quantity(value)
    }
}

fn unit_words(unit: &str) -> String {
    match unit {
        "" => String::new(),
        "1/s" => " a second".to_owned(),
        unit => format!(" {unit}"),
    }
}

fn source(limit: &LimitCheck) -> Markup {
    if limit.source.starts_with("http") {
        view! { <a href=limit.source.clone() rel="noreferrer">{limit.as_of.clone()}</a> }
            .into_markup()
    } else {
        view! { {limit.source.clone()} ", " {limit.as_of.clone()} }.into_markup()
    }
}

//! The options of both side by side, and their bills line by line.

use leptos::prelude::*;
use model::comparison::{Both, Comparison, ComponentComparison, LineDifference, OptionComparison};

use crate::components::changed_lines::{ChangedLines, Sides, difference_words};
use crate::components::verdict::family_class;
use crate::format;
use crate::markup::{IntoMarkup as _, Markup};

/// Cost and P99 of each option; those that neither side can choose folded away.
pub(super) fn section(component: &ComponentComparison, place: usize) -> Markup {
    let (able, rest): (Vec<_>, Vec<_>) = component
        .options
        .iter()
        .partition(|option| option.can_be_chosen());
    let id = format!("options-{place}");
    let folded = (!rest.is_empty()).then(|| {
        let summary = match rest.len() {
            1 => "One more that does not fit or has no price in either".to_owned(),
            many => format!("{many} more that do not fit or have no price in either"),
        };
        view! {
            <details class="rest">
                <summary>{summary}</summary>
                {table(component, &rest, "Options that cannot be chosen in either")}
            </details>
        }
    });
    view! {
        <section class="wide">
            <h2 id=id>"The options side by side"</h2>
            {table(component, &able, "Cost and P99 of each option in A and in B")}
            {folded}
        </section>
    }
    .into_markup()
}

fn table(
    component: &ComponentComparison,
    options: &[&OptionComparison],
    caption: &'static str,
) -> Markup {
    let rows = options
        .iter()
        .map(|option| row(component, option))
        .collect_view();
    view! {
        <table class="options stack compact compared">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"Option"</th>
                    <th scope="col" class="num">"A a month"</th>
                    <th scope="col" class="num">"B a month"</th>
                    <th scope="col" class="num">"Difference"</th>
                    <th scope="col" class="num">"P99 in A"</th>
                    <th scope="col" class="num">"P99 in B"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_markup()
}

fn row(component: &ComponentComparison, option: &OptionComparison) -> Markup {
    let cost = |usd: Option<f64>| usd.map_or_else(|| "-".to_owned(), format::usd_cents);
    let p99 = |ms: Option<f64>| ms.map_or_else(|| "-".to_owned(), format::ms);
    let (usd, slow) = (&option.monthly_usd, &option.p99_ms);
    view! {
        <tr class=family_class(option.family)>
            <th scope="row"><span class="swatch" aria-hidden="true"></span>{option.label.clone()} {tags(component, option)}</th>
            <td data-label="A a month" class="num">{cost(usd.left)}</td>
            <td data-label="B a month" class="num">{cost(usd.right)}</td>
            <td data-label="Difference" class="num strong">{difference_words(usd)}</td>
            <td data-label="P99 in A" class="num">{p99(slow.left)}</td>
            <td data-label="P99 in B" class="num">{p99(slow.right)}</td>
        </tr>
    }
    .into_markup()
}

/// Whose choice it is, and where it does not fit or is too slow.
fn tags(component: &ComponentComparison, option: &OptionComparison) -> Vec<Markup> {
    let chosen = |outcome: &Option<model::comparison::Outcome>| {
        let platform = outcome
            .as_ref()
            .and_then(|outcome| outcome.platform.as_deref());
        platform == Some(option.platform.as_str())
    };
    let choice = Both {
        left: chosen(&component.verdict.left),
        right: chosen(&component.verdict.right),
    };
    let unfit = Both {
        left: option.fits.left == Some(false),
        right: option.fits.right == Some(false),
    };
    // What does not fit is not slow as well.
    let late = Both {
        left: option.meets_target.left == Some(false) && !unfit.left,
        right: option.meets_target.right == Some(false) && !unfit.right,
    };
    let tag = |what: &'static str, of: &Both<bool>, class: &'static str| {
        let whose = match (of.left, of.right) {
            (true, true) => "both",
            (true, false) => "A",
            (false, true) => "B",
            (false, false) => return None,
        };
        Some(view! { <span class=class>{format!("{what} {whose}")}</span> }.into_markup())
    };
    [
        tag("the choice of", &choice, "tag pick"),
        tag("does not fit in", &unfit, "tag"),
        tag("misses the target in", &late, "tag"),
    ]
    .into_iter()
    .flatten()
    .collect()
}

/// What makes the difference: the bill of each option that can be chosen, the choice of either open.
pub(super) fn bills(component: &ComponentComparison, sides: &Sides) -> Markup {
    let options = component
        .options
        .iter()
        .filter(|option| option.can_be_chosen());
    let billed: Vec<_> = options
        .filter_map(|option| Some((option, option.bill.as_ref()?)))
        .collect();
    let moved = |bill: &model::comparison::BillComparison| {
        bill.changed.iter().any(LineDifference::is_visible)
    };
    let (changed, same): (Vec<_>, Vec<_>) = billed.into_iter().partition(|(_, bill)| moved(bill));
    if changed.is_empty() && same.is_empty() {
        return ().into_markup();
    }
    let open = opened(component, &changed);
    let bills = changed
        .iter()
        .map(|(option, bill)| {
            view! {
                <details class=format!("bill {}", family_class(option.family)) open=open == Some(option.platform.as_str())>
                    <summary>
                        <span class="swatch" aria-hidden="true"></span>
                        <span>{option.label.clone()}</span>
                        <span class="num strong">{difference_words(&option.monthly_usd)}</span>
                    </summary>
                    <ChangedLines label=option.label.clone() bill=(*bill).clone() total=option.monthly_usd sides=sides.clone()/>
                </details>
            }
            .into_markup()
        })
        .collect_view();
    let alike: Vec<&str> = same
        .iter()
        .map(|(option, _)| option.label.as_str())
        .collect();
    let alike = match (alike.is_empty(), changed.is_empty()) {
        (true, _) => None,
        (false, true) => Some("Every line of every bill is the same in both.".to_owned()),
        (false, false) => Some(format!("The same to the cent: {}.", alike.join(", "))),
    };
    view! {
        <section class="wide">
            <h2>"What makes the difference, line by line"</h2>
            {bills}
            {alike.map(|words| view! { <p class="aside">{words}</p> })}
        </section>
    }
    .into_markup()
}

/// The choice of B, else of A, else the first.
fn opened<'c>(
    component: &'c ComponentComparison,
    changed: &[(&'c OptionComparison, &model::comparison::BillComparison)],
) -> Option<&'c str> {
    let verdicts = [&component.verdict.right, &component.verdict.left];
    let choices = verdicts
        .into_iter()
        .flatten()
        .filter_map(|outcome| outcome.platform.as_deref());
    let mut listed = choices.filter(|id| changed.iter().any(|(option, _)| option.platform == *id));
    listed
        .next()
        .or_else(|| changed.first().map(|(option, _)| option.platform.as_str()))
}

/// The plans of systems of several components.
pub(super) fn plans(compared: &Comparison) -> Markup {
    if compared.components.len() < 2 || compared.plans.is_empty() {
        return ().into_markup();
    }
    let cost = |usd: Option<f64>| usd.map_or_else(|| "cannot run so".to_owned(), format::usd_cents);
    let rows = compared
        .plans
        .iter()
        .map(|plan| {
            let usd = &plan.monthly_usd;
            view! {
                <tr>
                    <th scope="row">{crate::components::plans::plan_name(&plan.plan).to_owned()}</th>
                    <td data-label="A" class="num">{cost(usd.left)}</td>
                    <td data-label="B" class="num">{cost(usd.right)}</td>
                    <td data-label="Difference" class="num strong">{difference_words(usd)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <section class="wide" aria-labelledby="plans">
            <h2 id="plans">"The whole system"</h2>
            <table class="stack compact compared">
                <caption class="visually-hidden">"Plans for the whole system, a month"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Plan"</th><th scope="col" class="num">"A"</th>
                        <th scope="col" class="num">"B"</th><th scope="col" class="num">"Difference"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        </section>
    }
    .into_markup()
}

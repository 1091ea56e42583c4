//! Two saved scenarios, or two revisions of one, side by side: what differs in the answers and in what came of them.

mod answers;
mod break_evens;
mod form;
mod heads;
mod options;
mod sides;

use http::StatusCode;
use leptos::prelude::*;
use model::comparison::{Both, Comparison, ComponentComparison, VISIBLE_USD, evaluations};

use crate::charts::{Drawing, break_even_of_two};
use crate::components::changed_lines::Sides;
use crate::components::figure::ComparedSection;
use crate::components::frame::Head;
use crate::components::problem::PortProblem;
use crate::components::since::place;
use crate::format;
use crate::markup::{IntoMarkup as _, Markup};
use crate::pages;
use crate::pages::set_status;
use crate::shell::asset;
use crate::url_state::Pairs;
use sides::{Entry, Side};

/// The names of the two sides in the address.
pub const LEFT: &str = "left";
pub const RIGHT: &str = "right";

/// The chart of both, in addresses.
pub use crate::charts::break_even_of_two::ID as CHART;

#[component]
pub fn ComparePage() -> impl IntoView {
    let pairs = Pairs::parse(&pages::query());
    if !pairs.has(LEFT) && !pairs.has(RIGHT) {
        return form::start().into_any();
    }
    let typed = |name: &str| pairs.last(name).unwrap_or_default().to_owned();
    let (left, right) = (typed(LEFT), typed(RIGHT));
    let ports = pages::ports();
    Suspend::new(async move {
        let scenarios = ports.scenarios.as_ref();
        let left = Entry::of(scenarios, left).await;
        let right = Entry::of(scenarios, right).await;
        match (left, right) {
            (Err(error), _) | (_, Err(error)) => view! { <PortProblem error/> }.into_markup(),
            (Ok(left), Ok(right)) => shown(&left, &right),
        }
    })
    .into_any()
}

/// Both, compared; or the form that says what is wrong with one.
fn shown(left: &Entry, right: &Entry) -> Markup {
    let both = match (&left.found, &right.found) {
        (Ok(one), Ok(other)) => Some((one.clone(), other.clone())),
        _ => None,
    };
    let Some((one, other)) = both else {
        let refused = [&left.found, &right.found];
        let statuses = refused.into_iter().filter_map(|found| found.as_ref().err());
        set_status(
            statuses
                .map(|refused| refused.status)
                .max()
                .unwrap_or(StatusCode::NOT_FOUND),
        );
        return form::mend(left, right);
    };
    view! { <Compared left=one right=other/> }.into_markup()
}

#[component]
fn Compared(left: Side, right: Side) -> impl IntoView {
    let compared = evaluations(&left.record.evaluation, &right.record.evaluation);
    let query = Pairs::default()
        .with(LEFT, left.reference())
        .with(RIGHT, right.reference())
        .query();
    let title = format!("{} and {}", left.title(), right.title());
    let finding = finding(&left, &right, &compared);
    let several = compared.components.len() > 1;
    let components = compared
        .components
        .iter()
        .enumerate()
        .map(|(place, component)| {
            of_component((&left, &right), component, (place, several), &query)
        })
        .collect_view();
    // Types are erased at the borders of the parts: the compiler would nest all of them.
    [
        view! { <Head title description=finding.clone() private=true/> }.into_markup(),
        heads::heads(&left, &right, &compared, finding),
        answers::section(&left, &right, &compared),
        components.into_markup(),
        options::plans(&compared),
        share(&left, &right, &query),
        view! { <script type="module" src=asset("charts.js")></script> }.into_markup(),
    ]
}

/// What the comparison comes to, as one sentence without its full stop.
fn finding(left: &Side, right: &Side, compared: &Comparison) -> String {
    if left.reference() == right.reference() {
        return "A and B are the same revision of the same scenario".to_owned();
    }
    let (one, other) = (
        place(&left.record.evaluation),
        place(&right.record.evaluation),
    );
    let money = compared.monthly_usd.difference.map(|usd| {
        let amount = format::usd_headline(usd.abs());
        match usd {
            usd if usd.abs() < VISIBLE_USD => "the cost is the same".to_owned(),
            usd if usd > 0.0 => format!("B costs {amount} more a month"),
            _ => format!("B costs {amount} less a month"),
        }
    });
    let answer = if one == other {
        format!("The answer is the same, {one}")
    } else {
        format!("The answer differs: {one} for A, {other} for B")
    };
    match money {
        Some(money) => format!("{answer}; {money}"),
        None => answer,
    }
}

/// Chart, options, bills and break-evens of one component.
fn of_component(
    (left, right): (&Side, &Side),
    component: &ComponentComparison,
    (place, several): (usize, bool),
    query: &str,
) -> Markup {
    let sides = Sides {
        heads: Both {
            left: "A",
            right: "B",
        },
        alone: Both {
            left: "only in A",
            right: "only in B",
        },
        region: Both {
            left: left.region(),
            right: right.region(),
        },
    };
    let title = several.then(|| view! { <h2 class="component">{part_name(component)}</h2> });
    let drawing = drawing((left, right), component);
    let chart = drawing.map(|drawing| {
        view! { <ComparedSection query=query.to_owned() index=place drawing/> }.into_markup()
    });
    [
        title.into_markup(),
        chart.into_markup(),
        options::section(component, place),
        options::bills(component, &sides),
        break_evens::section(component),
    ]
    .into_markup()
}

/// The chart of a component that both have.
fn drawing((left, right): (&Side, &Side), component: &ComponentComparison) -> Option<Drawing> {
    let (of_left, of_right) = (component.index.left?, component.index.right?);
    break_even_of_two::drawing(&left.subject(of_left), &right.subject(of_right))
}

/// A part's name; both where it was renamed, and who lacks it.
fn part_name(component: &ComponentComparison) -> String {
    let Both { left, right } = &component.name;
    match (component.index.left, component.index.right) {
        (Some(_), None) => format!("{left}, only in A"),
        (None, _) => format!("{right}, only in B"),
        _ if left == right => left.clone(),
        _ => format!("{left} in A, {right} in B"),
    }
}

/// The link that stays, the other way round, and the form for others.
fn share(left: &Side, right: &Side, query: &str) -> Markup {
    let swapped = Pairs::default()
        .with(LEFT, right.reference())
        .with(RIGHT, left.reference())
        .query();
    let public = pages::ports().public_url.clone();
    let url = format!("{public}/compare?{query}");
    view! {
        <section class="share" aria-labelledby="share">
            <h2 id="share">"Share, or compare others"</h2>
            <p class="link"><a href=format!("/compare?{query}")>{url}</a></p>
            <p class="aside">"This link names both revisions, so it shows the same for as long as both are kept."</p>
            <p><a href=format!("/compare?{swapped}")>"Swap A and B"</a></p>
            {form::fields(form::Field::known(left), form::Field::known(right))}
        </section>
    }
    .into_markup()
}

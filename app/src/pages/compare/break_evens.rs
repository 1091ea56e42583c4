//! Where the order of the options flips in A and in B.

use leptos::prelude::*;
use model::comparison::{BreakEvenComparison, ComponentComparison};
use model::evaluation::BreakEven;

use crate::components::break_even::volumes;
use crate::markup::{IntoMarkup as _, Markup};

/// The break-evens that decide on either side; the others folded away.
pub(super) fn section(component: &ComponentComparison) -> Markup {
    let decides = |point: &&BreakEvenComparison| {
        let both = [&point.at.left, &point.at.right];
        both.into_iter().flatten().any(|point| point.decides)
    };
    let (deciding, others): (Vec<_>, Vec<_>) = component.break_even.iter().partition(decides);
    let first = if deciding.is_empty() {
        view! { <p>"None at which the answer turns from one side to the other, in either."</p> }
            .into_markup()
    } else {
        table(component, &deciding, "Break-evens, requests a month")
    };
    let summary = match others.len() {
        1 => "One more point, at which one of the two does not lead its side".to_owned(),
        many => format!("{many} more points, at which one of the two does not lead its side"),
    };
    let folded = (!others.is_empty()).then(|| {
        view! {
            <details>
                <summary>{summary}</summary>
                {table(component, &others, "The other points, requests a month")}
            </details>
        }
    });
    view! {
        <section class="wide">
            <h2>"Break-evens, requests a month"</h2>
            {first}
            {folded}
        </section>
    }
    .into_markup()
}

fn table(
    component: &ComponentComparison,
    points: &[&BreakEvenComparison],
    caption: &'static str,
) -> Markup {
    let label = |id: &str| {
        let mut options = component.options.iter();
        let option = options.find(|option| option.platform == id);
        option.map_or_else(|| id.to_owned(), |option| option.label.clone())
    };
    let at = |point: &Option<BreakEven>| point.as_ref().map_or_else(|| "-".to_owned(), volumes);
    let rows = points
        .iter()
        .map(|point| {
            let mut ids = point.between.iter();
            let below = ids.find(|id| **id != point.cheaper_above).map_or("", String::as_str);
            view! {
                <tr>
                    <th scope="row">{label(below)} <span class="note">"below, above it " {label(&point.cheaper_above)}</span></th>
                    <td data-label="A" class="num">{at(&point.at.left)}</td>
                    <td data-label="B" class="num">{at(&point.at.right)}</td>
                </tr>
            }
        })
        .collect_view();
    view! {
        <table class="stack compact compared">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr><th scope="col">"Cheaper"</th><th scope="col" class="num">"A"</th><th scope="col" class="num">"B"</th></tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_markup()
}

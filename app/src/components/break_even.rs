//! The break-even chart with its title, its sentence and its tables.

use leptos::prelude::*;
use model::evaluation::{BreakEven, BreakEvenKind, ComponentEvaluation};
use model::{Evaluation, System};

use crate::charts::charted::decisive;
use crate::components::figure::{DrawnFigure, drawing, no_part};
use crate::format;
use crate::markup::IntoMarkup as _;

/// Title, chart, sentence, tables.
#[component]
pub fn BreakEvenFigure(
    /// The answers.
    system: System,
    /// What came of them.
    evaluation: Evaluation,
    /// Which component.
    index: usize,
    /// The answers as a link.
    query: String,
) -> impl IntoView {
    let component = evaluation.components.get(index)?;
    // The bands come with the samples.
    let chart = if component.verdict.confidence.is_some() {
        "break_even"
    } else {
        "break_even_lines"
    };
    let id = format!("break-even-{index}");
    let Some(drawing) = drawing(chart, &system, &evaluation, index) else {
        return Some(no_part(id));
    };
    let section = view! {
        <section class="wide" data-part=id.clone()>
            <h2 id=id.clone()>{drawing.title.clone()}</h2>
            <DrawnFigure chart query index drawing/>
            {points(component).into_markup()}
        </section>
    };
    Some(section.into_markup())
}

/// The break-evens that decide, lowest first; the others folded away.
fn points(component: &ComponentEvaluation) -> impl IntoView + use<> {
    let deciding = decisive(component);
    let others: Vec<&BreakEven> = component
        .break_even
        .iter()
        .filter(|point| !deciding.contains(point))
        .collect();
    let summary = match others.len() {
        1 => "One more point, at which one of the two does not lead its side".to_owned(),
        many => format!("{many} more points, at which one of the two does not lead its side"),
    };
    view! {
        {point_table(component, deciding, false).into_markup()}
        {(!others.is_empty()).then(|| view! {
            <details>
                <summary>{summary}</summary>
                {point_table(component, others, true).into_markup()}
            </details>
        })}
    }
}

fn point_table(
    component: &ComponentEvaluation,
    mut points: Vec<&BreakEven>,
    folded: bool,
) -> impl IntoView + use<> {
    let name = |id: &str| {
        component
            .options
            .iter()
            .find(|option| option.platform == id)
            .map_or_else(|| id.to_owned(), |option| option.label.clone())
    };
    points.sort_by(|one, other| one.requests_per_month.total_cmp(&other.requests_per_month));
    let rows = points.iter().map(|point| {
        let other = point
            .between
            .iter()
            .find(|id| **id != point.cheaper_above)
            .map_or("", String::as_str);
        let kind = match point.kind {
            _ if point.up_to.is_some() => "back and forth within this range",
            BreakEvenKind::Crossing => "the costs cross",
            BreakEvenKind::Step => "a stair: one more task or instance",
        };
        view! {
            <tr>
                <th scope="row" class="num">{volumes(point)}</th>
                <td data-label="Cheaper below">{name(other)}</td>
                <td data-label="Cheaper above">{name(&point.cheaper_above)}</td>
                <td data-label="How">{kind}</td>
            </tr>
        }
    });
    let rows = rows.collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <table class="stack">
                {if folded {
                    view! { <caption class="visually-hidden">"The other points, requests a month"</caption> }.into_markup()
                } else {
                    view! { <caption>"Break-even points, requests a month"</caption> }.into_markup()
                }}
                <thead>
                    <tr>
                        <th scope="col" class="num">"From"</th><th scope="col">"Cheaper below"</th>
                        <th scope="col">"Cheaper above"</th><th scope="col">"How"</th>
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
        }
    })
}

/// One volume, or from the first to the last flip of a range.
#[must_use]
pub fn volumes(point: &BreakEven) -> String {
    let from = format::count(point.requests_per_month);
    match point.up_to.map(format::count) {
        Some(to) if to != from => format!("{from} to {to}"),
        _ => from,
    }
}

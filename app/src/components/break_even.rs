//! The break-even chart, its finding, and its twin as a table.

use leptos::prelude::*;
use model::evaluation::{BreakEven, BreakEvenKind, ComponentEvaluation};

use crate::charts::break_even::{BreakEvenPlot, break_even, finding};
use crate::charts::break_even_svg::svg;
use crate::charts::charted::decisive;
use crate::format;

/// Rows of the cost table, about.
const ROWS: usize = 12;

/// Title, chart, sentence, tables.
#[component]
pub fn BreakEvenFigure(
    /// Whose costs.
    component: ComponentEvaluation,
    /// Requests a month now.
    here: Option<f64>,
    /// Which component it is, for unique ids.
    index: usize,
) -> impl IntoView {
    let plot = BreakEvenPlot::of(&component, here)?;
    let id = format!("break-even-{index}");
    let finding = finding(&component, here);
    let option = serde_json::to_string(&break_even(&plot))
        .unwrap_or_default()
        .replace('<', "\\u003c");
    Some(view! {
        <section class="wide" data-part=id.clone() aria-labelledby=id.clone()>
            <h2 id=id.clone()>{finding.clone()}</h2>
            <figure>
                <div class="scroll" tabindex="0" role="group" aria-label="Chart, may be wider than the screen">
                    <div class="chart" data-chart="" role="img" aria-label=format!("{finding}. The tables below hold the numbers.")>{svg(&plot).into_any()}</div>
                    <script type="application/json" inner_html=option></script>
                </div>
                <figcaption>
                    "Cost a month over requests a month, both on logarithmic axes. Dashed is serverless, solid is containers; the lines are the options that lead their side. A ring marks each point at which the cheapest option changes sides."
                </figcaption>
            </figure>
            {points(&component).into_any()}
            <details>
                <summary>"The chart as a table"</summary>
                {costs(&plot).into_any()}
            </details>
        </section>
    })
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
        {point_table(component, deciding, false).into_any()}
        {(!others.is_empty()).then(|| view! {
            <details>
                <summary>{summary}</summary>
                {point_table(component, others, true).into_any()}
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
            <table class="stack compact">
                {if folded {
                    view! { <caption class="visually-hidden">"The other points, requests a month"</caption> }.into_any()
                } else {
                    view! { <caption>"Break-even points, requests a month"</caption> }.into_any()
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
fn volumes(point: &BreakEven) -> String {
    let from = format::count(point.requests_per_month);
    match point.up_to.map(format::count) {
        Some(to) if to != from => format!("{from} to {to}"),
        _ => from,
    }
}

/// The lines of the chart at some of their points.
fn costs(plot: &BreakEvenPlot) -> impl IntoView + use<> {
    let heads = plot
        .lines
        .iter()
        .map(|line| view! { <th scope="col" class="num">{line.label.clone()}</th> })
        .collect_view();
    let longest = plot
        .lines
        .iter()
        .max_by_key(|line| line.points.len())
        .map_or(&[][..], |line| &line.points);
    let every = (longest.len() / ROWS).max(1);
    let rows = longest
        .iter()
        .step_by(every)
        .map(|(requests, _)| {
            let cells = plot.lines.iter().map(|line| {
                let usd = line.points.iter().find(|(at, _)| at.total_cmp(requests).is_eq()).map_or_else(|| "-".to_owned(), |(_, usd)| format::usd_cents(*usd));
                view! { <td class="num" data-label=line.label.clone()>{usd}</td> }
            });
            view! { <tr><th scope="row" class="num">{format::count(*requests)}</th>{cells.collect_view()}</tr> }
        })
        .collect_view();
    view! {
        <table class="stack compact">
            <caption class="visually-hidden">"Cost a month at different volumes"</caption>
            <thead><tr><th scope="col" class="num">"Requests a month"</th>{heads}</tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

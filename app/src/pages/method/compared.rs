//! The formulas beside the simulation.

use leptos::prelude::*;
use model::simulation::comparison::{Compared, Comparison};

use crate::format;
use crate::markup::{IntoMarkup as _, Markup};

pub(super) const ID: &str = "simulation";
pub(super) const TITLE: &str = "The formulas against the simulation";

/// Two tables, and how to see the same of one's own workload.
pub(super) fn section() -> Markup {
    let table = Comparison::embedded();
    view! {
        <section class="equation" id=ID aria-labelledby="simulation-title">
            <h2 id="simulation-title">{TITLE}</h2>
            <p>
                "The program holds a simulation that knows no formula: it sends requests, one after another, through environments, queues and fleets. Here both answer the same questions. Behind ± is half of the 99 % confidence interval of five runs; a test of the program computes the tables anew."
            </p>
            {side_by_side("Cold starts, of all requests", "Kept for 420 s after the last request", &table.cold_starts, share)}
            {side_by_side("Response time, waits included", "Requests of 100 ms, all of it computing", &table.fleets, format::ms_precise)}
            <p>
                "Beyond these, four hundred random loads are compared in each test of the program: at most 2 % of them may lie outside what the formula states or chance allows. Where a request takes longer than an idle environment is kept, the formula for cold starts is not to be trusted, and the answer says so. On every answer "
                <em>"replay a week of this"</em>
                " does the same for your own traffic."
            </p>
        </section>
    }
    .into_markup()
}

fn share(value: f64) -> String {
    const PERCENT: f64 = 100.0;
    format!(
        "{} %",
        format::number(format::significant(PERCENT * value, 4))
    )
}

fn side_by_side(
    caption: &'static str,
    what: &'static str,
    rows: &[Compared],
    words: fn(f64) -> String,
) -> Markup {
    const PERCENT: f64 = 100.0;
    let rows = rows.iter().map(|row| {
        let off = PERCENT * (row.formula / row.simulated - 1.0);
        view! {
            <tr>
                <th scope="row">{row.load.clone()}</th>
                <td data-label="Formula" class="num">{words(row.formula)}</td>
                <td data-label="Simulation" class="num">{format!("{} ± {}", words(row.simulated), words(row.half_width))}</td>
                <td data-label="Off by" class="num">{format!("{off:+.1} %")}</td>
            </tr>
        }
    });
    let rows = rows.collect_view();
    view! {
        <h3>{caption}</h3>
        <p class="aside">{what}</p>
        <table class="stack compact">
            <caption class="visually-hidden">{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"Load"</th><th scope="col" class="num">"Formula"</th>
                    <th scope="col" class="num">"Simulation"</th><th scope="col" class="num">"Off by"</th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_markup()
}

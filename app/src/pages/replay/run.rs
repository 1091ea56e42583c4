//! One option: what the averages hide, its figures beside the formulas', its chart, its bill.

use leptos::prelude::*;
use model::replay::{Figures, Run};

use crate::charts::replay;
use crate::components::figure::ReplayFigure;
use crate::components::verdict::family_class;
use crate::format;
use crate::markup::{IntoMarkup as _, Markup};

/// Differences below this are none to speak of, in per cent.
const NONE: f64 = 0.05;

/// One option of one component, in its place among the runs of the replay at `base`; named where there are several
/// components.
pub(super) fn section(run: &Run, base: String, place: usize, named: bool) -> Markup {
    let head = if named {
        format!("{}: {}", run.component, run.label)
    } else {
        run.label.clone()
    };
    let notes = run
        .notes
        .iter()
        .map(|note| view! { <p class="aside">{note.clone()}</p> });
    let notes = notes.collect_view();
    let chart =
        replay::drawing(run).map(|drawing| view! { <ReplayFigure base index=place drawing/> });
    let bill = run.bill.lines.iter().map(|line| {
        view! {
            <tr>
                <th scope="row">{line.name.clone()}</th>
                <td data-label="A month" class="num">{format::usd_cents(line.amount_usd)}</td>
            </tr>
        }
    });
    let bill = bill.collect_view();
    let id = format!("run-{place}");
    let total = format::usd_cents(run.bill.monthly_usd);
    view! {
        <section class=format!("wide run {}", family_class(run.family)) aria-labelledby=id.clone()>
            <h2 id=id.clone()>{head}</h2>
            <p class="hides">{run.hides.clone()}</p>
            {notes}
            {figures(run)}
            {chart}
            <details>
                <summary>{format!("Its bill, brought to a month: {total}")}</summary>
                <table class="stack compact">
                    <caption class="visually-hidden">{format!("Bill of {}", run.label)}</caption>
                    <thead><tr><th scope="col">"Line"</th><th scope="col" class="num">"A month"</th></tr></thead>
                    <tbody>{bill}</tbody>
                </table>
            </details>
        </section>
    }
    .into_markup()
}

/// A figure: its name, how it is read, how it is written, how far the formula is off.
type Row = (
    &'static str,
    fn(&Figures) -> f64,
    fn(f64) -> String,
    Option<f64>,
);

fn figures(run: &Run) -> impl IntoView + use<> {
    let off = &run.difference_pct;
    let rows: [Row; 7] = [
        (
            "Cost a month",
            |of| of.monthly_usd,
            format::usd_cents,
            off.monthly_usd,
        ),
        ("P50", |of| of.p50_ms, format::ms, off.p50_ms),
        ("P95", |of| of.p95_ms, format::ms, off.p95_ms),
        ("P99", |of| of.p99_ms, format::ms, off.p99_ms),
        ("P99.9", |of| of.p999_ms, format::ms, off.p999_ms),
        (
            "Cold starts",
            |of| of.cold_start_probability,
            format::percent,
            off.cold_start_probability,
        ),
        (
            "Running on average",
            |of| of.instances,
            running,
            off.instances,
        ),
    ];
    let lines = rows.into_iter().filter_map(|(name, of, words, difference)| {
        let (formula, simulated) = (of(&run.formula), of(&run.simulated));
        if formula <= 0.0 && simulated <= 0.0 {
            return None;
        }
        let around = run.half_width.as_ref().map(of).filter(|width| *width > 0.0);
        let around = around.map(|width| view! { <span class="around">{format!(" ± {}", words(width))}</span> });
        Some(view! {
            <tr>
                <th scope="row">{name}</th>
                <td data-label="Formula" class="num">{words(formula)}</td>
                <td data-label="Replay" class="num strong">{words(simulated)} {around}</td>
                <td data-label="Formula is off by" class="num">{difference.map_or_else(|| none(formula).to_owned(), signed)}</td>
            </tr>
        })
    });
    let lines = lines.collect_view();
    let lost = lost(run).map(|words| view! { <p>{words}</p> });
    view! {
        <table class="stack figures-beside">
            <caption class="visually-hidden">{format!("{}: formulas and replay", run.label)}</caption>
            <thead>
                <tr>
                    <th scope="col">"Figure"</th><th scope="col" class="num">"Formula"</th>
                    <th scope="col" class="num">"Replay"</th><th scope="col" class="num">"Formula is off by"</th>
                </tr>
            </thead>
            <tbody>{lines}</tbody>
        </table>
        {lost}
    }
}

/// Why nothing is compared.
fn none(formula: f64) -> &'static str {
    if formula > 0.0 {
        "too few to say"
    } else {
        "no formula"
    }
}

fn running(count: f64) -> String {
    format::number(format::significant(count, 3))
}

/// What did not get its answer.
fn lost(run: &Run) -> Option<String> {
    let parts = [
        ("refused", run.throttled_share),
        ("gave up waiting", run.failed_share),
        ("waited for a processor or a place", run.queued_share),
    ];
    let said: Vec<String> = parts
        .into_iter()
        .filter(|(_, share)| *share > 0.0)
        .map(|(what, share)| format!("{} {what}", format::percent(share)))
        .collect();
    (!said.is_empty()).then(|| format!("Of the requests {}.", said.join(", ")))
}

/// `+1.2 %`, `−0.3 %`.
fn signed(percent: f64) -> String {
    if percent.abs() < NONE {
        return "0 %".to_owned();
    }
    let digits = usize::from(percent.abs() < 10.0);
    let sign = if percent > 0.0 { "+" } else { "\u{2212}" };
    format!("{sign}{:.digits$} %", percent.abs())
}

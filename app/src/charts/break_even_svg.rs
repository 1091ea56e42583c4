//! The same chart as an SVG that the server draws: there before any script, and
//! without one. Colours come from classes, because the page forbids style attributes.

use std::fmt::Write as _;

use leptos::prelude::*;

use super::break_even::{BreakEvenPlot, PlotLine, label_heights};
use crate::components::verdict::family_class;
use crate::format;

const WIDTH: f64 = 820.0;
const HEIGHT: f64 = 420.0;
const LEFT: f64 = 64.0;
const RIGHT: f64 = 144.0;
const TOP: f64 = 36.0;
const BOTTOM: f64 = 56.0;
const NAME_GAP: f64 = 18.0;

/// Turns amounts into places.
struct Scale {
    x: (f64, f64),
    y: (f64, f64),
}

impl Scale {
    fn of(plot: &BreakEvenPlot) -> Self {
        let log = |range: (f64, f64)| (range.0.log10(), range.1.log10());
        Self {
            x: log(plot.x),
            y: log(plot.y),
        }
    }

    fn x(&self, requests: f64) -> f64 {
        LEFT + (requests.log10() - self.x.0) / (self.x.1 - self.x.0) * (WIDTH - LEFT - RIGHT)
    }

    fn height(&self, log_usd: f64) -> f64 {
        HEIGHT - BOTTOM - (log_usd - self.y.0) / (self.y.1 - self.y.0) * (HEIGHT - TOP - BOTTOM)
    }

    fn y(&self, usd: f64) -> f64 {
        self.height(usd.log10())
    }
}

/// The drawing; what it shows is said beside it, so it is hidden from readers.
#[must_use]
pub fn svg(plot: &BreakEvenPlot) -> impl IntoView + use<> {
    let scale = Scale::of(plot);
    let gap = NAME_GAP * (scale.y.1 - scale.y.0) / (HEIGHT - TOP - BOTTOM);
    let heights = label_heights(plot, gap);
    let lines = plot
        .lines
        .iter()
        .zip(heights)
        .map(|(line, height)| path(line, height, &scale))
        .collect_view();
    let crossings = plot
        .crossings
        .iter()
        .map(|point| view! { <circle class="crossing" cx=place(scale.x(point.requests)) cy=place(scale.y(point.usd)) r="4.5" stroke-width="2"/> })
        .collect_view();
    view! {
        <svg viewBox=format!("0 0 {WIDTH} {HEIGHT}") aria-hidden="true" focusable="false">
            {rules(plot, &scale)}
            {here(plot, &scale)}
            {lines}
            {crossings}
        </svg>
    }
}

fn place(value: f64) -> String {
    format!("{value:.1}")
}

/// Powers of ten within a range.
fn decades(range: (f64, f64)) -> impl Iterator<Item = f64> {
    let first = range.0.log10().ceil();
    std::iter::successors(Some(first), |exponent| Some(exponent + 1.0))
        .map(|exponent| 10f64.powf(exponent))
        .take_while(move |value| *value <= range.1 * 1.000_001)
}

fn rules(plot: &BreakEvenPlot, scale: &Scale) -> impl IntoView + use<> {
    let across = decades(plot.y).map(|usd| {
        let y = place(scale.y(usd));
        let text = format!("${}", format::number(usd));
        view! {
            <line class="rule" x1=LEFT x2=WIDTH - RIGHT y1=y.clone() y2=y.clone()/>
            <text class="tick" x=LEFT - 8.0 y=y text-anchor="end" dominant-baseline="middle">{text}</text>
        }
    });
    let along = decades(plot.x).map(|requests| {
        let x = place(scale.x(requests));
        view! { <text class="tick" x=x y=HEIGHT - BOTTOM + 20.0 text-anchor="middle">{short_count(requests)}</text> }
    });
    view! {
        {across.collect_view()}
        {along.collect_view()}
        <text class="tick" x=LEFT y=TOP - 18.0 text-anchor="middle">"$ a month"</text>
        <text class="tick" x=f64::midpoint(LEFT, WIDTH - RIGHT) y=HEIGHT - 8.0 text-anchor="middle">"Requests a month"</text>
    }
}

/// `10k`, `1M`: an axis has no room for words.
fn short_count(value: f64) -> String {
    match value {
        _ if value >= 1e12 => format!("{}T", value / 1e12),
        _ if value >= 1e9 => format!("{}G", value / 1e9),
        _ if value >= 1e6 => format!("{}M", value / 1e6),
        _ if value >= 1e3 => format!("{}k", value / 1e3),
        _ => format!("{value}"),
    }
}

fn here(plot: &BreakEvenPlot, scale: &Scale) -> impl IntoView + use<> {
    plot.here.map(|requests| {
        let x = place(scale.x(requests));
        view! {
            <line class="here" x1=x.clone() x2=x.clone() y1=TOP y2=HEIGHT - BOTTOM stroke-width="1.5"/>
            <text class="here-name" x=x y=TOP - 8.0 text-anchor="middle">"you are here"</text>
        }
    })
}

fn path(line: &PlotLine, height: f64, scale: &Scale) -> impl IntoView + use<> {
    let class = format!("line {}", family_class(line.family));
    let mut drawn = String::new();
    for (index, (requests, usd)) in line.points.iter().enumerate() {
        let verb = if index == 0 { 'M' } else { 'L' };
        let _ = write!(
            drawn,
            "{verb}{} {}",
            place(scale.x(*requests)),
            place(scale.y(*usd))
        );
    }
    let dashes = (line.family == model::evaluation::Family::Serverless).then_some("7 5");
    view! {
        <path class=class.clone() d=drawn fill="none" stroke-width="2.5" stroke-dasharray=dashes/>
        <text class=format!("name {class}") x=WIDTH - RIGHT + 8.0 y=place(scale.height(height)) dominant-baseline="middle">{line.label.clone()}</text>
    }
}

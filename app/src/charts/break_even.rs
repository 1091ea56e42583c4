//! Cost over traffic, both logarithmic, with the points at which the order flips and
//! where the reader stands.

mod draw;
mod table;

use model::Parts;
use model::evaluation::{
    BreakEven, BreakEvenKind, ComponentEvaluation, CostCurve, CostSeries, Family,
};
use model::growth::horizon_months;
use model::system::System;

pub(super) use draw::points;

use super::charted::{charted, cheapest_side, decisive};
use super::drawing::{Drawing, Layout};
use super::ink::{decade_above, decade_below, reading};
use super::names::short;
use super::{Chart, Source, Subject};
use crate::format;

/// The chart.
pub(super) const CHART: Chart = Chart {
    id: "break_even",
    name: "Cost over requests a month",
    source: Source::Evaluation {
        parts: Parts {
            break_even: true,
            confidence: true,
            ..Parts::NONE
        },
        draw: drawing,
    },
};

/// After how the lines differ.
const SENTENCE: &str = "the lines are the options that lead their side. A ring marks each point at which the cheapest option changes sides.";
/// Said where there are bands.
const SHADED: &str =
    " A shade is what the ranges of the answers leave open, from the 5 % to the 95 % point.";
/// Traffic that grows by less than this share is where it was.
const SAME: f64 = 0.02;

/// A cost below this is drawn at it: a logarithmic axis has no zero.
pub(super) const LEAST_USD: f64 = 0.01;
/// How far beyond the outermost point of interest the chart goes, as a factor.
const MARGIN: f64 = 8.0;

/// What is drawn, before it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakEvenPlot {
    /// One line for each platform that fits and is priced.
    pub lines: Vec<PlotLine>,
    /// Where the order flips.
    pub crossings: Vec<Crossing>,
    /// The reader's traffic.
    pub here: Option<f64>,
    /// The traffic at the horizon, and how many months away that is.
    pub then: Option<(f64, u32)>,
    /// Requests a month, from and to.
    pub x: (f64, f64),
    /// US dollars a month, from and to.
    pub y: (f64, f64),
}

/// One platform's cost.
#[derive(Clone, Debug, PartialEq)]
pub struct PlotLine {
    /// Its name.
    pub label: String,
    /// Its side.
    pub family: Family,
    /// Requests a month and US dollars a month.
    pub points: Vec<(f64, f64)>,
    /// Requests a month, and what the ranges of the answers leave the cost between.
    pub band: Vec<(f64, f64, f64)>,
}

/// A break-even.
#[derive(Clone, Debug, PartialEq)]
pub struct Crossing {
    /// Requests a month.
    pub requests: f64,
    /// US dollars a month.
    pub usd: f64,
    /// A stair rather than a crossing.
    pub step: bool,
}

impl PlotLine {
    /// The line of a platform within the window; `None` with less than two points.
    fn of(component: &ComponentEvaluation, series: &CostSeries, x: (f64, f64)) -> Option<Self> {
        let curve = &component.cost_curve;
        let mut options = component.options.iter();
        let option = options.find(|option| option.platform == series.platform)?;
        let points: Vec<_> = curve
            .requests_per_month
            .iter()
            .zip(&series.monthly_usd)
            .filter(|(requests, _)| (x.0..=x.1).contains(*requests))
            .filter_map(|(requests, usd)| Some((*requests, usd.as_ref()?.max(LEAST_USD))))
            .collect();
        (points.len() > 1).then(|| Self {
            label: short(&option.label),
            family: option.family,
            points,
            band: band(curve, &series.platform, x),
        })
    }

    /// Every cost on it, those of its band too.
    fn costs(&self) -> impl Iterator<Item = f64> {
        let line = self.points.iter().map(|(_, usd)| *usd);
        line.chain(self.band.iter().flat_map(|(_, low, high)| [*low, *high]))
    }
}

impl BreakEvenPlot {
    /// What to draw of a component; `None` when no platform has a curve.
    #[must_use]
    pub fn of(
        component: &ComponentEvaluation,
        here: Option<f64>,
        then: Option<(f64, u32)>,
    ) -> Option<Self> {
        let here = here.filter(|requests| *requests > 0.0);
        let x = window(component, here, then.map(|(requests, _)| requests))?;
        let curve = &component.cost_curve;
        let charted = charted(component);
        let lines: Vec<_> = curve
            .options
            .iter()
            .filter(|series| charted.contains(&series.platform.as_str()))
            .filter_map(|series| PlotLine::of(component, series, x))
            .collect();
        let crossings = decisive(component)
            .into_iter()
            .filter_map(|point| crossing(component, point, x))
            .collect();
        let costs = || lines.iter().flat_map(PlotLine::costs);
        let y = (
            decade_below(costs().fold(f64::INFINITY, f64::min)),
            decade_above(costs().fold(LEAST_USD, f64::max)),
        );
        (!lines.is_empty()).then_some(Self {
            lines,
            crossings,
            here,
            then,
            x,
            y,
        })
    }

    /// The reader's traffic, now and at the horizon.
    fn marks(&self) -> impl Iterator<Item = f64> {
        let then = self.then.map(|(requests, _)| requests);
        self.here.into_iter().chain(then)
    }
}

/// The band of a platform within the window; empty where nothing was drawn from ranges.
fn band(curve: &CostCurve, platform: &str, x: (f64, f64)) -> Vec<(f64, f64, f64)> {
    let mut bands = curve.bands.iter();
    let Some(band) = bands.find(|band| band.platform == platform) else {
        return Vec::new();
    };
    let ends = band.low_usd.iter().zip(&band.high_usd);
    let points = band.requests_per_month.iter().zip(ends);
    points
        .filter(|(requests, _)| (x.0..=x.1).contains(*requests))
        .map(|(requests, (low, high))| (*requests, low.max(LEAST_USD), high.max(LEAST_USD)))
        .collect()
}

fn drawing(subject: &Subject<'_>) -> Option<Drawing> {
    drawn(subject, true)
}

/// Title, pictures and table, with or without bands.
pub(super) fn drawn(subject: &Subject<'_>, bands: bool) -> Option<Drawing> {
    let component = subject.evaluation.components.get(subject.index)?;
    let here = subject.system.traffic(subject.index);
    let mut plot = BreakEvenPlot::of(component, here, then(subject.system, subject.index))?;
    if !bands {
        plot.lines.iter_mut().for_each(|line| line.band.clear());
    }
    Some(Drawing {
        title: finding(component, here),
        sentence: sentence(&plot),
        wide: Layout::Wide.picture(draw::HEIGHT_WIDE, draw::chart(&plot, Layout::Wide)),
        narrow: Layout::Narrow.picture(draw::HEIGHT_NARROW, draw::chart(&plot, Layout::Narrow)),
        table: table::table(&plot),
    })
}

/// How to read it.
fn sentence(plot: &BreakEvenPlot) -> String {
    let sides: Vec<Family> = plot.lines.iter().map(|line| line.family).collect();
    let shaded = plot.lines.iter().any(|line| !line.band.is_empty());
    format!(
        "Cost a month over requests a month, both on logarithmic axes. {}; {SENTENCE}{}{}",
        reading(&sides),
        if shaded { SHADED } else { "" },
        beyond(plot),
    )
}

/// Said where a mark lies on no line.
fn beyond(plot: &BreakEvenPlot) -> String {
    let volumes = || {
        let points = plot.lines.iter().flat_map(|line| &line.points);
        points.map(|(requests, _)| *requests)
    };
    let first = volumes().fold(f64::INFINITY, f64::min);
    let last = volumes().fold(0.0, f64::max);
    let mut marks = plot.marks();
    if marks.all(|requests| (first..=last).contains(&requests)) {
        return String::new();
    }
    format!(
        " Costs are worked out from {} to {} requests a month; a mark beyond them lies on no line.",
        format::count(first),
        format::count(last)
    )
}

/// The traffic at the horizon, where it grows or shrinks until then.
#[must_use]
pub fn then(system: &System, index: usize) -> Option<(f64, u32)> {
    let growth = system.components.get(index)?.traffic.growth_per_month_pct?;
    let months = horizon_months(system);
    let factor = (1.0 + growth.typical() / 100.0).powf(f64::from(months));
    let requests = system.traffic(index)? * factor;
    ((factor - 1.0).abs() > SAME && requests >= 1.0).then_some((requests, months))
}

/// From well below to well above everything of interest.
pub(super) fn window(
    component: &ComponentEvaluation,
    here: Option<f64>,
    then: Option<f64>,
) -> Option<(f64, f64)> {
    let curve = &component.cost_curve.requests_per_month;
    let (first, last) = (*curve.first()?, *curve.last()?);
    let of_interest = || {
        decisive(component)
            .into_iter()
            .map(|point| point.requests_per_month)
            .chain(here)
            .chain(then)
    };
    let low = of_interest().fold(f64::INFINITY, f64::min).min(last);
    let high = of_interest().fold(0.0, f64::max);
    if high == 0.0 {
        return Some((decade_below(first), decade_above(last)));
    }
    // The mark of the reader's traffic lies on the chart, even where the curve ends before it.
    let marks = || here.into_iter().chain(then);
    let (left, right) = (
        marks().fold(f64::INFINITY, f64::min),
        marks().fold(0.0, f64::max),
    );
    Some((
        decade_below((low / MARGIN).max(first).min(left)),
        decade_above((high * MARGIN).min(last).max(right)),
    ))
}

fn crossing(component: &ComponentEvaluation, point: &BreakEven, x: (f64, f64)) -> Option<Crossing> {
    let requests = point.requests_per_month;
    let series = component
        .cost_curve
        .options
        .iter()
        .find(|series| series.platform == point.cheaper_above)?;
    let curve = &component.cost_curve.requests_per_month;
    let above = curve.iter().position(|at| *at >= requests)?;
    let usd = series.monthly_usd[above].or_else(|| series.monthly_usd[above.saturating_sub(1)])?;
    let within = (x.0..=x.1).contains(&requests);
    within.then_some(Crossing {
        requests,
        usd: usd.max(LEAST_USD),
        step: point.kind == BreakEvenKind::Step,
    })
}

/// Where the reader stands, as a sentence; the finding of the chart.
#[must_use]
pub fn finding(component: &ComponentEvaluation, here: Option<f64>) -> String {
    let name = |id: &str| {
        component
            .options
            .iter()
            .find(|option| option.platform == id)
            .map_or_else(|| id.to_owned(), |option| option.label.clone())
    };
    let Some(nearest) = nearest(component, here) else {
        let side = match cheapest_side(component, here.unwrap_or(1.0)) {
            Some(Family::Serverless) => "functions are",
            Some(Family::Containers) => "containers are",
            _ => "one side is",
        };
        return format!("No break-even: {side} the cheapest at every volume shown");
    };
    let at = format::count(nearest.requests_per_month);
    let other = nearest
        .between
        .iter()
        .find(|id| **id != nearest.cheaper_above)
        .map_or("", String::as_str);
    let now = here.map_or_else(String::new, |requests| {
        format!("; you are at {}", format::count(requests))
    });
    format!(
        "{} beats {} from about {at} requests a month{now}",
        name(&nearest.cheaper_above),
        name(other)
    )
}

/// The break-even that the reader would meet first, in either direction: between
/// serverless and containers if there is one, else between any two.
#[must_use]
pub fn nearest(component: &ComponentEvaluation, here: Option<f64>) -> Option<&BreakEven> {
    let family = |id: &str| {
        component
            .options
            .iter()
            .find(|option| option.platform == id)
            .map(|option| option.family)
    };
    let distance = |point: &BreakEven| {
        let from = here.filter(|requests| *requests > 0.0).unwrap_or(1.0);
        (point.requests_per_month / from).ln().abs()
    };
    let rank = |point: &BreakEven| {
        (
            family(&point.between[0]) == family(&point.between[1]),
            distance(point),
        )
    };
    decisive(component).into_iter().min_by(|one, other| {
        let (one, other) = (rank(one), rank(other));
        one.0.cmp(&other.0).then(one.1.total_cmp(&other.1))
    })
}

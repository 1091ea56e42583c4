//! Cost over traffic, both logarithmic, with the points at which the order flips and
//! where the reader stands.

use charming::Chart;
use charming::component::{Axis, Grid};
use charming::datatype::DataPoint;
use charming::element::{
    AxisLabel, AxisLine, AxisType, ItemStyle, Label, LabelPosition, LineStyle, LineStyleType,
    MarkLine, MarkLineData, MarkLineVariant, NameLocation, SplitLine, Symbol, Tooltip, Trigger,
};
use charming::series::{Line, Scatter};
use model::evaluation::{BreakEven, BreakEvenKind, ComponentEvaluation, Family};

use super::charted::{charted, cheapest_side, decisive};
use crate::format;

/// A cost below this is drawn at it: a logarithmic axis has no zero.
const LEAST_USD: f64 = 0.01;
/// How far beyond the outermost point of interest the chart goes, as a factor.
const MARGIN: f64 = 20.0;

/// What is drawn, before it is drawn.
#[derive(Clone, Debug, PartialEq)]
pub struct BreakEvenPlot {
    /// One line for each platform that fits and is priced.
    pub lines: Vec<PlotLine>,
    /// Where the order flips.
    pub crossings: Vec<Crossing>,
    /// The reader's traffic.
    pub here: Option<f64>,
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

impl BreakEvenPlot {
    /// What to draw of a component; `None` when no platform has a curve.
    #[must_use]
    pub fn of(component: &ComponentEvaluation, here: Option<f64>) -> Option<Self> {
        let here = here.filter(|requests| *requests > 0.0);
        let x = window(component, here)?;
        let curve = &component.cost_curve;
        let charted = charted(component);
        let lines: Vec<_> = curve
            .options
            .iter()
            .filter(|series| charted.contains(&series.platform.as_str()))
            .filter_map(|series| {
                let option = component
                    .options
                    .iter()
                    .find(|option| option.platform == series.platform)?;
                let points: Vec<_> = curve
                    .requests_per_month
                    .iter()
                    .zip(&series.monthly_usd)
                    .filter(|(requests, _)| (x.0..=x.1).contains(*requests))
                    .filter_map(|(requests, usd)| Some((*requests, usd.as_ref()?.max(LEAST_USD))))
                    .collect();
                (points.len() > 1).then(|| PlotLine {
                    label: short(&option.label),
                    family: option.family,
                    points,
                })
            })
            .collect();
        let crossings = decisive(component)
            .into_iter()
            .filter_map(|point| crossing(component, point, x))
            .collect();
        let costs = || {
            lines
                .iter()
                .flat_map(|line| line.points.iter().map(|(_, usd)| *usd))
        };
        let y = (
            decade(costs().fold(f64::INFINITY, f64::min)),
            decade_above(costs().fold(LEAST_USD, f64::max)),
        );
        (!lines.is_empty()).then_some(Self {
            lines,
            crossings,
            here,
            x,
            y,
        })
    }
}

/// A name without its vendor's: the line's end has little room.
fn short(label: &str) -> String {
    label
        .trim_start_matches("AWS ")
        .trim_start_matches("Amazon ")
        .replace(" with provisioned concurrency", " provisioned")
        .replace(" with SnapStart", " SnapStart")
        .replace("Managed Instances", "Managed")
}

/// From well below to well above everything of interest.
fn window(component: &ComponentEvaluation, here: Option<f64>) -> Option<(f64, f64)> {
    let curve = &component.cost_curve.requests_per_month;
    let (first, last) = (*curve.first()?, *curve.last()?);
    let of_interest = || {
        decisive(component)
            .into_iter()
            .map(|point| point.requests_per_month)
            .chain(here)
    };
    let low = of_interest().fold(f64::INFINITY, f64::min).min(last);
    let high = of_interest().fold(0.0, f64::max);
    if high == 0.0 {
        return Some((decade(first), decade_above(last)));
    }
    // The mark of the reader's traffic lies on the chart, even where the curve ends before it.
    let (left, right) = (here.unwrap_or(first), here.unwrap_or(0.0));
    Some((
        decade((low / MARGIN).max(first).min(left)),
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

fn decade(usd: f64) -> f64 {
    10f64.powi(whole(usd.log10().floor()))
}

fn decade_above(usd: f64) -> f64 {
    10f64.powi(whole(usd.log10().ceil()))
}

#[expect(
    clippy::cast_possible_truncation,
    reason = "exponents of ten of a cost, far below 2^31"
)]
fn whole(exponent: f64) -> i32 {
    exponent as i32
}

/// Names of lines that end close to each other, spread so that none covers another.
/// Positions are logarithms of the cost; the result has the order of the lines.
#[must_use]
pub fn label_heights(plot: &BreakEvenPlot, gap: f64) -> Vec<f64> {
    let end = |line: &PlotLine| line.points.last().map_or(0.0, |(_, usd)| usd.log10());
    let mut order: Vec<_> = plot.lines.iter().map(end).enumerate().collect();
    order.sort_by(|one, other| one.1.total_cmp(&other.1));
    for index in 1..order.len() {
        order[index].1 = order[index].1.max(order[index - 1].1 + gap);
    }
    let mut highest = plot.y.1.log10();
    for (_, height) in order.iter_mut().rev() {
        *height = height.min(highest);
        highest = *height - gap;
    }
    let mut heights = vec![0.0; order.len()];
    for (index, height) in order {
        heights[index] = height;
    }
    heights
}

/// The custom property of a family's colour.
#[must_use]
pub const fn colour(family: Family) -> &'static str {
    match family {
        Family::Serverless => "var(--serverless)",
        Family::Containers => "var(--containers)",
        Family::Either | Family::Hybrid | Family::None => "var(--ink)",
    }
}

/// The chart.
#[must_use]
pub fn break_even(plot: &BreakEvenPlot) -> Chart {
    let mut chart = Chart::new()
        .grid(Grid::new().left(64).right(144).top(36).bottom(56))
        .tooltip(Tooltip::new().trigger(Trigger::Axis))
        .x_axis(
            axis("Requests a month", plot.x)
                .name_gap(32)
                .axis_label(AxisLabel::new().color("var(--ink-soft)")),
        )
        .y_axis(
            axis("$ a month", plot.y)
                .name_gap(16)
                .axis_label(
                    AxisLabel::new()
                        .color("var(--ink-soft)")
                        .formatter("${value}"),
                )
                .split_line(SplitLine::new().line_style(LineStyle::new().color("var(--rule)"))),
        );
    let heights = label_heights(plot, 0.06 * (plot.y.1 / plot.y.0).log10());
    for (index, line) in plot.lines.iter().enumerate() {
        let mut series = Line::new()
            .name(line.label.clone())
            .show_symbol(false)
            .line_style(stroke(line.family))
            .item_style(ItemStyle::new().color(colour(line.family)))
            .data(
                line.points
                    .iter()
                    .map(|(x, y)| DataPoint::from(vec![*x, *y]))
                    .collect(),
            );
        if index == 0 {
            series = series.mark_line(here(plot));
        }
        chart = chart
            .series(series)
            .series(name(line, heights[index], plot.x.1));
    }
    chart.series(crossings(plot))
}

fn axis(name: &str, range: (f64, f64)) -> Axis {
    Axis::new()
        .type_(AxisType::Log)
        .name(name)
        .name_location(if name.starts_with('$') {
            NameLocation::End
        } else {
            NameLocation::Middle
        })
        .min(range.0)
        .max(range.1)
        .axis_line(AxisLine::new().show(!name.starts_with('$')))
        .split_line(SplitLine::new().show(false))
}

fn stroke(family: Family) -> LineStyle {
    let style = LineStyle::new().color(colour(family)).width(2.5);
    if family == Family::Serverless {
        style.type_(LineStyleType::Dashed)
    } else {
        style
    }
}

/// A line's name at its end: a point of no size with a label.
fn name(line: &PlotLine, height: f64, right: f64) -> Scatter {
    Scatter::new()
        .symbol_size(0.01)
        .item_style(ItemStyle::new().color(colour(line.family)))
        .label(
            Label::new()
                .show(true)
                .position(LabelPosition::Right)
                .formatter(line.label.as_str())
                .color(colour(line.family)),
        )
        .data(vec![DataPoint::from(vec![right, 10f64.powf(height)])])
}

fn here(plot: &BreakEvenPlot) -> MarkLine {
    let label = Label::new()
        .show(true)
        .formatter("you are here")
        .color("var(--ink)");
    let data = plot
        .here
        .map(|requests| MarkLineVariant::Simple(MarkLineData::new().x_axis(requests)));
    MarkLine::new()
        .symbol(vec![Symbol::None, Symbol::None])
        .label(label)
        .line_style(
            LineStyle::new()
                .color("var(--ink)")
                .width(1.5)
                .type_(LineStyleType::Solid),
        )
        .data(data.into_iter().collect())
}

fn crossings(plot: &BreakEvenPlot) -> Scatter {
    Scatter::new()
        .name("Break-even")
        .symbol_size(9)
        .item_style(
            ItemStyle::new()
                .color("var(--paper)")
                .border_color("var(--ink)")
                .border_width(2),
        )
        .data(
            plot.crossings
                .iter()
                .map(|point| DataPoint::from(vec![point.requests, point.usd]))
                .collect(),
        )
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

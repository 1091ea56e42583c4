//! The plot as a chart: lines with their names, marks of the reader's traffic, rings.

use charming::Chart;
use charming::datatype::DataPoint;
use charming::element::{
    AreaStyle, ItemStyle, LabelPosition, LineStyle, LineStyleType, MarkLine, MarkLineData,
    MarkLineVariant, Symbol, Tooltip, Trigger,
};
use charming::series::{Line, Scatter};
use model::evaluation::Family;

use super::{BreakEvenPlot, Crossing, PlotLine};
use crate::charts::drawing::Layout;
use crate::charts::ink::{self, across, colour, label, log_axis, mark, stroke, upwards};
use crate::charts::names::{broken, spread, width};
use crate::format;

pub(super) const HEIGHT_WIDE: u32 = 440;
pub(super) const HEIGHT_NARROW: u32 = 420;
/// Space between the names of two lines, as a share of the chart's height.
const GAP: f64 = 0.065;
/// How dark a band is: two of them one over the other leave the lines readable.
const SHADE: f64 = 0.13;
/// Rings closer than this, as a share of the chart's width, have one number between them.
const NEAR: f64 = 0.09;
/// How far beside a ring its number stands, and how far below or above, in pixels.
const ASIDE: f64 = 4.0;
const DOWN: f64 = 14.0;
/// What the library leaves between a point and its label, with some room around the label, in pixels.
const BESIDE: f64 = 10.0;
/// A cost that changes by less than this share from point to point stands still.
const LEVEL: f64 = 0.01;

pub(super) fn chart(plot: &BreakEvenPlot, layout: Layout) -> Chart {
    let mut chart = ink::of_named_lines(layout, 64)
        .x_axis(across(
            log_axis(layout, ink::COUNT, plot.x),
            layout,
            "Requests a month",
        ))
        .y_axis(upwards(
            log_axis(layout, ink::USD, plot.y),
            layout,
            "$ a month",
        ));
    let names: Vec<String> = plot
        .lines
        .iter()
        .map(|line| layout.pick(line.label.clone(), broken(&line.label)))
        .collect();
    let ends: Vec<f64> = plot.lines.iter().map(end).collect();
    let range = (plot.y.0.log10(), plot.y.1.log10());
    let heights = spread(&ends, &names, range, GAP);
    for (index, line) in plot.lines.iter().enumerate() {
        let rank = plot.lines[..index]
            .iter()
            .filter(|other| other.family == line.family)
            .count();
        let mut series = Line::new()
            .name(line.label.clone())
            .show_symbol(false)
            .line_style(stroke(line.family, rank))
            .item_style(ItemStyle::new().color(colour(line.family)))
            .data(points(line));
        if index == 0 {
            series = series.mark_line(here(plot, layout));
        }
        chart = chart.series(series).series(name(
            line,
            &names[index],
            heights[index],
            plot.x.1,
            layout,
        ));
    }
    let chart = plot.lines.iter().enumerate().fold(chart, shaded);
    numbered(plot)
        .into_iter()
        .fold(chart.series(rings(plot, layout)), |chart, crossing| {
            chart.series(number(crossing, plot, layout))
        })
}

/// A line's band: from an unseen line at its low end, as much upwards as it is wide.
fn shaded(chart: Chart, (index, line): (usize, &PlotLine)) -> Chart {
    if line.band.is_empty() {
        return chart;
    }
    let edge = |usd: fn(&(f64, f64, f64)) -> f64| {
        let points = line.band.iter();
        let points = points.map(|point| DataPoint::from(vec![point.0, usd(point)]));
        Line::new()
            .stack(format!("band-{index}"))
            .show_symbol(false)
            .silent(true)
            .z(1)
            .tooltip(Tooltip::new().trigger(Trigger::None))
            .line_style(LineStyle::new().opacity(0.0))
            .item_style(ItemStyle::new().color(colour(line.family)))
            .data(points.collect())
    };
    let area = AreaStyle::new().color(colour(line.family)).opacity(SHADE);
    chart
        .series(edge(|(_, low, _)| *low))
        .series(edge(|(_, low, high)| high - low).area_style(area))
}

/// The points of a line. A fleet grows by whole units: where its cost stood still, it stands until the next unit is
/// needed, and is a stair.
pub(in crate::charts) fn points(line: &PlotLine) -> Vec<DataPoint> {
    let mut drawn: Vec<DataPoint> = Vec::with_capacity(line.points.len());
    let mut before: Option<(f64, f64)> = None;
    let mut flat = false;
    for &(x, y) in &line.points {
        if let Some((_, level)) = before {
            let stays = (y - level).abs() <= LEVEL * level;
            if flat && !stays && line.family == Family::Containers {
                drawn.push(DataPoint::from(vec![x, level]));
            }
            flat = stays;
        }
        drawn.push(DataPoint::from(vec![x, y]));
        before = Some((x, y));
    }
    drawn
}

/// The logarithm of a line's last cost.
fn end(line: &PlotLine) -> f64 {
    line.points.last().map_or(0.0, |(_, usd)| usd.log10())
}

/// A line's name at its end: a point of no size with a label.
fn name(line: &PlotLine, text: &str, height: f64, right: f64, layout: Layout) -> Scatter {
    Scatter::new()
        .symbol_size(0.01)
        .item_style(ItemStyle::new().color(colour(line.family)).opacity(1.0))
        .label(label(layout, text, colour(line.family)).position(LabelPosition::Right))
        .data(vec![DataPoint::from(vec![right, 10f64.powf(height)])])
}

/// The reader's traffic.
fn here(plot: &BreakEvenPlot, layout: Layout) -> MarkLine {
    let place = plot
        .here
        .map(|requests| place(requests, "you are here", 4.0, layout));
    upright(place, LineStyleType::Solid)
}

/// The traffic at the horizon. Its name stands above the other, so that they may come close.
fn then(plot: &BreakEvenPlot, layout: Layout) -> MarkLine {
    let place = plot.then.map(|(requests, months)| {
        let text = match months {
            1 => "in 1 month".to_owned(),
            many => format!("in {many} months"),
        };
        place(requests, &text, 20.0, layout)
    });
    upright(place, LineStyleType::Dotted)
}

fn place(requests: f64, text: &str, distance: f64, layout: Layout) -> MarkLineVariant {
    let label = label(layout, text, "var(--ink)").distance(distance);
    MarkLineVariant::Simple(MarkLineData::new().x_axis(requests).label(label))
}

fn upright(place: Option<MarkLineVariant>, kind: LineStyleType) -> MarkLine {
    MarkLine::new()
        .symbol(vec![Symbol::None, Symbol::None])
        .z(1.0)
        .line_style(mark(kind))
        .data(place.into_iter().collect())
}

fn rings(plot: &BreakEvenPlot, layout: Layout) -> Scatter {
    let points = plot.crossings.iter();
    Scatter::new()
        .name("Break-even")
        .symbol_size(9)
        .mark_line(then(plot, layout))
        .item_style(
            ItemStyle::new()
                .color("var(--paper)")
                .border_color("var(--ink)")
                .border_width(2)
                .opacity(1.0),
        )
        .data(
            points
                .map(|point| DataPoint::from(vec![point.requests, point.usd]))
                .collect(),
        )
}

/// The rings that have room for their number.
fn numbered(plot: &BreakEvenPlot) -> Vec<&Crossing> {
    let near = (plot.x.1 / plot.x.0).powf(NEAR);
    let mut kept: Vec<&Crossing> = Vec::new();
    for crossing in &plot.crossings {
        if kept
            .last()
            .is_none_or(|before| crossing.requests > before.requests * near)
        {
            kept.push(crossing);
        }
    }
    kept
}

/// The number of a ring: below it on the right, where rising lines leave room, or above it on the left where a mark of
/// the reader's traffic would cross it there. Where both are crossed, paper hides the mark.
fn number(crossing: &Crossing, plot: &BreakEvenPlot, layout: Layout) -> Scatter {
    let text = format::count(crossing.requests);
    let decades = (plot.x.1 / plot.x.0).log10();
    let factor = |pixels: f64| 10f64.powf(pixels / ink::room(layout) * decades);
    let (near, far) = (
        factor(ASIDE),
        factor(ASIDE + BESIDE + width(&text, ink::font_size(layout))),
    );
    let at = crossing.requests;
    let crossed = |from: f64, to: f64| plot.marks().any(|mark| (from..=to).contains(&mark));
    let (right, left) = (
        crossed(at * near, at * far),
        crossed(at / far, at / near) || at / far < plot.x.0,
    );
    let words = label(layout, &text, "var(--ink)");
    let words = match (right, left) {
        (true, false) => words.position(LabelPosition::Left).offset((-ASIDE, -DOWN)),
        (true, true) => ink::on_paper(words)
            .position(LabelPosition::Right)
            .offset((ASIDE, DOWN)),
        _ => words.position(LabelPosition::Right).offset((ASIDE, DOWN)),
    };
    Scatter::new()
        .symbol_size(0.01)
        .item_style(ItemStyle::new().color("var(--ink)").opacity(1.0))
        .label(words)
        .data(vec![DataPoint::from(vec![crossing.requests, crossing.usd])])
}

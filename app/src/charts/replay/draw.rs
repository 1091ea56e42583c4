//! The replay as a chart: two panels, one above the other, over the same time.

use charming::Chart;
use charming::component::{Axis, Grid};
use charming::datatype::DataPoint;
use charming::element::{
    AxisLabel, AxisLine, AxisTick, AxisType, ItemStyle, LabelPosition, LineStyle, LineStyleType,
    SplitLine, Tooltip, Trigger,
};
use charming::series::{Line, Scatter};
use model::replay::Run;
use model::simulation::Bucket;

use super::{HOURS_PER_DAY, SECONDS_PER_HOUR};
use crate::charts::drawing::Layout;
use crate::charts::ink::{self, colour, label, upwards};
use crate::charts::names::spread;

pub(super) const HEIGHTS: (u32, u32) = (440, 460);
/// Where each panel begins and how high it is, in percent of the chart's height.
const TIMES: (u32, u32) = (9, 44);
const FLEET: (u32, u32) = (68, 22);
const NOON: f64 = 12.0;
/// From so many hours on, days are named.
const DAYS_FROM: f64 = 47.0;
/// Parts of an axis between its rules.
const PARTS: f64 = 4.0;
/// Space between two names, as a share of the panel's height.
const GAP: f64 = 0.2;
/// The part of the time at whose height a name stands.
const LAST_PART: usize = 12;
/// Nothing is faster than this on the axis, in milliseconds.
const FASTEST_MS: f64 = 0.1;

/// What a line of a panel says of a part of the time.
type Of = fn(&Bucket) -> f64;

pub(super) fn chart(run: &Run, layout: Layout) -> Chart {
    let chart = Chart::new().tooltip(Tooltip::new().trigger(Trigger::Axis));
    let hue = colour(run.family);
    let span = Span::of(run);
    let chart = panel(chart, TIMES, layout)
        .x_axis(span.axis(0.0, false, layout))
        .y_axis(times_axis(run, layout));
    let chart = panel(chart, FLEET, layout)
        .x_axis(span.axis(1.0, true, layout))
        .y_axis(fleet_axis(run, layout));
    let ends = [
        at_the_end(run, |bucket| bucket.alive_mean),
        at_the_end(run, |bucket| bucket.busy_mean),
    ];
    let names = ["Alive".to_owned(), "Busy".to_owned()];
    let heights = spread(&ends, &names, (0.0, fleet_top(run).1), GAP);
    let lines: [(f64, &str, LineStyleType, f64, Of); 4] = [
        (0.0, "P99", LineStyleType::Solid, 1.75, |bucket| {
            bucket.p99_ms
        }),
        (0.0, "P50", LineStyleType::Dotted, 1.75, |bucket| {
            bucket.p50_ms
        }),
        (1.0, "Alive", LineStyleType::Solid, 1.75, |bucket| {
            bucket.alive_mean
        }),
        (1.0, "Busy", LineStyleType::Dotted, 1.75, |bucket| {
            bucket.busy_mean
        }),
    ];
    lines
        .into_iter()
        .fold(chart, |chart, (panel, name, kind, width, of)| {
            let style = LineStyle::new().color(hue).width(width).type_(kind);
            let chart = chart.series(line(run, panel, name, style, of));
            let height = match name {
                "Alive" => heights[0],
                "Busy" => heights[1],
                _ => at_the_end(run, of),
            };
            chart.series(end(run, panel, (name, span.hours, height), layout))
        })
}

/// The height of a line in the last part of the time, where its name stands.
fn at_the_end(run: &Run, of: Of) -> f64 {
    let last = run.timeline.len() / LAST_PART;
    let values: Vec<f64> = run
        .timeline
        .iter()
        .rev()
        .take(last.max(1))
        .map(of)
        .collect();
    model::replay::mean(&values)
}

/// The name of a line at its right end.
fn end(run: &Run, panel: f64, (name, at, height): (&str, f64, f64), layout: Layout) -> Scatter {
    let hue = colour(run.family);
    Scatter::new()
        .x_axis_index(panel)
        .y_axis_index(panel)
        .symbol_size(0.01)
        .item_style(ItemStyle::new().color(hue).opacity(1.0))
        .label(label(layout, name, hue).position(LabelPosition::Right))
        .data(vec![DataPoint::from(vec![at, height])])
}

fn panel(chart: Chart, (top, height): (u32, u32), layout: Layout) -> Chart {
    chart.grid(
        Grid::new()
            .left(layout.pick(64, 52))
            .right(layout.pick(64, 44))
            .top(format!("{top}%"))
            .height(format!("{height}%")),
    )
}

/// The hours of the replay.
#[derive(Clone, Copy)]
struct Span {
    hours: f64,
}

impl Span {
    fn of(run: &Run) -> Self {
        let last = run.timeline.last().map_or(0.0, |bucket| bucket.start_s);
        let step = run.timeline.get(1).map_or(last, |bucket| bucket.start_s);
        Self {
            hours: ((last + step) / SECONDS_PER_HOUR).max(1.0 / SECONDS_PER_HOUR),
        }
    }

    fn axis(self, index: f64, last: bool, layout: Layout) -> Axis {
        let labels = AxisLabel::new()
            .show(last)
            .color("var(--ink-soft)")
            .font_size(ink::font_size(layout));
        let axis = Axis::new()
            .type_(AxisType::Value)
            .grid_index(index)
            .min(0)
            .max(self.hours)
            .axis_tick(
                AxisTick::new()
                    .show(last)
                    .line_style(LineStyle::new().color("var(--ink-soft)")),
            )
            .axis_line(AxisLine::new().show(false).on_zero(false))
            .split_line(SplitLine::new().show(false));
        let days = (self.hours / HOURS_PER_DAY).ceil();
        if self.hours >= DAYS_FROM && days <= 7.0 {
            let noons = (0..7_u32).map(|day| f64::from(day) * HOURS_PER_DAY + NOON);
            let noons = noons.filter(|noon| *noon < self.hours);
            let labels = noons.fold(labels.formatter(ink::DAY), AxisLabel::custom_values);
            axis.interval(HOURS_PER_DAY).axis_label(labels)
        } else {
            axis.axis_label(labels.formatter("{value} h"))
        }
    }
}

fn times_axis(run: &Run, layout: Layout) -> Axis {
    let times = || {
        let both = run
            .timeline
            .iter()
            .flat_map(|bucket| [bucket.p50_ms, bucket.p99_ms]);
        both.filter(|ms| *ms > 0.0)
    };
    let fastest = times().fold(f64::INFINITY, f64::min);
    let slowest = times().fold(0.0, f64::max);
    let range = if slowest > 0.0 {
        (
            ink::nice_below(fastest.max(FASTEST_MS)),
            ink::nice_above(slowest * 1.01),
        )
    } else {
        (1.0, 10.0)
    };
    upwards(
        ink::log_axis(layout, ink::MS, range),
        layout,
        "Response time",
    )
    .grid_index(0)
}

/// The interval of the rules of the lower panel, and its top.
fn fleet_top(run: &Run) -> (f64, f64) {
    let all = run
        .timeline
        .iter()
        .flat_map(|bucket| [bucket.alive_mean, bucket.busy_mean]);
    let highest = all.fold(1.0, f64::max);
    let interval = ink::nice_above(highest / PARTS).max(1.0);
    (interval, (highest / interval).ceil() * interval)
}

fn fleet_axis(run: &Run, layout: Layout) -> Axis {
    let (interval, most) = fleet_top(run);
    let labels = AxisLabel::new()
        .color("var(--ink-soft)")
        .font_size(ink::font_size(layout))
        .formatter(ink::COUNT);
    upwards(
        Axis::new()
            .type_(AxisType::Value)
            .min(0)
            .max(most)
            .interval(interval)
            .axis_label(labels),
        layout,
        "Alive and busy",
    )
    .grid_index(1)
}

/// Rounded to three digits: what the eye sees, and a quarter of the bytes.
fn line(run: &Run, panel: f64, name: &str, style: LineStyle, of: Of) -> Line {
    let points = run
        .timeline
        .iter()
        .filter(|bucket| panel > 0.0 || of(bucket) > 0.0);
    let points = points.map(|bucket| {
        let hour = (bucket.start_s / SECONDS_PER_HOUR * 1000.0).round() / 1000.0;
        DataPoint::from(vec![hour, crate::format::significant(of(bucket), 3)])
    });
    Line::new()
        .name(name)
        .x_axis_index(panel)
        .y_axis_index(panel)
        .show_symbol(false)
        .item_style(ItemStyle::new().color(colour(run.family)))
        .line_style(style)
        .data(points.collect())
}

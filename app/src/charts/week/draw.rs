//! The week as a chart: two panels, one above the other, over the same hours.

use charming::Chart;
use charming::component::{Axis, Grid};
use charming::datatype::DataPoint;
use charming::element::{
    AxisLabel, AxisLine, AxisTick, AxisType, ItemStyle, LabelPosition, LineStyle, SplitLine, Step,
    Tooltip, Trigger,
};
use charming::series::{Line, Scatter};
use model::evaluation::Family;
use model::week::{Week, WeekOption};

use super::name;
use crate::charts::drawing::Layout;
use crate::charts::ink::{self, colour, label, stroke, title, upwards};
use crate::charts::names::{broken, spread};

pub(super) const HEIGHTS: (u32, u32) = (500, 540);
/// Where each panel begins and how high it is, in percent of the chart's height; on phones below.
const COST: [(u32, u32); 2] = [(17, 44), (23, 38)];
const UNITS: [(u32, u32); 2] = [(72, 18), (72, 18)];
/// Hours.
const WEEK: f64 = 168.0;
const DAY: f64 = 24.0;
const NOON: f64 = 12.0;
/// Parts of an axis between its rules.
const PARTS: f64 = 4.0;
/// An axis has a length even where nothing is paid.
const LEAST: f64 = 1e-6;
/// Space between two names, as a share of the panel's height.
const GAP: f64 = 0.12;

/// One line of a panel.
struct Stairs<'w> {
    option: &'w WeekOption,
    values: &'w [f64],
}

pub(super) fn chart(week: &Week, finding: &str, layout: Layout) -> Chart {
    let costs: Vec<Stairs<'_>> = week
        .options
        .iter()
        .map(|option| Stairs {
            option,
            values: &option.usd_per_hour,
        })
        .collect();
    // Environments come and go with each request: only what stands is told by its number.
    let units: Vec<Stairs<'_>> = week
        .options
        .iter()
        .filter(|option| option.family == Family::Containers)
        .map(|option| Stairs {
            option,
            values: &option.units,
        })
        .collect();
    let mut chart = Chart::new()
        .title(title(finding, layout))
        .tooltip(Tooltip::new().trigger(Trigger::Axis));
    for (index, (stairs, place, what)) in [
        (costs, COST, "$ an hour"),
        (units, UNITS, "Tasks or instances"),
    ]
    .into_iter()
    .enumerate()
    {
        let panel = Panel {
            index: if index == 0 { 0.0 } else { 1.0 },
            last: index == 1,
            place: layout.pick(place[0], place[1]),
            what,
            layout,
        };
        chart = panel.on(chart, &stairs);
    }
    chart
}

struct Panel {
    index: f64,
    last: bool,
    place: (u32, u32),
    what: &'static str,
    layout: Layout,
}

impl Panel {
    fn on(&self, chart: Chart, stairs: &[Stairs<'_>]) -> Chart {
        let layout = self.layout;
        let (top, height) = self.place;
        let words = if self.last { ink::COUNT } else { ink::USD };
        let all = || {
            stairs
                .iter()
                .flat_map(|stairs| stairs.values.iter().copied())
        };
        let highest = all().fold(0.0, f64::max).max(LEAST);
        let interval = ink::nice_above(highest / PARTS).max(if self.last { 1.0 } else { 0.0 });
        let most = (highest / interval).ceil() * interval;
        let labels = AxisLabel::new()
            .color("var(--ink-soft)")
            .font_size(ink::font_size(layout))
            .formatter(words);
        let chart = chart
            .grid(
                Grid::new()
                    .left(layout.pick(64, 56))
                    .right(layout.pick(168, 92))
                    .top(format!("{top}%"))
                    .height(format!("{height}%")),
            )
            .x_axis(self.days())
            .y_axis(
                upwards(
                    Axis::new()
                        .type_(AxisType::Value)
                        .min(0)
                        .max(most)
                        .interval(interval)
                        .axis_label(labels),
                    layout,
                    self.what,
                )
                .grid_index(self.index),
            );
        let names: Vec<String> = stairs
            .iter()
            .map(|stairs| layout.pick(name(stairs.option), broken(&name(stairs.option))))
            .collect();
        let ends: Vec<f64> = stairs
            .iter()
            .map(|stairs| stairs.values.last().copied().unwrap_or(0.0))
            .collect();
        let heights = spread(&ends, &names, (0.0, most), GAP);
        stairs
            .iter()
            .enumerate()
            .fold(chart, |chart, (place, stairs)| {
                let at = (names[place].as_str(), heights[place]);
                chart
                    .series(self.line(stairs))
                    .series(self.name(stairs, at))
            })
    }

    fn days(&self) -> Axis {
        let noons = (0..7_u32).map(|day| f64::from(day) * DAY + NOON);
        let labels = AxisLabel::new()
            .show(self.last)
            .color("var(--ink-soft)")
            .font_size(ink::font_size(self.layout))
            .formatter(ink::DAY);
        Axis::new()
            .type_(AxisType::Value)
            .grid_index(self.index)
            .min(0)
            .max(WEEK)
            .interval(DAY)
            .axis_label(noons.fold(labels, AxisLabel::custom_values))
            .axis_tick(
                AxisTick::new()
                    .show(self.last)
                    .line_style(LineStyle::new().color("var(--ink-soft)")),
            )
            .axis_line(AxisLine::new().show(false).on_zero(false))
            .split_line(SplitLine::new().show(false))
    }

    fn line(&self, stairs: &Stairs<'_>) -> Line {
        let family = stairs.option.family;
        let last = stairs.values.last();
        // The last hour lasts as long as the others.
        let values = stairs.values.iter().chain(last).enumerate();
        let hour = |hour: usize| f64::from(u32::try_from(hour).unwrap_or(0));
        Line::new()
            .name(name(stairs.option))
            .x_axis_index(self.index)
            .y_axis_index(self.index)
            .step(Step::End)
            .show_symbol(false)
            .line_style(stroke(family, 0).width(2.0))
            .item_style(ItemStyle::new().color(colour(family)))
            .data(
                values
                    .map(|(at, value)| DataPoint::from(vec![hour(at), *value]))
                    .collect(),
            )
    }

    fn name(&self, stairs: &Stairs<'_>, (text, height): (&str, f64)) -> Scatter {
        let colour = colour(stairs.option.family);
        Scatter::new()
            .x_axis_index(self.index)
            .y_axis_index(self.index)
            .symbol_size(0.01)
            .item_style(ItemStyle::new().color(colour).opacity(1.0))
            .label(label(self.layout, text, colour).position(LabelPosition::Right))
            .data(vec![DataPoint::from(vec![WEEK, height])])
    }
}

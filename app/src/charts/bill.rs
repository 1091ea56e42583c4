//! What each option's bill is made of: a bar for each option, stacked by group.

use charming::component::Axis;
use charming::datatype::{DataPoint, DataPointItem};
use charming::element::{AxisLabel, AxisType, ItemStyle, LabelPosition, Tooltip, Trigger};
use charming::series::{Bar, Scatter};
use model::Parts;
use model::bill::{Bill, Group};
use model::evaluation::{ComponentEvaluation, PlatformOption};

use super::drawing::{Drawing, Layout, Table};
use super::ink::{self, across, colour};
use super::names::{short, width};
use super::{Chart, Source, Subject, rows};
use crate::format;

/// The chart.
pub(super) const CHART: Chart = Chart {
    id: "bill",
    name: "What the bills are made of",
    source: Source::Evaluation {
        parts: Parts {
            bill: true,
            ..Parts::NONE
        },
        draw: drawing,
    },
};

const SENTENCE: &str = "A month's bill of each option, by what it is for; the parts lie in the same order in every bar, from compute on, paler with each. What is credited lies left of zero.";
/// Room around a word on a part of a bar, in pixels.
const AROUND: f64 = 6.0;
/// An option dearer than the cheapest by this factor would press all others to the edge.
const WITHIN: f64 = 30.0;
/// How dark the parts are, in their order.
const SHADES: [f64; 5] = [1.0, 0.7, 0.48, 0.32, 0.2];
/// On what is darker than this words are written in the colour of paper.
const DARK: f64 = 0.6;
/// The height of a bar, in pixels.
const BAR: f64 = 24.0;

/// A bar.
struct Row<'e> {
    option: &'e PlatformOption,
    bill: &'e Bill,
}

fn drawing(subject: &Subject<'_>) -> Option<Drawing> {
    let component = subject.evaluation.components.get(subject.index)?;
    let bars = bars(component);
    let groups = groups(&bars);
    let height = rows::height(bars.len());
    let paint = |layout: Layout| layout.picture(height, option(&bars, &groups, layout));
    Some(Drawing {
        title: finding(bars.first()?),
        sentence: SENTENCE.to_owned(),
        wide: paint(Layout::Wide),
        narrow: paint(Layout::Narrow),
        table: table(&bars, &groups),
    })
}

/// The options that are priced and not out of all proportion.
fn bars(component: &ComponentEvaluation) -> Vec<Row<'_>> {
    let priced = |option: &PlatformOption| option.bill.is_some();
    let row = |option| -> Option<Row<'_>> {
        let option: &PlatformOption = option;
        let bill = option.bill.as_ref()?;
        Some(Row { option, bill })
    };
    let all: Vec<Row<'_>> = rows::options(component, priced)
        .into_iter()
        .filter_map(row)
        .collect();
    let first = all.first().map_or(0.0, |row| row.bill.monthly_usd);
    all.into_iter()
        .filter(|row| row.bill.monthly_usd <= first.max(0.01) * WITHIN)
        .collect()
}

/// The groups that any of the bills has, in the order of a bill.
fn groups(bars: &[Row<'_>]) -> Vec<Group> {
    let charged = |group: &Group| {
        bars.iter()
            .any(|row| row.bill.group_usd(*group).get().abs() >= 0.005)
    };
    Group::ALL.into_iter().filter(charged).collect()
}

/// A group in words.
const fn words(group: Group) -> &'static str {
    match group {
        Group::Compute => "compute",
        Group::Requests => "requests",
        Group::FrontDoor => "front door",
        Group::Network => "network",
        Group::Logs => "logs",
        Group::Storage => "storage",
        Group::State => "state",
        Group::Commitment => "commitment",
        Group::FreeTier => "free tier",
        Group::Environments => "other environments",
    }
}

/// The largest part of the first option's bill.
fn finding(row: &Row<'_>) -> String {
    let total = row.bill.monthly_usd;
    let largest = Group::ALL
        .into_iter()
        .map(|group| (group, row.bill.group_usd(group).get()))
        .max_by(|(_, one), (_, other)| one.total_cmp(other));
    match largest {
        Some((group, usd)) if total > 0.0 && usd > 0.0 => {
            let name = words(group);
            let share = format::percent((usd / total).min(1.0));
            format!("On {} {name} is {share} of the bill", row.option.label)
        }
        _ => format!("{} costs nothing", row.option.label),
    }
}

fn option(bars: &[Row<'_>], groups: &[Group], layout: Layout) -> charming::Chart {
    let (step, range) = scale(bars, layout);
    let pixels = rows::room(layout) / (range.1 - range.0);
    let mut chart = charming::Chart::new()
        .grid(rows::grid(layout))
        .tooltip(
            Tooltip::new()
                .trigger(Trigger::Item)
                .value_formatter(ink::USD),
        )
        .x_axis(dollars(step, range, layout))
        .y_axis(
            Axis::new()
                .type_(AxisType::Category)
                .show(false)
                .inverse(true)
                .data(bars.iter().map(|row| row.option.label.clone()).collect()),
        );
    for (order, group) in groups.iter().enumerate() {
        chart = chart.series(part(bars, *group, order));
    }
    for name in bars
        .iter()
        .enumerate()
        .flat_map(|(index, row)| names(row, groups, index, pixels, layout))
    {
        chart = chart.series(name);
    }
    for (index, row) in bars.iter().enumerate() {
        let family = row.option.family;
        let total = format::usd_cents(row.bill.monthly_usd);
        let end = (charged(row.bill), rows::place(index));
        let label = &row.option.label;
        let name = layout.pick(label.clone(), short(label));
        chart = chart
            .series(rows::name(&name, family, 0.0, index, layout))
            .series(rows::words(
                &total,
                "var(--ink)",
                end,
                layout,
                LabelPosition::Right,
            ));
    }
    chart
}

/// The axis of dollars: its step, and whole steps from the largest credit to the longest bar.
fn scale(bars: &[Row<'_>], layout: Layout) -> (f64, (f64, f64)) {
    let most = bars
        .iter()
        .map(|row| charged(row.bill))
        .fold(0.01, f64::max);
    let least = bars
        .iter()
        .map(|row| sum(row.bill, |usd| usd < 0.0))
        .fold(0.0, f64::min);
    let step = ink::nice_step(most - least, parts(layout));
    let range = ((least / step).floor() * step, (most / step).ceil() * step);
    (step, range)
}

/// Steps of the axis, about.
fn parts(layout: Layout) -> f64 {
    layout.pick(6.0, 3.0)
}

fn dollars(step: f64, range: (f64, f64), layout: Layout) -> Axis {
    let labels = AxisLabel::new()
        .color("var(--ink-soft)")
        .font_size(ink::font_size(layout))
        .formatter(ink::USD);
    let axis = Axis::new()
        .type_(AxisType::Value)
        .min(range.0)
        .max(range.1)
        .interval(step)
        .axis_label(labels);
    across(axis, layout, "$ a month").split_line(ink::rules())
}

/// What is charged, credits aside: where the bar ends.
fn charged(bill: &Bill) -> f64 {
    sum(bill, |usd| usd > 0.0)
}

fn sum(bill: &Bill, of: impl Fn(f64) -> bool) -> f64 {
    let parts = Group::ALL
        .into_iter()
        .map(|group| bill.group_usd(group).get());
    parts.filter(|usd| of(*usd)).sum()
}

/// One group in every bar.
fn part(bars: &[Row<'_>], group: Group, order: usize) -> Bar {
    let data = bars.iter().map(|row| {
        let point = DataPointItem::new(row.bill.group_usd(group).get());
        DataPoint::from(point.item_style(style(row, shade(order))))
    });
    Bar::new()
        .name(words(group))
        .stack("bill")
        .bar_width(BAR)
        .data(data.collect())
}

/// The names of those parts of a bar that are wide enough for them, at so many pixels for a dollar.
fn names(
    row: &Row<'_>,
    groups: &[Group],
    index: usize,
    pixels: f64,
    layout: Layout,
) -> Vec<Scatter> {
    let mut from = 0.0;
    let mut found = Vec::new();
    for (order, group) in groups.iter().enumerate() {
        let usd = row.bill.group_usd(*group).get().max(0.0);
        let text = words(*group);
        if usd * pixels > width(text, ink::font_size(layout)) + AROUND {
            let ink = if shade(order) > DARK {
                "var(--paper)"
            } else {
                "var(--ink)"
            };
            let middle = (from + usd / 2.0, rows::place(index));
            found.push(rows::words(
                text,
                ink,
                middle,
                layout,
                LabelPosition::Inside,
            ));
        }
        from += usd;
    }
    found
}

fn shade(order: usize) -> f64 {
    SHADES[order.min(SHADES.len() - 1)]
}

fn style(row: &Row<'_>, shade: f64) -> ItemStyle {
    ItemStyle::new()
        .color(colour(row.option.family))
        .opacity(shade)
        .border_color("var(--paper)")
        .border_width(1.0)
}

fn table(bars: &[Row<'_>], groups: &[Group]) -> Table {
    let heads = ["Option", "Total"]
        .into_iter()
        .chain(groups.iter().map(|group| words(*group)));
    let rows = bars.iter().map(|row| {
        let parts = groups
            .iter()
            .map(|group| format::usd_cents(row.bill.group_usd(*group).get()));
        let total = format::usd_cents(row.bill.monthly_usd);
        [row.option.label.clone(), total]
            .into_iter()
            .chain(parts)
            .collect()
    });
    Table {
        caption: "A month's bill by what it is for".to_owned(),
        heads: heads.map(str::to_owned).collect(),
        rows: rows.collect(),
    }
}

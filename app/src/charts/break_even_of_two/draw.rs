//! The plot as a chart: lines with their names and letters, marks of both scenarios' traffic, rings.

use charming::Chart;
use charming::datatype::DataPoint;
use charming::element::{
    ItemStyle, LabelPosition, LineStyle, LineStyleType, MarkLine, MarkLineData, MarkLineVariant,
    Symbol, Tooltip, Trigger,
};
use charming::series::{Line, Scatter};

use super::table::{cost_at, name};
use super::{Plot, Whose};
use crate::charts::break_even::{Crossing, PlotLine, points};
use crate::charts::drawing::Layout;
use crate::charts::ink::{self, across, colour, label, log_axis, mark, stroke, upwards};
use crate::charts::names::{broken, spread};
use crate::format;

pub(super) const HEIGHT_WIDE: u32 = 460;
pub(super) const HEIGHT_NARROW: u32 = 440;
/// Space between the names of two lines, as a share of the chart's height.
const GAP: f64 = 0.065;
/// Dots on a line of B for each factor of ten.
const DOTS_PER_DECADE: f64 = 3.0;
/// The width of the lines of A and of both, and of those of B.
const HEAVY: f64 = 3.0;
const FINE: f64 = 1.5;
/// Rings closer than this, as a share of the chart's width and height, have their numbers in one place.
const NEAR: f64 = 0.09;

pub(super) fn chart(plot: &Plot, layout: Layout) -> Chart {
    let frame = ink::of_named_lines(layout, 72)
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
        .map(|(whose, line)| {
            let name = name(*whose, line);
            layout.pick(name.clone(), broken(&name))
        })
        .collect();
    let ends: Vec<f64> = plot
        .lines
        .iter()
        .map(|(_, line)| line.points.last().map_or(0.0, |(_, usd)| usd.log10()))
        .collect();
    let range = (plot.y.0.log10(), plot.y.1.log10());
    let heights = spread(&ends, &names, range, GAP);
    let drawn = plot
        .lines
        .iter()
        .enumerate()
        .fold(frame, |chart, (index, (whose, line))| {
            let mut series = cost(*whose, line);
            if index == 0 {
                series = series.mark_line(stands(plot, layout));
            }
            let at = (plot.x.1, 10f64.powf(heights[index]));
            let chart = chart
                .series(series)
                .series(named(line, &names[index], at, layout));
            if *whose == Whose::B {
                chart.series(dots(line))
            } else {
                chart
            }
        });
    numbered(plot)
        .into_iter()
        .fold(drawn.series(rings(plot)), |chart, (text, crossing)| {
            chart.series(number(&text, crossing, layout))
        })
}

fn cost(whose: Whose, line: &PlotLine) -> Line {
    let width = if whose == Whose::B { FINE } else { HEAVY };
    Line::new()
        .name(name(whose, line))
        .show_symbol(false)
        .line_style(stroke(line.family, 0).width(width))
        .item_style(ItemStyle::new().color(colour(line.family)))
        .data(points(line))
}

/// What tells the fine line of B from the heavy one where they lie close: an unseen line with dots.
fn dots(line: &PlotLine) -> Line {
    let (first, last) = (line.points.first(), line.points.last());
    let step = |point: Option<&(f64, f64)>| {
        point.map_or(0.0, |(volume, _)| volume.log10() * DOTS_PER_DECADE)
    };
    let steps = std::iter::successors(Some(step(first).ceil()), |step| Some(step + 1.0));
    let volumes = steps
        .take_while(|at| *at <= step(last))
        .map(|at| 10f64.powf(at / DOTS_PER_DECADE));
    let dots = volumes.filter_map(|x| Some(DataPoint::from(vec![x, cost_at(&line.points, x)?])));
    Line::new()
        .symbol(Symbol::Circle)
        .symbol_size(6)
        .show_symbol(true)
        .silent(true)
        .tooltip(Tooltip::new().trigger(Trigger::None))
        .line_style(LineStyle::new().opacity(0.0))
        .item_style(ItemStyle::new().color(colour(line.family)).opacity(1.0))
        .data(dots.collect())
}

/// A line's name at its end: a point of no size with a label.
fn named(line: &PlotLine, text: &str, (x, y): (f64, f64), layout: Layout) -> Scatter {
    Scatter::new()
        .symbol_size(0.01)
        .item_style(ItemStyle::new().color(colour(line.family)).opacity(1.0))
        .label(label(layout, text, colour(line.family)).position(LabelPosition::Right))
        .data(vec![DataPoint::from(vec![x, y])])
}

/// Where each scenario stands; the second name a line higher, so that they may come close.
fn stands(plot: &Plot, layout: Layout) -> MarkLine {
    let places = plot.here.iter().map(|(whose, requests)| {
        let (text, distance) = match whose {
            Whose::A => ("A is here", 4.0),
            Whose::B => ("B is here", 20.0),
            Whose::Both => ("both are here", 4.0),
        };
        let label = label(layout, text, "var(--ink)").distance(distance);
        MarkLineVariant::Simple(MarkLineData::new().x_axis(*requests).label(label))
    });
    MarkLine::new()
        .symbol(vec![Symbol::None, Symbol::None])
        .line_style(mark(LineStyleType::Solid))
        .data(places.collect())
}

fn rings(plot: &Plot) -> Scatter {
    let points = plot.crossings.iter();
    Scatter::new()
        .name("Break-even")
        .symbol_size(9)
        .item_style(
            ItemStyle::new()
                .color("var(--paper)")
                .border_color("var(--ink)")
                .border_width(2)
                .opacity(1.0),
        )
        .data(
            points
                .map(|(_, point)| DataPoint::from(vec![point.requests, point.usd]))
                .collect(),
        )
}

/// Rings with room for a number of their own; those of the same place share one.
fn numbered(plot: &Plot) -> Vec<(String, &Crossing)> {
    let near = (plot.x.1 / plot.x.0).powf(NEAR);
    let tall = (plot.y.1 / plot.y.0).powf(NEAR);
    let apart = |one: f64, other: f64, least: f64| one.max(other) / one.min(other) > least;
    let mut kept: Vec<(String, Vec<Whose>, &Crossing)> = Vec::new();
    for (whose, crossing) in &plot.crossings {
        let text = format!("{} {}", whose.letter(), format::count(crossing.requests));
        let beside = kept.iter_mut().find(|(_, _, other)| {
            !apart(other.requests, crossing.requests, near) && !apart(other.usd, crossing.usd, tall)
        });
        match beside {
            // One number of each scenario: several stairs beside each other are told by the table.
            Some((told, of, _)) if !of.contains(whose) => {
                *told = format!("{told}\n{text}");
                of.push(*whose);
            }
            Some(_) => {}
            None => kept.push((text, vec![*whose], crossing)),
        }
    }
    kept.into_iter()
        .map(|(text, _, crossing)| (text, crossing))
        .collect()
}

/// The number of a ring, below it on the right, where rising lines leave room.
fn number(text: &str, crossing: &Crossing, layout: Layout) -> Scatter {
    let lines = text.lines().fold(0.0, |lines, _| lines + 1.0);
    Scatter::new()
        .symbol_size(0.01)
        .item_style(ItemStyle::new().color("var(--ink)").opacity(1.0))
        .label(
            label(layout, text, "var(--ink)")
                .position(LabelPosition::Right)
                .offset((4.0, 6.0 + 8.0 * lines)),
        )
        .data(vec![DataPoint::from(vec![crossing.requests, crossing.usd])])
}

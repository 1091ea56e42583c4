//! The panel as a chart.

use charming::Chart;
use charming::datatype::DataPoint;
use charming::element::{
    ItemStyle, Label, LineStyle, LineStyleType, MarkLine, MarkLineData, MarkLineVariant, Symbol,
    Tooltip, Trigger,
};
use charming::series::{Line, Scatter};

use super::{Panel, Row};
use crate::charts::drawing::Layout;
use crate::charts::ink::{self, across, colour, log_axis, mark, stroke};
use crate::charts::names::short;
use crate::charts::rows::{self, place};
use crate::format;

/// Room to the left and the right of what is drawn, as a factor.
const MARGIN: f64 = 1.5;
/// How far below a row's middle the cold line lies, in rows.
const COLD_DOWN: f64 = 0.24;

pub(super) fn chart(panel: &Panel<'_>, layout: Layout) -> Chart {
    let range = range(panel);
    let mut chart = Chart::new()
        .grid(rows::grid(layout))
        .tooltip(
            Tooltip::new()
                .trigger(Trigger::Item)
                .value_formatter(ink::MS),
        )
        .x_axis(
            across(log_axis(layout, ink::MS, range), layout, "Response time")
                .split_line(ink::rules()),
        )
        .y_axis(rows::axis(panel.rows.len()));
    for (index, row) in panel.rows.iter().enumerate() {
        let family = row.option.family;
        let mut line = warm(row, index);
        if index == 0 {
            line = line.mark_line(target(panel));
        }
        let share = row.latency.cold_start_probability;
        let late = format::ms(row.latency.percentiles.p99_ms);
        let named = format!("{}, P99 {late}", short(&row.option.label));
        chart = chart
            .series(line)
            .series(rows::name(&named, family, range.0, index, layout))
            .series(dot(row, row.latency.percentiles.p95_ms, 7.0, index))
            .series(dot(row, row.latency.percentiles.p99_ms, 12.0, index));
        if let Some((median, late)) = row.cold {
            let text = format!("cold, {}", format::percent(share));
            let height = place(index) + COLD_DOWN;
            chart = chart
                .series(cold(row, (median, late), index))
                .series(rows::beside(
                    &text,
                    "var(--ink-soft)",
                    (median, late),
                    (height, range),
                    layout,
                ));
        }
    }
    panel.target.iter().fold(chart, |chart, target| {
        let text = format!(
            "{} target, {}",
            target.percentile.label(),
            format::ms(target.ms)
        );
        chart.series(rows::heading(&text, target.ms, range, layout))
    })
}

/// From well below the fastest median to well above the slowest, the target included.
fn range(panel: &Panel<'_>) -> (f64, f64) {
    let low = panel.rows.iter().map(|row| row.latency.percentiles.p50_ms);
    let high = panel.rows.iter().flat_map(|row| {
        let cold = row.cold.map(|(_, late)| late);
        std::iter::once(row.latency.percentiles.p999_ms).chain(cold)
    });
    let target = || panel.target.iter().map(|target| target.ms);
    let low = low.chain(target()).fold(f64::INFINITY, f64::min);
    let high = high.chain(target()).fold(0.0, f64::max);
    (
        ink::nice_below(low.max(0.01) / MARGIN),
        ink::nice_above(high.max(0.1) * MARGIN),
    )
}

fn warm(row: &Row<'_>, index: usize) -> Line {
    let at = &row.latency.percentiles;
    Line::new()
        .name(row.option.label.clone())
        .show_symbol(false)
        .line_style(stroke(row.option.family, 0).width(3.0))
        .item_style(ItemStyle::new().color(colour(row.option.family)))
        .data(
            [at.p50_ms, at.p999_ms]
                .map(|ms| DataPoint::from(vec![ms, place(index)]))
                .to_vec(),
        )
}

fn dot(row: &Row<'_>, ms: f64, size: f64, index: usize) -> Scatter {
    Scatter::new()
        .name(row.option.label.clone())
        .symbol_size(size)
        .item_style(
            ItemStyle::new()
                .color(colour(row.option.family))
                .opacity(1.0),
        )
        .data(vec![DataPoint::from(vec![ms, place(index)])])
}

fn cold(row: &Row<'_>, (median, late): (f64, f64), index: usize) -> Line {
    let at = place(index) + COLD_DOWN;
    Line::new()
        .name("Cold start")
        .show_symbol(true)
        .symbol(Symbol::Diamond)
        .symbol_size(7)
        .line_style(
            LineStyle::new()
                .color(colour(row.option.family))
                .width(1.0)
                .type_(LineStyleType::Dotted),
        )
        .item_style(
            ItemStyle::new()
                .color("var(--paper)")
                .border_color(colour(row.option.family))
                .border_width(1.5),
        )
        .data(
            [median, late]
                .map(|ms| DataPoint::from(vec![ms, at]))
                .to_vec(),
        )
}

/// Below the names, whose paper it would cross.
fn target(panel: &Panel<'_>) -> MarkLine {
    let place = panel.target.as_ref().map(|target| {
        let unnamed = Label::new().show(false);
        MarkLineVariant::Simple(MarkLineData::new().x_axis(target.ms).label(unnamed))
    });
    MarkLine::new()
        .symbol(vec![Symbol::None, Symbol::None])
        .z(1.0)
        .line_style(mark(LineStyleType::Solid))
        .data(place.into_iter().collect())
}

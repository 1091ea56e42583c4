//! What the charts draw with: axes, colours, strokes, names. Formatters in braces, such as `{count}`, are words of
//! `app/js/words.js`.

use charming::component::Axis;
use charming::element::{
    AxisLabel, AxisLine, AxisTick, AxisType, Label, LineStyle, LineStyleType, NameLocation,
    SplitLine, TextStyle,
};
use model::evaluation::Family;

use super::drawing::Layout;

/// `1k`, `10M`.
pub(super) const COUNT: &str = "{count}";
/// `$10`, `$1k`.
pub(super) const USD: &str = "{usd}";

/// The custom property of a family's colour.
#[must_use]
pub(super) const fn colour(family: Family) -> &'static str {
    match family {
        Family::Serverless => "var(--serverless)",
        Family::Containers => "var(--containers)",
        Family::Either | Family::Hybrid | Family::None => "var(--ink)",
    }
}

/// The size of text.
pub(super) fn font_size(layout: Layout) -> f64 {
    layout.pick(13.0, 12.0)
}

/// The line of a family's option: dashed is serverless, solid is containers; the second of a family is finer, the third
/// dotted.
pub(super) fn stroke(family: Family, rank: usize) -> LineStyle {
    let style = LineStyle::new()
        .color(colour(family))
        .width([2.5, 1.5, 2.0, 1.0][rank.min(3)]);
    match (family, rank) {
        (_, 2..) => style.type_(LineStyleType::Dotted),
        (Family::Serverless, _) => style.type_(LineStyleType::Dashed),
        _ => style.type_(LineStyleType::Solid),
    }
}

/// A line that marks a place.
pub(super) fn mark(kind: LineStyleType) -> LineStyle {
    LineStyle::new().color("var(--ink)").width(1.5).type_(kind)
}

/// A name beside what it names.
pub(super) fn label(layout: Layout, text: &str, colour: &str) -> Label {
    Label::new()
        .show(true)
        .formatter(text)
        .color(colour)
        .font_size(font_size(layout))
        .font_weight("bold")
}

/// A logarithmic axis along the bottom or the side.
pub(super) fn log_axis(layout: Layout, words: &str, range: (f64, f64)) -> Axis {
    Axis::new()
        .type_(AxisType::Log)
        .min(range.0)
        .max(range.1)
        .axis_label(ticks(layout, words, range))
        .split_line(SplitLine::new().show(false))
}

/// Named along the bottom.
pub(super) fn across(axis: Axis, layout: Layout, name: &str) -> Axis {
    axis.name(name)
        .name_location(NameLocation::Middle)
        .name_gap(layout.pick(32.0, 28.0))
        .name_text_style(soft(layout))
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().line_style(LineStyle::new().color("var(--ink-soft)")))
}

/// Named above, with fine rules across the chart.
pub(super) fn upwards(axis: Axis, layout: Layout, name: &str) -> Axis {
    axis.name(name)
        .name_location(NameLocation::End)
        .name_gap(14.0)
        .name_text_style(soft(layout))
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().show(false))
        .split_line(SplitLine::new().line_style(LineStyle::new().color("var(--rule)")))
}

/// Secondary text.
pub(super) fn soft(layout: Layout) -> TextStyle {
    TextStyle::new()
        .color("var(--ink-soft)")
        .font_size(font_size(layout))
}

/// The labels of an axis of powers of ten; on a phone every second of many.
fn ticks(layout: Layout, words: &str, range: (f64, f64)) -> AxisLabel {
    let label = AxisLabel::new()
        .color("var(--ink-soft)")
        .font_size(font_size(layout))
        .formatter(words);
    let decades: Vec<f64> = std::iter::successors(Some(range.0), |tick| Some(tick * 10.0))
        .take_while(|tick| *tick <= range.1 * 1.5)
        .collect();
    let every = decades.len().div_ceil(layout.pick(12, 6)).max(1);
    decades
        .into_iter()
        .step_by(every)
        .fold(label, AxisLabel::custom_values)
}

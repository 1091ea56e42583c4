//! What the charts draw with: axes, colours, strokes, names. Formatters in braces, such as `{count}`, are words of
//! `app/js/words.js`.

use charming::Chart;
use charming::component::{Axis, Grid, Title};
use charming::element::{
    AxisLabel, AxisLine, AxisTick, AxisType, Label, LineStyle, LineStyleType, NameLocation,
    SplitLine, TextStyle, Tooltip, Trigger,
};
use model::evaluation::Family;

use super::drawing::{Layout, lines};

/// `1k`, `10M`.
pub(super) const COUNT: &str = "{count}";
/// `Mon`, of an hour of the week.
pub(super) const DAY: &str = "{day}";
/// `20 ms`, `1.5 s`.
pub(super) const MS: &str = "{ms}";
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

/// How to tell the lines of options of these sides apart, each drawn by its [`stroke`].
pub(super) fn reading(sides: &[Family]) -> String {
    let many = |side| sides.iter().filter(|other| **other == side).count();
    let dotted = sides.iter().any(|side| many(*side) > 2);
    let further = if dotted {
        ", dotted a further option of its side"
    } else {
        ""
    };
    format!("Dashed is serverless, solid is containers{further}")
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

/// A label that hides the lines behind it.
pub(super) fn on_paper(label: Label) -> Label {
    label
        .background_color("var(--paper)")
        .padding((1.0, 3.0, 1.0, 3.0))
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
        .axis_line(AxisLine::new().show(false).on_zero(false))
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
        .split_line(rules())
}

/// A chart of lines whose names stand at their right ends, with room for them.
pub(super) fn of_named_lines(layout: Layout, top: i32) -> Chart {
    Chart::new()
        .grid(
            Grid::new()
                .left(beside(layout).0)
                .right(beside(layout).1)
                .top(top)
                .bottom(layout.pick(56, 50)),
        )
        .tooltip(Tooltip::new().trigger(Trigger::Axis).value_formatter(USD))
}

/// Left and right of a chart of named lines, in pixels.
fn beside(layout: Layout) -> (f64, f64) {
    layout.pick((64.0, 168.0), (54.0, 92.0))
}

/// Pixels from the left to the right of a chart of named lines.
pub(super) fn room(layout: Layout) -> f64 {
    let (left, right) = beside(layout);
    f64::from(layout.width()) - left - right
}

/// The finding above a chart that comes later than its page.
pub(super) fn title(finding: &str, layout: Layout) -> Title {
    let letters = layout.pick(70, 34);
    Title::new()
        .text(lines(finding, letters).join("\n"))
        .left(0)
        .top(0)
        .text_style(
            TextStyle::new()
                .color("var(--ink)")
                .font_size(layout.pick(16.0, 14.0))
                .line_height(layout.pick(22.0, 19.0))
                .font_weight("bold"),
        )
}

/// Secondary text.
pub(super) fn soft(layout: Layout) -> TextStyle {
    TextStyle::new()
        .color("var(--ink-soft)")
        .font_size(font_size(layout))
}

/// Fine rules across the chart.
pub(super) fn rules() -> SplitLine {
    SplitLine::new().line_style(LineStyle::new().color("var(--rule)"))
}

/// The labels of a logarithmic axis: its powers of ten, every second of many on a phone; of few also halves and fifths.
fn ticks(layout: Layout, words: &str, range: (f64, f64)) -> AxisLabel {
    let label = AxisLabel::new()
        .color("var(--ink-soft)")
        .font_size(font_size(layout))
        .formatter(words);
    let from = decade_below(range.0 * ROUNDING);
    let decades: Vec<f64> = std::iter::successors(Some(from), |tick| Some(tick * 10.0))
        .take_while(|tick| *tick <= range.1 * ROUNDING)
        .collect();
    let every = decades.len().div_ceil(layout.pick(12, 6)).max(1);
    let between: &[f64] = if decades.len() < layout.pick(5, 3) {
        &[1.0, 2.0, 5.0]
    } else {
        &[1.0]
    };
    decades
        .into_iter()
        .step_by(every)
        .flat_map(|decade| between.iter().map(move |part| decade * part))
        .filter(|tick| (range.0 / ROUNDING..=range.1 * ROUNDING).contains(tick))
        .fold(label, AxisLabel::custom_values)
}

/// Makes up for what powers lose in their last digits.
const ROUNDING: f64 = 1.000_001;

/// 1, 2 or 5 times a power of ten, at or below a value.
pub(super) fn nice_below(value: f64) -> f64 {
    let decade = decade_below(value);
    let parts = [5.0, 2.0].into_iter().map(|part| part * decade);
    parts
        .into_iter()
        .find(|nice| *nice <= value * ROUNDING)
        .unwrap_or(decade)
}

/// 1, 2 or 5 times a power of ten, at or above a value.
pub(super) fn nice_above(value: f64) -> f64 {
    let decade = decade_above(value);
    let parts = [0.2, 0.5].into_iter().map(|part| part * decade);
    parts
        .into_iter()
        .find(|nice| *nice * ROUNDING >= value)
        .unwrap_or(decade)
}

/// The step of an axis of about so many parts: 1, 2, 3 or 5 times a power of ten.
pub(super) fn nice_step(span: f64, parts: f64) -> f64 {
    let decade = decade_below(span / parts);
    let part = match span / parts / decade {
        part if part < 1.5 => 1.0,
        part if part < 2.5 => 2.0,
        part if part < 4.0 => 3.0,
        part if part < 7.0 => 5.0,
        _ => 10.0,
    };
    part * decade
}

/// The power of ten at or below a value.
pub(super) fn decade_below(value: f64) -> f64 {
    10f64.powf(value.log10().floor())
}

/// The power of ten at or above a value.
pub(super) fn decade_above(value: f64) -> f64 {
    10f64.powf(value.log10().ceil())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dotted_is_told_where_a_line_is_dotted() {
        let (one, other) = (Family::Serverless, Family::Containers);
        assert!(!reading(&[one, other, other, one]).contains("dotted"));
        assert!(reading(&[other, one, other, other]).contains("dotted"));
    }

    #[test]
    fn steps_are_round() {
        for (span, step) in [(101.0, 20.0), (0.01, 0.002), (6.0, 1.0), (20.0, 3.0)] {
            let found = nice_step(span, 6.0);
            assert!((found / step - 1.0).abs() < 1e-9, "{span}: {found}");
        }
    }
}

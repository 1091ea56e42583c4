//! Charts with a row for each option, its name above it: which options, how high, which axes.

use charming::component::{Axis, Grid};
use charming::datatype::DataPoint;
use charming::element::{AxisType, ItemStyle, Label, LabelPosition};
use charming::series::Scatter;
use model::evaluation::{ComponentEvaluation, Family, PlatformOption};

use super::drawing::Layout;
use super::ink::{colour, font_size, label, on_paper};
use super::names::width;

/// More rows than this are not read.
const MOST_ROWS: usize = 6;
/// Pixels.
const ROW: u32 = 62;
const ABOVE: u32 = 44;
const BELOW: u32 = 56;
/// How far above a row's middle its name stands, in pixels.
const NAME_UP: f64 = 23.0;
/// How far above the rows words of the whole chart stand, in pixels: the first name reaches up to there where the picture
/// is drawn smaller, on paper and on tablets.
const HEADING_UP: f64 = 12.0;
/// Between a place and the words beside it, in pixels.
const BESIDE: f64 = 6.0;

/// The options worth a row, in the order of their rank: the best of each family, then the best of all.
pub(super) fn options(
    component: &ComponentEvaluation,
    shown: impl Fn(&PlatformOption) -> bool,
) -> Vec<&PlatformOption> {
    let able = || {
        component
            .options
            .iter()
            .filter(|option| option.fit.ok && shown(option))
    };
    let best = |family| able().find(|option| option.family == family);
    let mut chosen: Vec<&PlatformOption> = Vec::new();
    let leaders = [best(Family::Serverless), best(Family::Containers)];
    for option in leaders.into_iter().flatten().chain(able()) {
        if chosen.len() < MOST_ROWS && !chosen.iter().any(|other| other.platform == option.platform)
        {
            chosen.push(option);
        }
    }
    chosen.sort_by_key(|option| {
        let mut all = component.options.iter();
        all.position(|other| other.platform == option.platform)
    });
    chosen
}

/// The height of a chart of so many rows.
pub(super) fn height(rows: usize) -> u32 {
    ABOVE + BELOW + ROW * u32::try_from(rows).unwrap_or(0)
}

pub(super) fn grid(layout: Layout) -> Grid {
    let (left, right) = margins(layout);
    Grid::new()
        .left(left)
        .right(right)
        .top(f64::from(ABOVE))
        .bottom(f64::from(BELOW))
}

/// The rows, from above; row 0 has its middle at 0.
pub(super) fn axis(rows: usize) -> Axis {
    let last = f64::from(u32::try_from(rows).unwrap_or(0)) - 0.5;
    Axis::new()
        .type_(AxisType::Value)
        .show(false)
        .inverse(true)
        .min(-0.5)
        .max(last)
}

/// Pixels from the left to the right of the chart itself; on a phone, of the smallest one.
pub(super) fn room(layout: Layout) -> f64 {
    inside(layout.pick(layout.width(), layout.least_width()), layout)
}

fn inside(width: u32, layout: Layout) -> f64 {
    let (left, right) = margins(layout);
    f64::from(width) - left - right
}

/// How far from the left edge of the smallest picture a place on a logarithmic axis lies, in pixels.
fn from_left(place: f64, range: (f64, f64), layout: Layout) -> f64 {
    let share = (place / range.0).ln() / (range.1 / range.0).ln();
    margins(layout).0 + share * inside(layout.least_width(), layout)
}

fn margins(layout: Layout) -> (f64, f64) {
    layout.pick((40.0, 96.0), (32.0, 64.0))
}

/// The place of a row.
pub(super) fn place(row: usize) -> f64 {
    f64::from(u32::try_from(row).unwrap_or(0))
}

/// An option's name above its row, on paper: it crosses rules.
pub(super) fn name(text: &str, family: Family, at: f64, row: usize, layout: Layout) -> Scatter {
    let name = label(layout, text, colour(family))
        .position(LabelPosition::Right)
        .distance(1.0)
        .offset((0.0, -NAME_UP));
    written(on_paper(name), colour(family), (at, place(row)))
}

/// Words beside a place, on paper, or on what is drawn there.
pub(super) fn words(
    text: &str,
    colour: &str,
    at: (f64, f64),
    layout: Layout,
    position: LabelPosition,
) -> Scatter {
    let words = label(layout, text, colour)
        .position(position)
        .distance(BESIDE);
    let words = match position {
        LabelPosition::Inside => words,
        _ => on_paper(words),
    };
    written(words, colour, at)
}

/// Words beside a stretch of a row, on a logarithmic axis: after its end, or before its start where the picture ends
/// first.
pub(super) fn beside(
    text: &str,
    colour: &str,
    (from, to): (f64, f64),
    (height, range): (f64, (f64, f64)),
    layout: Layout,
) -> Scatter {
    let wide = BESIDE + width(text, font_size(layout));
    if from_left(to, range, layout) + wide <= f64::from(layout.least_width()) {
        words(text, colour, (to, height), layout, LabelPosition::Right)
    } else {
        words(text, colour, (from, height), layout, LabelPosition::Left)
    }
}

/// Words above the chart, as near to above a place as the edges of the picture allow.
pub(super) fn heading(text: &str, place: f64, range: (f64, f64), layout: Layout) -> Scatter {
    let middle = from_left(place, range, layout);
    let half = width(text, font_size(layout)) / 2.0;
    let most = (f64::from(layout.least_width()) - half).max(half);
    let words = label(layout, text, "var(--ink)")
        .position(LabelPosition::Top)
        .distance(HEADING_UP)
        .offset((middle.clamp(half, most) - middle, 0.0));
    written(words, "var(--ink)", (place, -0.5))
}

fn written(words: Label, colour: &str, (x, y): (f64, f64)) -> Scatter {
    Scatter::new()
        .symbol_size(0.01)
        .item_style(ItemStyle::new().color(colour).opacity(1.0))
        .label(words)
        .data(vec![DataPoint::from(vec![x, y])])
}

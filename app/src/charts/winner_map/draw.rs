//! The map as a chart. Each cell is a part of a stacked bar: a heat map would need another part of the library.

use charming::Chart;
use charming::component::{Axis, Grid};
use charming::datatype::{DataPoint, DataPointItem};
use charming::element::{
    AxisLabel, AxisLine, AxisTick, AxisType, ItemStyle, LabelPosition, NameLocation, SplitLine,
};
use charming::series::{Bar, Scatter};
use model::evaluation::Family;
use model::winner_map::{Winner, WinnerMap};

use super::{name, times};
use crate::charts::drawing::Layout;
use crate::charts::ink::{self, colour, label, soft, title};
use crate::format;

pub(super) const HEIGHTS: (u32, u32) = (500, 520);
/// How dark the options of a side are, in the order of how much of the map is theirs.
const SHADES: [f64; 4] = [1.0, 0.62, 0.38, 0.2];
/// On what is darker than this words are written in the colour of paper.
const DARK: f64 = 0.7;
/// The width of a letter, in pixels.
const LETTER: f64 = 8.0;

pub(super) fn chart(map: &WinnerMap, finding: &str, layout: Layout) -> Chart {
    let platforms = platforms(map);
    let rows = map.winners.iter().enumerate();
    let chart = frame(map, finding, layout);
    let chart = rows.fold(chart, |chart, (_, row)| {
        chart.series(cells(row, &platforms))
    });
    platforms
        .iter()
        .filter_map(|owned| region(map, owned, layout))
        .fold(chart, Chart::series)
        .series(here(map, layout))
}

/// A platform on the map.
struct Owned {
    platform: String,
    family: Family,
    cells: usize,
    shade: f64,
}

/// The platforms of the map, those with the most cells first.
fn platforms(map: &WinnerMap) -> Vec<Owned> {
    let mut all: Vec<Owned> = Vec::new();
    for winner in map.winners.iter().flatten().flatten() {
        match all
            .iter_mut()
            .find(|owned| owned.platform == winner.platform)
        {
            Some(owned) => owned.cells += 1,
            None => all.push(Owned {
                platform: winner.platform.clone(),
                family: winner.family,
                cells: 1,
                shade: 1.0,
            }),
        }
    }
    all.sort_by_key(|owned| std::cmp::Reverse(owned.cells));
    for place in 0..all.len() {
        let family = all[place].family;
        let rank = all[..place]
            .iter()
            .filter(|other| other.family == family)
            .count();
        all[place].shade = SHADES[rank.min(SHADES.len() - 1)];
    }
    all
}

fn frame(map: &WinnerMap, finding: &str, layout: Layout) -> Chart {
    let rows = f64::from(u32::try_from(map.cpu_ms.len()).unwrap_or(1));
    let peaks = map.peaks.iter().map(|peak| times(*peak)).collect();
    let cpu = map.cpu_ms.iter().map(|cpu| format::ms(*cpu)).collect();
    Chart::new()
        .title(title(finding, layout))
        .grid(
            Grid::new()
                .left(layout.pick(72, 60))
                .right(layout.pick(16, 8))
                .top(layout.pick(84, 116))
                .bottom(layout.pick(60, 52)),
        )
        .x_axis(
            named(layout, "Busiest hour against the mean", peaks)
                .name_location(NameLocation::Middle)
                .name_gap(layout.pick(34.0, 30.0)),
        )
        // The bars need an axis of numbers; the names of the rows are on one of their own, of the same length.
        .y_axis(
            Axis::new()
                .type_(AxisType::Value)
                .show(false)
                .min(0)
                .max(rows),
        )
        .y_axis(
            named(layout, "CPU time", cpu)
                .position("left")
                .name_location(NameLocation::End)
                .name_gap(12.0),
        )
}

fn named(layout: Layout, name: &str, data: Vec<String>) -> Axis {
    Axis::new()
        .type_(AxisType::Category)
        .name(name)
        .name_text_style(soft(layout))
        .axis_line(AxisLine::new().show(false))
        .axis_tick(AxisTick::new().show(false))
        .split_line(SplitLine::new().show(false))
        .axis_label(
            AxisLabel::new()
                .color("var(--ink-soft)")
                .font_size(ink::font_size(layout)),
        )
        .data(data)
}

/// One row of cells.
fn cells(row: &[Option<Winner>], platforms: &[Owned]) -> Bar {
    let cell = |winner: &Option<Winner>| {
        let owner = winner.as_ref().and_then(|winner| {
            let mut all = platforms.iter();
            all.find(|owned| owned.platform == winner.platform)
        });
        let style = ItemStyle::new()
            .border_color("var(--paper)")
            .border_width(1.0);
        let style = match owner {
            Some(its) => style.color(colour(its.family)).opacity(its.shade),
            None => style.color("var(--paper-raised)"),
        };
        DataPoint::from(DataPointItem::new(1.0).item_style(style))
    };
    Bar::new()
        .stack("map")
        .bar_width("100%")
        .data(row.iter().map(cell).collect())
}

/// A platform's name in the middle of its longest run of cells, where it fits.
fn region(map: &WinnerMap, owned: &Owned, layout: Layout) -> Option<Scatter> {
    let (row, from, length) = longest_run(map, &owned.platform)?;
    let text = name(&owned.platform);
    let columns = f64::from(u32::try_from(map.peaks.len()).ok()?);
    let cell = f64::from(layout.width() - layout.pick(88, 68)) / columns;
    let letters = f64::from(u32::try_from(text.len()).ok()?);
    let run = f64::from(u32::try_from(length).ok()?);
    (run * cell > letters * LETTER).then(|| {
        let ink = if owned.shade > DARK {
            "var(--paper)"
        } else {
            "var(--ink)"
        };
        let even = length % 2 == 0;
        let shift = if even { -cell / 2.0 } else { 0.0 };
        Scatter::new()
            .symbol_size(0.01)
            .item_style(ItemStyle::new().color(ink).opacity(1.0))
            .label(
                label(layout, &text, ink)
                    .position(LabelPosition::Inside)
                    .offset((shift, 0.0)),
            )
            .data(vec![at(from + length / 2, row)])
    })
}

/// Row, first column and length of a platform's longest run, the lowest where several are as long.
fn longest_run(map: &WinnerMap, platform: &str) -> Option<(usize, usize, usize)> {
    let mut best: Option<(usize, usize, usize)> = None;
    for (row, cells) in map.winners.iter().enumerate() {
        let mut from = None;
        let mine = cells.iter().map(|cell| {
            cell.as_ref()
                .is_some_and(|winner| winner.platform == platform)
        });
        for (column, mine) in mine.chain(std::iter::once(false)).enumerate() {
            match (mine, from) {
                (true, None) => from = Some(column),
                (false, Some(first)) => {
                    let free = row != map.here.1;
                    if free && best.is_none_or(|(_, _, length)| column - first > length) {
                        best = Some((row, first, column - first));
                    }
                    from = None;
                }
                _ => {}
            }
        }
    }
    best
}

/// The middle of a cell.
fn at(column: usize, row: usize) -> DataPoint {
    let number = |count: usize| f64::from(u32::try_from(count).unwrap_or(0));
    DataPoint::from(vec![number(column), number(row) + 0.5])
}

fn here(map: &WinnerMap, layout: Layout) -> Scatter {
    let (peak, cpu) = map.here;
    let right = peak * 2 >= map.peaks.len();
    Scatter::new()
        .name("you are here")
        .symbol_size(12)
        .item_style(
            ItemStyle::new()
                .color("var(--ink)")
                .border_color("var(--paper)")
                .border_width(2)
                .opacity(1.0),
        )
        .label(
            label(layout, "you are here", "var(--ink)")
                .position(if right {
                    LabelPosition::Left
                } else {
                    LabelPosition::Right
                })
                .background_color("var(--paper)")
                .padding((2.0, 18.0, 2.0, 5.0)),
        )
        .data(vec![at(peak, cpu)])
}

//! Who wins at other peaks and CPU times: a map of cells, the regions named.

mod draw;

use model::evaluation::Family;
use model::winner_map::{Winner, WinnerMap};
use model::{PriceBook, System};

use super::drawing::{Drawing, Layout, Table};
use super::names::short;
use super::{Chart, Source};
use crate::format;

/// The chart.
pub(super) const CHART: Chart = Chart {
    id: "winner_map",
    name: "Who wins at other peaks and CPU times",
    source: Source::Answers {
        draw: drawing,
        heights: draw::HEIGHTS,
    },
};

const SENTENCE: &str = "Each cell is your workload with another peak and another CPU time, all else as answered; its colour is the cheapest option that keeps the latency target. Orange is serverless, blue is containers; a paler shade is another option of the same side.";

fn drawing(system: &System, index: usize, book: &PriceBook) -> Option<Drawing> {
    let map = model::winner_map::winner_map(system, index, book)?;
    let title = finding(&map);
    let paint = |layout: Layout, height| layout.picture(height, draw::chart(&map, &title, layout));
    Some(Drawing {
        sentence: SENTENCE.to_owned(),
        wide: paint(Layout::Wide, draw::HEIGHTS.0),
        narrow: paint(Layout::Narrow, draw::HEIGHTS.1),
        table: table(&map),
        title: title.clone(),
    })
}

fn family(cell: Option<&Winner>) -> Option<Family> {
    cell.map(|winner| winner.family)
}

const fn side(family: Family) -> &'static str {
    match family {
        Family::Serverless => "functions win",
        Family::Containers => "containers win",
        Family::Either | Family::Hybrid | Family::None => "nobody wins",
    }
}

/// A peak in words.
fn times(peak: f64) -> String {
    format!("{}x", format::number(peak))
}

/// Where the answer turns beside the answers as they are: along the peak, else along the CPU time.
fn finding(map: &WinnerMap) -> String {
    let (peak, cpu) = map.here;
    let row: Vec<Option<Family>> = map.winners[cpu]
        .iter()
        .map(|cell| family(cell.as_ref()))
        .collect();
    let column: Vec<Option<Family>> = map
        .winners
        .iter()
        .map(|row| family(row[peak].as_ref()))
        .collect();
    let at_cpu = format::ms(map.cpu_ms[cpu]);
    let at_peak = times(map.peaks[peak]);
    if let Some((place, above)) = turn(&row, peak) {
        let from = times(map.peaks[place]);
        return format!(
            "At {at_cpu} of CPU time, {} from a peak of {from} the mean on",
            side(above)
        );
    }
    if let Some((place, above)) = turn(&column, cpu) {
        let from = format::ms(map.cpu_ms[place]);
        return format!(
            "At a peak of {at_peak} the mean, {} from {from} of CPU time on",
            side(above)
        );
    }
    match row.get(peak).copied().flatten() {
        Some(winner) => format!(
            "At {at_cpu} of CPU time {} at every peak, and at a peak of {at_peak} at every CPU time",
            side(winner)
        ),
        None => "Nothing fits here".to_owned(),
    }
}

/// The change of sides nearest to a place: where it is, and who wins beyond.
fn turn(line: &[Option<Family>], here: usize) -> Option<(usize, Family)> {
    let turns = line.windows(2).enumerate().filter_map(|(place, pair)| {
        let (below, above) = (pair[0]?, pair[1]?);
        (below != above).then_some((place + 1, above))
    });
    turns.min_by_key(|(place, _)| place.abs_diff(here))
}

/// An option's name.
fn name(platform: &str) -> String {
    let label = model::platform::find(platform).map_or(platform, |platform| platform.label());
    short(label)
}

fn table(map: &WinnerMap) -> Table {
    let heads = map.peaks.iter().map(|peak| times(*peak));
    let rows = map.cpu_ms.iter().zip(&map.winners).rev().map(|(cpu, row)| {
        let cells = row.iter().map(|cell| {
            cell.as_ref().map_or_else(
                || "nothing fits".to_owned(),
                |winner| {
                    format!(
                        "{}, {}",
                        name(&winner.platform),
                        format::usd_cents(winner.monthly_usd)
                    )
                },
            )
        });
        std::iter::once(format::ms(*cpu)).chain(cells).collect()
    });
    Table {
        caption: "The cheapest option that keeps the target, by CPU time and peak against the mean"
            .to_owned(),
        heads: std::iter::once("CPU time".to_owned())
            .chain(heads)
            .collect(),
        rows: rows.collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(families: &[Family], here: usize, expected: Option<(usize, Family)>) {
        let line: Vec<Option<Family>> = families.iter().copied().map(Some).collect();
        assert_eq!(turn(&line, here), expected, "{families:?} at {here}");
    }

    #[test]
    fn the_nearest_turn_is_told() {
        use Family::{Containers as C, Serverless as S};
        check(&[C, C, S, S], 0, Some((2, S)));
        check(&[C, S, S, C], 3, Some((3, C)));
        check(&[C, S, S, C], 0, Some((1, S)));
        check(&[S, S], 0, None);
        check(&[], 0, None);
    }
}

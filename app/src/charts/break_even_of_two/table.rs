//! The lines of the chart at some volumes.

use super::{Plot, Whose};
use crate::charts::break_even::PlotLine;
use crate::charts::drawing::Table;
use crate::format;

/// Volumes for each factor of ten.
const PER_DECADE: f64 = 2.0;

pub(super) fn table(plot: &Plot) -> Table {
    let heads = plot.lines.iter().map(|(whose, line)| name(*whose, line));
    let rows = volumes(plot.x).into_iter().map(|requests| {
        let costs = plot.lines.iter().map(|(_, line)| {
            cost_at(&line.points, requests).map_or_else(|| "-".to_owned(), format::usd_cents)
        });
        std::iter::once(format::count(requests))
            .chain(costs)
            .collect()
    });
    Table {
        caption: "Cost a month of both scenarios at different volumes".to_owned(),
        heads: std::iter::once("Requests a month".to_owned())
            .chain(heads)
            .collect(),
        rows: rows.collect(),
    }
}

/// A line's name with its letter: `Lambda A`.
pub(super) fn name(whose: Whose, line: &PlotLine) -> String {
    format!("{} {}", line.label, whose.letter())
}

/// Powers of ten and what lies half-way, within the chart.
fn volumes(x: (f64, f64)) -> Vec<f64> {
    let steps = |volume: f64| volume.log10() * PER_DECADE;
    let first = steps(x.0).round();
    let all = std::iter::successors(Some(first), |step| Some(step + 1.0));
    all.take_while(|step| *step <= steps(x.1) + 1e-6)
        .map(|step| 10f64.powf(step / PER_DECADE))
        .collect()
}

/// The cost at a volume, between the two points beside it; `None` outside of the line.
pub(super) fn cost_at(points: &[(f64, f64)], requests: f64) -> Option<f64> {
    const EDGE: f64 = 1.000_001;
    let (first, last) = (points.first()?, points.last()?);
    if requests * EDGE < first.0 || requests > last.0 * EDGE {
        return None;
    }
    let pair = points
        .windows(2)
        .find(|pair| requests <= pair[1].0 * EDGE)?;
    let (from, to) = (pair[0], pair[1]);
    let share = ((requests / from.0).ln() / (to.0 / from.0).ln()).clamp(0.0, 1.0);
    Some(from.1 * (to.1 / from.1).powf(share))
}

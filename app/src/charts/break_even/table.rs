//! The lines of the chart at some of their points.

use super::BreakEvenPlot;
use crate::charts::drawing::Table;
use crate::format;

/// Rows, about.
const ROWS: usize = 12;

pub(super) fn table(plot: &BreakEvenPlot) -> Table {
    let longest = plot.lines.iter().max_by_key(|line| line.points.len());
    let points = longest.map_or(&[][..], |line| &line.points);
    let every = (points.len() / ROWS).max(1);
    let heads = plot.lines.iter().map(|line| line.label.clone());
    let rows = points.iter().step_by(every).map(|(requests, _)| {
        let costs = plot.lines.iter().map(|line| {
            let mut points = line.points.iter();
            points
                .find(|(at, _)| at.total_cmp(requests).is_eq())
                .map_or_else(|| "-".to_owned(), |(_, usd)| format::usd_cents(*usd))
        });
        std::iter::once(format::count(*requests))
            .chain(costs)
            .collect()
    });
    Table {
        caption: "Cost a month at different volumes".to_owned(),
        heads: std::iter::once("Requests a month".to_owned())
            .chain(heads)
            .collect(),
        rows: rows.collect(),
    }
}

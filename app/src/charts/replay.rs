//! A run of a replay over its time: how fast it answered, and what ran meanwhile.

mod draw;

use model::replay::Run;
use model::simulation::Bucket;

use super::drawing::{Drawing, Layout, Table};
use super::names::short;
use crate::format;

/// Its name in addresses.
pub const ID: &str = "replay";

const SECONDS_PER_HOUR: f64 = 3600.0;
const HOURS_PER_DAY: f64 = 24.0;
/// Rows of the table.
const MOST_ROWS: usize = 168;

/// What a run comes to; `None` where nothing was simulated.
#[must_use]
pub fn drawing(run: &Run) -> Option<Drawing> {
    run.timeline.first()?;
    let name = short(&run.label);
    let title = format!("{name} over the replay: response times and what ran");
    let paint = |layout: Layout, height| layout.picture(height, draw::chart(run, layout));
    Some(Drawing {
        sentence: "Above, the median and P99 of each part of the time, on a logarithmic axis; below, how many environments or tasks were alive (solid) and how many were busy (dotted).".to_owned(),
        wide: paint(Layout::Wide, draw::HEIGHTS.0),
        narrow: paint(Layout::Narrow, draw::HEIGHTS.1),
        table: table(run),
        title,
    })
}

/// The moment at which a part begins: `Mon 09:15`.
fn moment(bucket: &Bucket) -> String {
    const DAYS: [&str; 7] = ["Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"];
    let minutes = (bucket.start_s / 60.0).round();
    let (hours, minute) = ((minutes / 60.0).floor(), minutes % 60.0);
    let day = (hours / HOURS_PER_DAY).floor() % 7.0;
    let days = DAYS.iter().zip(0_u8..);
    let name = days
        .filter(|(_, place)| f64::from(*place) <= day)
        .last()
        .map_or("", |(name, _)| name);
    format!("{name} {:02.0}:{minute:02.0}", hours % HOURS_PER_DAY)
}

/// The parts of the time; of many only every so many-th.
fn table(run: &Run) -> Table {
    let every = run.timeline.len().div_ceil(MOST_ROWS).max(1);
    let rows = run.timeline.iter().step_by(every).map(|bucket| {
        vec![
            moment(bucket),
            format::count(model::replay::count(bucket.requests)),
            format::ms(bucket.p50_ms),
            format::ms(bucket.p99_ms),
            format::number(format::significant(bucket.alive_mean, 3)),
            format::number(format::significant(bucket.busy_mean, 3)),
            format::count(model::replay::count(bucket.cold_starts)),
            format::count(model::replay::count(bucket.throttled + bucket.failed)),
        ]
    });
    let heads = [
        "From",
        "Requests",
        "P50",
        "P99",
        "Alive",
        "Busy",
        "Cold starts",
        "Refused or given up",
    ];
    Table {
        caption: format!("{}, part by part", run.label),
        heads: heads.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

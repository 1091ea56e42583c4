//! How long each option takes to answer: a line from the median to P99.9, what a cold start takes beside it.

mod draw;

use model::Parts;
use model::evaluation::{ComponentEvaluation, LatencyEstimate, PlatformOption};
use model::reading::Target;

use super::drawing::{Drawing, Layout, Table};
use super::{Chart, Source, Subject, rows};
use crate::format;

/// The chart.
pub(super) const CHART: Chart = Chart {
    id: "latency",
    name: "Response times",
    source: Source::Evaluation {
        parts: Parts {
            latency: true,
            ..Parts::NONE
        },
        draw: drawing,
    },
};

const SENTENCE: &str = "Each line runs from the median to P99.9, with a dot at P95 and a larger one at P99, on a logarithmic axis. The thin line below is a request of median length that waits for a cold start, from a median start to a P99 start.";
/// Where nearly all requests wait for a start there are no warm ones to tell them from.
const NEARLY_ALL: f64 = 0.99;

/// What is drawn.
struct Panel<'e> {
    rows: Vec<Row<'e>>,
    target: Option<Target>,
}

/// An option.
struct Row<'e> {
    option: &'e PlatformOption,
    latency: &'e LatencyEstimate,
    /// A request of median length after a cold start of median length, and after one of P99.
    cold: Option<(f64, f64)>,
}

fn drawing(subject: &Subject<'_>) -> Option<Drawing> {
    let component = subject.evaluation.components.get(subject.index)?;
    let panel = Panel {
        rows: rows::options(component, |option| option.latency.is_some())
            .into_iter()
            .filter_map(row)
            .collect(),
        target: subject.evaluation.target(subject.system, subject.index),
    };
    let height = rows::height(panel.rows.len());
    let paint = |layout: Layout| layout.picture(height, draw::chart(&panel, layout));
    (!panel.rows.is_empty()).then(|| Drawing {
        title: finding(subject, component, &panel),
        sentence: SENTENCE.to_owned(),
        wide: paint(Layout::Wide),
        narrow: paint(Layout::Narrow),
        table: table(&panel),
    })
}

fn row(option: &PlatformOption) -> Option<Row<'_>> {
    let latency = option.latency.as_ref()?;
    let share = latency.cold_start_probability;
    let cold = (share > 0.0 && share < NEARLY_ALL)
        .then(|| {
            let (median, late) = (latency.cold_start_p50_ms?, latency.cold_start_p99_ms?);
            let warm = latency.percentiles.p50_ms;
            Some((warm + median, warm + late))
        })
        .flatten();
    Some(Row {
        option,
        latency,
        cold,
    })
}

/// Who keeps the target; without one, how far the options lie apart.
fn finding(subject: &Subject<'_>, component: &ComponentEvaluation, panel: &Panel<'_>) -> String {
    if subject
        .system
        .traffic(subject.index)
        .is_some_and(|requests| requests <= 0.0)
    {
        return "Without requests none is late".to_owned();
    }
    let able: Vec<&PlatformOption> = component
        .options
        .iter()
        .filter(|option| option.fit.ok && option.latency.is_some())
        .collect();
    let keep = able.iter().filter(|option| option.meets_target);
    let (kept, all) = (keep.clone().count(), able.len());
    if let Some(target) = &panel.target {
        let aim = format!(
            "{} within {}",
            target.percentile.label(),
            format::ms(target.ms)
        );
        return match (kept, all) {
            (0, _) => format!("No option keeps {aim}"),
            (kept, all) if kept == all => format!("Every option keeps {aim}"),
            (1, _) => {
                let only = keep
                    .clone()
                    .next()
                    .map_or("", |option| option.label.as_str());
                format!("Only {only} keeps {aim}")
            }
            (kept, all) => format!("{kept} of {all} options keep {aim}"),
        };
    }
    apart(panel)
}

/// How long the fastest and the slowest take.
fn apart(panel: &Panel<'_>) -> String {
    let late = |row: &&Row<'_>| row.latency.percentiles.p99_ms;
    let fastest = panel
        .rows
        .iter()
        .min_by(|one, other| late(one).total_cmp(&late(other)));
    let slowest = panel
        .rows
        .iter()
        .max_by(|one, other| late(one).total_cmp(&late(other)));
    match fastest.zip(slowest) {
        Some((fastest, slowest)) if fastest.option.platform != slowest.option.platform => format!(
            "P99 is {} on {} and {} on {}",
            format::ms(late(&fastest)),
            fastest.option.label,
            format::ms(late(&slowest)),
            slowest.option.label,
        ),
        Some((only, _)) => format!(
            "P99 is {} on {}",
            format::ms(late(&only)),
            only.option.label
        ),
        None => "No response times".to_owned(),
    }
}

fn table(panel: &Panel<'_>) -> Table {
    let rows = panel.rows.iter().map(|row| {
        let at = &row.latency.percentiles;
        let mut cells = vec![row.option.label.clone()];
        cells.extend([at.p50_ms, at.p90_ms, at.p95_ms, at.p99_ms, at.p999_ms].map(format::ms));
        cells.push(format::percent(row.latency.cold_start_probability));
        let (median, late) = row
            .cold
            .map_or(("-".to_owned(), "-".to_owned()), |(median, late)| {
                (format::ms(median), format::ms(late))
            });
        cells.extend([median, late]);
        cells
    });
    let heads = [
        "Option",
        "P50",
        "P90",
        "P95",
        "P99",
        "P99.9",
        "Cold starts",
        "Median after a median cold start",
        "Median after a P99 cold start",
    ];
    Table {
        caption: "Response times, weighted by requests over the week".to_owned(),
        heads: heads.map(str::to_owned).to_vec(),
        rows: rows.collect(),
    }
}

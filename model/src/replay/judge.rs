//! The formulas and the replay beside each other.

use super::month::count;
use super::play::{self, Play};
use super::question::Question;
use super::{Differences, Figures, MonthOfUse, Replay, Run, words};
use crate::bill::Bill;
use crate::estimate::MODEL_VERSION;
use crate::latency::percentile::Percentiles;
use crate::platform::{self, Detail, Platform, Prepared};
use crate::price::PriceBook;
use crate::simulation::{Interval, LatencySummary, Outcome};
use crate::workload::Workload;

/// What the replay has less of is no ground for a comparison: so few events say nothing.
const LEAST_EVENTS: f64 = 10.0;

pub(super) fn judged(
    question: &Question,
    plays: &[Play],
    outcomes: &[Vec<Outcome>],
    left_out: Vec<String>,
    book: &PriceBook,
) -> Replay {
    let system = play::seen_by_formulas(question);
    let mut runs = Vec::new();
    let mut requests = 0;
    for (play, outcomes) in plays.iter().zip(outcomes) {
        requests += outcomes.iter().map(|outcome| outcome.requests).sum::<u64>();
        let (workload, _) = Workload::typical(&system, play.index);
        let Some(platform) = platform::find(play.platform) else {
            continue;
        };
        runs.extend(run(play, outcomes, &workload, platform, book));
    }
    Replay {
        price_book: book.version().to_owned(),
        model_version: MODEL_VERSION.to_owned(),
        seed: question.seed,
        hours: question.hours(),
        replications: question.replications,
        requests,
        runs,
        left_out,
    }
}

fn run(
    play: &Play,
    outcomes: &[Outcome],
    workload: &Workload,
    platform: &'static dyn Platform,
    book: &PriceBook,
) -> Option<Run> {
    let prepared = Prepared::new(platform, workload, book);
    let detail = prepared.detail(workload.requests)?;
    let bills: Vec<(Bill, f64)> = outcomes
        .iter()
        .filter_map(|outcome| {
            prepared.replayed(workload.requests, &MonthOfUse::of(outcome, play.batch))
        })
        .collect();
    let first = outcomes.first()?;
    let each: Vec<Figures> = outcomes
        .iter()
        .zip(&bills)
        .map(|(outcome, (bill, count))| simulated(outcome, bill, *count))
        .collect();
    let (formula, simulated) = (formula(&detail), mean(&each));
    let share = |of: fn(&Outcome) -> u64| {
        let all: u64 = outcomes.iter().map(|outcome| outcome.requests).sum();
        let some: u64 = outcomes.iter().map(of).sum();
        count(some) / count(all).max(1.0)
    };
    let run = Run {
        component: play.component.clone(),
        index: play.index,
        platform: play.platform.to_owned(),
        label: play.label.to_owned(),
        family: platform.family(),
        formula,
        simulated,
        half_width: half_width(&each),
        difference_pct: differences(&formula, &simulated, outcomes),
        bill: bills.into_iter().next()?.0,
        throttled_share: share(|outcome| outcome.throttled),
        queued_share: share(|outcome| outcome.queued),
        failed_share: share(|outcome| outcome.failed),
        hides: String::new(),
        notes: words::notes(
            workload,
            platform,
            (first, prepared.fits(workload.requests)),
        ),
        timeline: first.timeline.clone(),
    };
    Some(Run {
        hides: words::hides(&run),
        ..run
    })
}

/// What the formulas say, in the units of the replay.
fn formula(detail: &Detail) -> Figures {
    let latency = detail.latency.as_ref();
    let Percentiles {
        p50_ms,
        p90_ms,
        p95_ms,
        p99_ms,
        p999_ms,
    } = latency.map_or_else(Percentiles::default, |latency| latency.percentiles);
    Figures {
        monthly_usd: detail.bill.usd().get(),
        p50_ms,
        p90_ms,
        p95_ms,
        p99_ms,
        p999_ms,
        cold_start_probability: latency.map_or(0.0, |latency| latency.cold_start_probability),
        instances: detail.configuration.count_mean.unwrap_or(0.0),
    }
}

fn simulated(outcome: &Outcome, bill: &Bill, instances: f64) -> Figures {
    let latency = outcome.latency.unwrap_or(LatencySummary::NONE);
    Figures {
        monthly_usd: bill.usd().get(),
        p50_ms: latency.p50_ms,
        p90_ms: latency.p90_ms,
        p95_ms: latency.p95_ms,
        p99_ms: latency.p99_ms,
        p999_ms: latency.p999_ms,
        cold_start_probability: count(outcome.cold_starts) / count(outcome.requests).max(1.0),
        instances,
    }
}

type Of = (fn(&Figures) -> f64, fn(&mut Figures, f64));

/// Every figure, to be read and written.
const EACH: [Of; 8] = [
    (|of| of.monthly_usd, |of, value| of.monthly_usd = value),
    (|of| of.p50_ms, |of, value| of.p50_ms = value),
    (|of| of.p90_ms, |of, value| of.p90_ms = value),
    (|of| of.p95_ms, |of, value| of.p95_ms = value),
    (|of| of.p99_ms, |of, value| of.p99_ms = value),
    (|of| of.p999_ms, |of, value| of.p999_ms = value),
    (
        |of| of.cold_start_probability,
        |of, value| of.cold_start_probability = value,
    ),
    (|of| of.instances, |of, value| of.instances = value),
];

fn mean(runs: &[Figures]) -> Figures {
    let mut figures = Figures::default();
    for (read, write) in EACH {
        let each: Vec<f64> = runs.iter().map(read).collect();
        write(&mut figures, super::mean(&each));
    }
    figures
}

fn half_width(runs: &[Figures]) -> Option<Figures> {
    let mut widths = Figures::default();
    for (read, write) in EACH {
        let each: Vec<f64> = runs.iter().map(read).collect();
        write(&mut widths, Interval::of(&each)?.half_width);
    }
    Some(widths)
}

fn differences(formula: &Figures, simulated: &Figures, outcomes: &[Outcome]) -> Differences {
    let cold: u64 = outcomes.iter().map(|outcome| outcome.cold_starts).sum();
    let completed: u64 = outcomes.iter().map(|outcome| outcome.completed).sum();
    let off = |read: fn(&Figures) -> f64, events: f64| {
        let (formula, simulated) = (read(formula), read(simulated));
        (simulated > 0.0 && formula > 0.0 && events >= LEAST_EVENTS)
            .then(|| 100.0 * (formula - simulated) / simulated)
    };
    // Of n requests, so many lie beyond a percentile.
    let beyond = |share: f64| count(completed) * share;
    Differences {
        monthly_usd: off(|of| of.monthly_usd, f64::INFINITY),
        p50_ms: off(|of| of.p50_ms, beyond(0.5)),
        p90_ms: off(|of| of.p90_ms, beyond(0.1)),
        p95_ms: off(|of| of.p95_ms, beyond(0.05)),
        p99_ms: off(|of| of.p99_ms, beyond(0.01)),
        p999_ms: off(|of| of.p999_ms, beyond(0.001)),
        cold_start_probability: off(|of| of.cold_start_probability, count(cold)),
        instances: off(|of| of.instances, f64::INFINITY),
    }
}

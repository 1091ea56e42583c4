//! What a replay says in sentences.

use super::Run;
use super::month::count;
use crate::evaluation::Family;
use crate::latency::cold_start::ColdStart;
use crate::platform::Platform;
use crate::simulation::{Bucket, Outcome};
use crate::system::FieldError;
use crate::units::{HOURS_PER_WEEK, MINUTES_PER_HOUR, SECONDS_PER_HOUR, Seconds};
use crate::wording::{self, milliseconds, percent};
use crate::workload::Workload;

/// A time that answers so much more slowly than the rest is worth a sentence.
const SLOWER: f64 = 1.5;
/// A number of weeks so near a whole one is whole.
const WHOLE: f64 = 1e-3;
/// Requests that a part of the time must have for its percentile to say something.
const LEAST_REQUESTS: u64 = 1_000;

/// What the averages hide.
pub(super) fn hides(run: &Run) -> String {
    let timeline = &run.timeline;
    if timeline.iter().all(|bucket| bucket.requests == 0) {
        return "No request came, so there is nothing to hide.".to_owned();
    }
    if run.throttled_share > 0.0 {
        return refused(run);
    }
    if run.failed_share > 0.0 {
        let worst = most(timeline, |bucket| bucket.failed);
        let worst = worst.filter(|bucket| bucket.failed > 0);
        let at = worst.map_or_else(String::new, |bucket| {
            format!(", most of them on {}", when(bucket))
        });
        let why = if run.family == Family::Containers {
            ": the fleet grows later than its load, and an average over the hour does not show it"
        } else {
            ""
        };
        return format!(
            "{} of the requests gave up waiting{at}{why}.",
            percent(run.failed_share),
        );
    }
    let heard = timeline
        .iter()
        .filter(|bucket| bucket.requests >= LEAST_REQUESTS);
    let slowest = heard.max_by(|left, right| left.p99_ms.total_cmp(&right.p99_ms));
    match slowest {
        Some(bucket) if bucket.p99_ms > SLOWER * run.simulated.p99_ms => slow(run, bucket),
        Some(bucket) => format!(
            "Here the averages hide little: even at its slowest, on {}, P99 was {} against {} over the whole time.",
            when(bucket),
            milliseconds(bucket.p99_ms),
            milliseconds(run.simulated.p99_ms),
        ),
        None if run.simulated.cold_start_probability > 0.0 => format!(
            "So few requests come that none is like the average: {} of them start an environment and wait for it.",
            percent(run.simulated.cold_start_probability),
        ),
        None => "So few requests come that hardly two of them meet: the averages hide little."
            .to_owned(),
    }
}

fn refused(run: &Run) -> String {
    let timeline = &run.timeline;
    let parts = timeline
        .iter()
        .filter(|bucket| bucket.throttled > 0)
        .count();
    let worst = most(timeline, |bucket| bucket.throttled);
    // Another run than the first may have had them all.
    let worst = worst.filter(|bucket| bucket.throttled > 0);
    let at = worst.map_or_else(String::new, |bucket| {
        format!(
            ", in {parts} of {} parts of the time; on {} it was {} of {}",
            timeline.len(),
            when(bucket),
            wording::count(count(bucket.throttled)),
            wording::count(count(bucket.requests)),
        )
    });
    format!(
        "{} of the requests were refused for want of capacity{at}.",
        percent(run.throttled_share),
    )
}

fn slow(run: &Run, bucket: &Bucket) -> String {
    let why = if bucket.cold_starts > 0 {
        let cold = wording::count(count(bucket.cold_starts));
        let all = wording::count(count(bucket.requests));
        format!(": {cold} of its {all} requests started an environment")
    } else if run.family == Family::Containers {
        ", while the fleet was smaller than its load".to_owned()
    } else {
        String::new()
    };
    format!(
        "Over the whole time P99 is {}; on {} it was {}{why}.",
        milliseconds(run.simulated.p99_ms),
        when(bucket),
        milliseconds(bucket.p99_ms),
    )
}

fn most(timeline: &[Bucket], of: fn(&Bucket) -> u64) -> Option<&Bucket> {
    timeline.iter().max_by_key(|bucket| of(bucket))
}

const DAYS: [&str; 7] = [
    "Monday",
    "Tuesday",
    "Wednesday",
    "Thursday",
    "Friday",
    "Saturday",
    "Sunday",
];
const HOURS_PER_DAY: f64 = 24.0;

/// The day and time at which a part begins, the first Monday being the start: `Tuesday 14:15`.
fn when(bucket: &Bucket) -> String {
    let hours = bucket.start_s / SECONDS_PER_HOUR;
    let day = crate::math::floor(hours / HOURS_PER_DAY);
    let of_day = hours - day * HOURS_PER_DAY;
    let hour = crate::math::floor(of_day);
    let minute = crate::math::floor((of_day - hour) * MINUTES_PER_HOUR + 1e-6);
    let day = day - 7.0 * crate::math::floor(day / 7.0);
    let name = DAYS
        .iter()
        .zip(0_u8..)
        .find(|(_, number)| f64::from(*number) >= day)
        .map_or("Monday", |(name, _)| name);
    let week = crate::math::floor(hours / HOURS_PER_WEEK);
    if week > 0.0 {
        format!("{name} {hour:02.0}:{minute:02.0} of week {:.0}", week + 1.0)
    } else {
        format!("{name} {hour:02.0}:{minute:02.0}")
    }
}

/// Why an option is not among the runs.
pub(super) fn left_out(workload: &Workload, platform: &dyn Platform, priced: bool) -> String {
    let (name, label) = (&workload.name, platform.label());
    if !priced {
        format!("{name} on {label}: a price is missing for the region.")
    } else if workload.kind.runs_and_stops() {
        format!(
            "{name} on {label}: each job is a task of its own, so there is no queue and no fleet to replay."
        )
    } else {
        format!("{name} on {label}: it cannot run there.")
    }
}

/// Why an option that runs is not among the runs.
pub(super) fn too_large(
    workload: &Workload,
    platform: &dyn Platform,
    refused: &[FieldError],
) -> String {
    let why = refused.first().map_or("", |error| error.message.as_str());
    let (name, label) = (&workload.name, platform.label());
    format!("{name} on {label}: too large to be replayed ({why}).")
}

/// Where a formula is used outside its range, or the replay leaves something out.
pub(super) fn notes(
    workload: &Workload,
    platform: &dyn Platform,
    (outcome, fits): (&Outcome, bool),
) -> Vec<String> {
    let mut notes = Vec::new();
    if !fits {
        notes.push(
            "This option breaks a limit of the platform; the replay does not keep to it."
                .to_owned(),
        );
    }
    let hours = outcome.seconds / SECONDS_PER_HOUR;
    let weeks = hours / HOURS_PER_WEEK;
    if (weeks - crate::math::round(weeks)).abs() > WHOLE {
        notes.push(
            "This is no whole number of weeks: the formulas are asked for a month of the hours that were replayed, from Monday 00:00 on."
                .to_owned(),
        );
    }
    let functions = outcome.usage.environment_seconds > 0.0;
    let question = ColdStart {
        arrival_rate: workload.requests.per_second(),
        service_time: workload.duration.seconds(),
        keep_alive: Seconds::new(workload.keep_alive_s),
    };
    if functions && !question.in_range() {
        notes.push(
            "A request takes longer than an idle environment is kept: there the formula for cold starts is off by more than 5 %, and the replay is to be believed."
                .to_owned(),
        );
    }
    if workload.bursts.iter().any(|burst| burst.announced) {
        notes.push(
            "Bursts that were announced come unannounced here: nothing is started ahead of them."
                .to_owned(),
        );
    }
    if workload.terms.spot && platform.family() == Family::Containers {
        notes.push("No Spot capacity is taken away here.".to_owned());
    }
    notes
}

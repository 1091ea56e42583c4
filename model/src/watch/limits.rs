//! Limits of the chosen option that operation measures, less a reserve.

use super::{Comparison, Hold, Metric, Scene, Threshold, Unit, Watch, reserve};
use crate::behavior::Behavior;
use crate::evaluation::LimitCheck;
use crate::rules::Rules;
use crate::units::{MS_PER_S, SECONDS_PER_HOUR};
use crate::wording::{count, lower_first, milliseconds, percent, short};

const SECONDS_PER_MINUTE: f64 = SECONDS_PER_HOUR / 60.0;

/// A limit of the data that a metric shows.
struct Measured {
    limit_id: &'static str,
    name: &'static str,
    metric: Metric,
    /// From the limit's unit to the metric's.
    scale: f64,
}

const fn measured(
    limit_id: &'static str,
    name: &'static str,
    metric: Metric,
    scale: f64,
) -> Measured {
    Measured {
        limit_id,
        name,
        metric,
        scale,
    }
}

const MINUTE: (&str, Metric) = ("busiest-minute-above", Metric::RequestsInBusiestMinute);
const RUN: (&str, Metric) = ("longest-run-above", Metric::LongestRun);

/// Of those with one name the tightest is watched.
const MEASURED: [Measured; 9] = [
    measured(
        "aws-lambda/account-concurrency",
        "concurrency-above",
        Metric::Concurrency,
        1.0,
    ),
    measured(
        "aws-lambda/requests-per-concurrency",
        MINUTE.0,
        MINUTE.1,
        SECONDS_PER_MINUTE,
    ),
    measured(
        "aws-api-gateway/requests",
        MINUTE.0,
        MINUTE.1,
        SECONDS_PER_MINUTE,
    ),
    measured(
        "aws-lambda-web-functions/requests",
        MINUTE.0,
        MINUTE.1,
        SECONDS_PER_MINUTE,
    ),
    measured("aws-api-gateway/http-timeout", RUN.0, RUN.1, MS_PER_S),
    measured("aws-api-gateway/rest-timeout", RUN.0, RUN.1, MS_PER_S),
    measured("aws-lambda/timeout", RUN.0, RUN.1, MS_PER_S),
    measured(
        "aws-lambda-managed-instances/timeout",
        RUN.0,
        RUN.1,
        MS_PER_S,
    ),
    measured("aws-lambda-web-functions/timeout", RUN.0, RUN.1, MS_PER_S),
];

pub(super) fn watches(scene: &Scene<'_>) -> Vec<Watch> {
    let mut found: Vec<Watch> = Vec::new();
    for measured in &MEASURED {
        let Some(watch) = check_of(scene, measured.limit_id)
            .filter(|check| check.limit_value > 0.0)
            .and_then(|check| watch(scene, measured, check))
        else {
            continue;
        };
        match found.iter_mut().find(|other| other.id == watch.id) {
            Some(other) if other.threshold.value > watch.threshold.value => *other = watch,
            Some(_) => {}
            None => found.push(watch),
        }
    }
    found.extend(throttles(scene));
    found
}

/// The check of a limit, by the words in which it was written down; a remark may follow them.
fn check_of<'a>(scene: &Scene<'a>, limit_id: &str) -> Option<&'a LimitCheck> {
    let limit = Behavior::embedded().find_limit(limit_id)?;
    let mut checks = scene.chosen.fit.limits.iter();
    checks.find(|check| check.limit.starts_with(&limit.what) && check.unit == limit.unit)
}

/// Nothing where the estimate needs the whole limit.
fn watch(scene: &Scene<'_>, measured: &Measured, check: &LimitCheck) -> Option<Watch> {
    let share = reserve(check.workload_value / check.limit_value)?;
    let (hold, unit) = match measured.metric {
        Metric::LongestRun => (Hold::AN_HOUR, Unit::Milliseconds),
        _ => (Hold::A_MINUTE, Unit::Count),
    };
    let words = |value: f64| match (unit, check.unit.as_str()) {
        (Unit::Milliseconds, _) => milliseconds(value * measured.scale),
        (_, "1/s") => format!("{} a second", count(value)),
        _ => count(value),
    };
    let threshold = Threshold::new(check.limit_value * share * measured.scale, unit);
    let (limit, name) = (words(check.limit_value), lower_first(&check.limit));
    let needed = words(check.workload_value);
    let because = if share > Rules::embedded().watch_limit_share {
        format!(
            "The estimate needs {needed} of {limit} ({name}); between them there is little time left to act."
        )
    } else {
        format!(
            "The limit is {limit} ({name}), the estimate needs {needed}: at {} of the limit there is time left to act.",
            percent(share)
        )
    };
    Some(Watch {
        for_how_long: hold,
        because,
        then: match measured.metric {
            Metric::LongestRun => "Split the work or move it before it is cut off, and evaluate again with the longest run.",
            _ => "Ask for a higher quota, and evaluate again with the peak that you see.",
        }
        .to_owned(),
        ..scene.watch(
            measured.name,
            measured.metric,
            (Comparison::Above, threshold),
        )
    })
}

/// Functions say when they turn requests away.
fn throttles(scene: &Scene<'_>) -> Option<Watch> {
    let check = check_of(scene, "aws-lambda/account-concurrency").filter(|check| check.ok)?;
    let threshold = Threshold::new(0.0, Unit::Count);
    Some(Watch {
        for_how_long: Hold::QUARTER_HOUR,
        because: format!(
            "The estimate needs {} of {} environments and turns nobody away: throttled requests fail or wait.",
            short(check.workload_value),
            short(check.limit_value)
        ),
        then: "Look which limit was met, ask for a higher quota, and evaluate again with the peak that you see.".to_owned(),
        ..scene.watch(
            "throttles-above",
            Metric::Throttles,
            (Comparison::Above, threshold),
        )
    })
}

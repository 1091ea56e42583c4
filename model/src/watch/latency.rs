//! The latency target, and the share of cold starts that would reach its percentile.

use super::{Comparison, Hold, Metric, Scene, Threshold, Unit, Watch};
use crate::system::{Answer, Percentile};
use crate::wording::{milliseconds, percent};

pub(super) fn watches(scene: &Scene<'_>) -> Vec<Watch> {
    let percentile = scene.percentile();
    target(scene, percentile)
        .into_iter()
        .chain(cold_starts(scene, percentile))
        .collect()
}

/// Nothing where the estimate misses the target: that is no news from operation.
fn target(scene: &Scene<'_>, percentile: Percentile) -> Option<Watch> {
    let target = scene.answers.latency.target_ms.map(Answer::typical)?;
    let latency = scene.chosen.latency.as_ref();
    let estimate = latency.map(|latency| latency.percentiles.at(percentile));
    if estimate.is_some_and(|estimate| estimate > target) {
        return None;
    }
    let estimate = estimate.map_or_else(String::new, |estimate| {
        format!(
            "; the estimate for {} is {}",
            scene.chosen.label,
            milliseconds(estimate)
        )
    });
    let threshold = Threshold::new(target, Unit::Milliseconds);
    Some(Watch {
        for_how_long: Hold::QUARTER_HOUR,
        because: format!(
            "The target for {} is {}{estimate}.",
            percentile.label(),
            milliseconds(target)
        ),
        then: "Look whether waiting, cold starts or the work itself grew, and evaluate again with what you measured.".to_owned(),
        ..scene.watch(
            "latency-above",
            Metric::Latency(percentile),
            (Comparison::Above, threshold),
        )
    })
}

/// Above a share of `1 - percentile` cold starts show in the percentile.
fn cold_starts(scene: &Scene<'_>, percentile: Percentile) -> Option<Watch> {
    let latency = scene.chosen.latency.as_ref()?;
    let added = latency.cold_start_p50_ms.filter(|added| *added > 0.0)?;
    let now = latency.cold_start_probability;
    let most = 1.0 - percentile.share();
    let functions = scene.chosen.configuration.memory_mb.is_some();
    if !functions || now <= 0.0 || now >= most {
        return None;
    }
    let threshold = Threshold::new(most, Unit::Share);
    Some(Watch {
        for_how_long: Hold::THREE_HOURS,
        because: format!(
            "A cold start adds about {}; from {} of the requests on it shows in {}. The estimate is {}.",
            milliseconds(added),
            percent(most),
            percentile.label(),
            percent(now)
        ),
        then: "Compare with provisioned concurrency, and evaluate again with the traffic that you see.".to_owned(),
        ..scene.watch(
            "cold-starts-above",
            Metric::ColdStartShare,
            (Comparison::Above, threshold),
        )
    })
}

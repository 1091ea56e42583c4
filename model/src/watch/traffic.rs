//! The nearest deciding break-evens on both sides of today's traffic.

use super::{Comparison, Hold, Metric, Scene, Threshold, Unit, Watch};
use crate::evaluation::BreakEven;
use crate::units::HOURS_PER_MONTH;
use crate::wording::count;

const HOURS_PER_DAY: f64 = 24.0;

pub(super) fn watches(scene: &Scene<'_>) -> Vec<Watch> {
    let sides = [Comparison::Above, Comparison::Below];
    let mut found: Vec<(f64, Watch)> = sides
        .into_iter()
        .filter_map(|side| Some((side, nearest(scene, side)?)))
        .map(|(side, point)| {
            let distance = point.requests_per_month / scene.requests.max(1.0);
            (crate::math::ln(distance).abs(), watch(scene, side, point))
        })
        .collect();
    found.sort_by(|(one, _), (other, _)| one.total_cmp(other));
    found.into_iter().map(|(_, watch)| watch).collect()
}

/// The nearest point on one side from which the other family leads; of those at one volume the
/// one that names the chosen option.
fn nearest<'a>(scene: &Scene<'a>, side: Comparison) -> Option<&'a BreakEven> {
    let component = scene.component;
    let stays = |id: &str| {
        let mut options = component.options.iter();
        options.any(|option| option.platform == id && option.family == scene.chosen.family)
    };
    let beyond = |point: &&BreakEven| {
        let volume = point.requests_per_month;
        let there = match side {
            Comparison::Above => volume > scene.requests && !stays(&point.cheaper_above),
            _ => volume <= scene.requests && stays(&point.cheaper_above),
        };
        there && point.decides
    };
    let rank = |point: &BreakEven| {
        let distance = (point.requests_per_month - scene.requests).abs();
        (distance, !point.between.contains(&scene.chosen.platform))
    };
    let points = component.break_even.iter().filter(beyond);
    points.min_by(|one, other| {
        let (one, other) = (rank(one), rank(other));
        one.0.total_cmp(&other.0).then(one.1.cmp(&other.1))
    })
}

fn watch(scene: &Scene<'_>, side: Comparison, point: &BreakEven) -> Watch {
    let volume = point.requests_per_month;
    let above = point.cheaper_above.as_str();
    let mut ids = point.between.iter().map(String::as_str);
    let below = ids.find(|id| *id != above).unwrap_or(above);
    let (name, word, winner, loser) = match side {
        Comparison::Above => ("requests-above", "Above", above, below),
        _ => ("requests-below", "Below", below, above),
    };
    let a_day = volume * HOURS_PER_DAY / HOURS_PER_MONTH;
    let threshold = Threshold::new(volume, Unit::Count);
    Watch {
        for_how_long: Hold::MOST_DAYS_OF_A_WEEK,
        because: format!(
            "{word} about {} requests a month, {} a day, {} is cheaper than {}: the nearest break-even {} today's {}.",
            count(volume),
            count(a_day),
            scene.label(winner),
            scene.label(loser),
            word.to_lowercase(),
            count(scene.requests),
        ),
        then: "Evaluate again with the traffic that you see.".to_owned(),
        ..scene.watch(name, Metric::RequestsPerMonth, (side, threshold))
    }
}

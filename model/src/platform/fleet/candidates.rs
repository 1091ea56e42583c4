//! Which size is bought.

use super::Candidate;

/// The place of the candidate whose purchase costs least among those that keep the target, or
/// among all where none does; the first of equals. `buy` says what is bought and what that
/// costs; `least` is a cost that it cannot undercut.
pub(in crate::platform) fn cheapest_by<T, B>(
    candidates: &[Candidate<T>],
    least: impl Fn(&Candidate<T>) -> f64,
    mut buy: impl FnMut(&Candidate<T>) -> (B, f64),
) -> Option<(usize, B)> {
    let mut best: Option<(usize, B, (bool, f64))> = None;
    for (place, candidate) in candidates.iter().enumerate() {
        let hopeless = |rank: (bool, f64)| (candidate.meets_target, -least(candidate)) < rank;
        if best.as_ref().is_some_and(|(_, _, rank)| hopeless(*rank)) {
            continue;
        }
        let (bought, usd) = buy(candidate);
        let rank = (candidate.meets_target, -usd);
        let better = best.as_ref().is_none_or(|(_, _, other)| rank > *other);
        if usd.is_finite() && better {
            best = Some((place, bought, rank));
        }
    }
    best.map(|(place, bought, _)| (place, bought))
}

/// The candidates that can be the cheapest at some volume: without those that cost at least as
/// much as another that carries at least as much. `usd_per_hour` gives every price that may be
/// paid for an hour of the size.
pub(in crate::platform) fn undominated<T, const N: usize>(
    candidates: Vec<Candidate<T>>,
    usd_per_hour: impl Fn(&T) -> [f64; N],
) -> Vec<Candidate<T>> {
    let prices: Vec<[f64; N]> = candidates
        .iter()
        .map(|candidate| usd_per_hour(&candidate.size))
        .collect();
    let as_good = |one: usize, other: usize| {
        let (left, right) = (&candidates[one], &candidates[other]);
        let cheap = prices[one]
            .iter()
            .zip(&prices[other])
            .all(|(left, right)| left <= right);
        cheap
            && left.rate.usual >= right.rate.usual
            && left.rate.zone_lost >= right.rate.zone_lost
            && left.meets_target >= right.meets_target
    };
    let indexes = 0..candidates.len();
    let kept: Vec<bool> = indexes
        .clone()
        .map(|this| {
            // Of two that are alike the first stays.
            !indexes.clone().any(|other| {
                other != this && as_good(other, this) && (other < this || !as_good(this, other))
            })
        })
        .collect();
    candidates
        .into_iter()
        .zip(kept)
        .filter_map(|(candidate, kept)| kept.then_some(candidate))
        .collect()
}

//! Which size is bought.

use super::{Candidate, FleetLoad};
use crate::capacity::UnitRate;

/// The candidate whose purchase costs least among those that keep the target, or among all where
/// none does, by its place with what was bought.
///
/// `load` is what a candidate carries; `buy` says what is bought and what that costs; `least` is a
/// cost that it cannot undercut with units of a rate. The one that looks best from below is
/// bought first and wins a draw; of the others only those that can still undercut it are, and the
/// latency target is looked at only where a candidate would win without it.
pub(in crate::platform) fn cheapest_by<'l, T, B>(
    candidates: &[Candidate<T>],
    load: impl Fn(&Candidate<T>) -> &'l FleetLoad<'l>,
    least: impl Fn(&Candidate<T>, UnitRate) -> f64,
    mut buy: impl FnMut(&Candidate<T>) -> (B, f64),
) -> Option<(usize, B)> {
    let at_best = |candidate: &Candidate<T>| Rank(true, -least(candidate, candidate.unbound));
    let looks = |candidate: &Candidate<T>| {
        let load = load(candidate);
        let least = least(candidate, load.rate(candidate));
        Rank(load.keeps_target(candidate), -least)
    };
    let promising = most_promising(candidates, at_best, looks)?;
    let mut best: Option<(usize, B, Rank)> = None;
    for place in std::iter::once(promising).chain(0..candidates.len()) {
        let candidate = &candidates[place];
        let beaten = |rank: Rank| best.as_ref().is_some_and(|(_, _, best)| rank <= *best);
        if beaten(at_best(candidate)) || beaten(looks(candidate)) {
            continue;
        }
        let (bought, usd) = buy(candidate);
        let rank = Rank(load(candidate).keeps_target(candidate), -usd);
        if usd.is_finite() && !beaten(rank) {
            best = Some((place, bought, rank));
        }
    }
    best.map(|(place, bought, _)| (place, bought))
}

/// Whether the target is kept, and the cost with its sign turned: the greater the better.
#[derive(Clone, Copy, Debug, PartialEq, PartialOrd)]
struct Rank(bool, f64);

/// The place of the first candidate that looks best, begun with the one that does so at best.
fn most_promising<T>(
    candidates: &[Candidate<T>],
    at_best: impl Fn(&Candidate<T>) -> Rank,
    looks: impl Fn(&Candidate<T>) -> Rank,
) -> Option<usize> {
    let mut first: Option<(usize, Rank)> = None;
    for (place, candidate) in candidates.iter().enumerate() {
        let rank = at_best(candidate);
        if first.is_none_or(|(_, best)| rank > best) {
            first = Some((place, rank));
        }
    }
    let mut best = first?.0;
    let mut rank = looks(&candidates[best]);
    for (place, candidate) in candidates.iter().enumerate() {
        let better = |other: Rank| other > rank || (other == rank && place < best);
        if better(at_best(candidate)) && place != best {
            let other = looks(candidate);
            if better(other) {
                (best, rank) = (place, other);
            }
        }
    }
    Some(best)
}

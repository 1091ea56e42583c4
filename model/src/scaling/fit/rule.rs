//! Which other lines an amount depends on.

use super::super::Rule;
use super::super::sample::{Key, Kind, Sample};
use crate::bill::Place;

/// The rule of a line after those `above` it; `None` where none gives what was charged.
pub(super) fn rule(samples: &[Sample], key: &Key, above: &[Key]) -> Option<Rule> {
    let charge = samples.iter().find_map(|sample| sample.find(key))?;
    match charge.place {
        Place::OfLinesAbove => Some(Rule::Discount(-charge.tiers.first()?.usd)),
        Place::After(_) => {
            let wanted = |place: Place| match place {
                Place::After(already) => Some(already),
                _ => None,
            };
            let found = sets(key, above).find(|set| adds_up(samples, key, above, set, wanted));
            // What came before does not matter as long as a tier is not full: the amounts tell.
            Some(Rule::After(found.unwrap_or_default()))
        }
        Place::Credit { allowance, .. } => {
            let wanted = |place: Place| match place {
                Place::Credit { charged, .. } => Some(charged),
                _ => None,
            };
            let found = sets(key, above).find(|set| adds_up(samples, key, above, set, wanted));
            found.map(|of| Rule::Credit { of, allowance })
        }
    }
}

/// None of the lines above, all of the same price, each of them.
fn sets(key: &Key, above: &[Key]) -> impl Iterator<Item = Vec<usize>> {
    let alike: Vec<usize> = above
        .iter()
        .enumerate()
        .filter(|(_, other)| {
            other.kind == Kind::Charge
                && other.price_id == key.price_id
                && other.environment == key.environment
        })
        .map(|(place, _)| place)
        .collect();
    let each: Vec<Vec<usize>> = alike.iter().map(|place| vec![*place]).collect();
    [Vec::new(), alike].into_iter().chain(each)
}

/// Whether the quantities of a set of lines are what the line says came before it.
fn adds_up(
    samples: &[Sample],
    key: &Key,
    above: &[Key],
    set: &[usize],
    wanted: impl Fn(Place) -> Option<f64>,
) -> bool {
    samples.iter().all(|sample| {
        let Some(wanted) = sample.find(key).and_then(|charge| wanted(charge.place)) else {
            return true;
        };
        let quantity = |place: &usize| {
            sample
                .find(&above[*place])
                .map_or(0.0, |charge| charge.quantity)
        };
        let sum: f64 = set.iter().map(quantity).sum();
        (sum - wanted).abs() <= super::EXACT * wanted.abs().max(super::EXACT)
    })
}

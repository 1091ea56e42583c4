//! The closed form of one quantity, if it has one.

use super::super::sample::{Key, Kind, Sample};
use super::super::{Fleet, Form, Part};
use super::EXACT;

/// Fewest points that tell a line from a coincidence.
const ENOUGH: usize = 4;
/// What the difference of two numbers may be off, against the larger one.
const ROUNDING: f64 = 1e-12;

/// A volume and the quantity there.
type Point = (f64, f64);

/// The first form that gives the quantity at every volume.
pub(super) fn form(samples: &[Sample], key: &Key, fleets: &[Fleet]) -> Option<Form> {
    let quantity = |sample: &Sample| sample.find(key).map_or(0.0, |charge| charge.quantity);
    let points: Vec<Point> = samples
        .iter()
        .map(|sample| (sample.requests, quantity(sample)))
        .collect();
    if key.kind != Kind::Charge {
        // It follows from other lines.
        return Some(Form::Fixed(0.0));
    }
    let most = points
        .iter()
        .fold(0.0, |most: f64, point| most.max(point.1));
    let holds = |form: &Form| {
        points
            .iter()
            .all(|(volume, quantity)| close(form.at(*volume, fleets), *quantity, most))
    };
    let last = points.last()?;
    if holds(&Form::Fixed(last.1)) {
        return Some(Form::Fixed(last.1));
    }
    let per_request = Form::Linear {
        fixed: 0.0,
        per_request: last.1 / last.0,
    };
    // Of a quantity that is there at some volumes only: through those.
    let there = || points.iter().filter(|(_, quantity)| *quantity > 0.0);
    let ends = there().next().zip(there().next_back());
    let enough = there().count() >= ENOUGH;
    let affine = ends.filter(|_| enough).map(|(low, high)| {
        let slope = (high.1 - low.1) / (high.0 - low.0);
        Form::Linear {
            fixed: high.1 - slope * high.0,
            per_request: slope,
        }
    });
    let linear = [Some(per_request), affine];
    linear
        .into_iter()
        .flatten()
        .find(holds)
        .or_else(|| of_fleets(&points, key, fleets, holds))
}

/// Equal but for rounding: of the quantity itself, or of larger ones that it is left of.
fn close(found: f64, wanted: f64, most: f64) -> bool {
    let rounding = EXACT * found.abs().max(wanted.abs()).max(EXACT);
    (found - wanted).abs() <= rounding.max(most * ROUNDING)
}

/// The hours of a fleet of the same environment that the quantity follows.
fn of_fleets(
    points: &[Point],
    key: &Key,
    fleets: &[Fleet],
    holds: impl Fn(&Form) -> bool,
) -> Option<Form> {
    let own = fleets
        .iter()
        .enumerate()
        .filter(|(_, fleet)| fleet.environment == key.environment);
    for (place, fleet) in own {
        for part in Part::ALL {
            let hours: Vec<Point> = points
                .iter()
                .map(|(volume, quantity)| (fleet.of_month(*volume).part(part), *quantity))
                .collect();
            for (fixed, factor) in lines_through(&hours) {
                let form = Form::Fleet {
                    fleet: place,
                    part,
                    fixed,
                    factor,
                };
                if holds(&form) {
                    return Some(form);
                }
            }
        }
    }
    None
}

/// The line through the origin and the one through the least and the most hours.
fn lines_through(points: &[Point]) -> impl Iterator<Item = (f64, f64)> {
    let by_hours = |left: &&Point, right: &&Point| left.0.total_cmp(&right.0);
    let least = points.iter().min_by(by_hours).copied().unwrap_or_default();
    let most = points.iter().max_by(by_hours).copied().unwrap_or_default();
    let origin = (most.0 > 0.0).then(|| (0.0, most.1 / most.0));
    let both = (most.0 > least.0).then(|| {
        let factor = (most.1 - least.1) / (most.0 - least.0);
        (most.1 - factor * most.0, factor)
    });
    origin.into_iter().chain(both)
}

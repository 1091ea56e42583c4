//! Tables for quantities that have no closed form: smooth ones by knots, stairs by their steps.

use super::super::sample::{Key, Sample, Subject};
use super::super::{Form, Knot, Line};
use crate::math;

/// Knots for each factor of ten: few, and more where these do not do.
const KNOTS_A_DECADE: [f64; 2] = [40.0, 120.0];
/// Most steps of a staircase.
const MOST_STEPS: usize = 40;
/// How closely the place of a step is found.
const STEP: f64 = 1e-12;

/// Gives the `open` lines a table between the first and the last volume, with a knot at the
/// stated one, as dense as the bills of `checks` ask for.
pub(super) fn fill(
    subject: &Subject<'_>,
    between: (f64, f64, f64),
    keys: &[Key],
    mut open: Vec<usize>,
    lines: &mut [Line],
    checks: &[Sample],
) {
    for density in KNOTS_A_DECADE {
        let volumes = volumes(between, density).into_iter();
        let samples: Vec<Sample> = volumes
            .filter_map(|volume| subject.sample(volume))
            .collect();
        if samples.len() < 2 {
            return;
        }
        for place in &open {
            let knots: Vec<Knot> = samples
                .iter()
                .map(|sample| knot(sample, &keys[*place]))
                .collect();
            let stairs = stairs(subject, &keys[*place], &knots);
            lines[*place].form = stairs.map_or(Form::Tabulated(knots), Form::Stairs);
        }
        open.retain(|place| !is_close(&lines[*place], &keys[*place], checks));
        if open.is_empty() {
            return;
        }
    }
}

/// Whether a table gives the quantities of these bills, as far as they cost something.
fn is_close(line: &Line, key: &Key, checks: &[Sample]) -> bool {
    let usd = line.tiers.first().map_or(0.0, |tier| tier.usd) * line.share;
    checks.iter().all(|check| {
        let wanted = knot(check, key).quantity;
        (line.form.at(check.requests, &[]) - wanted).abs() * usd <= super::TABLE_USD
    })
}

fn knot(sample: &Sample, key: &Key) -> Knot {
    Knot {
        requests: sample.requests,
        quantity: sample.find(key).map_or(0.0, |charge| charge.quantity),
    }
}

/// Evenly on a logarithmic scale, both ends and the stated volume among them.
fn volumes((first, stated, last): (f64, f64, f64), density: f64) -> Vec<f64> {
    let part = |from: f64, to: f64| {
        let decades = math::ln(to / from) / core::f64::consts::LN_10;
        let steps = math::ceil(decades * density).max(1.0);
        let ratio = math::ln(to / from) / steps;
        let step = move |at: u32| from * math::exp(ratio * f64::from(at));
        (1..).take_while(move |at| f64::from(*at) < steps).map(step)
    };
    let mut volumes = vec![first];
    if first < stated {
        volumes.extend(part(first, stated));
        volumes.push(stated);
    }
    if stated < last {
        volumes.extend(part(stated, last));
        volumes.push(last);
    }
    volumes
}

/// The steps of a quantity that stays the same between them; `None` for any other.
fn stairs(subject: &Subject<'_>, key: &Key, knots: &[Knot]) -> Option<Vec<Knot>> {
    let same = |left: f64, right: f64| left.total_cmp(&right).is_eq();
    let changes = |pair: &&[Knot]| !same(pair[0].quantity, pair[1].quantity);
    if knots.windows(2).filter(changes).count() > MOST_STEPS {
        return None;
    }
    let mut steps = vec![*knots.first()?];
    for pair in knots.windows(2).filter(changes) {
        let (mut low, mut high) = (pair[0], pair[1]);
        while high.requests - low.requests > STEP * high.requests {
            let middle = math::sqrt(low.requests * high.requests);
            let found = knot(&subject.sample(middle)?, key);
            if same(found.quantity, low.quantity) {
                low = found;
            } else if same(found.quantity, high.quantity) {
                high = found;
            } else {
                return None;
            }
        }
        steps.push(high);
    }
    Some(steps)
}

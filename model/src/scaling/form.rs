//! The forms that a quantity can take over the requests a month.

use super::{Fleet, Part};
use crate::math;

/// What a quantity is at a volume.
#[derive(Clone, Debug, PartialEq)]
pub enum Form {
    /// The same at any volume.
    Fixed(f64),
    /// `fixed + per_request x requests`, and never less than nothing.
    Linear {
        /// What is there without requests.
        fixed: f64,
        /// What each request adds.
        per_request: f64,
    },
    /// `fixed + factor x` hours of a fleet.
    Fleet {
        /// Which of the fleets.
        fleet: usize,
        /// Which hours.
        part: Part,
        /// What is there beside.
        fixed: f64,
        /// Units for each hour.
        factor: f64,
    },
    /// No formula: a table, linear between knots on logarithmic scales.
    Tabulated(Vec<Knot>),
    /// A table of stairs: each quantity holds from its knot up to the next.
    Stairs(Vec<Knot>),
    /// As computed at the stated volume: none of the others was verified.
    Held(f64),
}

/// A quantity at a volume.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Knot {
    /// Requests a month.
    pub requests: f64,
    /// The quantity.
    pub quantity: f64,
}

impl Form {
    /// Whether it does not follow the requests though the quantity may.
    #[must_use]
    pub const fn is_held(&self) -> bool {
        matches!(self, Self::Held(_))
    }

    /// The quantity at a volume.
    #[must_use]
    pub fn at(&self, requests: f64, fleets: &[Fleet]) -> f64 {
        match self {
            Self::Fixed(quantity) | Self::Held(quantity) => *quantity,
            Self::Linear { fixed, per_request } => (fixed + per_request * requests).max(0.0),
            Self::Fleet {
                fleet,
                part,
                fixed,
                factor,
            } => fixed + factor * fleets[*fleet].of_month(requests).part(*part),
            Self::Tabulated(knots) => between(knots, requests),
            Self::Stairs(knots) => {
                let below = knots.partition_point(|knot| knot.requests <= requests);
                knots[below.saturating_sub(1)].quantity
            }
        }
    }
}

/// Between the two knots around a volume; beyond the last ones their line goes on. Linear where
/// a quantity is zero and has no logarithm.
fn between(knots: &[Knot], requests: f64) -> f64 {
    let above = knots.partition_point(|knot| knot.requests <= requests);
    let place = above.clamp(1, knots.len() - 1);
    let (low, high) = (knots[place - 1], knots[place]);
    if low.quantity > 0.0 && high.quantity > 0.0 {
        let way = math::ln(requests / low.requests) / math::ln(high.requests / low.requests);
        low.quantity * math::exp(way * math::ln(high.quantity / low.quantity))
    } else {
        let way = (requests - low.requests) / (high.requests - low.requests);
        low.quantity + way * (high.quantity - low.quantity)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn knots(points: &[(f64, f64)]) -> Vec<Knot> {
        let knot = |(requests, quantity): &(f64, f64)| Knot {
            requests: *requests,
            quantity: *quantity,
        };
        points.iter().map(knot).collect()
    }

    fn check(form: &Form, requests: f64, wanted: f64) {
        let found = form.at(requests, &[]);
        assert!((found - wanted).abs() < 1e-9, "{found} instead of {wanted}");
    }

    #[test]
    fn what_is_left_of_a_fixed_quantity_is_never_negative() {
        let left = Form::Linear {
            fixed: 100.0,
            per_request: -1.0,
        };
        check(&left, 40.0, 60.0);
        check(&left, 140.0, 0.0);
    }

    #[test]
    fn a_table_of_a_power_is_exact_between_its_knots_and_beyond() {
        let table = Form::Tabulated(knots(&[(1.0, 1.0), (100.0, 10.0), (10_000.0, 100.0)]));
        for requests in [0.25, 4.0, 100.0, 400.0, 1e6] {
            check(&table, requests, libm::sqrt(requests));
        }
    }

    #[test]
    fn where_a_quantity_is_zero_a_table_is_linear() {
        let table = Form::Tabulated(knots(&[(1.0, 0.0), (3.0, 4.0)]));
        check(&table, 2.0, 2.0);
    }

    #[test]
    fn a_step_holds_up_to_the_next() {
        let stairs = Form::Stairs(knots(&[(1.0, 1.0), (10.0, 2.0)]));
        for (requests, wanted) in [(0.5, 1.0), (9.9, 1.0), (10.0, 2.0), (99.0, 2.0)] {
            check(&stairs, requests, wanted);
        }
    }
}

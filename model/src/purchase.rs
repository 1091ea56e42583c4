//! Commitments: which part of a fluctuating use is worth paying for around the clock.
//!
//! A committed unit is paid for every hour at `1 - discount` of the price. It pays where it is
//! used more than `1 - discount` of the hours, so the base is committed and the peaks stay on
//! demand. Reference: section 4 of the model.

use crate::units::HOURS_PER_MONTH;

/// What is committed, and what it leaves.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Split {
    /// Units committed.
    pub committed: f64,
    /// Unit-hours a month that are paid under the commitment, used or not.
    pub committed_hours: f64,
    /// Unit-hours a month beyond it.
    pub on_demand_hours: f64,
}

/// Splits the use of a month, given as units and the hours a month they are in use.
///
/// `price_ratio` is the committed over the on-demand price of a unit-hour, `0..=1`; at 1 and
/// above nothing is committed. The number of units `k` is the largest level of use that is
/// reached for more than `price_ratio` of the month; a unit in between two levels is used as
/// long as the upper one, so no other number is cheaper.
#[must_use]
pub fn split(use_of_month: &[(f64, f64)], price_ratio: f64) -> Split {
    let reached = |units: f64| -> f64 {
        let hours = use_of_month.iter().filter(|(level, _)| *level >= units);
        hours.map(|(_, hours)| hours).sum()
    };
    let worth = |units: &f64| reached(*units) > price_ratio * HOURS_PER_MONTH;
    let levels = use_of_month.iter().map(|(units, _)| *units);
    let committed = if price_ratio < 1.0 {
        levels.filter(worth).fold(0.0, f64::max)
    } else {
        0.0
    };
    let beyond = use_of_month
        .iter()
        .map(|(units, hours)| (units - committed).max(0.0) * hours);
    Split {
        committed,
        committed_hours: committed * HOURS_PER_MONTH,
        on_demand_hours: beyond.sum(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(use_of_month: &[(f64, f64)], price_ratio: f64, committed: f64, on_demand: f64) {
        let split = split(use_of_month, price_ratio);
        assert!(
            (split.committed - committed).abs() < 1e-9
                && (split.on_demand_hours - on_demand).abs() < 1e-9,
            "{split:?}"
        );
    }

    #[test]
    fn a_steady_fleet_is_committed_whole() {
        check(&[(4.0, 730.0)], 0.8, 4.0, 0.0);
    }

    #[test]
    fn peaks_stay_on_demand() {
        check(&[(2.0, 600.0), (10.0, 130.0)], 0.8, 2.0, 1040.0);
    }

    #[test]
    fn a_level_that_is_used_just_as_long_as_it_must_be_is_not_worth_it() {
        check(&[(1.0, 146.0), (3.0, 584.0)], 0.8, 1.0, 1168.0);
    }

    #[test]
    fn a_deep_discount_commits_the_day_too() {
        check(&[(1.0, 330.0), (3.0, 400.0)], 0.5, 3.0, 0.0);
    }

    #[test]
    fn no_discount_commits_nothing() {
        check(&[(3.0, 730.0)], 1.0, 0.0, 2190.0);
    }

    #[test]
    fn no_other_number_of_units_is_cheaper() {
        let use_of_month = [(1.0, 200.0), (4.0, 300.0), (7.0, 130.0), (20.0, 100.0)];
        for ratio in [0.3, 0.51, 0.73, 0.8, 0.9] {
            let cost = |committed: f64| -> f64 {
                let beyond = use_of_month
                    .iter()
                    .map(|(units, hours)| f64::max(units - committed, 0.0) * hours);
                committed * HOURS_PER_MONTH * ratio + beyond.sum::<f64>()
            };
            let best = cost(split(&use_of_month, ratio).committed);
            for other in 0..=20 {
                assert!(best <= cost(f64::from(other)) + 1e-9, "{ratio} {other}");
            }
        }
    }
}

//! Target tracking: how loaded the fleet was in each period, and how many units that asks for.

use std::collections::VecDeque;

use super::TargetTracking;
use crate::math::{ceil, floor};
use crate::simulation::meter;

/// Busy seconds of periods to come. What a request will occupy is known when it comes.
#[derive(Clone, Debug)]
pub(super) struct Load {
    period_s: f64,
    /// When the first of `periods` begins.
    begins: f64,
    periods: VecDeque<f64>,
}

/// Work further ahead than so many periods is left out: nothing waits so long.
const MOST_PERIODS: f64 = 4096.0;

impl Load {
    pub(super) fn new(period_s: f64, begins: f64) -> Self {
        Self {
            period_s,
            begins,
            periods: VecDeque::new(),
        }
    }

    /// Something is busy from a time in the current period or later.
    pub(super) fn add(&mut self, from: f64, until: f64) {
        let place = |time: f64| floor((time - self.begins) / self.period_s).min(MOST_PERIODS);
        let (first, last) = (meter::index(place(from)), meter::index(place(until)));
        if self.periods.len() <= last {
            self.periods.resize(last + 1, 0.0);
        }
        let mut begins = self.begins + self.period_s * place(from);
        for sum in self.periods.range_mut(first..=last) {
            let ends = begins + self.period_s;
            *sum += (until.min(ends) - from.max(begins)).max(0.0);
            begins = ends;
        }
    }

    /// Busy seconds of the period that ends.
    pub(super) fn end_period(&mut self) -> f64 {
        self.begins += self.period_s;
        self.periods.pop_front().unwrap_or(0.0)
    }
}

/// What is there to be busy, over the current period.
#[derive(Clone, Debug, Default)]
pub(super) struct Capacity {
    units: u32,
    since: f64,
    unit_seconds: f64,
}

impl Capacity {
    /// Nothing yet, from a time on.
    pub(super) fn beginning(since: f64) -> Self {
        Self {
            since,
            ..Self::default()
        }
    }

    pub(super) fn change(&mut self, now: f64, units: u32) {
        self.unit_seconds += f64::from(self.units) * (now - self.since);
        self.units = units;
        self.since = now;
    }

    /// Unit-seconds of the period that ends.
    pub(super) fn end_period(&mut self, now: f64) -> f64 {
        self.change(now, self.units);
        std::mem::take(&mut self.unit_seconds)
    }
}

/// The alarms of target tracking.
#[derive(Clone, Debug)]
pub(super) struct Alarms {
    rule: TargetTracking,
    above: u32,
    below: u32,
    out_from: f64,
    in_from: f64,
}

/// Units are taken away where the load is below this share of the target.
///
/// Reference: Application Auto Scaling user guide, "Target tracking scaling policies": its low
/// alarm stands 10 % below the target.
const CALM_SHARE: f64 = 0.9;

impl Alarms {
    pub(super) const fn new(rule: TargetTracking) -> Self {
        Self {
            rule,
            above: 0,
            below: 0,
            out_from: f64::NEG_INFINITY,
            in_from: f64::NEG_INFINITY,
        }
    }

    /// The wanted number of units after a data point: the load of `in_service` units, of which
    /// `wanted` were wanted so far.
    pub(super) fn read(&mut self, now: f64, load: f64, in_service: u32, wanted: u32) -> u32 {
        let rule = self.rule;
        self.above = if load > rule.target {
            self.above + 1
        } else {
            0
        };
        self.below = if load < CALM_SHARE * rule.target {
            self.below + 1
        } else {
            0
        };
        let needed = ceil(f64::from(in_service) * load / rule.target - ROUNDED);
        let needed = meter::count(needed).clamp(rule.min, rule.max);
        if self.above >= rule.periods_out && now >= self.out_from && needed > wanted {
            self.out_from = now + rule.scale_out_cooldown_s;
            return needed;
        }
        if self.below >= rule.periods_in && now >= self.in_from && needed < wanted {
            self.in_from = now + rule.scale_in_cooldown_s;
            return needed;
        }
        wanted
    }
}

/// So little of a unit is an error of rounding.
const ROUNDED: f64 = 1e-9;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::fleet::Metric;

    fn rule() -> TargetTracking {
        TargetTracking {
            target: 0.5,
            metric: Metric::Processors,
            metric_period_s: 60.0,
            metric_delay_s: 0.0,
            periods_out: 3,
            periods_in: 4,
            scale_out_cooldown_s: 300.0,
            scale_in_cooldown_s: 120.0,
            min: 2,
            max: 10,
        }
    }

    /// Wanted units after each of these loads, a minute apart, if the fleet follows at once.
    fn follow(loads: &[f64], start: u32) -> Vec<u32> {
        let mut alarms = Alarms::new(rule());
        let mut units = start;
        let read = |(load, now): (&f64, u32)| {
            units = alarms.read(60.0 * f64::from(now), *load, units, units);
            units
        };
        loads.iter().zip(1..).map(read).collect()
    }

    #[test]
    fn units_are_added_after_so_many_points_and_not_within_the_cooldown() {
        assert_eq!(
            follow(&[1.0, 1.0, 0.4, 1.0, 1.0, 1.0], 2),
            [2, 2, 2, 2, 2, 4]
        );
        let long = follow(&[1.0; 9], 2);
        assert_eq!(long, [2, 2, 4, 4, 4, 4, 4, 8, 8]);
        assert_eq!(follow(&[1.0; 3], 8)[2], 10);
    }

    #[test]
    fn units_are_taken_away_after_so_many_calm_points() {
        assert_eq!(follow(&[0.46; 6], 8), [8; 6]);
        assert_eq!(follow(&[0.2; 7], 8), [8, 8, 8, 4, 4, 2, 2]);
    }

    #[test]
    fn load_falls_into_its_periods() {
        let mut load = Load::new(60.0, -60.0);
        load.add(-30.0, 90.0);
        load.add(0.0, 1e9);
        load.add(10.0, 10.0);
        for busy in [30.0, 120.0, 90.0, 60.0] {
            assert!((load.end_period() - busy).abs() < 1e-9, "{load:?}");
        }
        let mut capacity = Capacity::default();
        capacity.change(0.0, 2);
        capacity.change(30.0, 3);
        assert!((capacity.end_period(60.0) - 150.0).abs() < 1e-9);
        assert!((capacity.end_period(120.0) - 180.0).abs() < 1e-9);
    }
}

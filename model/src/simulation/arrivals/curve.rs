//! The rate over time, as segments in which it is constant or a straight line.

use super::bursts::Bursts;
use super::{Process, Traffic, TwoState, hour_of_week, per_batch};
use crate::math::{floor, sqrt};
use crate::simulation::random::{Purpose, Stream};
use crate::traffic::HOURS;
use crate::units::SECONDS_PER_HOUR;

/// A rise goes up in steps of this length, in seconds.
const RISE_STEP_S: f64 = 300.0;
/// A time that is short of a step by an error of rounding stands at it.
const STEP_ROUNDING: f64 = 1e-9;

/// A stretch of time with one rate or a rising one: `rate + slope x (t - start)`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Segment {
    pub(super) start: f64,
    pub(super) end: f64,
    pub(super) rate: f64,
    /// At least 0.
    pub(super) slope: f64,
}

impl Segment {
    /// When the integral of the rate from `now` on reaches `step`; it may lie behind the end.
    #[inline]
    pub(super) fn after(&self, now: f64, step: f64) -> f64 {
        if self.slope > 0.0 {
            let rate = self.at(now);
            // r x + s x^2 / 2 = step, without cancellation.
            let root = sqrt(rate * rate + 2.0 * self.slope * step);
            return now + 2.0 * step / (rate + root);
        }
        now + step / self.rate
    }

    /// The integral of the rate from `now` to the end.
    pub(super) fn mass(&self, now: f64) -> f64 {
        let rest = self.end - now;
        rest * (self.at(now) + 0.5 * self.slope * rest)
    }

    fn at(&self, now: f64) -> f64 {
        self.rate + self.slope * (now - self.start)
    }
}

/// The rate of a [`Traffic`]: `mean x state x max(weight of the hour, level of a burst)`.
#[derive(Clone, Debug)]
pub(super) struct Curve {
    mean: f64,
    profile: Vec<f64>,
    rise_s: f64,
    bursts: Bursts,
    states: Option<States>,
}

impl Curve {
    pub(super) fn new(traffic: &Traffic, start: f64, seed: u64, replication: u32) -> Self {
        let states = match traffic.process {
            Process::TwoState(states) => Some(States::new(
                states,
                start,
                Stream::new(seed, replication, Purpose::States),
            )),
            _ => None,
        };
        Self {
            mean: traffic.rate_per_s / per_batch(traffic.batch),
            profile: traffic.profile.clone(),
            rise_s: traffic.rise_s,
            bursts: Bursts::new(
                traffic.bursts.clone(),
                start,
                Stream::new(seed, replication, Purpose::Bursts),
            ),
            states,
        }
    }

    /// The weight of the week at a time, and until when it holds.
    ///
    /// Around the end of an hour it passes in a straight line to the next one, in steps: the mean
    /// of both hours together stays.
    fn weight(&self, now: f64) -> (f64, f64) {
        let (hour, ends) = hour_of_week(now);
        let of = |hour: usize| self.profile.get(hour % HOURS).copied().unwrap_or(1.0);
        if self.rise_s <= 0.0 {
            return (of(hour), ends);
        }
        let into_hour = SECONDS_PER_HOUR - (ends - now);
        let step = floor(into_hour / RISE_STEP_S + STEP_ROUNDING);
        let middle = (step + 0.5) * RISE_STEP_S;
        let until = (ends - SECONDS_PER_HOUR + (step + 1.0) * RISE_STEP_S).min(ends);
        let half = 0.5 * self.rise_s;
        let (own, left) = (of(hour), SECONDS_PER_HOUR - middle);
        let weight = if middle < half {
            let passed = 0.5 + middle / self.rise_s;
            of(hour + HOURS - 1) * (1.0 - passed) + own * passed
        } else if left < half {
            let passed = 0.5 - left / self.rise_s;
            own * (1.0 - passed) + of(hour + 1) * passed
        } else {
            own
        };
        (weight, until)
    }

    /// The segment that begins at `now`; times must not decrease.
    pub(super) fn segment(&mut self, now: f64) -> Segment {
        let (weight, mut end) = self.weight(now);
        let mut factor = self.mean;
        if let Some(states) = &mut self.states {
            let (state, until) = states.at(now);
            factor *= state;
            end = end.min(until);
        }
        let (next, active) = self.bursts.at(now);
        end = end.min(next);
        let mut level = (weight, 0.0);
        for burst in active {
            end = end.min(burst.changes_at(now, weight));
            let Some(candidate) = burst.level(now, weight) else {
                continue;
            };
            if candidate.0 > level.0 || (candidate.0 >= level.0 && candidate.1 > level.1) {
                level = candidate;
            }
        }
        Segment {
            start: now,
            end,
            rate: factor * level.0,
            slope: factor * level.1,
        }
    }
}

/// The two states of a modulated process, over time.
#[derive(Clone, Debug)]
struct States {
    rule: TwoState,
    high: bool,
    until: f64,
    stream: Stream,
}

impl States {
    /// In a state drawn from the shares of time.
    fn new(rule: TwoState, start: f64, mut stream: Stream) -> Self {
        let high = stream.unit() < rule.high_share();
        let mut states = Self {
            rule,
            high,
            until: start,
            stream,
        };
        states.until += states.sojourn();
        states
    }

    fn sojourn(&mut self) -> f64 {
        let mean = if self.high {
            self.rule.high_s
        } else {
            self.rule.low_s
        };
        mean * self.stream.exponential()
    }

    /// The factor at a time, and until when it holds.
    fn at(&mut self, now: f64) -> (f64, f64) {
        while self.until <= now {
            self.high = !self.high;
            self.until += self.sojourn();
        }
        let factor = if self.high {
            self.rule.high
        } else {
            self.rule.low()
        };
        (factor, self.until)
    }
}

//! When bursts come: for each week so many of each kind, at uniform times of it.

use super::WEEK_S;
use crate::math::floor;
use crate::simulation::meter;
use crate::simulation::random::Stream;
use crate::system::Burst;
use crate::units::{MINUTES_PER_HOUR, SECONDS_PER_HOUR};

/// One burst of one week.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Active {
    starts_at: f64,
    /// When it has reached its height.
    risen_at: f64,
    ends_at: f64,
    height: f64,
    /// Height it gains a second; 0 if it is there at once.
    slope: f64,
}

impl Active {
    /// When its level next changes its course, seen from an hour of this weight.
    pub(super) fn changes_at(&self, now: f64, weight: f64) -> f64 {
        if now >= self.risen_at {
            return self.ends_at;
        }
        let passes = self.passes(weight);
        if passes > now {
            passes.min(self.risen_at)
        } else {
            self.risen_at
        }
    }

    /// Its level and how fast that rises; none while it has not passed the hour's weight.
    pub(super) fn level(&self, now: f64, weight: f64) -> Option<(f64, f64)> {
        if now >= self.risen_at {
            return Some((self.height, 0.0));
        }
        let level = self.slope * (now - self.starts_at);
        (now >= self.passes(weight)).then_some((level.max(weight), self.slope))
    }

    /// When it passes this weight, as it rises.
    fn passes(&self, weight: f64) -> f64 {
        self.starts_at + weight / self.slope
    }
}

/// The bursts of all weeks, one week at a time.
#[derive(Clone, Debug)]
pub(super) struct Bursts {
    kinds: Vec<Burst>,
    stream: Stream,
    /// When the week after the drawn one begins.
    next_week: f64,
    /// Of the drawn weeks, the next last.
    coming: Vec<Active>,
    active: Vec<Active>,
}

impl Bursts {
    pub(super) fn new(kinds: Vec<Burst>, start: f64, stream: Stream) -> Self {
        let next_week = if kinds.is_empty() {
            f64::INFINITY
        } else {
            WEEK_S * floor(start / WEEK_S)
        };
        Self {
            kinds,
            stream,
            next_week,
            coming: Vec::new(),
            active: Vec::new(),
        }
    }

    /// When the next burst may begin, and those that last. Times must not decrease.
    pub(super) fn at(&mut self, now: f64) -> (f64, &[Active]) {
        while self.next_week <= now {
            self.draw_week();
        }
        while let Some(next) = self.coming.pop_if(|next| next.starts_at <= now) {
            self.active.push(next);
        }
        self.active.retain(|burst| burst.ends_at > now);
        let next = self.coming.last().map_or(f64::INFINITY, |b| b.starts_at);
        (next.min(self.next_week), &self.active)
    }

    fn draw_week(&mut self) {
        let start = self.next_week;
        self.next_week += WEEK_S;
        for burst in &self.kinds {
            let certain = floor(burst.per_week);
            let one_more = self.stream.unit() < burst.per_week - certain;
            for _ in 0..meter::count(certain) + u32::from(one_more) {
                let starts_at = start + WEEK_S * self.stream.unit();
                let lasts = burst.minutes / MINUTES_PER_HOUR * SECONDS_PER_HOUR;
                let rises = burst.arrives_within_s.min(lasts);
                let slope = if rises > 0.0 {
                    burst.height / rises
                } else {
                    0.0
                };
                self.coming.push(Active {
                    starts_at,
                    risen_at: starts_at + rises,
                    ends_at: starts_at + lasts,
                    height: burst.height,
                    slope,
                });
            }
        }
        let later = |one: &Active, other: &Active| other.starts_at.total_cmp(&one.starts_at);
        self.coming.sort_by(later);
    }
}

//! Provisioned environments: a row of times at which each can take a request.

use super::Provisioned;
use crate::simulation::arrivals::hour_of_week;
use crate::simulation::minima::Minima;
use crate::units::SECONDS_PER_HOUR;

/// Environments that stand ready, always or by the hour.
#[derive(Clone, Debug)]
pub(super) struct Warm {
    free_at: Minima,
    /// A request occupies one at least so long.
    least_s: f64,
    /// How many stand in each hour of the week; empty where all always do.
    by_hour: Vec<u32>,
    /// How many stand until the hour ends.
    standing: usize,
    hour_ends: f64,
}

impl Warm {
    pub(super) fn new(rule: &Provisioned) -> Self {
        Self {
            free_at: Minima::filled(rule.environments as usize, f64::NEG_INFINITY),
            least_s: rule.requests_per_s.map_or(0.0, |limit| 1.0 / limit),
            by_hour: rule.by_hour.clone(),
            standing: rule.environments as usize,
            hour_ends: if rule.by_hour.is_empty() {
                f64::INFINITY
            } else {
                f64::NEG_INFINITY
            },
        }
    }

    /// Takes a request for so long if one is idle.
    #[inline]
    pub(super) fn take(&mut self, now: f64, wall_s: f64) -> bool {
        if now >= self.hour_ends {
            self.turn(now);
        }
        // The last ones are those that a schedule takes away.
        let idle = if self.by_hour.is_empty() {
            self.free_at.last_passed(now)
        } else {
            let first = self.free_at.first_passed(now);
            first.filter(|index| *index < self.standing)
        };
        if let Some(index) = idle {
            self.free_at.set(index, now + wall_s.max(self.least_s));
        }
        idle.is_some()
    }

    #[cold]
    fn turn(&mut self, now: f64) {
        let (hour, ends) = hour_of_week(now);
        (self.standing, self.hour_ends) = (self.by_hour[hour] as usize, ends);
    }

    /// Seconds that environments stand from Monday 00:00 on.
    pub(super) fn stood_s(&self, seconds: f64) -> f64 {
        if self.by_hour.is_empty() {
            return crate::simulation::sketch::whole(self.standing as u64) * seconds;
        }
        let (mut stood, mut at) = (0.0, 0.0);
        while at < seconds {
            let (hour, _) = hour_of_week(at);
            let lasts = (seconds - at).min(SECONDS_PER_HOUR);
            stood += f64::from(self.by_hour[hour]) * lasts;
            at += SECONDS_PER_HOUR;
        }
        stood
    }
}

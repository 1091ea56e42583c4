//! How much load a fleet may carry before a latency target is missed.
use super::queued::still_waiting;
use crate::latency::distribution::LogNormal;
use crate::latency::queue::{Fleet, Wait};
use crate::math::{exp, ln};
use crate::units::{Milliseconds, RequestsPerSecond};

/// Two logarithms of a rate nearer than this are the same.
const PRECISION: f64 = 1e-6;
/// Utilization that counts as full: beyond, queues need hours to settle.
const FULL: f64 = 0.999;
/// A target that is missed at this share of the highest rate is missed at any load.
const IDLE: f64 = 1e-7;
/// How far below a rate that is too high, on the logarithmic scale, one that is
/// kept is looked for first: about half of it.
const FIRST_REACH: f64 = 0.7;
/// The regula falsi takes about eight steps; these are for the steepest curves.
const MAX_STEPS: u32 = 60;

/// A share of requests that may take no longer than a time.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LatencyTarget {
    /// How long a request takes that waits for no server.
    pub service: LogNormal,
    /// The time.
    pub within: Milliseconds,
    /// The share of requests, 0..1: 0.99 for a P99.
    pub share: f64,
}

impl LatencyTarget {
    /// The highest arrival rate of one task of the fleet at which
    /// `P(service + wait > within) <= 1 - share`, to 1e-6; `fleet` says how
    /// requests queue ([`Fleet::per_task_wait`]), its own rate is not used.
    ///
    /// Not above `most`, nor above a utilization of 99.9 %: a target that is
    /// kept there costs one evaluation. `None` where it is missed without load.
    ///
    /// The rate is sought on a logarithmic scale by the regula falsi of
    /// Illinois, on the logarithm of what waiting adds to `P(> within)`, which
    /// is nearly straight.
    #[must_use]
    pub fn highest_rate(
        &self,
        fleet: &Fleet,
        most: RequestsPerSecond,
    ) -> Option<RequestsPerSecond> {
        let allowed = (1.0 - self.share) - self.service.survival(self.within);
        if allowed < 0.0 || allowed.is_nan() {
            return None;
        }
        let held = fleet.service_time.get();
        if held <= 0.0 {
            return Some(most);
        }
        let full = FULL * f64::from(fleet.servers_per_task) / held;
        let high = most.get().min(full);
        let excess = |ln_rate: f64| self.excess(fleet, exp(ln_rate), allowed);
        let mut right = (ln(high), excess(ln(high)));
        if right.1 <= 0.0 {
            return Some(RequestsPerSecond::new(high));
        }
        let idle = ln(full * IDLE);
        let mut reach = FIRST_REACH;
        while right.0 > idle {
            let x = (right.0 - reach).max(idle);
            let left = (x, excess(x));
            if left.1 <= 0.0 {
                let kept = illinois([left, right], excess);
                return Some(RequestsPerSecond::new(exp(kept)));
            }
            (right, reach) = (left, 2.0 * reach);
        }
        None
    }

    /// `P(service + wait > within)`, 0..=1: the same as by a mixture of this one part.
    #[must_use]
    pub fn exceeding(&self, wait: Wait) -> f64 {
        self.service.survival(self.within) + self.late_by(wait)
    }

    /// What waiting adds to `P(> within)`.
    fn late_by(&self, wait: Wait) -> f64 {
        let mean = wait.mean_of_waiting().milliseconds().get();
        if mean > 0.0 && mean.is_finite() {
            wait.probability() * still_waiting(&self.service, mean, self.within.get())
        } else {
            0.0
        }
    }

    /// `ln` of what waiting adds over what is allowed; positive where that is too much.
    fn excess(&self, fleet: &Fleet, rate_of_task: f64, allowed: f64) -> f64 {
        let arrival_rate = RequestsPerSecond::new(rate_of_task * f64::from(fleet.tasks));
        let Ok(wait) = (Fleet {
            arrival_rate,
            ..*fleet
        })
        .per_task_wait() else {
            return f64::MAX;
        };
        ln(self.late_by(wait).max(f64::MIN_POSITIVE)) - ln(allowed.max(f64::MIN_POSITIVE))
    }
}

/// The left end, to [`PRECISION`], of where a rising function crosses zero:
/// it is at most zero at the first point and positive at the second.
fn illinois([mut left, mut right]: [(f64, f64); 2], at: impl Fn(f64) -> f64) -> f64 {
    let mut last_was_left = None;
    for step in 1..=MAX_STEPS {
        let width = right.0 - left.0;
        if width <= PRECISION {
            break;
        }
        let share = if step % 8 == 0 || right.1 >= f64::MAX {
            0.5
        } else {
            -left.1 / (right.1 - left.1)
        };
        // Not on an end: a step beyond the crossing brings the other end near.
        let nudge = (0.5 * PRECISION / width).min(0.5);
        let x = left.0 + width * share.clamp(nudge, 1.0 - nudge);
        let value = at(x);
        if value <= 0.0 {
            if last_was_left == Some(true) {
                right.1 *= 0.5;
            }
            left = (x, value);
            last_was_left = Some(true);
        } else {
            if last_was_left == Some(false) {
                left.1 *= 0.5;
            }
            right = (x, value);
            last_was_left = Some(false);
        }
    }
    left.0
}

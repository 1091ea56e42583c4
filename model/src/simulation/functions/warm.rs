//! Provisioned environments: a row of times at which each can take a request.

use super::Provisioned;
use crate::simulation::minima::Minima;

/// Environments that always stand ready.
#[derive(Clone, Debug)]
pub(super) struct Warm {
    free_at: Minima,
    /// A request occupies one at least so long.
    least_s: f64,
}

impl Warm {
    pub(super) fn new(rule: Provisioned) -> Self {
        Self {
            free_at: Minima::filled(rule.environments as usize, f64::NEG_INFINITY),
            least_s: rule.requests_per_s.map_or(0.0, |limit| 1.0 / limit),
        }
    }

    /// Takes a request for so long if one is idle.
    #[inline]
    pub(super) fn take(&mut self, now: f64, wall_s: f64) -> bool {
        let idle = self.free_at.last_passed(now);
        if let Some(index) = idle {
            self.free_at.set(index, now + wall_s.max(self.least_s));
        }
        idle.is_some()
    }
}

//! How many requests meet a cold start, over the week and in bursts.

use super::function::Function;
use super::ramp::{bursts_a_month, requests_of};
use super::size::Size;
use crate::behavior::Behavior;
use crate::latency::burst::Burst;
use crate::latency::cold_start::{ColdStart, ColdStartOutcome, over_hours, recycled_probability};
use crate::units::{Hours, MS_PER_S, RequestsPerMonth, RequestsPerSecond, Seconds};
use crate::workload::Workload;

impl Function<'_> {
    /// Cold starts over the week: by the hour, by recycling, and by bursts.
    pub(super) fn cold_starts(&self, size: &Size, calls: RequestsPerMonth) -> ColdStartOutcome {
        if calls.get() <= 0.0 {
            return ColdStartOutcome {
                cold_start_probability: 1.0,
                instances: 0.0,
            };
        }
        let hours = self
            .workload
            .levels
            .iter()
            .map(|level| (Workload::rate_at(calls, *level), level.hours));
        let mut outcome = over_hours(hours, |rate| {
            let mut at = self.cold_starts_at(size, rate);
            at.cold_start_probability = recycled(at, rate);
            at
        });
        let from_bursts =
            self.burst_cold_starts(size, calls, outcome.instances, |_| false) / calls.get();
        outcome.cold_start_probability = (outcome.cold_start_probability + from_bursts).min(1.0);
        outcome
    }

    /// Cold starts a month that bursts add, with `alive` environments before each; those of
    /// `skipped` bursts are started ahead.
    pub(in crate::platform) fn burst_cold_starts(
        &self,
        size: &Size,
        calls: RequestsPerMonth,
        alive: f64,
        skipped: impl Fn(&crate::system::Burst) -> bool,
    ) -> f64 {
        let each = |burst: &crate::system::Burst| {
            let cold = Burst {
                arrival_rate: calls.per_second() * burst.height,
                service_time: size.service,
                init_duration: Seconds::new(size.start().total_p50_ms / MS_PER_S),
                alive,
            };
            // No more start cold than come.
            let most = requests_of(burst, cold.arrival_rate);
            bursts_a_month(burst) * cold.cold_starts().min(most)
        };
        let bursts = self.workload.bursts.iter();
        bursts.filter(|burst| !skipped(burst)).map(each).sum()
    }

    pub(in crate::platform) fn cold_starts_at(
        &self,
        size: &Size,
        rate: RequestsPerSecond,
    ) -> ColdStartOutcome {
        let question = ColdStart {
            arrival_rate: rate,
            service_time: size.service,
            keep_alive: Seconds::new(self.workload.keep_alive_s),
        };
        self.memo.cold_start(question, self.tabulated.get())
    }
}

/// Share of requests that start an environment, those replaced at the end of their life among them.
pub(in crate::platform) fn recycled(outcome: ColdStartOutcome, rate: RequestsPerSecond) -> f64 {
    let lifetime = Hours::new(Behavior::embedded().lifecycle().lifetime.value).seconds();
    recycled_probability(outcome, lifetime, rate)
}

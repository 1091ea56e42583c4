//! How many requests meet a cold start, over the week and in bursts.

use super::LambdaCosting;
use super::size::Size;
use crate::behavior::Behavior;
use crate::latency::burst::Burst;
use crate::latency::cold_start::{
    ColdStart, ColdStartOutcome, ColdStartTable, over_hours, recycling_probability,
};
use crate::rules::Rules;
use crate::units::{
    HOURS_PER_MONTH, HOURS_PER_WEEK, Hours, MS_PER_S, RequestsPerMonth, RequestsPerSecond, Seconds,
};
use crate::workload::Workload;

impl LambdaCosting<'_> {
    /// Cold starts over the week: by the hour, by recycling, and by bursts.
    pub(super) fn cold_starts(&self, size: &Size, requests: RequestsPerMonth) -> ColdStartOutcome {
        if requests.get() <= 0.0 {
            return ColdStartOutcome {
                cold_start_probability: 1.0,
                instances: 0.0,
            };
        }
        let lifetime = Hours::new(Behavior::embedded().lifecycle().lifetime.value).seconds();
        let hours = self
            .workload
            .levels
            .iter()
            .map(|level| (Workload::rate_at(requests, *level), level.hours));
        let mut outcome = over_hours(hours, |rate| {
            let mut at = self.cold_starts_at(size, rate);
            at.cold_start_probability += recycling_probability(at.instances, lifetime, rate);
            at
        });
        let from_bursts =
            self.burst_cold_starts(size, requests, outcome.instances) / requests.get();
        outcome.cold_start_probability = (outcome.cold_start_probability + from_bursts).min(1.0);
        outcome
    }

    /// Cold starts a month that bursts add, with the mean number of environments alive.
    fn burst_cold_starts(&self, size: &Size, requests: RequestsPerMonth, alive: f64) -> f64 {
        let weeks = HOURS_PER_MONTH / HOURS_PER_WEEK;
        let each = |burst: &crate::system::Burst| {
            let cold = Burst {
                arrival_rate: requests.per_second() * burst.height,
                service_time: size.service,
                init_duration: Seconds::new((size.start.total_p50_ms) / MS_PER_S),
                alive,
            };
            burst.per_week * weeks * cold.cold_starts()
        };
        self.workload.bursts.iter().map(each).sum()
    }

    pub(super) fn cold_starts_at(&self, size: &Size, rate: RequestsPerSecond) -> ColdStartOutcome {
        if self.tabulated.get() {
            return self.table(size).outcome(rate);
        }
        let keep_alive = Seconds::new(self.workload.keep_alive_s);
        ColdStart {
            arrival_rate: rate,
            service_time: size.service,
            keep_alive,
        }
        .outcome()
    }

    fn table<'s>(&self, size: &'s Size) -> &'s ColdStartTable {
        size.table.get_or_init(|| {
            let (_, most) = Rules::embedded().break_even_decades;
            let most = RequestsPerMonth::new(crate::math::pow(10.0, most)).per_second()
                * self.workload.peak_weight();
            ColdStartTable::new(
                size.service,
                Seconds::new(self.workload.keep_alive_s),
                most,
                0,
            )
        })
    }
}

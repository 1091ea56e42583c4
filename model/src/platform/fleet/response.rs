//! How fast a fleet answers over its week.

use super::{Candidate, FleetLoad, Moment};
use crate::evaluation::LatencyEstimate;
use crate::latency::percentile::Mixture;
use crate::latency::queue::Wait;
use crate::units::RequestsPerMonth;

impl FleetLoad<'_> {
    /// Response times of all requests of the week; `None` when the fleet is saturated for a time.
    fn week<T>(&self, candidate: &Candidate<T>, requests: RequestsPerMonth) -> Option<Mixture> {
        let service = self.service(candidate.unit, candidate.queueing);
        let idle = requests.get() <= 0.0;
        let mut week = Mixture::new();
        for moment in self.moments() {
            let wait = self.wait_during(candidate, requests, moment)?;
            week.add_queued(
                if idle {
                    moment.hours
                } else {
                    moment.weight * moment.hours
                },
                service,
                wait,
            );
        }
        Some(week)
    }

    fn wait_during<T>(
        &self,
        candidate: &Candidate<T>,
        requests: RequestsPerMonth,
        moment: &Moment,
    ) -> Option<Wait> {
        let units = self.units_during(candidate.rate, requests, moment);
        let rate = requests.per_second() * moment.weight;
        self.wait(candidate.queueing, rate, units)
    }

    /// Response times over the week and in the busiest hour; `None` when the fleet is
    /// saturated for a time.
    pub(in crate::platform) fn latency<T>(
        &self,
        candidate: &Candidate<T>,
        requests: RequestsPerMonth,
    ) -> Option<LatencyEstimate> {
        let week = self.week(candidate, requests)?;
        let levels = self.workload.levels.iter();
        let peak = levels.max_by(|left, right| left.weight.total_cmp(&right.weight))?;
        let peak = Moment {
            weight: peak.weight,
            sized_for: peak.weight,
            hours: peak.hours,
        };
        let mut busiest = Mixture::new();
        let service = self.service(candidate.unit, candidate.queueing);
        busiest.add_queued(1.0, service, self.wait_during(candidate, requests, &peak)?);
        Some(LatencyEstimate {
            percentiles: week.percentiles()?,
            cold_start_probability: 0.0,
            cold_start_p50_ms: None,
            cold_start_p99_ms: None,
            busiest_hour: busiest.percentiles()?,
        })
    }

    /// Whether this fleet is never saturated and keeps the target over the week.
    ///
    /// A fleet that follows its load keeps each unit below the rate at which the smallest
    /// fleet keeps the target, and a larger one only answers faster: nothing is left to
    /// integrate unless the number of units is pinned.
    pub(in crate::platform) fn in_time<T>(
        &self,
        candidate: &Candidate<T>,
        requests: RequestsPerMonth,
    ) -> bool {
        let Some(target) = self.workload.target else {
            let mut week = self.moments().iter();
            return week.all(|moment| self.wait_during(candidate, requests, moment).is_some());
        };
        if self.pinned_count.is_none() {
            return candidate.meets_target;
        }
        self.week(candidate, requests)
            .is_some_and(|week| week.survival(target) <= 1.0 - self.workload.percentile.share())
    }
}

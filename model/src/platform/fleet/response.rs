//! How fast a fleet answers over its week.

use super::{Candidate, FleetLoad, LatencyKey, Moment};
use crate::evaluation::LatencyEstimate;
use crate::latency::percentile::Mixture;
use crate::latency::queue::Fleet as Queues;
use crate::units::RequestsPerMonth;

impl FleetLoad<'_> {
    /// Response times of all requests of the week; `None` when the fleet is saturated for a time.
    fn week<T>(&self, candidate: &Candidate<T>, requests: RequestsPerMonth) -> Option<Mixture> {
        let service = self.service(candidate.unit, candidate.queueing);
        let service_cv = self.service_cv(candidate.queueing);
        let idle = requests.get() <= 0.0;
        let mut week = Mixture::new();
        for moment in self.moments() {
            let queues = self.queues_during(candidate, requests, moment);
            let wait = Queues {
                service_cv,
                ..queues
            }
            .per_task_wait()
            .ok()?;
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

    /// The queues at a moment of the week, without regard to how the CPU time varies.
    fn queues_during<T>(
        &self,
        candidate: &Candidate<T>,
        requests: RequestsPerMonth,
        moment: &Moment,
    ) -> Queues {
        let units = self.units_during(self.rate(candidate), requests, moment);
        let rate = requests.per_second() * moment.weight;
        candidate.queueing.queues(rate, units)
    }

    /// Response times over the week and in the busiest hour; `None` when the fleet is
    /// saturated for a time.
    pub(in crate::platform) fn latency<T>(
        &self,
        candidate: &Candidate<T>,
        requests: RequestsPerMonth,
    ) -> Option<LatencyEstimate> {
        let key = LatencyKey {
            requests,
            vcpu: candidate.unit.vcpu,
            queueing: candidate.queueing,
            rate: self.rate(candidate),
            layout: self.layout,
            pinned_count: self.pinned_count,
            standing_height: self.standing_height,
            reaction: self.reaction,
            overhead: self.overhead,
        };
        self.memo
            .latency(key, || self.compute_latency(candidate, requests))
    }

    fn compute_latency<T>(
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
        let queues = Queues {
            service_cv: self.service_cv(candidate.queueing),
            ..self.queues_during(candidate, requests, &peak)
        };
        busiest.add_queued(1.0, service, queues.per_task_wait().ok()?);
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
            return week.all(|moment| self.queues_during(candidate, requests, moment).is_stable());
        };
        if self.pinned_count.is_none() {
            return self.keeps_target(candidate);
        }
        self.week(candidate, requests)
            .is_some_and(|week| week.survival(target) <= 1.0 - self.workload.percentile.share())
    }
}

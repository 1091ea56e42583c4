//! Fleets of tasks or instances that stand and follow the load by the hour.
//!
//! Fargate and EC2 differ in what a unit is and costs; how many are needed, how long
//! requests wait and what the search looks for is the same.

mod candidates;
mod moments;
mod replay;
mod response;

pub(super) use candidates::cheapest_by;
pub(super) use moments::Moment;
pub(super) use replay::Start;

use std::cell::OnceCell;
use std::rc::Rc;

use super::Memo;
use super::front_door::Door;
use crate::capacity::{Layout, Unit, UnitRate};
use crate::latency::distribution::LogNormal;
use crate::latency::percentile::LatencyTarget;
use crate::latency::queue::Fleet as Queues;
use crate::math;
use crate::scaling::{Fleet, Hours};
use crate::traffic::Level;
use crate::units::{HOURS_PER_MONTH, Milliseconds, RequestsPerMonth, RequestsPerSecond, Seconds};
use crate::workload::Workload;

/// Keeps a bound below what it bounds when both are rounded.
pub(super) const ROUNDING: f64 = 1.0 - 1e-9;

/// Queues that are told apart.
const MOST_QUEUES: f64 = 1e6;

/// One size of task or instance, ready to be counted.
#[derive(Clone, Debug)]
pub(super) struct Candidate<T> {
    /// What it is.
    pub(super) size: T,
    pub(super) unit: Unit,
    /// What a unit carries where the latency target does not bind.
    pub(super) unbound: UnitRate,
    pub(super) queueing: Queueing,
    /// What the latency target allows, sought for those only that may be chosen.
    target: OnceCell<TargetRate>,
}

/// How requests queue inside one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Queueing {
    /// Independent queues in one unit: processes of a single-threaded runtime.
    pub(super) queues: u32,
    /// Servers of each queue.
    pub(super) servers: u32,
    /// CPU time of one request on one of them.
    pub(super) cpu: Seconds,
}

impl Queueing {
    /// The queues of so many units, without regard to how the CPU time varies.
    fn queues(self, rate: RequestsPerSecond, units: f64) -> Queues {
        // Beyond a billion queues more of them change nothing: the same load on each.
        let queues = units * f64::from(self.queues);
        let counted = queues.clamp(1.0, MOST_QUEUES);
        Queues {
            arrival_rate: rate * (counted / queues.max(1.0)),
            tasks: whole(counted),
            servers_per_task: self.servers,
            service_time: self.cpu,
            service_cv: 1.0,
        }
    }
}

/// A workload seen by a fleet.
#[derive(Debug)]
pub(super) struct FleetLoad<'a> {
    pub(super) workload: &'a Workload,
    pub(super) layout: Layout,
    /// Number of units that the user pinned.
    pub(super) pinned_count: Option<f64>,
    /// Load that must be carried at any time because it comes faster than the fleet reacts, against the mean.
    pub(super) standing_height: f64,
    /// The week with its bursts.
    moments: Vec<Moment>,
    reaction: Seconds,
    overhead: Option<LogNormal>,
    memo: Rc<Memo>,
}

/// Units over the week.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Count {
    pub(super) unit_hours: f64,
    pub(super) min: f64,
    pub(super) max: f64,
}

impl Count {
    /// Of units and the hours for which so many run.
    pub(super) fn of_use(month: impl Iterator<Item = (f64, f64)>) -> Self {
        let mut count = Self {
            min: f64::INFINITY,
            ..Self::default()
        };
        for (units, hours) in month {
            count.unit_hours += units * hours;
            count.min = count.min.min(units);
            count.max = count.max.max(units);
        }
        count
    }
}

impl<'a> FleetLoad<'a> {
    pub(super) fn new(
        workload: &'a Workload,
        pinned_count: Option<f64>,
        reaction: Seconds,
        door: &Door<'_>,
        memo: &Rc<Memo>,
    ) -> Self {
        let zones = if workload.kind.runs_and_stops() {
            1
        } else {
            workload.availability.zones()
        };
        Self {
            workload,
            layout: Layout {
                zones,
                floor: zones,
            },
            pinned_count,
            standing_height: moments::standing_height(workload, reaction),
            moments: moments::of_week(workload, reaction),
            reaction,
            overhead: door.overhead(),
            memo: Rc::clone(memo),
        }
    }

    /// The CPU time and wall time of a request in a unit with `vcpu` usable vCPUs.
    pub(super) fn times(&self, vcpu: f64) -> (Seconds, Seconds) {
        let per_request = vcpu.min(self.workload.parallelism);
        let cpu = self.workload.cpu / per_request.min(1.0);
        (
            cpu.seconds(),
            self.workload.duration_at(per_request).seconds(),
        )
    }

    /// A candidate; the unit's vCPUs are what the workload can use of it.
    pub(super) fn candidate<T>(&self, size: T, unit: Unit, queues: u32) -> Candidate<T> {
        let per_queue = unit.vcpu / f64::from(queues);
        let (cpu, wall) = self.times(per_queue);
        Candidate {
            size,
            unit,
            // The unit's capacity is counted in CPU time on one vCPU; a fraction of a vCPU takes longer.
            unbound: unit.rate(
                self.workload.cpu.seconds(),
                wall,
                self.workload.utilization_target,
            ),
            queueing: Queueing {
                queues,
                servers: whole(per_queue).max(1),
                cpu,
            },
            target: OnceCell::new(),
        }
    }

    /// What the latency target allows a candidate.
    pub(super) fn target<T>(&self, candidate: &Candidate<T>) -> TargetRate {
        let compute = || self.rate_within_target(candidate.unit, candidate.queueing);
        *candidate.target.get_or_init(compute)
    }

    /// Whether a candidate can keep the latency target at all.
    pub(super) fn keeps_target<T>(&self, candidate: &Candidate<T>) -> bool {
        self.target(candidate) != TargetRate::Never
    }

    /// What a unit of a candidate carries.
    pub(super) fn rate<T>(&self, candidate: &Candidate<T>) -> UnitRate {
        let unbound = candidate.unbound;
        match self.target(candidate) {
            TargetRate::Free | TargetRate::Never => unbound,
            TargetRate::AtMost(most) => UnitRate {
                usual: unbound.usual.min(most),
                ..unbound
            },
        }
    }

    /// The highest rate of one unit at which the latency target is still met, with the smallest
    /// fleet: more units only make arrivals smoother. What lies above the rate at the target
    /// utilization is not sought: there the target does not bind.
    fn rate_within_target(&self, unit: Unit, queueing: Queueing) -> TargetRate {
        let Some(within) = self.workload.target else {
            return TargetRate::Free;
        };
        let key = RateKey {
            vcpu: unit.vcpu.to_bits(),
            queueing,
            floor: self.layout.floor,
            overhead: self.overhead,
        };
        self.memo
            .rate(key, || self.compute_rate_within(within, unit, queueing))
    }

    fn compute_rate_within(
        &self,
        within: Milliseconds,
        unit: Unit,
        queueing: Queueing,
    ) -> TargetRate {
        let target = LatencyTarget {
            service: self.service(unit, queueing),
            within,
            share: self.workload.percentile.share(),
        };
        let queues = f64::from(queueing.queues);
        let fleet = Queues {
            service_cv: self.service_cv(queueing),
            ..queueing.queues(RequestsPerSecond::ZERO, f64::from(self.layout.floor))
        };
        let usual = self.workload.cpu.seconds().get();
        let most = if usual > 0.0 {
            self.workload.utilization_target * unit.vcpu / usual / queues
        } else {
            f64::INFINITY
        };
        match target.highest_rate(&fleet, RequestsPerSecond::new(most)) {
            None => TargetRate::Never,
            Some(rate) if rate.get() >= most => TargetRate::Free,
            Some(rate) => TargetRate::AtMost(rate * queues),
        }
    }

    /// Wall time without waiting for a processor, front door included.
    pub(super) fn service(&self, unit: Unit, queueing: Queueing) -> LogNormal {
        let (_, wall) = self.times(unit.vcpu / f64::from(queueing.queues));
        let duration = self.workload.duration_around(wall.milliseconds());
        self.overhead
            .map_or(duration, |overhead| duration.plus(overhead))
    }

    /// How much the CPU time of a request varies.
    fn service_cv(&self, queueing: Queueing) -> f64 {
        let shape = self.workload.duration_around(queueing.cpu.milliseconds());
        shape.cv()
    }

    /// Units at one level of the week.
    pub(super) fn units_at(&self, rate: UnitRate, requests: RequestsPerMonth, level: Level) -> f64 {
        if let Some(pinned) = self.pinned_count {
            return pinned;
        }
        let height = level.weight.max(self.standing_height);
        self.layout.units(requests.per_second() * height, rate)
    }

    /// The week with its bursts: what arrives, what the fleet is sized for, how long.
    pub(super) fn moments(&self) -> &[Moment] {
        &self.moments
    }

    /// The highest load at any time against the mean, bursts included.
    pub(super) fn peak_height(&self) -> f64 {
        let heights = self.moments.iter().map(|moment| moment.sized_for);
        heights.fold(self.standing_height, f64::max)
    }

    /// Units at one moment of the week.
    fn units_during(&self, rate: UnitRate, requests: RequestsPerMonth, moment: &Moment) -> f64 {
        let level = Level {
            weight: moment.sized_for,
            hours: moment.hours,
        };
        self.units_at(rate, requests, level)
    }

    /// Units and the hours a month that so many run.
    pub(super) fn use_of_month(
        &self,
        rate: UnitRate,
        requests: RequestsPerMonth,
    ) -> impl Iterator<Item = (f64, f64)> + Clone {
        self.moments.iter().map(move |moment| {
            (
                self.units_during(rate, requests, moment),
                moment.hours_a_month(),
            )
        })
    }

    /// Fewer unit-hours than a month takes: the mean load on as many units as carry it just,
    /// around the clock, and no fewer than the floor.
    pub(super) fn least_unit_hours(&self, rate: UnitRate, requests: RequestsPerMonth) -> f64 {
        let units = self.pinned_count.unwrap_or_else(|| {
            let carrying = requests.per_second() / rate.usual;
            carrying.max(f64::from(self.layout.floor))
        });
        units * HOURS_PER_MONTH * ROUNDING
    }

    /// Units over the week.
    pub(super) fn count(&self, rate: UnitRate, requests: RequestsPerMonth) -> Count {
        Count::of_use(self.use_of_month(rate, requests))
    }

    /// The same as a table: moments given as weight, what the fleet is sized for, hours a month.
    pub(super) fn as_fleet(
        &self,
        rate: UnitRate,
        moments: impl Iterator<Item = (f64, f64, f64)>,
    ) -> Fleet {
        let row = |(weight, sized_for, hours): (f64, f64, f64)| Hours {
            weight,
            sized_for: sized_for.max(self.standing_height),
            hours,
        };
        Fleet {
            environment: None,
            scale: 1.0,
            week: moments.map(row).collect(),
            rate,
            layout: self.layout,
            pinned: self.pinned_count,
            instances: None,
            spot_above: None,
            price_ratio: None,
            credits: None,
        }
    }

    /// CPU utilization in the busiest hour.
    pub(super) fn peak_utilization<T>(
        &self,
        candidate: &Candidate<T>,
        requests: RequestsPerMonth,
        most: f64,
    ) -> f64 {
        let peak = requests.per_second() * self.peak_height();
        peak.offered_load(self.workload.cpu.seconds()) / (candidate.unit.vcpu * most)
    }
}

/// All that the rate within the target depends on beside the workload.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct RateKey {
    vcpu: u64,
    queueing: Queueing,
    floor: u32,
    overhead: Option<LogNormal>,
}

/// All that the response times of a fleet depend on beside the workload.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct LatencyKey {
    requests: RequestsPerMonth,
    vcpu: f64,
    queueing: Queueing,
    rate: UnitRate,
    layout: Layout,
    pinned_count: Option<f64>,
    standing_height: f64,
    reaction: Seconds,
    overhead: Option<LogNormal>,
}

/// What the latency target does to the rate of one unit.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum TargetRate {
    /// It does not bind.
    Free,
    /// It binds above this.
    AtMost(RequestsPerSecond),
    /// It is missed even without load.
    Never,
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range of u32 first"
)]
pub(super) fn whole(count: f64) -> u32 {
    math::floor(count).clamp(0.0, 1e9) as u32
}

//! The rules of containers: units that stand, queues that a balancer fills, and what changes their
//! number.

mod autoscaler;
mod engine;
mod events;
mod queue;
mod units;

use serde::{Deserialize, Serialize};

use super::check::Check;
use super::service::{MOST_SECONDS, Span, Variation};
use crate::traffic::HOURS;

pub(super) use engine::Fleet;

/// How a fleet of tasks or instances behaves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FleetRules {
    /// Queues of one unit, 1..=10,000: tasks of an instance, or 1 where a unit is a task.
    pub queues_per_unit: u32,
    /// Processors that serve one queue, 1..=1,024.
    pub servers_per_queue: u32,
    /// Mean time for which a request holds a processor, in seconds. It comes first.
    pub cpu_s: f64,
    /// Mean time of a request without any wait, in seconds, at least `cpu_s`: what is left holds no
    /// processor.
    pub wall_s: f64,
    /// How both vary, by one factor.
    #[serde(default)]
    pub variation: Variation,
    /// Requests that one queue lets in at once, waiting ones for a processor among them.
    #[serde(default)]
    pub concurrency_cap: Option<u32>,
    /// What becomes of a request when all places of its queue are taken.
    #[serde(default)]
    pub when_full: WhenFull,
    /// A request that would wait longer has failed, in seconds; it never takes a processor.
    #[serde(default = "timeout_s")]
    pub timeout_s: f64,
    /// Who chooses the queue.
    #[serde(default)]
    pub balancer: Balancer,
    /// How many units there are.
    pub scaling: Scaling,
    /// From the launch of a unit to a running process, in seconds; billed.
    #[serde(default)]
    pub start_delay_s: f64,
    /// From there to the first request, in seconds; billed.
    #[serde(default)]
    pub health_check_s: f64,
    /// The least that is billed of a unit, in seconds (AWS Fargate: 60).
    #[serde(default)]
    pub minimum_billed_s: f64,
    /// Units may be taken away.
    #[serde(default)]
    pub spot: Option<Spot>,
    /// What stands in front adds to the latency, and to nothing else.
    #[serde(default)]
    pub front_door: Option<Span>,
}

/// Half a minute.
const fn timeout_s() -> f64 {
    30.0
}

/// What becomes of a request when all places of its queue are taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum WhenFull {
    /// It waits for a place, first come, first served.
    #[default]
    Wait,
    /// It is throttled.
    Throttle,
}

/// Who chooses the queue of a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Balancer {
    /// One after another.
    #[default]
    RoundRobin,
    /// The one with the fewest requests under way; of equal ones the next in turn.
    LeastOutstanding,
}

/// How many units there are.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Scaling {
    /// Always as many.
    Fixed {
        /// 1..=100,000.
        units: u32,
    },
    /// By the hour of the week.
    Schedule(Schedule),
    /// As many as keep a load near its target.
    TargetTracking(TargetTracking),
}

/// A number of units for each hour of the week; they are launched early enough to serve in time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Schedule {
    /// 168 numbers from Monday 00:00, each 0..=100,000.
    pub units: Vec<u32>,
    /// Units beside them, for what comes unannounced.
    #[serde(default)]
    pub standing: u32,
}

/// Target tracking, as ECS and EC2 do it: alarms on a metric, and a number that would have met the
/// target.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TargetTracking {
    /// The load that is aimed at, as a share of what is there, 0.01..=1.
    pub target: f64,
    /// Of what.
    #[serde(default)]
    pub metric: Metric,
    /// Length of a data point, in seconds (60, or 20 with fast metrics), 1..=3,600.
    pub metric_period_s: f64,
    /// Seconds from the end of a period to its data point, 0..=3,600.
    #[serde(default)]
    pub metric_delay_s: f64,
    /// Data points in a row above the target until units are added (3).
    pub periods_out: u32,
    /// Data points in a row below 90 % of the target until units are taken away (15).
    pub periods_in: u32,
    /// Seconds after adding units in which none are added.
    #[serde(default)]
    pub scale_out_cooldown_s: f64,
    /// Seconds after taking units away in which none are taken away.
    #[serde(default)]
    pub scale_in_cooldown_s: f64,
    /// Fewest units, at least 1; as many as there are zones, where each must have one. So many
    /// stand at the beginning.
    pub min: u32,
    /// Most units, up to 100,000.
    pub max: u32,
}

/// The load that target tracking looks at.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Busy processors.
    #[default]
    Processors,
    /// The greater of busy processors and taken places; needs a cap of concurrency.
    Busier,
}

/// Capacity that may be taken away.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Spot {
    /// Interruptions of a unit in an hour, on average, 0..=60.
    pub interruptions_per_hour: f64,
    /// From the notice, after which a unit takes no request, to its end, in seconds (120).
    pub notice_s: f64,
    /// From the notice to the launch of another unit, in seconds.
    #[serde(default)]
    pub replacement_delay_s: f64,
}

/// The most processors of all units: they are kept in memory.
const MOST_PROCESSORS: f64 = 4e6;
/// The most units of a fleet.
const MOST_UNITS: u32 = 100_000;

impl FleetRules {
    /// Units that are tasks of one processor and a common time of work, behind a round robin.
    #[must_use]
    pub const fn new(cpu_s: f64, wall_s: f64, variation: Variation, scaling: Scaling) -> Self {
        Self {
            queues_per_unit: 1,
            servers_per_queue: 1,
            cpu_s,
            wall_s,
            variation,
            concurrency_cap: None,
            when_full: WhenFull::Wait,
            timeout_s: timeout_s(),
            balancer: Balancer::RoundRobin,
            scaling,
            start_delay_s: 0.0,
            health_check_s: 0.0,
            minimum_billed_s: 0.0,
            spot: None,
            front_door: None,
        }
    }

    pub(super) fn check(&self, check: &mut Check<'_>) {
        check.count("queues_per_unit", self.queues_per_unit, 1, 10_000);
        check.count("servers_per_queue", self.servers_per_queue, 1, 1_024);
        let processors = f64::from(self.queues_per_unit) * f64::from(self.servers_per_queue);
        let all = processors * f64::from(self.scaling.most_units());
        if all > MOST_PROCESSORS {
            let message = format!("makes {all} in all: want at most {MOST_PROCESSORS}");
            check.bad("servers_per_queue", message);
        }
        check.number("wall_s", self.wall_s, 0.0, MOST_SECONDS);
        check.number("cpu_s", self.cpu_s, 0.0, self.wall_s.max(0.0));
        self.variation.check(check);
        check.count(
            "concurrency_cap",
            self.concurrency_cap.unwrap_or(1),
            1,
            1_000_000,
        );
        if self.when_full == WhenFull::Throttle && self.concurrency_cap.is_none() {
            check.bad("when_full", "needs a concurrency_cap");
        }
        check.number("timeout_s", self.timeout_s, 0.0, MOST_SECONDS);
        check.number("start_delay_s", self.start_delay_s, 0.0, 86_400.0);
        check.number("health_check_s", self.health_check_s, 0.0, 86_400.0);
        check.number("minimum_billed_s", self.minimum_billed_s, 0.0, 86_400.0);
        match &self.scaling {
            Scaling::Fixed { units } => check.count("scaling.fixed.units", *units, 1, MOST_UNITS),
            Scaling::Schedule(schedule) => schedule.check(&mut check.within("scaling.schedule")),
            Scaling::TargetTracking(tracking) => {
                let mut check = check.within("scaling.target_tracking");
                tracking.check(&mut check);
                if tracking.metric == Metric::Busier && self.concurrency_cap.is_none() {
                    check.bad("metric", "needs a concurrency_cap");
                }
            }
        }
        if let Some(spot) = self.spot {
            check.number(
                "spot.interruptions_per_hour",
                spot.interruptions_per_hour,
                0.0,
                60.0,
            );
            check.number("spot.notice_s", spot.notice_s, 0.0, 86_400.0);
            check.number(
                "spot.replacement_delay_s",
                spot.replacement_delay_s,
                0.0,
                86_400.0,
            );
        }
        if let Some(span) = &self.front_door {
            span.check(&mut check.within("front_door"));
        }
    }
}

impl Scaling {
    /// The most units that there will be.
    fn most_units(&self) -> u32 {
        match self {
            Self::Fixed { units } => *units,
            Self::Schedule(schedule) => {
                let most = schedule.units.iter().copied().max().unwrap_or(0);
                most.saturating_add(schedule.standing)
            }
            Self::TargetTracking(tracking) => tracking.max,
        }
    }
}

impl Schedule {
    fn check(&self, check: &mut Check<'_>) {
        let have = self.units.len();
        if have != HOURS {
            check.bad("units", format!("has {have} numbers: want {HOURS}"));
        }
        for (hour, units) in self.units.iter().enumerate() {
            check
                .element("units", hour)
                .count("", *units, 0, MOST_UNITS);
        }
        check.count("standing", self.standing, 0, MOST_UNITS);
    }
}

impl TargetTracking {
    fn check(&self, check: &mut Check<'_>) {
        check.number("target", self.target, 0.01, 1.0);
        check.number("metric_period_s", self.metric_period_s, 1.0, 3_600.0);
        check.number("metric_delay_s", self.metric_delay_s, 0.0, 3_600.0);
        check.count("periods_out", self.periods_out, 1, 10_000);
        check.count("periods_in", self.periods_in, 1, 10_000);
        check.number(
            "scale_out_cooldown_s",
            self.scale_out_cooldown_s,
            0.0,
            86_400.0,
        );
        check.number(
            "scale_in_cooldown_s",
            self.scale_in_cooldown_s,
            0.0,
            86_400.0,
        );
        check.count("min", self.min, 1, MOST_UNITS);
        check.count("max", self.max, self.min, MOST_UNITS);
    }
}

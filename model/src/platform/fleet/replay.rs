//! A fleet as a replay of the traffic plays it: target tracking at the load that the formulas size it for.

use super::{Candidate, FleetLoad, whole};
use crate::behavior::Behavior;
use crate::capacity::UnitRate;
use crate::platform::instances::someone_waits;
use crate::simulation::{
    Balancer, FleetRules, Metric, Scaling, Span, TargetTracking, Variation, WhenFull,
};
use crate::traffic::Level;
use crate::units::RequestsPerMonth;

/// Length of a data point that a service is scaled on, in seconds.
const METRIC_PERIOD_S: f64 = 60.0;
/// Data points above the target before units are added, below it before they are taken away: what target tracking sets up.
const PERIODS_OUT: u32 = 3;
const PERIODS_IN: u32 = 15;
/// After adding units and after taking some away, as Application Auto Scaling sets it for ECS.
const COOLDOWN_S: f64 = 300.0;
/// A rise begins somewhere within a data point.
const MEAN_WAIT_FOR_A_PERIOD: f64 = 0.5;
/// Room above what the formulas say, so that a limit of the scaling is not what is measured.
const MOST_OVER_FORMULA: f64 = 3.0;
/// Whoever waits for an answer gives up after half a minute, as an API gateway does.
const GIVES_UP_S: f64 = 30.0;
/// Messages stay in their queue for days.
const NOBODY_WAITS_S: f64 = 4.0 * 86_400.0;
/// Units that a replay can play.
const MOST_UNITS: u32 = 100_000;
/// The range of a target.
const TARGETS: (f64, f64) = (0.01, 1.0);

/// What a unit takes to come into service, in seconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::platform) struct Start {
    /// From its launch to a running process.
    pub(in crate::platform) launch_s: f64,
    /// The least that is billed of it.
    pub(in crate::platform) minimum_s: f64,
}

impl FleetLoad<'_> {
    /// The rules of a candidate at a volume.
    ///
    /// The target is the share of the processors that are busy when each unit carries what it is sized for:
    /// `r S / servers` with `r` the lesser of the usual rate and, where a zone may be lost, `r_lost (z - 1) / z`.
    pub(in crate::platform) fn rules<T>(
        &self,
        candidate: &Candidate<T>,
        requests: RequestsPerMonth,
        start: Start,
    ) -> FleetRules {
        let queueing = candidate.queueing;
        let (_, wall) = self.times(candidate.unit.vcpu / f64::from(queueing.queues));
        let rate = self.rate(candidate);
        let service = Span::from(self.workload.duration_around(wall.milliseconds()));
        let places = candidate.unit.places / f64::from(queueing.queues);
        FleetRules {
            queues_per_unit: queueing.queues,
            servers_per_queue: queueing.servers,
            cpu_s: queueing.cpu.get().min(wall.get()),
            wall_s: wall.get(),
            variation: match service.variation {
                Variation::LogNormal { .. } => service.variation,
                _ => Variation::Constant,
            },
            concurrency_cap: places.is_finite().then(|| whole(places).max(1)),
            when_full: WhenFull::Wait,
            balancer: Balancer::RoundRobin,
            scaling: self.scaling(candidate, rate, requests),
            start_delay_s: start.launch_s,
            health_check_s: Behavior::embedded().scaling().health_check_tuned.value,
            minimum_billed_s: start.minimum_s,
            spot: None,
            front_door: self.overhead.map(Span::from),
            timeout_s: if someone_waits(self.workload.kind) {
                GIVES_UP_S
            } else {
                NOBODY_WAITS_S
            },
        }
    }

    fn scaling<T>(
        &self,
        candidate: &Candidate<T>,
        rate: UnitRate,
        requests: RequestsPerMonth,
    ) -> Scaling {
        if let Some(pinned) = self.pinned_count {
            return Scaling::Fixed {
                units: whole(pinned).max(1),
            };
        }
        let standing = Level {
            weight: 0.0,
            hours: 0.0,
        };
        let least = whole(self.units_at(rate, requests, standing)).max(1);
        let most = whole(self.count(rate, requests).max * MOST_OVER_FORMULA)
            .min(MOST_UNITS)
            .max(least);
        let processors = f64::from(candidate.queueing.queues * candidate.queueing.servers);
        let busy = carried(rate, self.layout.zones) * candidate.queueing.cpu.get() / processors;
        let trigger_s = Behavior::embedded().scaling().ecs_trigger_60s.value;
        let periods = MEAN_WAIT_FOR_A_PERIOD + f64::from(PERIODS_OUT);
        Scaling::TargetTracking(TargetTracking {
            target: busy.clamp(TARGETS.0, TARGETS.1),
            metric: Metric::Processors,
            metric_period_s: METRIC_PERIOD_S,
            metric_delay_s: (trigger_s - periods * METRIC_PERIOD_S).max(0.0),
            periods_out: PERIODS_OUT,
            periods_in: PERIODS_IN,
            scale_out_cooldown_s: COOLDOWN_S,
            scale_in_cooldown_s: COOLDOWN_S,
            min: least,
            max: most,
        })
    }
}

/// What each unit carries where a zone may be lost.
fn carried(rate: UnitRate, zones: u32) -> f64 {
    let usual = rate.usual.get();
    if zones < 2 {
        return usual;
    }
    let left = f64::from(zones - 1) / f64::from(zones);
    usual.min(rate.zone_lost.get() * left)
}

//! The rules of AWS Lambda Managed Instances: environments on instances, which grow with the load
//! and refuse what grows faster.

use serde::{Deserialize, Serialize};

use super::check::Check;
use super::fleet::{Balancer, FleetRules, Metric, Scaling, TargetTracking, WhenFull};
use super::service::{Span, Variation};

/// How functions on managed instances behave.
///
/// They are a fleet whose environments take requests up to their concurrency and throttle the
/// rest. So much capacity is kept that the load may grow by `growth` within `within_s`: the target
/// is `1/growth`, and added instances serve `within_s` after the load has risen. Requests go to the
/// environment with the fewest.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ManagedInstancesRules {
    /// Environments of one instance, 1..=10,000.
    pub environments_per_instance: u32,
    /// Processors of one environment, 1..=1,024.
    pub vcpus_per_environment: u32,
    /// Requests that one environment takes at once.
    pub requests_per_environment: u32,
    /// Mean time for which a request holds a processor, in seconds.
    pub cpu_s: f64,
    /// Mean time of a request without any wait, in seconds, at least `cpu_s`.
    pub wall_s: f64,
    /// How both vary, by one factor.
    #[serde(default)]
    pub variation: Variation,
    /// By how much the load may grow within `within_s` (2), 1..=100.
    pub growth: f64,
    /// In seconds (300), 5..=3,600.
    pub within_s: f64,
    /// Fewest instances (3).
    pub min: u32,
    /// Most instances.
    pub max: u32,
    /// What stands in front adds to the latency, and to nothing else.
    #[serde(default)]
    pub front_door: Option<Span>,
}

/// A data point takes this share of the time in which the load may grow.
const PERIODS_WITHIN: f64 = 5.0;
/// Quiet data points in a row until instances are taken away.
const PERIODS_IN: u32 = 15;

impl ManagedInstancesRules {
    /// The same as a fleet.
    #[must_use]
    pub fn fleet_rules(&self) -> FleetRules {
        let metric_period_s = self.within_s / PERIODS_WITHIN;
        let scaling = Scaling::TargetTracking(TargetTracking {
            target: 1.0 / self.growth,
            metric: Metric::Busier,
            metric_period_s,
            metric_delay_s: 0.0,
            periods_out: 1,
            periods_in: PERIODS_IN,
            scale_out_cooldown_s: 0.0,
            scale_in_cooldown_s: self.within_s,
            min: self.min,
            max: self.max,
        });
        FleetRules {
            queues_per_unit: self.environments_per_instance,
            servers_per_queue: self.vcpus_per_environment,
            concurrency_cap: Some(self.requests_per_environment),
            when_full: WhenFull::Throttle,
            balancer: Balancer::LeastOutstanding,
            start_delay_s: self.within_s - metric_period_s,
            front_door: self.front_door,
            ..FleetRules::new(self.cpu_s, self.wall_s, self.variation, scaling)
        }
    }

    pub(super) fn check(&self, check: &mut Check<'_>) {
        check.count(
            "environments_per_instance",
            self.environments_per_instance,
            1,
            10_000,
        );
        check.count(
            "vcpus_per_environment",
            self.vcpus_per_environment,
            1,
            1_024,
        );
        check.count(
            "requests_per_environment",
            self.requests_per_environment,
            1,
            1_000_000,
        );
        check.number("wall_s", self.wall_s, 0.0, 1e7);
        check.number("cpu_s", self.cpu_s, 0.0, self.wall_s.max(0.0));
        self.variation.check(check);
        check.number("growth", self.growth, 1.0, 100.0);
        check.number("within_s", self.within_s, 5.0, 3_600.0);
        check.count("min", self.min, 1, 100_000);
        check.count("max", self.max, self.min, 100_000);
        if let Some(span) = &self.front_door {
            span.check(&mut check.within("front_door"));
        }
    }
}

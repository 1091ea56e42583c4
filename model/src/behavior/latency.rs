//! Times of everything around the handler: front doors, state services, and the
//! reaction of each platform to more load.

use serde::{Deserialize, Serialize};

use super::source::{Confidence, Figure};

/// Time that a front door or a state service adds, in milliseconds.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ServiceLatency {
    /// `front_door/http_api`, `state/sqs_to_lambda`, ...
    pub id: String,
    /// What is measured, as a noun phrase.
    pub what: String,
    /// Median, ms.
    pub p50_ms: f64,
    /// 95th percentile, ms.
    pub p95_ms: f64,
    /// 99th percentile, ms, where one was published or can be assumed.
    pub p99_ms: Option<f64>,
    /// Always `ms`.
    pub unit: String,
    /// Id of a [`super::Source`].
    pub source: String,
    /// The date at which the source showed it.
    pub as_of: String,
    /// How far it can be trusted.
    #[serde(default)]
    pub confidence: Confidence,
    /// What a reader should know beside the numbers.
    #[serde(default)]
    pub note: String,
}

/// How fast each platform follows its load.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Scaling {
    /// Environments that Lambda adds at once, per function.
    pub lambda_burst: Figure,
    /// Environments that Lambda adds after that, per function and second.
    pub lambda_ramp: Figure,
    /// Seconds until ECS target tracking acts on metrics of 60 s.
    pub ecs_trigger_60s: Figure,
    /// Seconds until ECS target tracking acts on metrics of 20 s.
    pub ecs_trigger_20s: Figure,
    /// Seconds from that decision to a running task, small image.
    pub ecs_provision: Figure,
    /// Seconds from request to running task on Fargate, 400 MB image.
    pub fargate_start: Figure,
    /// Tasks that ECS launches on Fargate per second, sustained.
    pub fargate_launch_rate: Figure,
    /// Tasks that ECS launches on Fargate at once.
    pub fargate_launch_burst: Figure,
    /// Seconds from launch to a reachable EC2 instance.
    pub ec2_start: Figure,
    /// Seconds of load balancer health checks before traffic, defaults.
    pub health_check_default: Figure,
    /// The same with a tuned interval.
    pub health_check_tuned: Figure,
    /// Share by which Managed Instances absorb more load at once.
    pub managed_instances_headroom: Figure,
    /// Seconds in which Managed Instances double.
    pub managed_instances_doubling: Figure,
}

impl Scaling {
    pub(super) fn figures(&self) -> [(&'static str, &Figure); 13] {
        [
            ("lambda_burst", &self.lambda_burst),
            ("lambda_ramp", &self.lambda_ramp),
            ("ecs_trigger_60s", &self.ecs_trigger_60s),
            ("ecs_trigger_20s", &self.ecs_trigger_20s),
            ("ecs_provision", &self.ecs_provision),
            ("fargate_start", &self.fargate_start),
            ("fargate_launch_rate", &self.fargate_launch_rate),
            ("fargate_launch_burst", &self.fargate_launch_burst),
            ("ec2_start", &self.ec2_start),
            ("health_check_default", &self.health_check_default),
            ("health_check_tuned", &self.health_check_tuned),
            (
                "managed_instances_headroom",
                &self.managed_instances_headroom,
            ),
            (
                "managed_instances_doubling",
                &self.managed_instances_doubling,
            ),
        ]
    }

    /// Seconds from a rise of the load to more capacity in service on Fargate:
    /// trigger (60 s metrics) + task start + tuned health check.
    #[must_use]
    pub fn fargate_reaction_s(&self) -> f64 {
        self.ecs_trigger_60s.value + self.fargate_start.value + self.health_check_tuned.value
    }

    /// The same where a whole EC2 instance must start: trigger + instance start
    /// + task provisioning + tuned health check.
    #[must_use]
    pub fn ec2_reaction_s(&self) -> f64 {
        self.ecs_trigger_60s.value
            + self.ec2_start.value
            + self.ecs_provision.value
            + self.health_check_tuned.value
    }
}

/// `latencies.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct LatencyFile {
    pub(super) scaling: Scaling,
    pub(super) service: Vec<ServiceLatency>,
}

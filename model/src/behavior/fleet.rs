//! What containers can be put on: EC2 instance types, what their operating
//! system and agent keep for themselves, and the task sizes of Fargate.

use serde::{Deserialize, Serialize};

use super::runtime::Architecture;
use super::source::Confidence;

/// One EC2 instance type.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct InstanceType {
    /// The vendor's name, for instance `c5.large`.
    pub name: String,
    /// Virtual CPUs.
    pub vcpu: f64,
    /// Memory in GB (1,024 MB each).
    pub memory_gb: f64,
    /// Processor architecture.
    pub architecture: Architecture,
    /// Share of each vCPU that is included in the price, 0..1; `None` when the
    /// type is not burstable. Above it CPU credits are bought.
    pub baseline_share: Option<f64>,
    /// Most pods that EKS puts on one by default, those of EKS itself included.
    pub max_pods: f64,
    /// Graphics processors.
    #[serde(default)]
    pub gpu: f64,
}

impl InstanceType {
    /// Whether sustained CPU above the baseline costs extra.
    #[must_use]
    pub const fn burstable(&self) -> bool {
        self.baseline_share.is_some()
    }

    /// The family, for instance `c5`.
    #[must_use]
    pub fn family(&self) -> &str {
        self.name.split('.').next().unwrap_or_default()
    }
}

/// What an instance keeps for the operating system and the agent.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct HostReserve {
    /// Platform id.
    pub platform: String,
    /// Virtual CPUs kept.
    pub vcpu: f64,
    /// Memory kept whatever the size of the instance, MB.
    pub memory_mb: f64,
    /// Memory kept as a share of the instance, 0..1.
    pub memory_share: f64,
    /// Id of a [`super::Source`].
    pub source: String,
    /// The date at which the source showed it.
    pub as_of: String,
    /// How far it can be trusted.
    #[serde(default)]
    pub confidence: Confidence,
    /// How the figures were put together.
    #[serde(default)]
    pub note: String,
}

impl HostReserve {
    /// Memory left for tasks, in MB; zero when the instance is too small.
    #[must_use]
    pub fn memory_left_mb(&self, instance: &InstanceType) -> f64 {
        (instance.memory_gb * crate::units::MB_PER_GB * (1.0 - self.memory_share) - self.memory_mb)
            .max(0.0)
    }

    /// Virtual CPUs left for tasks.
    #[must_use]
    pub fn vcpu_left(&self, instance: &InstanceType) -> f64 {
        (instance.vcpu - self.vcpu).max(0.0)
    }
}

/// One size that a Fargate task can have.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct TaskSize {
    /// Virtual CPUs.
    pub vcpu: f64,
    /// Memory in GB.
    pub memory_gb: f64,
}

/// `instance_types.toml`: the origin stands once for all types of the file.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct InstanceFile {
    pub(super) source: String,
    pub(super) as_of: String,
    pub(super) unit: String,
    pub(super) baseline_source: String,
    pub(super) baseline_as_of: String,
    pub(super) baseline_unit: String,
    pub(super) pods_source: String,
    pub(super) pods_as_of: String,
    pub(super) pods_unit: String,
    pub(super) instance_type: Vec<InstanceType>,
    pub(super) reserve: Vec<HostReserve>,
}

/// `fargate_sizes.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SizeFile {
    pub(super) size: Vec<SizeRow>,
}

/// The memory sizes offered with one number of vCPUs, on both architectures.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SizeRow {
    pub(super) vcpu: f64,
    pub(super) memory_gb: Vec<f64>,
    pub(super) architectures: Vec<Architecture>,
    pub(super) unit: String,
    pub(super) source: String,
    pub(super) as_of: String,
    #[serde(default, rename = "confidence")]
    pub(super) _confidence: Confidence,
    #[serde(default, rename = "note")]
    pub(super) _note: String,
}

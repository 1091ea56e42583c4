//! What all platforms share that stand on EC2 instances: which types come into question, how
//! copies of the process are packed on one, how capacity is bought, which choice is cheapest.
//!
//! A unit is what requests queue at: a whole instance, a task, a function environment. With
//! `n` units on an instance, `u` needed and `r` kept free for a rolling deployment,
//! `max(zones, ceil((u + r) / n))` instances run.

mod catalog;
mod costing;
mod description;
mod dominance;
mod fit;
mod pool;
mod purchase;
mod replay;
mod shape;

pub(super) use costing::InstanceCosting;
pub(super) use pool::{Footing, Pool};
pub(super) use purchase::someone_waits;
pub(super) use replay::Growing;

/// How a platform uses instances.
#[derive(Clone, Copy, Debug)]
pub(super) struct Hosting {
    /// Id of the platform.
    pub(super) platform: &'static str,
    /// What stands on an instance.
    pub(super) packing: Packing,
    /// First letters of the families on offer; all where empty.
    pub(super) families: &'static [char],
    /// Name and share id of a fee on the on-demand price.
    pub(super) fee: Option<(&'static str, &'static str)>,
    /// Whether root disks are billed.
    pub(super) root_disk: bool,
    /// Whether Spot can be bought.
    pub(super) spot: bool,
}

/// What stands on an instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Packing {
    /// The application itself, one process for each vCPU where the runtime has one thread.
    Whole,
    /// Tasks of ECS, limited by CPU, memory and graphics processors.
    Tasks,
    /// Pods of EKS, limited by the addresses of the instance too.
    Pods,
    /// Environments of a function, each for this many requests at once for a vCPU.
    Environments {
        /// Requests at once for each vCPU.
        per_vcpu: f64,
    },
}

impl Packing {
    /// Whether several deployable units of one's own stand on an instance.
    const fn is_tasks(self) -> bool {
        matches!(self, Self::Tasks | Self::Pods)
    }
}

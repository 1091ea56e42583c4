//! The task sizes in question for a workload.

use std::sync::LazyLock;

use super::Style;
use crate::behavior::{Behavior, TaskSize};
use crate::capacity::Unit;
use crate::platform::fleet::{Candidate, FleetLoad};
use crate::rules::Rules;
use crate::units::{MB_PER_GB, MebiBytes};
use crate::workload::Workload;

static SMALLEST: LazyLock<TaskSize> = LazyLock::new(|| {
    let sizes = Behavior::embedded().fargate_sizes().iter().copied();
    sizes
        .min_by(|left, right| {
            (left.vcpu + left.memory_gb).total_cmp(&(right.vcpu + right.memory_gb))
        })
        .unwrap_or(TaskSize {
            vcpu: 0.0,
            memory_gb: 0.0,
        })
});

/// The smallest size there is.
pub(super) fn smallest() -> TaskSize {
    *SMALLEST
}

/// Whether the pins name a size that Fargate has.
pub(super) fn pinned_size(workload: &Workload) -> bool {
    Behavior::embedded()
        .fargate_sizes()
        .iter()
        .any(|size| wanted(workload, *size))
}

fn wanted(workload: &Workload, size: TaskSize) -> bool {
    let pinned = |pin: Option<f64>, value: f64| pin.is_none_or(|pin| same(pin, value));
    pinned(workload.pin.task_vcpu, size.vcpu) && pinned(workload.pin.task_memory_gb, size.memory_gb)
}

fn same(left: f64, right: f64) -> bool {
    (left - right).abs() < f64::EPSILON
}

/// Memory of a task that its containers cannot have.
pub(super) fn kept_memory(style: Style) -> MebiBytes {
    match style {
        Style::Ecs | Style::EcsSpot => MebiBytes::ZERO,
        Style::Eks => MebiBytes::new(Rules::embedded().eks_fargate_pod_memory_mb),
    }
}

/// The vCPUs of a task that the workload can use: a runtime of one thread uses one.
pub(in crate::platform) fn usable_vcpu(workload: &Workload, size: TaskSize) -> f64 {
    if workload.single_threaded() {
        size.vcpu.min(1.0)
    } else {
        size.vcpu
    }
}

/// The sizes that hold at least one request and can be the cheapest at some volume: without
/// those that carry no more than one of no more vCPUs and memory, which costs no more. Only
/// sizes of the same usable vCPUs are compared, as these answer equally fast.
pub(super) fn candidates(
    workload: &Workload,
    load: &FleetLoad<'_>,
    style: Style,
) -> Vec<Candidate<TaskSize>> {
    let resident = workload.process_memory + kept_memory(style);
    let mut found: Vec<Candidate<TaskSize>> = Vec::new();
    for &size in Behavior::embedded().fargate_sizes() {
        let usable = usable_vcpu(workload, size);
        let places = Unit::places(
            size.memory_gb * MB_PER_GB,
            resident.get(),
            workload.request_memory.get(),
            workload.max_requests_per_instance,
        );
        if !wanted(workload, size) || places < 1.0 {
            continue;
        }
        let unit = Unit {
            vcpu: usable,
            places,
        };
        let candidate = load.candidate(size, unit, 1);
        let beaten = found.iter().rev().any(|other| {
            same(other.unit.vcpu, usable)
                && other.size.vcpu <= size.vcpu
                && other.size.memory_gb <= size.memory_gb
                && other.unbound.usual >= candidate.unbound.usual
                && other.unbound.zone_lost >= candidate.unbound.zone_lost
        });
        if !beaten {
            found.push(candidate);
        }
    }
    found
}

/// The sizes that hold one job.
pub(in crate::platform) fn job_sizes(
    workload: &Workload,
    kept: MebiBytes,
) -> impl Iterator<Item = TaskSize> {
    let needed = (workload.process_memory + workload.request_memory + kept).gigabytes();
    let all = Behavior::embedded().fargate_sizes().iter().copied();
    all.filter(move |size| wanted(workload, *size) && size.memory_gb >= needed)
}

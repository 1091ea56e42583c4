//! How a workload stands on one instance: how many copies, and what each of them gets.

use super::Packing;
use crate::behavior::{Behavior, HostReserve, InstanceType, Language};
use crate::capacity::Unit;
use crate::math;
use crate::platform::fleet::whole;
use crate::rules::Rules;
use crate::system::Need;
use crate::units::MB_PER_GB;
use crate::workload::Workload;

/// CPU units of a vCPU on ECS.
const CPU_UNITS_PER_VCPU: f64 = 1024.0;

/// One way to stand on an instance.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Shape {
    /// Units on an instance.
    pub(super) per_instance: f64,
    /// vCPUs of a unit.
    pub(super) vcpu: f64,
    /// Memory of a unit, MB.
    pub(super) memory_mb: f64,
    /// What the workload can use of a unit.
    pub(super) unit: Unit,
    /// Independent queues of a unit.
    pub(super) queues: u32,
}

/// What is left of an instance after the operating system and the agent.
#[derive(Clone, Copy, Debug)]
struct Left {
    vcpu: f64,
    memory_mb: f64,
}

/// The ways in which a workload can stand on a type; none where it does not hold one copy.
pub(super) fn shapes(
    packing: Packing,
    workload: &Workload,
    kind: &InstanceType,
    reserve: Option<&HostReserve>,
) -> impl Iterator<Item = Shape> {
    let left = Left {
        vcpu: reserve.map_or(kind.vcpu, |reserve| reserve.vcpu_left(kind)),
        memory_mb: reserve.map_or(kind.memory_gb * MB_PER_GB, |reserve| {
            reserve.memory_left_mb(kind)
        }),
    };
    let found = match packing {
        Packing::Whole => [Some(whole_instance(workload, kind, left)), None, None],
        Packing::Tasks => tasks(workload, kind, left, f64::INFINITY),
        Packing::Pods => {
            let pods = kind.max_pods - Rules::embedded().eks_system_pods;
            tasks(workload, kind, left, pods)
        }
        Packing::Environments { per_vcpu } => environments(workload, kind, left, per_vcpu),
    };
    let shapes = found.into_iter().flatten();
    shapes.filter(|shape| shape.unit.places >= 1.0 && shape.unit.vcpu > 0.0)
}

/// One process for each vCPU where the runtime has one thread, as far as memory holds them.
fn whole_instance(workload: &Workload, kind: &InstanceType, left: Left) -> Shape {
    let each = (workload.process_memory + workload.request_memory).get();
    let held = if each > 0.0 {
        whole(left.memory_mb / each)
    } else {
        u32::MAX
    };
    let (queues, vcpu) = if workload.single_threaded() {
        let processes = whole(kind.vcpu).min(held).max(1);
        (processes, left.vcpu.min(f64::from(processes)))
    } else {
        (1, left.vcpu)
    };
    let resident = workload.process_memory.get() * f64::from(queues);
    Shape {
        per_instance: 1.0,
        vcpu: left.vcpu,
        memory_mb: left.memory_mb,
        unit: Unit {
            vcpu,
            places: places(workload, left.memory_mb, resident),
        },
        queues,
    }
}

fn places(workload: &Workload, memory_mb: f64, resident_mb: f64) -> f64 {
    Unit::places(
        memory_mb,
        resident_mb,
        workload.request_memory.get(),
        workload.max_requests_per_instance,
    )
}

/// Tasks: one for each vCPU, or one that has the memory of the whole instance; a runtime with
/// threads may also run two.
fn tasks(workload: &Workload, kind: &InstanceType, left: Left, most: f64) -> [Option<Shape>; 3] {
    let most = if workload.needs.contains(&Need::Gpu) {
        most.min(kind.gpu)
    } else {
        most
    };
    let each = math::floor(kind.vcpu).max(1.0);
    let task = |copies: f64| task(workload, left, copies, most);
    if workload.pin.task_vcpu.is_some() {
        return [task(each), None, None];
    }
    let second = (each > 2.0 && !workload.single_threaded())
        .then(|| task(2.0))
        .flatten();
    let most_copies = (each > 1.0).then(|| task(each)).flatten();
    [task(1.0), second, most_copies]
}

/// As many copies as were asked for, fewer where the memory is short, in equal parts.
///
/// `n = min(floor(vcpu / task vcpu), floor(memory / task memory))`; what is not pinned of a
/// task is its part of what is left of the instance, in whole CPU units and megabytes. A pinned
/// size is packed as tightly as it goes.
fn task(workload: &Workload, left: Left, copies: f64, most: f64) -> Option<Shape> {
    let pin = &workload.pin;
    let needed = (workload.process_memory + workload.request_memory).get();
    let part =
        |copies: f64| math::floor(left.vcpu / copies * CPU_UNITS_PER_VCPU) / CPU_UNITS_PER_VCPU;
    let least_memory = pin.task_memory_gb.map_or(needed, |gb| gb * MB_PER_GB);
    let by_memory = if least_memory > 0.0 {
        math::floor(left.memory_mb / least_memory)
    } else {
        f64::INFINITY
    };
    let by_cpu = match pin.task_vcpu {
        Some(vcpu) => math::floor(left.vcpu / vcpu),
        None => copies,
    };
    let count = by_cpu.min(by_memory).min(most);
    if count < 1.0 {
        return None;
    }
    let vcpu = pin.task_vcpu.unwrap_or_else(|| part(count));
    let memory_mb = pin
        .task_memory_gb
        .map_or_else(|| math::floor(left.memory_mb / count), |gb| gb * MB_PER_GB);
    let usable = if workload.single_threaded() {
        vcpu.min(1.0)
    } else {
        vcpu
    };
    Some(Shape {
        per_instance: count,
        vcpu,
        memory_mb,
        unit: Unit {
            vcpu: usable,
            places: places(workload, memory_mb, workload.process_memory.get()),
        },
        queues: 1,
    })
}

/// Environments of one vCPU, and the largest that fits: whole vCPUs with the memory that the
/// family has for each.
fn environments(
    workload: &Workload,
    kind: &InstanceType,
    left: Left,
    per_vcpu: f64,
) -> [Option<Shape>; 3] {
    let behavior = Behavior::embedded();
    let limit = |id: &str| behavior.limit(id).value;
    let ratio_mb = kind.memory_gb / kind.vcpu * MB_PER_GB;
    let largest = math::floor(left.vcpu)
        .min(limit("aws-lambda-managed-instances/vcpu"))
        .min(math::floor(
            limit("aws-lambda-managed-instances/memory") * MB_PER_GB / ratio_mb,
        ))
        .min(math::floor(left.memory_mb / ratio_mb));
    let environment = |vcpu: f64| {
        let memory_mb = vcpu * ratio_mb;
        let count = math::floor(left.vcpu / vcpu).min(math::floor(left.memory_mb / memory_mb));
        let process = workload.process_memory.get();
        let request = workload.request_memory.get();
        let (queues, by_memory) = match workload.language {
            // A worker thread with its own copy of the code for each vCPU.
            Language::Nodejs => (whole(vcpu), places(workload, memory_mb, process * vcpu)),
            // A process for each request at once; the processors serve them all.
            Language::Python => (1, Unit::places(memory_mb, 0.0, process + request, None)),
            _ => (1, places(workload, memory_mb, process)),
        };
        let cap = workload.max_requests_per_instance.unwrap_or(f64::INFINITY);
        Shape {
            per_instance: count,
            vcpu,
            memory_mb,
            unit: Unit {
                vcpu,
                places: by_memory.min(per_vcpu * vcpu).min(cap),
            },
            queues,
        }
    };
    let smallest = (largest >= 1.0).then(|| environment(1.0));
    let whole_rest = (largest > 1.0).then(|| environment(largest));
    [smallest, whole_rest, None]
}

//! What the chosen size was made for: CPU and number of a fleet, memory.

use super::{Comparison, Hold, Metric, Scene, Threshold, Unit, Watch, assumed, reserve};
use crate::behavior::Language;
use crate::math;
use crate::rules::Rules;
use crate::system::Answer;
use crate::units::MB_PER_GB;
use crate::wording::{percent, short};
use crate::workload::Workload;

/// Share of the memory that must be left for a watch of it to say anything.
const LEAST_LEFT: f64 = 0.01;

pub(super) fn watches(scene: &Scene<'_>) -> Vec<Watch> {
    [cpu(scene), units(scene), memory(scene)]
        .into_iter()
        .flatten()
        .collect()
}

/// The utilization that the fleet is sized for; half-way to all of the CPU where a pinned fleet is
/// busier than that.
fn cpu(scene: &Scene<'_>) -> Option<Watch> {
    let peak = scene.chosen.configuration.peak_utilization?;
    let stated = scene.system.operations.utilization_target;
    let target = stated
        .map(Answer::typical)
        .or_else(|| assumed(scene.evaluation, "operations.utilization_target"))?;
    if 1.0 - peak < LEAST_LEFT {
        return None;
    }
    let label = &scene.chosen.label;
    let (most, because) = if peak < target {
        let sized = format!(
            "{label} is sized for a CPU that is {} busy; the estimate for the busiest hour is {}.",
            percent(target),
            percent(peak)
        );
        (target, sized)
    } else {
        let busy = format!(
            "The estimate for the busiest hour is a CPU that is {} busy on {label}; above that there is little left.",
            percent(peak)
        );
        (f64::midpoint(peak, 1.0), busy)
    };
    let threshold = Threshold::new(most, Unit::Share);
    Some(Watch {
        for_how_long: Hold::QUARTER_HOUR,
        because,
        then: "Evaluate again with the computing time and the peak that you measured.".to_owned(),
        ..scene.watch(
            "cpu-above",
            Metric::CpuUtilization,
            (Comparison::Above, threshold),
        )
    })
}

/// More units than the bill counts with. Environments of functions are no fleet.
fn units(scene: &Scene<'_>) -> Option<Watch> {
    let configuration = &scene.chosen.configuration;
    if configuration.memory_mb.is_some() {
        return None;
    }
    let most = configuration.count_max.filter(|most| *most >= 1.0)?;
    let (metric, name, what) = if configuration.instance_type.is_some() {
        (Metric::RunningInstances, "instances-above", "instance")
    } else {
        (Metric::RunningTasks, "tasks-above", "task")
    };
    let counted = short(most);
    let plural = if counted == "1" { "" } else { "s" };
    let mean = configuration.count_mean.map(short);
    let mean = mean
        .filter(|mean| *mean != counted)
        .map_or_else(String::new, |mean| format!(", {mean} in the mean"));
    let threshold = Threshold::new(most, Unit::Count);
    Some(Watch {
        for_how_long: Hold::THREE_HOURS,
        because: format!(
            "The bill of {} counts at most {counted} {what}{plural}{mean}.",
            scene.chosen.label
        ),
        then: "Evaluate again with the traffic and the computing time that you see.".to_owned(),
        ..scene.watch(name, metric, (Comparison::Above, threshold))
    })
}

/// Memory of a function or a task, less a reserve; nothing where the estimate leaves none.
fn memory(scene: &Scene<'_>) -> Option<Watch> {
    let configuration = &scene.chosen.configuration;
    let (size, memory_mb) = match (configuration.memory_mb, configuration.task_memory_gb) {
        (Some(memory), _) => (format!("An environment has {} MB", short(memory)), memory),
        (None, Some(memory)) => (
            format!("A task has {} GB", short(memory)),
            memory * MB_PER_GB,
        ),
        (None, None) => return None,
    };
    let estimate = needed_mb(scene, memory_mb) / memory_mb;
    let share = reserve(estimate).filter(|_| 1.0 - estimate >= LEAST_LEFT)?;
    let needs = if share > Rules::embedded().watch_limit_share {
        format!(", and the estimate needs {} of it", percent(estimate))
    } else {
        String::new()
    };
    let threshold = Threshold::new(share, Unit::Share);
    Some(Watch {
        for_how_long: Hold::QUARTER_HOUR,
        because: format!(
            "{size} on {}{needs}; above {} there is little left before it is stopped.",
            scene.chosen.label,
            threshold.words()
        ),
        then: "Take the next size, and evaluate again with the memory that you measured."
            .to_owned(),
        ..scene.watch(
            "memory-above",
            Metric::MemoryUtilization,
            (Comparison::Above, threshold),
        )
    })
}

/// Memory in use in the busiest hour, of one environment or task with as many requests at once as
/// it is sized for, MB.
fn needed_mb(scene: &Scene<'_>, memory_mb: f64) -> f64 {
    let (workload, _) = Workload::typical(scene.system, scene.index);
    let (process, request) = (workload.process_memory.get(), workload.request_memory.get());
    let configuration = &scene.chosen.configuration;
    if configuration.memory_mb.is_none() {
        let fits = if request > 0.0 {
            math::floor((memory_mb - process) / request)
        } else {
            f64::INFINITY
        };
        return process + request * at_once(scene, &workload).min(fits).max(1.0);
    }
    let places = configuration.requests_per_environment.unwrap_or(1.0);
    // On instances Python has a process for each request.
    if configuration.instance_type.is_some() && workload.language == Language::Python {
        return (process + request) * places;
    }
    process + request * places
}

/// Requests at once in one of the tasks in the busiest hour: `c + z sqrt(c)` about the mean `c`.
fn at_once(scene: &Scene<'_>, workload: &Workload) -> f64 {
    let configuration = &scene.chosen.configuration;
    if configuration.runs_and_stops {
        return 1.0;
    }
    let tasks = configuration.count_max.unwrap_or(1.0).max(1.0)
        * configuration.tasks_per_instance.unwrap_or(1.0);
    let peak = workload.requests.per_second() * workload.peak_weight();
    let mean = peak.offered_load(workload.duration.seconds()) / tasks;
    mean + Rules::embedded().concurrency_z * math::sqrt(mean)
}

//! What the chosen size was made for: CPU and number of a fleet, memory.

use super::{Comparison, Hold, Metric, Scene, Threshold, Unit, Watch, assumed};
use crate::rules::Rules;
use crate::system::Answer;
use crate::wording::{percent, short};

pub(super) fn watches(scene: &Scene<'_>) -> Vec<Watch> {
    [cpu(scene), units(scene), memory(scene)]
        .into_iter()
        .flatten()
        .collect()
}

/// The utilization that the fleet is sized for.
fn cpu(scene: &Scene<'_>) -> Option<Watch> {
    let peak = scene.chosen.configuration.peak_utilization?;
    let stated = scene.system.operations.utilization_target;
    let target = stated
        .map(Answer::typical)
        .or_else(|| assumed(scene.evaluation, "operations.utilization_target"))?;
    let threshold = Threshold::new(target, Unit::Share);
    Some(Watch {
        for_how_long: Hold::QUARTER_HOUR,
        because: format!(
            "{} is sized for a CPU that is {} busy; the estimate for the busiest hour is {}.",
            scene.chosen.label,
            percent(target),
            percent(peak)
        ),
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
        (Metric::RunningInstances, "instances-above", "instances")
    } else {
        (Metric::RunningTasks, "tasks-above", "tasks")
    };
    let mean = configuration
        .count_mean
        .map_or_else(String::new, |mean| format!(", {} in the mean", short(mean)));
    let threshold = Threshold::new(most, Unit::Count);
    Some(Watch {
        for_how_long: Hold::THREE_HOURS,
        because: format!(
            "The bill of {} counts at most {} {what}{mean}.",
            scene.chosen.label,
            short(most)
        ),
        then: "Evaluate again with the traffic and the computing time that you see.".to_owned(),
        ..scene.watch(name, metric, (Comparison::Above, threshold))
    })
}

/// Memory of a function or a task, less a reserve.
fn memory(scene: &Scene<'_>) -> Option<Watch> {
    let configuration = &scene.chosen.configuration;
    let size = match (configuration.memory_mb, configuration.task_memory_gb) {
        (Some(memory), _) => format!("An environment has {} MB", short(memory)),
        (None, Some(memory)) => format!("A task has {} GB", short(memory)),
        (None, None) => return None,
    };
    let share = Rules::embedded().watch_limit_share;
    let threshold = Threshold::new(share, Unit::Share);
    Some(Watch {
        for_how_long: Hold::QUARTER_HOUR,
        because: format!(
            "{size} on {}; above {} there is little left before it is stopped.",
            scene.chosen.label,
            percent(share)
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

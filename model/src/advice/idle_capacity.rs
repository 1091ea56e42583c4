//! How much of the container fleet stands idle.

use super::Context;
use crate::evaluation::Reason;
use crate::wording::{percent, short};

/// Mean utilization below which idle capacity is worth a sentence.
const NOTABLE: f64 = 0.3;

pub(super) fn reason(context: &Context<'_>) -> Option<Reason> {
    let option = context.containers()?;
    let configuration = &option.configuration;
    if configuration.runs_and_stops {
        return None;
    }
    let (mean, least, peak) = (
        configuration.count_mean?,
        configuration.count_min?,
        configuration.peak_utilization?,
    );
    // CPU that is used on average, against what stands: the peak's utilization scaled down.
    let most = configuration.count_max?;
    let used = peak * most / context.workload.peak_weight() / mean;
    if used.is_nan() || used >= NOTABLE {
        return None;
    }
    let zones = context.workload.availability.zones();
    Some(super::reason(
        "idle_capacity",
        "https://docs.aws.amazon.com/wellarchitected/latest/cost-optimization-pillar/cost-effective-resources.html",
        format!(
            "{} runs {} on average, at least {} for {}; its CPUs are busy {} of the time.",
            option.label,
            super::units(option, mean),
            short(least),
            if zones == 1 {
                "one zone".to_owned()
            } else {
                format!("{zones} zones")
            },
            percent(used)
        ),
    ))
}

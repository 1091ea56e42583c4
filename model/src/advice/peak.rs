//! What the peak asks of a fleet.

use super::Context;
use crate::evaluation::Reason;
use crate::wording::short;

/// Peak against mean from which it is worth a sentence.
const NOTABLE: f64 = 2.0;

pub(super) fn reason(context: &Context<'_>) -> Option<Reason> {
    let peak = context.workload.peak_weight();
    let option = context.containers()?;
    let (least, most) = (
        option.configuration.count_min?,
        option.configuration.count_max?,
    );
    if peak < NOTABLE {
        return None;
    }
    let follows = if most > least {
        format!(
            "it goes from {} to {} to follow it",
            short(least),
            super::units(option, most)
        )
    } else {
        format!("{} carry it without growing", super::units(option, most))
    };
    Some(super::reason(
        "peak",
        "https://docs.aws.amazon.com/AmazonECS/latest/developerguide/service-auto-scaling.html",
        format!(
            "The busiest hour has {} times the mean traffic; on {} {follows}. Lambda pays for requests, whenever they come.",
            short(peak),
            option.label
        ),
    ))
}

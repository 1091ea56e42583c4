//! A latency target that the work itself cannot keep, whatever it runs on.

use crate::evaluation::ComponentEvaluation;
use crate::wording::milliseconds;
use crate::workload::Workload;

/// Says so when the duration alone, without front door, wait or cold start, is too long.
pub(super) fn warnings(
    component: &ComponentEvaluation,
    workload: &Workload,
    warnings: &mut Vec<String>,
) {
    let Some(target) = workload.target else {
        return;
    };
    let at = workload
        .duration_around(workload.duration)
        .quantile(workload.percentile.share());
    if at <= target || component.options.iter().any(|option| option.meets_target) {
        return;
    }
    warnings.push(format!(
        "{}: the work alone takes {} at {}, the target is {}. No platform changes that; check the slow 1 % if it was assumed.",
        workload.name,
        milliseconds(at.get()),
        workload.percentile.label(),
        milliseconds(target.get())
    ));
}

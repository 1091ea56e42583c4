//! Who pays for waiting: Lambda bills it, a container computes meanwhile.

use super::Context;
use crate::evaluation::Reason;
use crate::wording::{milliseconds, percent};

/// Share of waiting from which it is worth a sentence.
const NOTABLE: f64 = 0.5;

pub(super) fn reason(context: &Context<'_>) -> Option<Reason> {
    let workload = context.workload;
    let share = workload.wait() / workload.duration;
    if share < NOTABLE || context.serverless().is_none() {
        return None;
    }
    Some(super::reason(
        "paid_waiting",
        "https://github.com/ubc-cirrus-lab/demystifying-serverless-costs",
        format!(
            "Of {} a request waits {} ({}). Lambda bills the waiting; a container works on other requests meanwhile.",
            milliseconds(workload.duration.get()),
            milliseconds(workload.wait().get()),
            percent(share)
        ),
    ))
}

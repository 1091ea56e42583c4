//! How far the break-even lies from here.

use super::Context;
use crate::evaluation::Reason;
use crate::wording::count;

pub(super) fn reason(context: &Context<'_>) -> Option<Reason> {
    let (serverless, containers) = (context.serverless()?, context.containers()?);
    let now = context.workload.messages.get();
    let flips: Vec<_> = context
        .break_even
        .iter()
        .filter(|flip| flip.between.contains(&serverless.platform) && flip.between.contains(&containers.platform))
        .collect();
    let last = flips.last()?;
    let many = if flips.len() > 1 { format!(" (the order changes {} times on the way)", flips.len()) } else { String::new() };
    let side = if now < last.requests_per_month { "below" } else { "above" };
    Some(super::reason("break_even_distance", "/method#break-even", format!(
        "The break-even between {} and {} lies at about {} requests a month{many}; this workload has {}, {side} it.",
        serverless.label,
        containers.label,
        count(last.requests_per_month),
        count(now),
    )))
}

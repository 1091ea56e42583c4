//! How far the break-even lies from here.

use super::Context;
use crate::evaluation::{Family, PlatformOption, Reason};
use crate::wording::count;

pub(super) fn reason(context: &Context<'_>) -> Option<Reason> {
    let serverless = context.serverless()?;
    let now = context.workload.requests.get();
    let flips: Vec<_> = context
        .break_even
        .iter()
        .filter(|flip| {
            flip.between.contains(&serverless.platform)
                && flip
                    .between
                    .iter()
                    .any(|id| containers(context, id).is_some())
        })
        .collect();
    let distance = |flip: &&&crate::evaluation::BreakEven| {
        crate::math::ln(flip.requests_per_month / now.max(1.0)).abs()
    };
    let nearest = flips
        .iter()
        .min_by(|left, right| distance(left).total_cmp(&distance(right)))?;
    let rival = nearest
        .between
        .iter()
        .find_map(|id| containers(context, id))?;
    let many = if flips.len() > 1 {
        format!(" ({} in all)", flips.len())
    } else {
        String::new()
    };
    let side = if now < nearest.requests_per_month {
        "below"
    } else {
        "above"
    };
    Some(super::reason(
        "break_even_distance",
        "/method#break-even",
        format!(
            "The nearest break-even between {} and {} lies at about {} requests a month{many}; this workload has {}, {side} it.",
            serverless.label,
            rival.label,
            count(nearest.requests_per_month),
            count(now),
        ),
    ))
}

/// The container option of a platform id.
fn containers<'a>(context: &Context<'a>, id: &str) -> Option<&'a PlatformOption> {
    context
        .options
        .iter()
        .find(|option| option.platform == id && option.family == Family::Containers)
}

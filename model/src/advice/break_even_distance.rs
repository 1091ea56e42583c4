//! How far the break-even lies from here.

use super::Context;
use crate::evaluation::{Family, PlatformOption, Reason};
use crate::wording::count;

pub(super) fn reason(context: &Context<'_>) -> Option<Reason> {
    let now = context.workload.requests.get();
    let flips: Vec<_> = context
        .break_even
        .iter()
        .filter(|flip| flip.decides)
        .collect();
    let distance = |flip: &&&crate::evaluation::BreakEven| {
        crate::math::ln(flip.requests_per_month / now.max(1.0)).abs()
    };
    let nearest = flips
        .iter()
        .min_by(|left, right| distance(left).total_cmp(&distance(right)))?;
    let of = |family| {
        let mut ids = nearest.between.iter();
        ids.find_map(|id| option(context, id, family))
    };
    let (serverless, rival) = (of(Family::Serverless)?, of(Family::Containers)?);
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

/// The option of a platform id, if it is of the family.
fn option<'a>(context: &Context<'a>, id: &str, family: Family) -> Option<&'a PlatformOption> {
    let mut options = context.options.iter();
    options.find(|option| option.platform == id && option.family == family)
}

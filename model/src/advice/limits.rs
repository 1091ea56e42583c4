//! Which limit takes an option out, and which quota must be raised.

use super::Context;
use crate::evaluation::{ComponentEvaluation, Family, PlatformOption, Reason};
use crate::verdict::{NEEDED, best_of, eliminating};
use crate::wording::{lower_first, short};

/// The platforms that people think of first: what takes one of these out is worth a sentence.
const USUAL: [&str; 3] = ["aws-lambda", "aws-fargate", "aws-ec2"];

pub(super) fn reason(context: &Context<'_>) -> Option<Reason> {
    let usual = |option: &&PlatformOption| USUAL.contains(&option.platform.as_str());
    let mut options = context.options.iter().filter(usual);
    let (out, broken) = options.find_map(|option| Some((option, eliminating(option)?)))?;
    let provisional = if out.fit.provisional {
        " (the limit was read more than a year ago: check it)"
    } else {
        ""
    };
    let text = if broken.unit == NEEDED {
        format!(
            "{} is out. Not offered: {}{provisional}.",
            out.label, broken.limit
        )
    } else {
        format!(
            "{} is out: {} is limited to {} {}, and {} is needed{provisional}.",
            out.label,
            lower_first(&broken.limit),
            short(broken.limit_value),
            broken.unit,
            short(broken.workload_value)
        )
    };
    Some(super::reason("limits", &broken.source, text))
}

/// Quotas that the best option of each family exceeds: it stays, somebody must ask for more.
pub(super) fn warnings(component: &ComponentEvaluation, warnings: &mut Vec<String>) {
    let families = [Family::Serverless, Family::Containers];
    for option in families
        .map(|family| best_of(&component.options, family))
        .into_iter()
        .flatten()
    {
        for limit in option.fit.limits.iter().filter(|limit| !limit.ok) {
            warnings.push(format!(
                "{}: {} needs {} of “{}”, and the quota is {}. Ask for more before going live.",
                component.name,
                option.label,
                short(limit.workload_value),
                limit.limit,
                short(limit.limit_value)
            ));
        }
    }
}

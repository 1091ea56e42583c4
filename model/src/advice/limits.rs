//! Which limit takes an option out, and which quota must be raised.

use super::Context;
use crate::evaluation::{ComponentEvaluation, Reason};
use crate::wording::short;

pub(super) fn reason(context: &Context<'_>) -> Option<Reason> {
    let out = context.options.iter().find(|option| !option.fit.ok)?;
    let broken = out.fit.limits.iter().find(|limit| !limit.ok)?;
    let provisional = if out.fit.provisional {
        " (the limit was read more than a year ago: check it)"
    } else {
        ""
    };
    let text = if broken.unit == "needed" {
        format!(
            "{} is out: it does not offer {}{provisional}.",
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

/// Quotas that the workload exceeds: the option stays, somebody must ask for more.
pub(super) fn warnings(component: &ComponentEvaluation, warnings: &mut Vec<String>) {
    for option in component.options.iter().filter(|option| option.fit.ok) {
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

fn lower_first(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_lowercase().chain(letters).collect()
    })
}

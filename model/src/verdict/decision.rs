//! What to do: go, go if something holds, find out first, or stay.

use crate::evaluation::{ComponentEvaluation, Decision, Family, LimitCheck, PlatformOption};
use crate::growth::horizon_months;
use crate::question::question;
use crate::rules::Rules;
use crate::system::{Answer, System};
use crate::wording;

/// What was chosen for the whole system.
#[derive(Clone, Copy, Debug)]
pub(super) struct Chosen<'c> {
    /// The option of each component; `None` where one of them has none.
    pub(super) options: Option<&'c [&'c PlatformOption]>,
    pub(super) family: Family,
    pub(super) monthly_usd: Option<f64>,
    pub(super) confidence: Option<f64>,
}

/// - *stay*: what is saved until the horizon does not pay for the move.
/// - *defer*: nothing can be chosen, or nothing keeps the latency target.
/// - *conditional*: the bills or the ranges leave it open, a quota must be raised, or an
///   elimination rests on a limit that was not verified within a year.
/// - *go*: none of these.
pub(super) fn decision(system: &System, chosen: &Chosen<'_>) -> Decision {
    let (Some(options), Some(monthly_usd)) = (chosen.options, chosen.monthly_usd) else {
        return Decision::Defer;
    };
    if let Some(today) = system.today_usd_per_month.map(Answer::typical) {
        let migration = system.migration_usd.map_or(0.0, Answer::typical);
        let saved = (today - monthly_usd) * f64::from(horizon_months(system));
        if saved <= migration {
            return Decision::Stay;
        }
    }
    if options.iter().any(|option| !option.meets_target) {
        Decision::Defer
    } else if chosen.family == Family::Either
        || options.iter().any(|option| broken(option).next().is_some())
    {
        Decision::Conditional
    } else {
        Decision::Go
    }
}

/// Limits of a chosen option that do not hold: quotas, which can be raised.
fn broken(option: &PlatformOption) -> impl Iterator<Item = &LimitCheck> {
    option.fit.limits.iter().filter(|limit| !limit.ok)
}

/// What must hold for a conditional decision, or be found out for a deferred one.
pub(super) fn conditions(
    components: &[ComponentEvaluation],
    chosen: &Chosen<'_>,
    decision: Decision,
) -> Vec<String> {
    let mut conditions = Vec::new();
    let options = chosen.options.unwrap_or_default();
    for (component, option) in components.iter().zip(options) {
        let about = about(components, component);
        for limit in broken(option) {
            conditions.push(format!(
                "{about}Have the quota raised: {}, {} {} needed, {} granted.",
                limit.limit,
                wording::short(limit.workload_value),
                limit.unit,
                wording::short(limit.limit_value)
            ));
        }
        if !option.meets_target {
            conditions.push(format!(
                "{about}Relax the latency target, or shorten the work."
            ));
        }
    }
    if matches!(decision, Decision::Conditional) {
        measure(components, chosen, &mut conditions);
    }
    for component in components {
        let eliminated = component
            .options
            .iter()
            .filter(|option| option.fit.provisional);
        for option in eliminated {
            conditions.push(format!(
                "{}{} is out by a limit that was not verified within a year; check it.",
                about(components, component),
                option.label
            ));
        }
    }
    conditions
}

/// The name that a sentence begins with where there are several to speak of.
fn about(components: &[ComponentEvaluation], component: &ComponentEvaluation) -> String {
    if components.len() > 1 {
        format!("{}: ", component.name)
    } else {
        String::new()
    }
}

/// Where the ranges leave it open: what to measure first.
fn measure(components: &[ComponentEvaluation], chosen: &Chosen<'_>, conditions: &mut Vec<String>) {
    let sure = Rules::embedded().confident_enough;
    if chosen
        .confidence
        .is_none_or(|confidence| confidence >= sure)
    {
        return;
    }
    for component in components {
        if let Some(first) = component.information.first() {
            let name = question(&first.input).map_or(first.input.as_str(), |asked| asked.name);
            conditions.push(format!(
                "{}Measure this first: {}. Knowing it is worth about {} a month.",
                about(components, component),
                wording::lower_first(name),
                wording::usd(first.value_usd_per_month)
            ));
        }
    }
}

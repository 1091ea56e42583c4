//! The verdict: which family, how sure, what to do, and the sentence that says so.

mod headline;
mod warnings;

use crate::advice;
use crate::estimate::eligible;
use crate::evaluation::{
    BreakEven, ComponentEvaluation, ComponentVerdict, Decision, Family, Plan, PlatformOption,
    Verdict,
};
use crate::growth::horizon_months;
use crate::rules::Rules;
use crate::system::{Answer, System};
use crate::uncertainty::Odds;
use crate::wording;
use crate::workload::Workload;
use headline::headline;

pub(crate) use warnings::warnings;

/// Sorts by fit, then latency target, then cost; what cannot be priced stands last.
pub(crate) fn rank(options: &mut [PlatformOption]) {
    options.sort_by(|left, right| {
        eligible(right)
            .cmp(&eligible(left))
            .then(right.meets_target.cmp(&left.meets_target))
            .then(usd(left).total_cmp(&usd(right)))
    });
}

/// Monthly cost; infinite when there is none.
pub(crate) fn usd(option: &PlatformOption) -> f64 {
    option
        .bill
        .as_ref()
        .map_or(f64::INFINITY, |bill| bill.monthly_usd)
}

/// The best option of a family, if any can be chosen.
pub(crate) fn best_of(options: &[PlatformOption], family: Family) -> Option<&PlatformOption> {
    options
        .iter()
        .find(|option| option.family == family && eligible(option))
}

/// The family of the answer.
///
/// *Either* when both families have an option that meets the target and either their bills
/// lie within the band of the rules, or the samples do not favour one of them clearly.
pub(crate) fn family(options: &[PlatformOption], odds: Option<&Odds>) -> Family {
    let Some(first) = options.first().filter(|option| eligible(option)) else {
        return Family::None;
    };
    let other = if first.family == Family::Serverless {
        Family::Containers
    } else {
        Family::Serverless
    };
    let Some(second) = best_of(options, other) else {
        return first.family;
    };
    if first.meets_target != second.meets_target {
        return first.family;
    }
    let least = Rules::embedded().confident_enough;
    let unsure = odds.is_some_and(|odds| family_confidence(options, odds, first.family) < least);
    if close(first, second) || unsure {
        Family::Either
    } else {
        first.family
    }
}

/// Whether two bills are so near that they do not decide.
fn close(cheaper: &PlatformOption, dearer: &PlatformOption) -> bool {
    usd(dearer) - usd(cheaper) <= Rules::embedded().regret_band * usd(cheaper)
}

/// Probability that the cheapest that fits belongs to a family.
fn family_confidence(options: &[PlatformOption], odds: &Odds, family: Family) -> f64 {
    let of_family = options.iter().filter(|option| option.family == family);
    of_family
        .filter_map(|option| odds.probability(&option.platform))
        .sum::<f64>()
        .min(1.0)
}

/// The verdict for one component, with its reasons.
pub(crate) fn of_component(
    workload: &Workload,
    family: Family,
    options: &[PlatformOption],
    odds: Option<&Odds>,
    break_even: &[BreakEven],
) -> ComponentVerdict {
    let named = match family {
        Family::Serverless | Family::Containers => {
            options.first().map(|option| option.platform.clone())
        }
        Family::Either | Family::Hybrid | Family::None => None,
    };
    let confidence = odds
        .zip(options.first())
        .map(|(odds, first)| family_confidence(options, odds, first.family));
    let context = advice::Context {
        workload,
        family,
        options,
        break_even,
    };
    ComponentVerdict {
        family,
        platform: named,
        confidence,
        reasons: advice::reasons(&context),
    }
}

/// One sentence on each option that is not the choice.
pub(crate) fn explain(options: &mut [PlatformOption]) {
    let Some(first) = options.first().cloned() else {
        return;
    };
    for (rank, option) in options.iter_mut().enumerate() {
        option.why_not = if let Some(missing) = option.missing_prices.first() {
            format!(
                "Not priced: the price book has no {} for {}.",
                missing.price_id, missing.region
            )
        } else if let Some(broken) = option
            .fit
            .limits
            .iter()
            .find(|limit| !limit.ok)
            .filter(|_| !option.fit.ok)
        {
            broken_limit(broken)
        } else if option.bill.is_none() {
            "No size of this platform holds the workload.".to_owned()
        } else if rank == 0 {
            String::new()
        } else if !option.meets_target && first.meets_target {
            "Misses the latency target.".to_owned()
        } else if eligible(&first) {
            format!(
                "Costs {} a month more.",
                wording::usd(usd(option) - usd(&first))
            )
        } else {
            String::new()
        };
    }
}

fn broken_limit(limit: &crate::evaluation::LimitCheck) -> String {
    if limit.unit == "needed" {
        return format!("Does not offer: {}.", limit.limit);
    }
    format!(
        "{}: {} {} allowed, {} needed.",
        limit.limit,
        wording::short(limit.limit_value),
        limit.unit,
        wording::short(limit.workload_value)
    )
}

/// The plans for the whole system: pure ones and the best platform for each component.
pub(crate) fn plans(components: &[ComponentEvaluation]) -> Vec<Plan> {
    let plan = |name: &str, choose: &dyn Fn(&[PlatformOption]) -> Option<PlatformOption>| {
        let chosen: Option<Vec<PlatformOption>> = components
            .iter()
            .map(|component| choose(&component.options))
            .collect();
        Plan {
            plan: name.to_owned(),
            monthly_usd: chosen.as_ref().map(|options| options.iter().map(usd).sum()),
            platforms: chosen
                .map(|options| options.into_iter().map(|option| option.platform).collect())
                .unwrap_or_default(),
        }
    };
    vec![
        plan("all_serverless", &|options| {
            best_of(options, Family::Serverless).cloned()
        }),
        plan("all_containers", &|options| {
            best_of(options, Family::Containers).cloned()
        }),
        plan("hybrid", &|options| {
            options.first().filter(|option| eligible(option)).cloned()
        }),
    ]
}

/// The verdict for the whole system.
pub(crate) fn of_system(
    system: &System,
    components: &[ComponentEvaluation],
    odds: &[Option<Odds>],
) -> Verdict {
    let families: Vec<Family> = components
        .iter()
        .map(|component| component.verdict.family)
        .collect();
    let family = merged(&families);
    let firsts: Option<Vec<&PlatformOption>> = components
        .iter()
        .map(|component| component.options.first().filter(|option| eligible(option)))
        .collect();
    let platform = firsts.as_ref().and_then(|firsts| {
        let first = firsts.first()?.platform.clone();
        let same = firsts.iter().all(|option| option.platform == first);
        (same && matches!(family, Family::Serverless | Family::Containers)).then_some(first)
    });
    let monthly_usd = firsts
        .as_ref()
        .map(|firsts| firsts.iter().map(|option| usd(option)).sum::<f64>());
    let sampled: Option<Vec<(&PlatformOption, &Odds)>> = firsts.as_ref().and_then(|firsts| {
        firsts
            .iter()
            .zip(odds)
            .map(|(first, odds)| Some((*first, odds.as_ref()?)))
            .collect()
    });
    let range = sampled.as_ref().and_then(|sampled| {
        sampled
            .iter()
            .map(|(first, odds)| odds.range(&first.platform))
            .try_fold((0.0, 0.0), |sum, range| {
                range.map(|(low, high)| (sum.0 + low, sum.1 + high))
            })
    });
    let confidence = components
        .iter()
        .map(|component| component.verdict.confidence)
        .try_fold(1.0, |least: f64, confidence| {
            confidence.map(|confidence| least.min(confidence))
        });
    let regret = sampled.as_ref().and_then(|sampled| {
        sampled
            .iter()
            .map(|(first, odds)| odds.regret(&first.platform))
            .sum::<Option<f64>>()
    });
    let decision = decision(system, family, firsts.as_deref(), monthly_usd);
    let headline = headline(system, components, family, decision, monthly_usd);
    Verdict {
        family,
        platform,
        monthly_usd,
        monthly_usd_low: range.map(|(low, _)| low),
        monthly_usd_high: range.map(|(_, high)| high),
        confidence,
        regret_usd: regret,
        decision,
        headline,
    }
}

fn merged(families: &[Family]) -> Family {
    match families {
        [] => Family::None,
        _ if families.contains(&Family::None) => Family::None,
        [first, rest @ ..] if rest.iter().all(|family| family == first) => *first,
        _ => Family::Hybrid,
    }
}

fn decision(
    system: &System,
    family: Family,
    firsts: Option<&[&PlatformOption]>,
    monthly_usd: Option<f64>,
) -> Decision {
    let (Some(firsts), Some(monthly_usd)) = (firsts, monthly_usd) else {
        return Decision::Defer;
    };
    if let Some(today) = system.today_usd_per_month.map(Answer::typical) {
        let migration = system.migration_usd.map_or(0.0, Answer::typical);
        let saved = (today - monthly_usd) * f64::from(horizon_months(system));
        if saved <= migration {
            return Decision::Stay;
        }
    }
    if firsts.iter().any(|option| !option.meets_target) {
        Decision::Defer
    } else if family == Family::Either || firsts.iter().any(|option| quota_to_raise(option)) {
        Decision::Conditional
    } else {
        Decision::Go
    }
}

fn quota_to_raise(option: &PlatformOption) -> bool {
    option.fit.limits.iter().any(|limit| !limit.ok)
}

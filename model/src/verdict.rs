//! The verdict: which family, how sure, what to do, and the sentence that says so.

mod decision;
mod headline;
mod of_system;
mod warnings;

use crate::advice;
use crate::estimate::eligible;
use crate::evaluation::{BreakEven, ComponentVerdict, Family, LimitCheck, PlatformOption};
use crate::rules::Rules;
use crate::uncertainty::Odds;
use crate::wording;
use crate::workload::Workload;

pub(crate) use of_system::of_system;
pub(crate) use warnings::warnings;

/// Unit of a check on something that a platform offers or not.
pub(crate) const NEEDED: &str = "needed";
/// Unit of a check on something that the user must accept.
pub(crate) const ACCEPTED: &str = "accepted";
/// Bills that differ by less are the same.
const CENT: f64 = 0.01;

/// Sorts by fit, then latency target, then cost; what cannot be priced stands last.
pub(crate) fn rank(options: &mut [PlatformOption]) {
    options.sort_by(|left, right| {
        eligible(right)
            .cmp(&eligible(left))
            .then(right.meets_target.cmp(&left.meets_target))
            .then(usd(left).total_cmp(&usd(right)))
    });
    lighter_first(options);
}

/// Within a family a bill that differs by less than the band of the rules decides nothing: of
/// those the option that is lightest to operate comes first.
fn lighter_first(options: &mut [PlatformOption]) {
    let Some(first) = options.first().filter(|option| eligible(option)) else {
        return;
    };
    let most = usd(first) * (1.0 + Rules::embedded().same_family_band);
    let alike = |option: &PlatformOption| {
        eligible(option)
            && option.family == first.family
            && option.meets_target == first.meets_target
            && usd(option) <= most
    };
    let lightest = options
        .iter()
        .enumerate()
        .filter(|(_, option)| alike(option))
        .min_by_key(|(rank, option)| (option.operations_score, *rank))
        .map(|(rank, _)| rank);
    if let Some(rank) = lightest {
        options[..=rank].rotate_right(1);
    }
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
        } else if let Some(broken) = eliminating(option) {
            broken_limit(broken)
        } else if option.bill.is_none() {
            "No size of this platform holds the workload.".to_owned()
        } else if rank == 0 {
            String::new()
        } else if !option.meets_target && first.meets_target {
            "Misses the latency target.".to_owned()
        } else if eligible(&first) {
            dearer(option, &first)
        } else {
            String::new()
        };
    }
}

/// The limit that takes an option out; what it does not offer at all comes first.
pub(crate) fn eliminating(option: &PlatformOption) -> Option<&LimitCheck> {
    let broken = || option.fit.limits.iter().filter(|limit| limit.eliminates);
    broken()
        .find(|limit| limit.unit == NEEDED)
        .or_else(|| broken().next())
}

fn broken_limit(limit: &LimitCheck) -> String {
    match limit.unit.as_str() {
        NEEDED => format!("Does not offer: {}.", limit.limit),
        ACCEPTED => format!("Only if {}.", wording::lower_first(&limit.limit)),
        unit => format!(
            "{}: {} {unit} allowed, {} needed.",
            limit.limit,
            wording::short(limit.limit_value),
            wording::short(limit.workload_value)
        ),
    }
}

/// What an option costs beside the choice. One that is cheaper lies within the band in which
/// the lighter one wins.
fn dearer(option: &PlatformOption, first: &PlatformOption) -> String {
    let more = usd(option) - usd(first);
    if more >= CENT {
        format!("Costs {} a month more.", wording::usd(more))
    } else if more <= -CENT {
        format!(
            "Costs {} a month less, and is heavier to operate.",
            wording::usd(-more)
        )
    } else {
        "Costs the same.".to_owned()
    }
}

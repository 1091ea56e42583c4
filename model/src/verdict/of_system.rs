//! The verdict for a whole system, from its cheapest plan.

use super::decision::{Chosen, conditions, decision};
use super::headline::headline;
use crate::estimate::eligible;
use crate::evaluation::{ComponentEvaluation, Family, Plan, PlatformOption, Verdict};
use crate::system::System;
use crate::uncertainty::Odds;

/// The verdict for the whole system: the platforms of its cheapest plan, whose shared lines are
/// paid once.
pub(crate) fn of_system(
    system: &System,
    components: &[ComponentEvaluation],
    best: &Plan,
    odds: &[Option<Odds>],
) -> Verdict {
    let chosen = chosen(components, best);
    let family = family(components, chosen.as_deref());
    let platform = chosen.as_ref().and_then(|chosen| {
        let first = chosen.first()?.platform.clone();
        let same = chosen.iter().all(|option| option.platform == first);
        (same && matches!(family, Family::Serverless | Family::Containers)).then_some(first)
    });
    let monthly_usd = chosen.as_ref().and(best.monthly_usd);
    let sampled: Option<Vec<(&PlatformOption, &Odds)>> = chosen.as_ref().and_then(|chosen| {
        let with_odds = chosen.iter().zip(odds);
        with_odds
            .map(|(option, odds)| Some((*option, odds.as_ref()?)))
            .collect()
    });
    let range = sampled
        .as_ref()
        .and_then(|sampled| range(sampled, best.saved_by_sharing_usd));
    let confidence = components
        .iter()
        .map(|component| component.verdict.confidence)
        .try_fold(1.0, |least: f64, confidence| {
            confidence.map(|confidence| least.min(confidence))
        });
    let regret = sampled.as_ref().and_then(|sampled| {
        sampled
            .iter()
            .map(|(option, odds)| odds.regret(&option.platform))
            .sum::<Option<f64>>()
    });
    let context = Chosen {
        options: chosen.as_deref(),
        family,
        monthly_usd,
        confidence,
    };
    let decision = decision(system, &context);
    Verdict {
        family,
        platform,
        monthly_usd,
        monthly_usd_low: range.map(|(low, _)| low),
        monthly_usd_high: range.map(|(_, high)| high),
        confidence,
        regret_usd: regret,
        decision,
        headline: headline(system, components, &context, decision),
        conditions: conditions(components, &context, decision),
    }
}

/// The option of each component in the plan.
fn chosen<'c>(
    components: &'c [ComponentEvaluation],
    plan: &Plan,
) -> Option<Vec<&'c PlatformOption>> {
    plan.monthly_usd?;
    components
        .iter()
        .zip(&plan.platforms)
        .map(|(component, platform)| {
            let mut options = component.options.iter().filter(|option| eligible(option));
            options.find(|option| option.platform == *platform)
        })
        .collect()
}

/// One component's family, or what the components have in common.
fn family(components: &[ComponentEvaluation], chosen: Option<&[&PlatformOption]>) -> Family {
    let Some(chosen) = chosen else {
        return Family::None;
    };
    let families: Vec<Family> = components
        .iter()
        .zip(chosen)
        .map(|(component, option)| match component.verdict.family {
            Family::Either => Family::Either,
            _ => option.family,
        })
        .collect();
    match families.as_slice() {
        [] => Family::None,
        [first, rest @ ..] if rest.iter().all(|family| family == first) => *first,
        _ => Family::Hybrid,
    }
}

/// The 5 % and 95 % points of the sum over the components, sample by sample.
fn range(chosen: &[(&PlatformOption, &Odds)], saved: f64) -> Option<(f64, f64)> {
    let mut sums: Vec<f64> = Vec::new();
    for (option, odds) in chosen {
        let samples = odds.samples(&option.platform)?;
        sums.resize(samples.len(), -saved);
        for (sum, sample) in sums.iter_mut().zip(samples) {
            *sum += sample;
        }
    }
    crate::uncertainty::range(sums)
}

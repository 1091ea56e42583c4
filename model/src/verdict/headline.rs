//! The verdict as a sentence with its numbers.

use super::decision::Chosen;
use super::{best_of, close, usd};
use crate::estimate::eligible;
use crate::evaluation::{ComponentEvaluation, Decision, Family, PlatformOption};
use crate::system::{Answer, System};
use crate::wording;

/// The verdict as a sentence with its numbers.
pub(super) fn headline(
    system: &System,
    components: &[ComponentEvaluation],
    chosen: &Chosen<'_>,
    decision: Decision,
) -> String {
    let (Some(monthly_usd), Some(options)) = (chosen.monthly_usd, chosen.options) else {
        return nothing_fits(system, components);
    };
    let family = chosen.family;
    let cost = format!("about {} a month", wording::usd(monthly_usd));
    if let [component] = components
        && let Some(first) = component.options.first()
    {
        let team = team(system, component);
        return single_headline(component, first, (family, decision), &cost, &team);
    }
    let named: Vec<String> = components
        .iter()
        .zip(options)
        .map(|(component, option)| format!("{} on {}", component.name, option.label))
        .collect();
    match family {
        Family::Either => {
            format!(
                "Serverless or containers, either will do: {cost}. {}",
                components
                    .first()
                    .map_or_else(String::new, |component| team(system, component))
            )
        }
        _ => format!("Run {}: {cost} together.", named.join(", ")),
    }
}

fn single_headline(
    component: &ComponentEvaluation,
    first: &PlatformOption,
    verdict: (Family, Decision),
    cost: &str,
    team: &str,
) -> String {
    let speed = first
        .latency
        .as_ref()
        .map(|latency| {
            format!(
                ", P99 {}",
                wording::milliseconds(latency.percentiles.p99_ms)
            )
        })
        .unwrap_or_default();
    let other = component
        .options
        .iter()
        .find(|option| option.family != first.family && eligible(option));
    let against = other.map_or_else(String::new, |other| {
        format!(" {} would cost {}.", other.label, wording::usd(usd(other)))
    });
    match verdict {
        (_, Decision::Stay) => format!(
            "Stay where you are: {} would cost {cost}{speed}.",
            first.label
        ),
        (Family::Either, _) => match other {
            Some(other) if !close(first, other) => format!(
                "Probably {}: {cost}{speed}; {} would cost {}. The ranges of the answers leave it open{}.",
                first.label,
                other.label,
                wording::usd(usd(other)),
                component
                    .verdict
                    .confidence
                    .map_or_else(String::new, |sure| format!(
                        " ({} sure)",
                        wording::percent(sure)
                    ))
            ),
            Some(other) => format!(
                "Either will do: {} costs {cost}{speed}, {} {}. {team}",
                first.label,
                other.label,
                wording::usd(usd(other))
            ),
            None => format!("Run it on {}: {cost}{speed}.", first.label),
        },
        (_, Decision::Defer) => {
            format!(
                "Nothing meets the latency target. The best that fits is {}: {cost}{speed}.{against}",
                first.label
            )
        }
        _ => format!("Run it on {}: {cost}{speed}.{against}", first.label),
    }
}

fn nothing_fits(system: &System, components: &[ComponentEvaluation]) -> String {
    let stuck = components
        .iter()
        .find(|component| !component.options.first().is_some_and(eligible));
    let Some(component) = stuck else {
        return "Nothing to answer.".to_owned();
    };
    // A single component without a name of its own needs none here.
    let name = match system.components.as_slice() {
        [only] if only.name.is_empty() => "this",
        _ => component.name.as_str(),
    };
    if component.options.iter().any(lacks_only_prices) {
        format!(
            "No answer for {name}: the price book lacks prices for this region. They are named below; give your own rates or leave the lines out."
        )
    } else {
        format!("Nothing here runs {name}: each platform breaks a limit, named below.")
    }
}

/// Whether an option would do if its prices were known.
fn lacks_only_prices(option: &PlatformOption) -> bool {
    option.fit.ok
        && option
            .missing_prices
            .iter()
            .any(|missing| !missing.left_out)
}

/// What decides when the bills do not: the skills of the team where they differ, else what is
/// lighter to operate.
fn team(system: &System, component: &ComponentEvaluation) -> String {
    let skill = |answer: Option<Answer>| answer.map(Answer::typical);
    let operations = &system.operations;
    match (
        skill(operations.team_container_skill),
        skill(operations.team_serverless_skill),
    ) {
        (Some(containers), Some(serverless)) if containers > serverless => {
            "The team knows containers better: that decides.".to_owned()
        }
        (Some(containers), Some(serverless)) if containers < serverless => {
            "The team knows serverless better: that decides.".to_owned()
        }
        _ => lighter(component),
    }
}

/// The best option of each family by its operations score; the score stands beside the bills and
/// is never turned into money.
fn lighter(component: &ComponentEvaluation) -> String {
    let best = |family| best_of(&component.options, family);
    match (best(Family::Serverless), best(Family::Containers)) {
        (Some(serverless), Some(containers))
            if serverless.operations_score != containers.operations_score =>
        {
            let lighter = if serverless.operations_score < containers.operations_score {
                serverless
            } else {
                containers
            };
            format!("{} is the lighter one to operate.", lighter.label)
        }
        _ => "Let the team decide.".to_owned(),
    }
}

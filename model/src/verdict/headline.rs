//! The verdict as a sentence with its numbers.

use super::{close, usd};
use crate::estimate::eligible;
use crate::evaluation::{ComponentEvaluation, Decision, Family};
use crate::system::{Answer, System};
use crate::wording;

/// The verdict as a sentence with its numbers.
pub(super) fn headline(
    system: &System,
    components: &[ComponentEvaluation],
    family: Family,
    decision: Decision,
    monthly_usd: Option<f64>,
) -> String {
    let Some(monthly_usd) = monthly_usd else {
        return nothing_fits(components);
    };
    let cost = format!("about {} a month", wording::usd(monthly_usd));
    if let [component] = components {
        return single_headline(component, family, decision, &cost, team(system));
    }
    let named: Vec<String> = components
        .iter()
        .filter_map(|component| {
            component
                .options
                .first()
                .map(|option| format!("{} on {}", component.name, option.label))
        })
        .collect();
    match family {
        Family::Either => {
            format!(
                "Serverless or containers, either will do: {cost}. {}",
                team(system)
            )
        }
        _ => format!("Run {}: {cost} together.", named.join(", ")),
    }
}

fn single_headline(
    component: &ComponentEvaluation,
    family: Family,
    decision: Decision,
    cost: &str,
    team: &str,
) -> String {
    let Some(first) = component.options.first() else {
        return nothing_fits(std::slice::from_ref(component));
    };
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
    match (family, decision) {
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
                "Nothing meets the latency target. The cheapest is {}: {cost}{speed}.{against}",
                first.label
            )
        }
        _ => format!("Run it on {}: {cost}{speed}.{against}", first.label),
    }
}

fn nothing_fits(components: &[ComponentEvaluation]) -> String {
    let stuck = components
        .iter()
        .find(|component| !component.options.first().is_some_and(eligible));
    match stuck {
        Some(component)
            if component
                .options
                .iter()
                .any(|option| !option.missing_prices.is_empty()) =>
        {
            format!(
                "No answer for {}: the price book lacks prices for this region. They are named below; give your own rates or leave the lines out.",
                component.name
            )
        }
        Some(component) => format!(
            "Nothing here runs {}: each platform breaks a limit, named below.",
            component.name
        ),
        None => "Nothing to answer.".to_owned(),
    }
}

/// Who decides when the bills do not: the skills of the team, where they differ.
fn team(system: &System) -> &'static str {
    let skill = |answer: Option<Answer>| answer.map(Answer::typical);
    let operations = &system.operations;
    match (
        skill(operations.team_container_skill),
        skill(operations.team_serverless_skill),
    ) {
        (Some(containers), Some(serverless)) if containers > serverless => {
            "The team knows containers better: that decides."
        }
        (Some(containers), Some(serverless)) if containers < serverless => {
            "The team knows serverless better: that decides."
        }
        _ => "Let the team decide.",
    }
}

//! What follows from the choice: good, bad, neutral.

use app::components::verdict::chosen;
use app::format::{ms, percent, usd_cents};
use model::evaluation::{ComponentEvaluation, Family, PlatformOption};

use super::super::Subject;
use super::{Block, Item, Part, Section, each};

/// A limit with less of it left is worth a word.
const TIGHT: f64 = 0.2;
/// Effort to operate from which on it is worth a word.
const MUCH_EFFORT: u8 = 2;

pub(super) fn section(subject: &Subject<'_>) -> Section {
    let blocks = each(subject, |component, _| {
        let Some(option) = chosen(&component.options, component.verdict.platform.as_deref()) else {
            return vec![Block::paragraph(
                "Nothing follows: no option can be chosen.",
            )];
        };
        let good = good(component, option);
        let bad = bad(option);
        let neutral = neutral(component, option);
        let led = |lead, texts: Vec<String>| {
            texts.into_iter().map(move |text| Item {
                lead: Some(lead),
                text,
            })
        };
        vec![Block::List {
            items: led("Good", good)
                .chain(led("Bad", bad))
                .chain(led("Neutral", neutral))
                .collect(),
        }]
    });
    Section::new(Part::Consequences, "What follows", blocks)
}

/// The best option of the other side that can be chosen.
fn rival<'c>(
    component: &'c ComponentEvaluation,
    option: &PlatformOption,
) -> Option<&'c PlatformOption> {
    let mut options = component.options.iter();
    options.find(|other| other.family != option.family && other.fit.ok && other.bill.is_some())
}

fn good(component: &ComponentEvaluation, option: &PlatformOption) -> Vec<String> {
    let mut said = Vec::new();
    if let Some((rival, [own, other])) = rival(component, option).and_then(|rival| {
        let bill = |option: &PlatformOption| option.bill.as_ref().map(|bill| bill.monthly_usd);
        Some((rival, [bill(option)?, bill(rival)?]))
    }) && own < other
    {
        said.push(format!(
            "it costs an estimated {} a month, where {}, the best of the other side, costs {}.",
            usd_cents(own),
            rival.label,
            usd_cents(other)
        ));
    }
    if option.family == Family::Serverless && option.configuration.provisioned_concurrency.is_none()
    {
        said.push("what computes costs nothing while there is no traffic.".to_owned());
    }
    if option.family == Family::Containers
        && option
            .latency
            .as_ref()
            .is_some_and(|latency| latency.cold_start_probability <= 0.0)
    {
        said.push("no request waits for a cold start.".to_owned());
    }
    if let Some(latency) = option.latency.as_ref().filter(|_| option.meets_target) {
        said.push(format!(
            "P99 is {}, and the latency target is kept.",
            ms(latency.percentiles.p99_ms)
        ));
    }
    if option.operations_score == 0 {
        said.push("there are no servers, clusters or scaling rules to run.".to_owned());
    }
    said
}

fn bad(option: &PlatformOption) -> Vec<String> {
    let mut said = Vec::new();
    if let Some(latency) = option.latency.as_ref()
        && latency.cold_start_probability > 0.0
        && let Some(late) = latency.cold_start_p99_ms
    {
        said.push(format!(
            "{} of requests wait for a cold start, up to {} in 99 % of them.",
            percent(latency.cold_start_probability),
            ms(latency.percentiles.p50_ms + late)
        ));
    }
    if !option.meets_target {
        said.push("the latency target is missed.".to_owned());
    }
    if option.family == Family::Containers && !option.configuration.runs_and_stops {
        said.push(
            "tasks or instances stand by the hour, and are paid at night as in the day.".to_owned(),
        );
    }
    if option.operations_score >= MUCH_EFFORT {
        said.push("somebody patches, scales and upgrades what the tasks run on.".to_owned());
    }
    let tight = option
        .fit
        .limits
        .iter()
        .filter(|limit| limit.ok && limit.headroom < TIGHT);
    said.extend(tight.map(|limit| {
        format!(
            "little is left of a limit: {}, {}.",
            limit.limit,
            percent(limit.headroom)
        )
    }));
    said
}

fn neutral(component: &ComponentEvaluation, option: &PlatformOption) -> Vec<String> {
    let mut said = Vec::new();
    let serverless = option.family == Family::Serverless;
    let services: Vec<&str> = component
        .services
        .iter()
        .map(|service| {
            if serverless {
                service.serverless.as_str()
            } else {
                service.containers.as_str()
            }
        })
        .collect();
    if services.is_empty() {
        said.push("no state was stated, so no service beside it is in the bill.".to_owned());
    } else {
        let mut names: Vec<&str> = Vec::new();
        for name in services {
            if !names.contains(&name) {
                names.push(name);
            }
        }
        said.push(format!("what must last is kept in {}.", names.join(", ")));
    }
    if serverless {
        said.push(
            "the bill follows the traffic: it doubles about when the requests do.".to_owned(),
        );
    } else {
        said.push(
            "the bill is a staircase: it rises with each further task or instance.".to_owned(),
        );
    }
    said
}

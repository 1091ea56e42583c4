//! What follows from the choice: good, bad, neutral.

use app::format::{ms, percent, usd_cents};
use model::evaluation::{ComponentEvaluation, CostCurve, Decision, Family, PlatformOption};
use model::reading::Target;
use model::system::Answer;

use super::super::Subject;
use super::{Block, Item, Part, Section, each};

/// A limit with less of it left is worth a word.
const TIGHT: f64 = 0.2;
/// Effort to operate from which on it is worth a word.
const MUCH_EFFORT: u8 = 2;
/// Where nearly all requests wait for a start there are no warm ones to tell them from.
const NEARLY_ALL: f64 = 0.99;
/// Twice the requests cost about twice as much from this factor on.
const DOUBLES: f64 = 1.8;

pub(super) fn section(subject: &Subject<'_>) -> Section {
    let blocks = if subject.evaluation.verdict.decision == Decision::Stay {
        vec![of_staying(subject)]
    } else {
        each(subject, |component, index| {
            vec![of_choice(subject, component, index)]
        })
    };
    Section::new(Part::Consequences, "What follows", blocks)
}

fn of_choice(subject: &Subject<'_>, component: &ComponentEvaluation, index: usize) -> Block {
    let Some(option) = subject.evaluation.choice(index) else {
        return Block::paragraph("Nothing follows: no option can be chosen.");
    };
    let target = subject.evaluation.target(subject.system, index);
    list(
        good(component, option, target),
        bad(option, target),
        neutral(component, option, (target, subject.system.traffic(index))),
    )
}

fn list(good: Vec<String>, bad: Vec<String>, neutral: Vec<String>) -> Block {
    let led = |lead, texts: Vec<String>| {
        texts.into_iter().map(move |text| Item {
            lead: Some(lead),
            text,
        })
    };
    Block::List {
        items: led("Good", good)
            .chain(led("Bad", bad))
            .chain(led("Neutral", neutral))
            .collect(),
    }
}

/// Nothing is moved; what would be saved does not pay for it.
fn of_staying(subject: &Subject<'_>) -> Block {
    let good = vec!["nothing has to be moved, and nobody learns anything new.".to_owned()];
    let stated = |answer: Option<Answer>| answer.map(|answer| usd_cents(answer.typical()));
    let today = stated(subject.system.today_usd_per_month);
    let bad = today.map(|today| format!("what is paid today, {today} a month, goes on."));
    let other = subject.evaluation.verdict.monthly_usd.map(usd_cents);
    let neutral = other.map(|other| match stated(subject.system.migration_usd) {
        Some(migration) => format!(
            "the best other way would cost an estimated {other} a month: up to the horizon that does not save the {migration} of moving."
        ),
        None => format!(
            "the best other way would cost an estimated {other} a month, which saves nothing."
        ),
    });
    list(
        good,
        bad.into_iter().collect(),
        neutral.into_iter().collect(),
    )
}

/// The best option of the other side that can be chosen.
fn rival<'c>(
    component: &'c ComponentEvaluation,
    option: &PlatformOption,
) -> Option<&'c PlatformOption> {
    let mut options = component.options.iter();
    options.find(|other| other.family != option.family && other.fit.ok && other.bill.is_some())
}

fn good(
    component: &ComponentEvaluation,
    option: &PlatformOption,
    target: Option<Target>,
) -> Vec<String> {
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
    if option.family == Family::Serverless && !stands(option) {
        said.push("computing costs nothing while there is no traffic.".to_owned());
    }
    let latency = option.latency.as_ref();
    if option.family == Family::Containers
        && latency.is_some_and(|latency| latency.cold_start_probability <= 0.0)
    {
        said.push("no request waits for a cold start.".to_owned());
    }
    if let Some((time, target)) = timed(option, target).filter(|_| option.meets_target) {
        said.push(format!(
            "{} is {}, within the target of {}.",
            target.percentile.label(),
            ms(time),
            ms(target.ms)
        ));
    }
    if option.operations_score == 0 {
        said.push("there are no servers, clusters or scaling rules to run.".to_owned());
    }
    said
}

/// What it takes at the percentile of the target.
fn timed(option: &PlatformOption, target: Option<Target>) -> Option<(f64, Target)> {
    let target = target?;
    Some((target.time_of(option)?, target))
}

/// Whether part of what computes is paid by the hour.
fn stands(option: &PlatformOption) -> bool {
    let configuration = &option.configuration;
    configuration.provisioned_concurrency.is_some()
        || configuration.instance_type.is_some()
        || option.family == Family::Containers && !configuration.runs_and_stops
}

fn bad(option: &PlatformOption, target: Option<Target>) -> Vec<String> {
    let mut said: Vec<String> = cold(option).into_iter().collect();
    if let Some((time, target)) = timed(option, target).filter(|_| !option.meets_target) {
        said.push(format!(
            "{} is {}, beyond the target of {}.",
            target.percentile.label(),
            ms(time),
            ms(target.ms)
        ));
    }
    if stands(option) && option.configuration.provisioned_concurrency.is_none() {
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
        .filter(|limit| limit.is_at_most() && limit.ok && limit.headroom < TIGHT);
    said.extend(tight.map(|limit| {
        format!(
            "little is left of a limit: {}, {}.",
            limit.limit,
            percent(limit.headroom)
        )
    }));
    said
}

/// Who waits for a start, and for how long.
fn cold(option: &PlatformOption) -> Option<String> {
    let latency = option.latency.as_ref()?;
    let share = latency.cold_start_probability;
    let median = latency.cold_start_p50_ms.filter(|_| share > 0.0)?;
    if share >= NEARLY_ALL {
        return Some(format!(
            "each of them waits for a start of about {}.",
            ms(median)
        ));
    }
    Some(format!(
        "{} of the requests wait for a cold start, which adds about {}.",
        percent(share),
        ms(median)
    ))
}

fn neutral(
    component: &ComponentEvaluation,
    option: &PlatformOption,
    (target, requests): (Option<Target>, Option<f64>),
) -> Vec<String> {
    let mut said = Vec::new();
    if requests.is_some_and(|requests| requests <= 0.0) {
        said.push("there are no requests, so that none can be late.".to_owned());
    } else if let Some(latency) = option.latency.as_ref().filter(|_| target.is_none()) {
        said.push(format!(
            "P99 is {}; no target was given.",
            ms(latency.percentiles.p99_ms)
        ));
    }
    said.push(beside(component, option.family));
    said.extend(requests.and_then(|requests| growing(component, option, requests)));
    said
}

/// What keeps the state.
fn beside(component: &ComponentEvaluation, family: Family) -> String {
    let mut names: Vec<&str> = Vec::new();
    for service in &component.services {
        let name = if family == Family::Serverless {
            service.serverless.as_str()
        } else {
            service.containers.as_str()
        };
        if !names.contains(&name) {
            names.push(name);
        }
    }
    if names.is_empty() {
        "no state was given, so that the bill has no database, queue or store.".to_owned()
    } else {
        format!(
            "the bill includes what stands beside it: {}.",
            names.join(", ")
        )
    }
}

/// How the bill follows the requests.
fn growing(
    component: &ComponentEvaluation,
    option: &PlatformOption,
    requests: f64,
) -> Option<String> {
    if option.configuration.runs_and_stops {
        return Some("the bill follows the jobs: each pays for the time that it runs.".to_owned());
    }
    if option.family == Family::Containers {
        return Some(
            "the bill is a staircase: it rises with each further task or instance.".to_owned(),
        );
    }
    let at = |volume| cost_at(&component.cost_curve, &option.platform, volume);
    let (now, twice) = (at(requests)?, at(2.0 * requests)?);
    Some(if twice >= DOUBLES * now {
        "the bill follows the traffic: it doubles about when the requests do.".to_owned()
    } else {
        "part of the bill stands whatever the traffic: twice the requests do not double it."
            .to_owned()
    })
}

/// The cost at a volume, between the points of the curve.
fn cost_at(curve: &CostCurve, platform: &str, volume: f64) -> Option<f64> {
    let series = curve
        .options
        .iter()
        .find(|series| series.platform == platform)?;
    let volumes = &curve.requests_per_month;
    let above = volumes.iter().position(|at| *at >= volume)?;
    let cost = |place: usize| series.monthly_usd.get(place).copied().flatten();
    let high = cost(above)?;
    let Some(below) = above.checked_sub(1) else {
        return Some(high);
    };
    let low = cost(below)?;
    let share = (volume - volumes[below]) / (volumes[above] - volumes[below]);
    Some(low + share * (high - low))
}

#[cfg(test)]
mod tests {
    use model::evaluation::CostSeries;

    use super::*;

    #[test]
    fn a_cost_lies_between_those_of_the_points_around_it() {
        let curve = CostCurve {
            requests_per_month: vec![1.0, 3.0, 9.0],
            options: vec![CostSeries {
                platform: "aws-lambda".to_owned(),
                monthly_usd: vec![Some(10.0), Some(20.0), None],
            }],
            ..CostCurve::default()
        };
        let at = |volume| cost_at(&curve, "aws-lambda", volume);
        assert_eq!(
            (at(0.5), at(2.0), at(3.0)),
            (Some(10.0), Some(15.0), Some(20.0))
        );
        assert_eq!(
            (at(4.0), at(10.0), cost_at(&curve, "other", 2.0)),
            (None, None, None)
        );
    }
}

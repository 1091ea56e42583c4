//! Which option of a component the answer chooses, and which can be chosen at all.

use app::components::options::arranged;
use app::components::verdict::chosen;
use model::evaluation::{ComponentEvaluation, Family, PlatformOption};
use model::system::{Answer, Percentile};

use super::super::Subject;

/// The plan that takes each component where it is best.
const BEST_OF_EACH: &str = "hybrid";

/// The option of a component that the answer chooses: in a system of several that of the plan, which pays once for what
/// is shared. `None` where none can be chosen.
pub(in crate::report) fn choice<'e>(
    subject: &Subject<'e>,
    index: usize,
) -> Option<&'e PlatformOption> {
    let evaluation = subject.evaluation;
    let component = evaluation.components.get(index)?;
    let plans = &evaluation.totals;
    let planned = plans
        .iter()
        .find(|plan| plan.plan == BEST_OF_EACH && evaluation.components.len() > 1)
        .and_then(|plan| plan.platforms.get(index));
    let platform = planned.or(component.verdict.platform.as_ref());
    chosen(&component.options, platform.map(String::as_str)).filter(|option| can_run(option))
}

/// Whether any component has no option.
pub(in crate::report) fn is_stuck(subject: &Subject<'_>) -> bool {
    subject.evaluation.verdict.family == Family::None
}

/// Whether it fits and has a bill.
pub(in crate::report) fn can_run(option: &PlatformOption) -> bool {
    option.fit.ok && option.bill.is_some()
}

/// Those that can be chosen, in the order of the screen, and the rest.
pub(in crate::report) fn able_and_rest(
    component: &ComponentEvaluation,
) -> (Vec<&PlatformOption>, Vec<&PlatformOption>) {
    let (able, rest) = arranged(component);
    if able.first().is_some_and(|option| can_run(option)) {
        (able, rest)
    } else {
        (Vec::new(), able)
    }
}

/// Requests a month of a component, those that links bring among them.
pub(in crate::report) fn traffic(subject: &Subject<'_>, index: usize) -> Option<f64> {
    let component = subject.system.components.get(index)?;
    let stated = component.traffic.requests_per_month.map(Answer::typical);
    let totals = subject.system.requests_with_links();
    totals
        .get(index)
        .map(|requests| requests.total)
        .filter(|total| *total > 0.0)
        .or(stated)
}

/// The response time that a component must keep, as answered or as assumed.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::report) struct Target {
    pub(in crate::report) ms: f64,
    pub(in crate::report) percentile: Percentile,
}

impl Target {
    /// That of a component; `None` where there is none, or where there are no requests that could be late.
    pub(in crate::report) fn of(subject: &Subject<'_>, index: usize) -> Option<Self> {
        let latency = &subject.system.components.get(index)?.latency;
        let assumed = |name: &str| {
            let input = format!("components[{index}].latency.{name}");
            let mut all = subject.evaluation.assumptions.iter();
            all.find(|assumption| assumption.input == input)
                .map(|assumption| assumption.value.clone())
        };
        let stated = latency.target_ms.map(Answer::typical);
        let ms = stated.or_else(|| assumed("target_ms")?.as_f64())?;
        let percentile = latency
            .percentile
            .or_else(|| serde_json::from_value(assumed("percentile")?).ok())
            .unwrap_or(Percentile::P95);
        traffic(subject, index)
            .is_none_or(|requests| requests > 0.0)
            .then_some(Self { ms, percentile })
    }

    /// What an option takes at the percentile of the target.
    pub(in crate::report) fn time_of(self, option: &PlatformOption) -> Option<f64> {
        let percentiles = &option.latency.as_ref()?.percentiles;
        Some(match self.percentile {
            Percentile::P50 => percentiles.p50_ms,
            Percentile::P90 => percentiles.p90_ms,
            Percentile::P95 => percentiles.p95_ms,
            Percentile::P99 => percentiles.p99_ms,
            Percentile::P999 => percentiles.p999_ms,
        })
    }
}

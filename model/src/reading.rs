//! What pages, reports and watches read off an evaluation: the same for all of them.

use crate::estimate::eligible;
use crate::evaluation::{Evaluation, PlatformOption};
use crate::latency::percentile::Percentiles;
use crate::system::{Answer, Percentile, System};

/// The plan that takes each component where it is best.
pub(crate) const BEST_OF_EACH: &str = "hybrid";

/// A response time to keep.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Target {
    /// Milliseconds.
    pub ms: f64,
    /// At this percentile.
    pub percentile: Percentile,
}

impl Target {
    /// What an option takes at the percentile of the target, in milliseconds.
    #[must_use]
    pub fn time_of(self, option: &PlatformOption) -> Option<f64> {
        let latency = option.latency.as_ref()?;
        Some(latency.percentiles.at(self.percentile))
    }
}

impl Percentiles {
    /// The response time at a percentile, in milliseconds.
    #[must_use]
    pub const fn at(&self, percentile: Percentile) -> f64 {
        match percentile {
            Percentile::P50 => self.p50_ms,
            Percentile::P90 => self.p90_ms,
            Percentile::P95 => self.p95_ms,
            Percentile::P99 => self.p99_ms,
            Percentile::P999 => self.p999_ms,
        }
    }
}

impl Evaluation {
    /// The option that the answer chooses for a component: in a system of several that of the
    /// plan, which pays once for what is shared; else the one that the verdict names, or the first
    /// that can be chosen. `None` where none can.
    #[must_use]
    pub fn choice(&self, index: usize) -> Option<&PlatformOption> {
        let component = self.components.get(index)?;
        let several = self.components.len() > 1;
        let mut plans = self.totals.iter();
        let planned = plans
            .find(|plan| several && plan.plan == BEST_OF_EACH)
            .and_then(|plan| plan.platforms.get(index));
        let platform = planned.or(component.verdict.platform.as_ref());
        let mut able = component.options.iter().filter(|option| eligible(option));
        let named = able
            .clone()
            .find(|option| Some(&option.platform) == platform);
        named.or_else(|| able.next())
    }

    /// The response time that a component is to keep, as answered or as assumed, whether or not
    /// there are requests; `None` where there is none.
    #[must_use]
    pub fn aim(&self, system: &System, index: usize) -> Option<Target> {
        let stated = system.components.get(index)?.latency.target_ms;
        let ms = stated
            .map(Answer::typical)
            .or_else(|| self.assumed(index, "latency.target_ms")?.as_f64())?;
        Some(Target {
            ms,
            percentile: self.percentile(system, index),
        })
    }

    /// The response time that a component must keep: its [aim](Self::aim); `None` also where the
    /// answers say that there are no requests which could be late.
    #[must_use]
    pub fn target(&self, system: &System, index: usize) -> Option<Target> {
        let requests = system.traffic(index);
        let idle = requests.is_some_and(|requests| requests <= 0.0);
        self.aim(system, index).filter(|_| !idle)
    }

    /// The percentile that the latency target of a component speaks of, as answered or as assumed.
    #[must_use]
    pub fn percentile(&self, system: &System, index: usize) -> Percentile {
        let component = system.components.get(index);
        let stated = component.and_then(|component| component.latency.percentile);
        let assumed = || {
            let value = self.assumed(index, "latency.percentile")?;
            serde_json::from_value(value.clone()).ok()
        };
        stated.or_else(assumed).unwrap_or(Percentile::P95)
    }

    /// What stands in for an answer of a component.
    fn assumed(&self, index: usize, path: &str) -> Option<&serde_json::Value> {
        let input = format!("components[{index}].{path}");
        let mut all = self.assumptions.iter();
        all.find(|assumption| assumption.input == input)
            .map(|assumption| &assumption.value)
    }
}

impl System {
    /// Requests a month of a component, those that links bring among them; `None` where none were
    /// stated and none are brought.
    #[must_use]
    pub fn traffic(&self, index: usize) -> Option<f64> {
        let stated = self.components.get(index)?.traffic.requests_per_month;
        let totals = self.requests_with_links();
        totals
            .get(index)
            .map(|requests| requests.total)
            .filter(|total| *total > 0.0)
            .or_else(|| stated.map(Answer::typical))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::example::example;
    use crate::price::PriceBook;
    use crate::{Parts, evaluate};

    fn evaluated(system: &System) -> Evaluation {
        evaluate(system, PriceBook::embedded(), &Parts::ALL)
    }

    #[test]
    fn the_choice_of_each_part_is_that_of_the_plan() {
        let system = &example("shop-system").expect("an example").system;
        let evaluation = evaluated(system);
        let plan = evaluation.totals.last().expect("a plan");
        let chosen: Vec<&str> = (0..system.components.len())
            .filter_map(|index| Some(evaluation.choice(index)?.platform.as_str()))
            .collect();
        assert_eq!(
            (plan.plan.as_str(), chosen),
            (
                BEST_OF_EACH,
                plan.platforms.iter().map(String::as_str).collect()
            )
        );
        assert_eq!(evaluation.choice(system.components.len()), None);
    }

    #[test]
    fn a_target_is_stated_or_assumed_and_needs_requests() {
        let mut system = example("day-and-night-api")
            .expect("an example")
            .system
            .clone();
        let target = |system: &System| evaluated(system).target(system, 0);
        let stated = target(&system).expect("a target");
        assert_eq!((stated.ms, stated.percentile), (500.0, Percentile::P99));
        system.components[0].latency.target_ms = None;
        assert!(target(&system).is_some(), "one is assumed of an API");
        system.components[0].traffic.requests_per_month = Some(Answer::Exact(0.0));
        assert_eq!(target(&system), None);
        assert!(evaluated(&system).aim(&system, 0).is_some());
    }
}

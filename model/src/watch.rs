//! How we will know: which figure of operation, past which threshold, makes an answer worth
//! asking again.
//!
//! A [`Watch`] is read off an evaluation, a saved one too; nothing is priced again. Pages and
//! reports list watches, `server` turns them into alarms: all say the same.
//!
//! | threshold | from |
//! |---|---|
//! | requests a month | the nearest deciding break-evens on both sides of today's traffic |
//! | computing time, duration, peak | the flips of inputs that operation measures |
//! | latency, cold starts | the latency target and its percentile |
//! | concurrency, requests, run time, memory | limits of the chosen option, less a reserve, above the estimate |
//! | CPU, tasks or instances | what the fleet was sized for |
//! | cost | the upper end of its range, else a margin above the estimate |
//! | dates | age of the price book, month of the switch, end of the commitment |

mod calendar;
mod capacity;
mod cost;
mod latency;
mod limits;
mod measured;
mod metric;
mod traffic;

use serde::Serialize;

use crate::evaluation::{ComponentEvaluation, Decision, Evaluation, PlatformOption};
use crate::rules::Rules;
use crate::system::{Component, Percentile, System};

pub use metric::{Comparison, Hold, Metric, Threshold, Unit};

/// One figure to keep an eye on.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Watch {
    /// Its name: kebab case, the same for the same watch of another evaluation, and unique among
    /// the watches of one. The component's number from 2 on stands at its end.
    pub id: String,
    /// Which component, counted from 0; absent where it is about the whole system.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub index: Option<usize>,
    /// The component's name; empty where it is about the whole system.
    pub component: String,
    /// What is measured.
    pub metric: Metric,
    /// On which side of the threshold the answer may no longer hold.
    pub comparison: Comparison,
    /// The threshold with its unit.
    pub threshold: Threshold,
    /// For how long before it counts.
    pub for_how_long: Hold,
    /// Why this threshold, in a sentence with its numbers.
    pub because: String,
    /// What to do then, in a sentence.
    pub then: String,
}

impl Watch {
    /// The condition in words: `above 31 million, on 4 of 7 days`.
    #[must_use]
    pub fn condition(&self) -> String {
        let threshold = self.threshold.words();
        let held = self.for_how_long.words();
        let held = if held.is_empty() {
            held
        } else {
            format!(", {held}")
        };
        match self.comparison {
            Comparison::Above => format!("above {threshold}{held}"),
            Comparison::Below => format!("below {threshold}{held}"),
            Comparison::Reached => format!("{threshold}{held}"),
        }
    }
}

/// One component with what its watches are read from.
#[derive(Clone, Copy, Debug)]
struct Scene<'a> {
    system: &'a System,
    evaluation: &'a Evaluation,
    index: usize,
    /// The answers about it.
    answers: &'a Component,
    component: &'a ComponentEvaluation,
    /// The option that is watched.
    chosen: &'a PlatformOption,
    /// Requests a month today.
    requests: f64,
}

impl Scene<'_> {
    /// A watch of this component.
    fn watch(&self, name: &str, metric: Metric, bound: (Comparison, Threshold)) -> Watch {
        let id = match self.index {
            0 => name.to_owned(),
            index => format!("{name}-{}", index + 1),
        };
        Watch {
            index: Some(self.index),
            component: self.component.name.clone(),
            ..of_system(&id, metric, bound)
        }
    }

    /// The name of a platform.
    fn label<'s>(&'s self, platform: &'s str) -> &'s str {
        label(self.evaluation, platform)
    }

    /// The percentile that the latency target speaks of.
    fn percentile(&self) -> Percentile {
        self.evaluation.percentile(self.system, self.index)
    }

    /// The value of an answer of this component that was assumed.
    fn assumed(&self, path: &str) -> Option<f64> {
        let path = format!("components[{}].{path}", self.index);
        assumed(self.evaluation, &path)
    }
}

/// A watch of the whole system, its sentences still to come.
fn of_system(id: &str, metric: Metric, (comparison, threshold): (Comparison, Threshold)) -> Watch {
    Watch {
        id: id.to_owned(),
        index: None,
        component: String::new(),
        metric,
        comparison,
        threshold,
        for_how_long: Hold::ONCE,
        because: String::new(),
        then: String::new(),
    }
}

fn label<'a>(evaluation: &'a Evaluation, platform: &'a str) -> &'a str {
    let components = evaluation.components.iter();
    let mut options = components.flat_map(|component| &component.options);
    options
        .find(|option| option.platform == platform)
        .map_or(platform, |option| option.label.as_str())
}

fn assumed(evaluation: &Evaluation, path: &str) -> Option<f64> {
    let mut assumptions = evaluation.assumptions.iter();
    let found = assumptions.find(|assumption| assumption.input == path)?;
    found.value.as_f64()
}

/// The share of what there is above which too little is left: the rule's, or half-way to all of
/// it where the estimate itself takes that much. `None` where the estimate takes all.
fn reserve(estimate: f64) -> Option<f64> {
    let usual = Rules::embedded().watch_limit_share;
    if estimate < usual {
        Some(usual)
    } else {
        (estimate < 1.0).then(|| f64::midpoint(estimate, 1.0))
    }
}

/// What to keep an eye on, the most important first.
///
/// Of a component that nothing runs only the dates remain; of one that stays where it is, the traffic as well.
#[must_use]
pub fn watches(system: &System, evaluation: &Evaluation) -> Vec<Watch> {
    let requests = system.requests_with_links();
    let mut found = Vec::new();
    for (index, component) in evaluation.components.iter().enumerate() {
        let answers = system.components.get(index);
        let (Some(answers), Some(chosen)) = (answers, evaluation.choice(index)) else {
            continue;
        };
        let scene = Scene {
            system,
            evaluation,
            index,
            answers,
            component,
            chosen,
            requests: requests.get(index).map_or(0.0, |requests| requests.total),
        };
        found.extend(traffic::watches(&scene));
        // Of what is not built only the traffic can be watched.
        if evaluation.verdict.decision == Decision::Stay {
            continue;
        }
        for look in [
            measured::watches,
            latency::watches,
            limits::watches,
            capacity::watches,
        ] {
            found.extend(look(&scene));
        }
    }
    if evaluation.verdict.decision != Decision::Stay {
        found.extend(cost::watch(evaluation));
    }
    found.extend(calendar::watches(system, evaluation));
    // Stable: within a rank the nearest comes first, then the order of the components.
    found.sort_by_key(|watch| watch.metric.rank());
    once_for_the_account(&mut found);
    found
}

/// What all components share is watched once.
fn once_for_the_account(watches: &mut Vec<Watch>) {
    let mut seen = false;
    watches.retain(|watch| {
        let again = watch.metric == Metric::Concurrency && seen;
        seen |= watch.metric == Metric::Concurrency;
        !again
    });
}

#[cfg(test)]
mod tests;

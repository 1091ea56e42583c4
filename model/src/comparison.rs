//! What differs between two systems, and between what came of them.
//!
//! Two saved scenarios, two revisions of one, or what was saved and what today's prices and
//! model say: the left is what one starts from, every difference is right minus left. Nothing is
//! evaluated here; what is compared may have been computed by different books and models.
//!
//! ```
//! let system = |requests: u32| {
//!     model::System::from_value(serde_json::json!({
//!         "version": 1, "region": "us-east-1",
//!         "components": [{ "traffic": { "requests_per_month": requests }, "work": { "duration_ms": 120 } }]
//!     }))
//! };
//! let (left, right) = (system(1_000_000)?, system(2_000_000)?);
//! let differing = model::comparison::inputs(&left, &right);
//! assert_eq!(differing[0].path, "components[0].traffic.requests_per_month");
//! # Ok::<(), model::InvalidSystem>(())
//! ```

mod inputs;
mod lines;
mod options;
mod pairs;

use serde::{Deserialize, Serialize};

use crate::evaluation::{BreakEven, Evaluation, Family};

pub use inputs::{InputDifference, inputs};
pub use lines::{BillComparison, Cause, Charge, LineDifference};
pub use options::OptionComparison;

/// A difference below half a cent is none for people: bills are shown to the cent.
pub const VISIBLE_USD: f64 = 0.005;

/// The same of both.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Both<T> {
    /// Of what one starts from.
    pub left: T,
    /// Of what it is compared with.
    pub right: T,
}

impl<T: PartialEq> Both<T> {
    /// Whether they are not the same.
    #[must_use]
    pub fn differs(&self) -> bool {
        self.left != self.right
    }
}

/// A number of both, and what lies between.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Amounts {
    /// Of what one starts from; null where there is none.
    pub left: Option<f64>,
    /// Of what it is compared with; null where there is none.
    pub right: Option<f64>,
    /// `right - left`; null where one of them is missing.
    pub difference: Option<f64>,
}

impl Amounts {
    /// Two numbers with their difference.
    #[must_use]
    pub fn of(left: Option<f64>, right: Option<f64>) -> Self {
        let difference = left.zip(right).map(|(left, right)| right - left);
        Self {
            left,
            right,
            difference,
        }
    }

    /// Whether people see a difference of this size: one is missing, or they lie so far apart.
    #[must_use]
    pub fn differs_by(&self, least: f64) -> bool {
        match self.difference {
            Some(difference) => difference.abs() >= least,
            None => self.left.is_some() || self.right.is_some(),
        }
    }
}

/// What differs between two evaluations.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Comparison {
    /// The answers for the whole system.
    pub verdict: Both<Outcome>,
    /// What the answers cost a month, US dollars.
    pub monthly_usd: Amounts,
    /// Component by component: those of the left in their order, then what only the right has.
    pub components: Vec<ComponentComparison>,
    /// The plans for the whole system.
    pub plans: Vec<PlanComparison>,
}

/// An answer in short.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Outcome {
    /// Which side.
    pub family: Family,
    /// The platform; null when several or none.
    pub platform: Option<String>,
    /// Probability that the named family is the cheapest that fits.
    pub confidence: Option<f64>,
    /// The answer as a sentence; empty for a component.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub headline: String,
}

/// One component of both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComponentComparison {
    /// Its place on each side; null where there is no such component.
    pub index: Both<Option<usize>>,
    /// Its name on each side; empty where there is no such component.
    pub name: Both<String>,
    /// The answers for it.
    pub verdict: Both<Option<Outcome>>,
    /// Platform by platform, in the order of the left's ranking, then what only the right lists.
    pub options: Vec<OptionComparison>,
    /// Break-even by break-even, by rising volume.
    pub break_even: Vec<BreakEvenComparison>,
}

/// Where the order of two platforms flips on each side.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BreakEvenComparison {
    /// The two platforms, by id in alphabetical order.
    pub between: [String; 2],
    /// Which of the two is cheaper above.
    pub cheaper_above: String,
    /// The flip of each side; null where there is none.
    pub at: Both<Option<BreakEven>>,
}

/// One plan for the whole system of both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlanComparison {
    /// `all_serverless`, `all_containers` or `hybrid`.
    pub plan: String,
    /// Cost a month, US dollars.
    pub monthly_usd: Amounts,
}

/// What differs between two evaluations, right against left.
#[must_use]
pub fn evaluations(left: &Evaluation, right: &Evaluation) -> Comparison {
    let names = |evaluation: &Evaluation| {
        let components = evaluation.components.iter();
        components
            .map(|component| component.name.clone())
            .collect::<Vec<_>>()
    };
    let components = pairs::by_name_then_place(&names(left), &names(right))
        .into_iter()
        .map(|index| {
            let of_left = index.left.map(|at| &left.components[at]);
            let of_right = index.right.map(|at| &right.components[at]);
            options::component(of_left, of_right, index)
        })
        .collect();
    Comparison {
        verdict: Both {
            left: Outcome::of_system(left),
            right: Outcome::of_system(right),
        },
        monthly_usd: Amounts::of(left.verdict.monthly_usd, right.verdict.monthly_usd),
        components,
        plans: plans(left, right),
    }
}

impl Comparison {
    /// Whether people would see any difference: another answer, another cost, another bill line,
    /// another fit or response time. Confidence is sampled and break-evens follow from the costs;
    /// neither counts by itself.
    #[must_use]
    pub fn differs(&self) -> bool {
        let (left, right) = (&self.verdict.left, &self.verdict.right);
        left.family != right.family
            || left.platform != right.platform
            || self.monthly_usd.differs_by(VISIBLE_USD)
            || self.components.iter().any(ComponentComparison::differs)
    }
}

impl ComponentComparison {
    /// Whether it is on one side only, or people would see a difference.
    #[must_use]
    pub fn differs(&self) -> bool {
        let place = |outcome: &Option<Outcome>| {
            let outcome = outcome.as_ref();
            outcome.map(|outcome| (outcome.family, outcome.platform.clone()))
        };
        place(&self.verdict.left) != place(&self.verdict.right)
            || self.options.iter().any(OptionComparison::differs)
    }
}

impl Outcome {
    fn of_system(evaluation: &Evaluation) -> Self {
        let verdict = &evaluation.verdict;
        Self {
            family: verdict.family,
            platform: verdict.platform.clone(),
            confidence: verdict.confidence,
            headline: verdict.headline.clone(),
        }
    }
}

fn plans(left: &Evaluation, right: &Evaluation) -> Vec<PlanComparison> {
    let ids = |evaluation: &Evaluation| -> Vec<String> {
        let plans = evaluation.totals.iter();
        plans.map(|plan| plan.plan.clone()).collect()
    };
    let cost = |evaluation: &Evaluation, at: Option<usize>| {
        at.and_then(|at| evaluation.totals[at].monthly_usd)
    };
    let (of_left, of_right) = (ids(left), ids(right));
    pairs::by_key(&of_left, &of_right)
        .into_iter()
        .filter_map(|at| {
            let of_left = at.left.and_then(|at| of_left.get(at));
            let plan = of_left.or_else(|| at.right.and_then(|at| of_right.get(at)))?;
            Some(PlanComparison {
                plan: plan.clone(),
                monthly_usd: Amounts::of(cost(left, at.left), cost(right, at.right)),
            })
        })
        .collect()
}

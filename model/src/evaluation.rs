//! What comes out: the public JSON of an evaluation, version 1.
//!
//! These are plain records. They are written by [`crate::estimate`] and read back, as
//! saved, by whoever shows a stored scenario; nothing here computes.

mod break_even;
mod option;
mod plan;

use serde::{Deserialize, Serialize};

use crate::system::Provenance;

pub use break_even::{
    BreakEven, BreakEvenKind, CostBand, CostCurve, CostSeries, Flip, InputBreakEven,
    InputBreakEvens,
};
pub use option::{
    Configuration, Fit, LatencyEstimate, LimitCheck, MissingPriceNote, Mitigation, PlatformOption,
};
pub use plan::{BaseAndBurst, GrowthCost, GrowthMonth, Plan, SplitCost, Switch};

/// Which side of the question a platform stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Family {
    /// Functions.
    Serverless,
    /// Tasks and instances.
    Containers,
    /// Both lie within the uncertainty.
    Either,
    /// The components of a system want different ones.
    Hybrid,
    /// Nothing fits, or nothing can be priced.
    None,
}

/// What to do about it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Decision {
    /// Do it.
    Go,
    /// Do it if a named condition holds.
    Conditional,
    /// Find something out first.
    Defer,
    /// Stay with what there is.
    Stay,
}

/// The answer for a system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Evaluation {
    /// Version of the price book.
    pub price_book: String,
    /// Version of the model.
    pub model_version: String,
    /// The answer in one sentence, with its numbers.
    pub verdict: Verdict,
    /// The answer for each component.
    pub components: Vec<ComponentEvaluation>,
    /// The plans for the whole system.
    pub totals: Vec<Plan>,
    /// Cost month by month.
    pub growth: Vec<GrowthMonth>,
    /// When to switch, where the cheapest platform changes within the horizon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub switch: Option<Switch>,
    /// Every default that was used, and what it does.
    pub assumptions: Vec<Assumption>,
    /// Bill groups that were left out at the user's wish.
    pub excluded: Vec<String>,
    /// What the reader should know beside the numbers.
    pub warnings: Vec<String>,
}

/// The answer for the whole system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Verdict {
    /// Serverless, containers, either, hybrid or none.
    pub family: Family,
    /// The platform; null when several or none.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub platform: Option<String>,
    /// Cost a month at the typical answers.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub monthly_usd: Option<f64>,
    /// 5 % point over the ranges of the answers.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub monthly_usd_low: Option<f64>,
    /// 95 % point over the ranges of the answers.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub monthly_usd_high: Option<f64>,
    /// Probability that the named family is the cheapest that fits.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub confidence: Option<f64>,
    /// Expected cost a month of being wrong.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub regret_usd: Option<f64>,
    /// What to do.
    pub decision: Decision,
    /// The verdict as a sentence.
    pub headline: String,
    /// What must hold for a conditional decision, or be found out for a deferred one.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub conditions: Vec<String>,
}

/// The answer for one component.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComponentEvaluation {
    /// Its name.
    pub name: String,
    /// Which side, and why.
    pub verdict: ComponentVerdict,
    /// All platforms, ranked: fit, latency target, cost.
    pub options: Vec<PlatformOption>,
    /// Where the order of two platforms flips.
    pub break_even: Vec<BreakEven>,
    /// Cost of each platform over requests a month.
    pub cost_curve: CostCurve,
    /// The nearest value of each input at which the verdict changes.
    pub flips: Vec<Flip>,
    /// What it is worth to know an input better.
    pub information: Vec<Information>,
    /// The services that meet each state need on both sides.
    pub services: Vec<StateService>,
    /// The best split between a standing base and functions.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub base_and_burst: Option<BaseAndBurst>,
}

/// Which side a component belongs on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ComponentVerdict {
    /// Which side.
    pub family: Family,
    /// The platform.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub platform: Option<String>,
    /// Probability that the named family is the cheapest that fits.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub confidence: Option<f64>,
    /// Why, in sentences with numbers.
    pub reasons: Vec<Reason>,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Reason {
    /// The rule that found it.
    pub rule: String,
    /// The sentence.
    pub text: String,
    /// Where the rule comes from.
    pub source: String,
}

/// What it is worth to know an input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Information {
    /// The input.
    pub input: String,
    /// Expected saving a month from knowing it before deciding.
    pub value_usd_per_month: f64,
}

/// A state need and what meets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct StateService {
    /// The need.
    pub need: String,
    /// On the serverless side.
    pub serverless: String,
    /// On the container side.
    pub containers: String,
    /// Why.
    pub reason: String,
}

/// A default that was used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Assumption {
    /// Which input.
    pub input: String,
    /// The value used.
    pub value: serde_json::Value,
    /// How sure it is.
    pub provenance: Provenance,
    /// What follows from it.
    pub consequence: String,
    /// Whether its range could change the verdict.
    pub could_flip: bool,
}

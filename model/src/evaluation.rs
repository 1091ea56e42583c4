//! What comes out: the public JSON of an evaluation, version 1.
//!
//! These are plain records. They are written by [`crate::estimate`] and read back, as
//! saved, by whoever shows a stored scenario; nothing here computes.

use serde::{Deserialize, Serialize};

use crate::bill::Bill;
use crate::latency::percentile::Percentiles;
use crate::system::Provenance;

/// Which side of the question a platform stands on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
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
    /// Every default that was used, and what it does.
    pub assumptions: Vec<Assumption>,
    /// Bill groups that were left out at the user's wish.
    pub excluded: Vec<String>,
    /// What the reader should know beside the numbers.
    pub warnings: Vec<String>,
}

/// The answer for the whole system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Verdict {
    /// Serverless, containers, either, hybrid or none.
    pub family: Family,
    /// The platform; null when several or none.
    pub platform: Option<String>,
    /// Cost a month at the typical answers.
    pub monthly_usd: Option<f64>,
    /// 5 % point over the ranges of the answers.
    pub monthly_usd_low: Option<f64>,
    /// 95 % point over the ranges of the answers.
    pub monthly_usd_high: Option<f64>,
    /// Probability that the named family is the cheapest that fits.
    pub confidence: Option<f64>,
    /// Expected cost a month of being wrong.
    pub regret_usd: Option<f64>,
    /// What to do.
    pub decision: Decision,
    /// The verdict as a sentence.
    pub headline: String,
}

/// The answer for one component.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
}

/// Which side a component belongs on.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComponentVerdict {
    /// Which side.
    pub family: Family,
    /// The platform.
    pub platform: Option<String>,
    /// Probability that the named family is the cheapest that fits.
    pub confidence: Option<f64>,
    /// Why, in sentences with numbers.
    pub reasons: Vec<Reason>,
}

/// One reason.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Reason {
    /// The rule that found it.
    pub rule: String,
    /// The sentence.
    pub text: String,
    /// Where the rule comes from.
    pub source: String,
}

/// One platform for one component.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct PlatformOption {
    /// Platform id, such as `aws-lambda`.
    pub platform: String,
    /// Its name, for people.
    pub label: String,
    /// Which side it stands on.
    pub family: Family,
    /// The limits it was checked against.
    pub fit: Fit,
    /// What was configured.
    pub configuration: Configuration,
    /// The bill; null when a price is missing.
    pub bill: Option<Bill>,
    /// Response times; null when it cannot run at all.
    pub latency: Option<LatencyEstimate>,
    /// Whether the latency target is met; true when there is none.
    pub meets_target: bool,
    /// Probability of being the cheapest that fits; null when not computed.
    pub probability_cheapest: Option<f64>,
    /// Effort to operate, 0 (least) to 3.
    pub operations_score: u8,
    /// What else could be done, with its price.
    pub mitigations: Vec<Mitigation>,
    /// Prices that the book does not have for the region.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missing_prices: Vec<MissingPriceNote>,
    /// One sentence on why it is not the choice; empty for the choice.
    pub why_not: String,
}

/// A price that is not in the book.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct MissingPriceNote {
    /// The price.
    pub price_id: String,
    /// The region that lacks it.
    pub region: String,
    /// Whether the line is left out and the option priced without it; otherwise the option has
    /// no bill.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub left_out: bool,
}

/// How a component fits a platform's limits.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Fit {
    /// No limit is broken.
    pub ok: bool,
    /// A broken limit was not verified within a year.
    pub provisional: bool,
    /// Every limit that was checked.
    pub limits: Vec<LimitCheck>,
}

/// One limit against one workload.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LimitCheck {
    /// What is limited, for people.
    pub limit: String,
    /// The limit.
    pub limit_value: f64,
    /// What the workload needs.
    pub workload_value: f64,
    /// Unit of both.
    pub unit: String,
    /// Whether it holds.
    pub ok: bool,
    /// Share of the limit that is left; negative when broken.
    pub headroom: f64,
    /// Where it is documented.
    pub source: String,
    /// When that was read.
    pub as_of: String,
}

/// What was configured. Only what the platform has is present.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Configuration {
    /// Processor architecture.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub architecture: Option<String>,
    /// Lambda memory.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub memory_mb: Option<f64>,
    /// What stands in front.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub front_door: Option<String>,
    /// vCPU of a task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_vcpu: Option<f64>,
    /// Memory of a task.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub task_memory_gb: Option<f64>,
    /// Environments kept initialized.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub provisioned_concurrency: Option<f64>,
    /// Requests that one environment works on at once, where that is more than one.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub requests_per_environment: Option<f64>,
    /// Tasks that share one instance.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub tasks_per_instance: Option<f64>,
    /// Instance type.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub instance_type: Option<String>,
    /// Tasks or instances under a commitment, round the clock.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count_committed: Option<f64>,
    /// Mean tasks or instances on Spot.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count_spot: Option<f64>,
    /// Fewest tasks or instances over the week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count_min: Option<f64>,
    /// Most tasks or instances over the week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count_max: Option<f64>,
    /// Mean tasks, instances or environments over the week.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count_mean: Option<f64>,
    /// CPU utilization in the busiest hour.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub peak_utilization: Option<f64>,
    /// One task per job that runs and stops.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub runs_and_stops: bool,
    /// What is pinned by the user.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub pinned: Vec<String>,
}

/// Response times of one option, weighted by requests over the week.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LatencyEstimate {
    /// Percentiles over the whole week.
    #[serde(flatten)]
    pub percentiles: Percentiles,
    /// Share of requests that wait for a cold start.
    pub cold_start_probability: f64,
    /// Median of what a cold start adds; null where there is none.
    pub cold_start_p50_ms: Option<f64>,
    /// 99 % point of what a cold start adds.
    pub cold_start_p99_ms: Option<f64>,
    /// Percentiles in the busiest hour.
    pub busiest_hour: Percentiles,
}

/// A change and what it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Mitigation {
    /// The change.
    pub change: String,
    /// P99 after it.
    pub p99_ms: f64,
    /// Cost a month after it.
    pub monthly_usd: f64,
}

/// Where the order of two platforms flips.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct BreakEven {
    /// The two platforms, by id in alphabetical order.
    pub between: [String; 2],
    /// At how many requests a month.
    pub requests_per_month: f64,
    /// Which of the two is cheaper above.
    pub cheaper_above: String,
    /// A crossing or a stair.
    pub kind: BreakEvenKind,
}

/// How two costs change order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum BreakEvenKind {
    /// The totals are equal here, to 0.1 %.
    Crossing,
    /// One of them jumps here.
    Step,
}

/// Cost over requests a month.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct CostCurve {
    /// The points.
    pub requests_per_month: Vec<f64>,
    /// Cost of each platform at the points.
    pub options: Vec<CostSeries>,
}

/// Cost of one platform.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct CostSeries {
    /// Platform id.
    pub platform: String,
    /// Cost a month; null where it cannot run.
    pub monthly_usd: Vec<Option<f64>>,
}

/// Where another platform wins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Flip {
    /// The input.
    pub input: String,
    /// Its value now.
    pub now: f64,
    /// The nearest value at which the winner changes.
    pub at: f64,
    /// Who wins beyond.
    pub winner: String,
}

/// What it is worth to know an input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Information {
    /// The input.
    pub input: String,
    /// Expected saving a month from knowing it before deciding.
    pub value_usd_per_month: f64,
}

/// A state need and what meets it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
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

/// One plan for the whole system.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Plan {
    /// `all_serverless`, `all_containers` or `hybrid`.
    pub plan: String,
    /// Cost a month; null when a component cannot run so.
    pub monthly_usd: Option<f64>,
    /// The platform of each component.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub platforms: Vec<String>,
}

/// One month of growth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GrowthMonth {
    /// Months from now.
    pub month: u32,
    /// Cost of each platform.
    pub options: Vec<GrowthCost>,
    /// The cheapest that fits.
    pub winner: Option<String>,
}

/// Cost of one platform in one month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct GrowthCost {
    /// Platform id.
    pub platform: String,
    /// Cost a month; null where it cannot run.
    pub monthly_usd: Option<f64>,
}

/// A default that was used.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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

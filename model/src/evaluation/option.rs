//! One platform for one component: fit, configuration, bill, latency.

use serde::{Deserialize, Serialize};

use super::Family;
use crate::behavior::LimitKind;
use crate::bill::Bill;
use crate::latency::percentile::Percentiles;

/// One platform for one component.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
    #[cfg_attr(feature = "openapi", schema(required))]
    pub bill: Option<Bill>,
    /// Response times; null when it cannot run at all.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub latency: Option<LatencyEstimate>,
    /// Whether the latency target is met; true when there is none.
    pub meets_target: bool,
    /// Probability of being the cheapest that fits; null when not computed.
    #[cfg_attr(feature = "openapi", schema(required))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
    /// Whether this check takes the option out: a hard limit that does not hold.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub eliminates: bool,
    /// How it binds; an ordinary maximum is not written out.
    #[serde(default, skip_serializing_if = "LimitKind::is_maximum")]
    pub kind: LimitKind,
}

impl LimitCheck {
    /// Whether little of it may be left: a minimum is met by more, a guideline is advice.
    #[must_use]
    pub const fn is_at_most(&self) -> bool {
        matches!(self.kind, LimitKind::Maximum | LimitKind::Quota)
    }
}

/// What was configured. Only what the platform has is present.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LatencyEstimate {
    /// Percentiles over the whole week.
    #[serde(flatten)]
    pub percentiles: Percentiles,
    /// Share of requests that wait for a cold start.
    pub cold_start_probability: f64,
    /// Median of what a cold start adds; null where there is none.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub cold_start_p50_ms: Option<f64>,
    /// 99 % point of what a cold start adds.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub cold_start_p99_ms: Option<f64>,
    /// Percentiles in the busiest hour.
    pub busiest_hour: Percentiles,
}

/// A change and what it does.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Mitigation {
    /// The change.
    pub change: String,
    /// P99 after it.
    pub p99_ms: f64,
    /// Cost a month after it.
    pub monthly_usd: f64,
}

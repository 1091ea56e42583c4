//! Plans for the whole system, splits of one component, and what growth does.

use serde::{Deserialize, Serialize};

/// One plan for the whole system.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Plan {
    /// `all_serverless`, `all_containers` or `hybrid`.
    pub plan: String,
    /// Cost a month; null when a component cannot run so.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub monthly_usd: Option<f64>,
    /// What components save together by sharing what stands by the hour; counted in
    /// `monthly_usd`.
    #[serde(default)]
    pub saved_by_sharing_usd: f64,
    /// The platform of each component.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub platforms: Vec<String>,
}

/// One component in two places: a standing base, and functions for what exceeds it.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BaseAndBurst {
    /// Platform of the base.
    pub base_platform: String,
    /// Platform of what exceeds it.
    pub burst_platform: String,
    /// How requests find their way: `queue` or `weighted_target_group`.
    pub mechanism: String,
    /// The cheapest split that keeps the latency target; none and all are splits too.
    pub best: SplitCost,
    /// All splits that were tried, by rising base.
    pub splits: Vec<SplitCost>,
}

/// One split of a component.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct SplitCost {
    /// Tasks that stand for the base; 0 is all on functions.
    pub base_units: f64,
    /// Share of the requests that functions take.
    pub burst_share: f64,
    /// Cost a month of both.
    pub monthly_usd: f64,
    /// Whether both keep the latency target.
    pub meets_target: bool,
}

/// When another platform becomes the cheapest, and whether moving pays.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Switch {
    /// Months from now.
    pub month: u32,
    /// The platform until then.
    pub from: String,
    /// The platform from then on.
    pub to: String,
    /// What is saved until the horizon by moving then, migration and running commitments paid.
    pub saved_usd: f64,
    /// Months after the move until it has paid for itself; absent where it does not within the
    /// horizon.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pays_back_months: Option<u32>,
    /// The month in which a commitment made today ends, where one is made.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub commitment_ends: Option<u32>,
}

/// One month of growth.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrowthMonth {
    /// Months from now.
    pub month: u32,
    /// Cost of each platform.
    pub options: Vec<GrowthCost>,
    /// The cheapest that fits.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub winner: Option<String>,
}

/// Cost of one platform in one month.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct GrowthCost {
    /// Platform id.
    pub platform: String,
    /// Cost a month; null where it cannot run.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub monthly_usd: Option<f64>,
}

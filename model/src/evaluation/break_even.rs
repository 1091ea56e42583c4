//! Break-evens, cost curves and flips.

use serde::{Deserialize, Serialize};

/// Where the order of two platforms flips.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct BreakEven {
    /// The two platforms, by id in alphabetical order.
    pub between: [String; 2],
    /// At how many requests a month.
    pub requests_per_month: f64,
    /// Where several flips lie within 10 % of each other: the last of them. Within the range the
    /// order changes back and forth.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub up_to: Option<f64>,
    /// Which of the two is cheaper above.
    pub cheaper_above: String,
    /// A crossing or a stair.
    pub kind: BreakEvenKind,
    /// Whether each of the two is the cheapest of its family here, so that the answer turns from
    /// one family to the other.
    #[serde(default, skip_serializing_if = "std::ops::Not::not")]
    pub decides: bool,
}

/// How two costs change order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum BreakEvenKind {
    /// The totals are equal here, to 0.1 %.
    Crossing,
    /// One of them jumps here.
    Step,
}

/// Cost over requests a month.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CostCurve {
    /// The points.
    pub requests_per_month: Vec<f64>,
    /// Cost of each platform at the points.
    pub options: Vec<CostSeries>,
    /// What the ranges of the answers do to the best option of each family; empty where they were
    /// not sampled.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub bands: Vec<CostBand>,
}

/// The 5 % and 95 % points of one platform's cost.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CostBand {
    /// Platform id.
    pub platform: String,
    /// The points.
    pub requests_per_month: Vec<f64>,
    /// The 5 % point, US dollars a month.
    pub low_usd: Vec<f64>,
    /// The 95 % point, US dollars a month.
    pub high_usd: Vec<f64>,
}

/// Cost of one platform.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct CostSeries {
    /// Platform id.
    pub platform: String,
    /// Cost a month; null where it cannot run.
    pub monthly_usd: Vec<Option<f64>>,
}

/// Cost and break-evens over one numeric input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InputBreakEvens {
    /// The input, such as `components[0].work.cpu_ms`.
    pub input: String,
    /// Its unit.
    pub unit: String,
    /// Its value now.
    pub now: f64,
    /// The values of the scan, rising.
    pub values: Vec<f64>,
    /// Cost of each platform at the values; null where it does not fit.
    pub options: Vec<CostSeries>,
    /// Where the order of two platforms flips, by rising value.
    pub break_even: Vec<InputBreakEven>,
}

/// Where the order of two platforms flips over an input.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct InputBreakEven {
    /// The two platforms, by id in alphabetical order.
    pub between: [String; 2],
    /// At which value.
    pub at: f64,
    /// Which of the two is cheaper above.
    pub cheaper_above: String,
    /// A crossing or a stair.
    pub kind: BreakEvenKind,
}

/// Where another platform wins.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
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

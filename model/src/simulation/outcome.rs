//! What a simulation has counted.

use serde::{Deserialize, Serialize};

/// The result of a run, over what came after its warm-up.
///
/// `requests = completed + throttled + failed`: a request counts when its fate is known.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Outcome {
    /// Simulated time that was counted.
    pub seconds: f64,
    /// All requests.
    pub requests: u64,
    /// Those that were answered.
    pub completed: u64,
    /// Completed ones that started an environment.
    pub cold_starts: u64,
    /// Those that found the provisioned environments busy.
    pub spilled: u64,
    /// Those that were refused for want of capacity, for good.
    pub throttled: u64,
    /// Those that waited more than 1 ms for a processor or a place.
    pub queued: u64,
    /// Those that gave up waiting, or whose unit was taken away.
    pub failed: u64,
    /// Refusals that were tried again later.
    pub retries: u64,
    /// What is billed.
    pub usage: Usage,
    /// How long completed requests took; absent if none was.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub latency: Option<LatencySummary>,
    /// The same for cold ones alone.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub cold_latency: Option<LatencySummary>,
    /// Mean wait for a processor or a place, over completed requests.
    pub mean_wait_ms: f64,
    /// Environments or units alive over time, provisioned ones left out.
    pub instances: Running,
    /// Equal parts of the time, at most 700; the last may be shorter.
    pub timeline: Vec<Bucket>,
}

/// Quantities that a price list multiplies.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Usage {
    /// Time at work that is billed on demand, start of environments included: of each request
    /// rounded up to a millisecond.
    pub billed_ms: u64,
    /// The part of it that environments took to start, before rounding.
    pub init_ms: f64,
    /// The same as `billed_ms` on provisioned environments.
    pub provisioned_billed_ms: u64,
    /// Time for which provisioned environments stood.
    pub provisioned_seconds: f64,
    /// Time for which environments were alive, busy or idle.
    pub environment_seconds: f64,
    /// Time for which environments or processors were at work.
    pub busy_seconds: f64,
    /// Time for which units of a fleet are billed, from launch to stop, minimum included.
    pub unit_seconds: f64,
    /// Environments or units started.
    pub launches: u64,
    /// Units taken away by Spot.
    pub interruptions: u64,
}

/// Percentiles of a latency, in milliseconds, each within 0.4 % of itself; mean and maximum exact.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LatencySummary {
    /// Median.
    pub p50_ms: f64,
    /// What 90 % do not exceed.
    pub p90_ms: f64,
    /// What 95 % do not exceed.
    pub p95_ms: f64,
    /// What 99 % do not exceed.
    pub p99_ms: f64,
    /// What 99.9 % do not exceed.
    pub p999_ms: f64,
    /// Mean.
    pub mean_ms: f64,
    /// Longest.
    pub max_ms: f64,
}

impl LatencySummary {
    /// Of no requests.
    pub(crate) const NONE: Self = Self {
        p50_ms: 0.0,
        p90_ms: 0.0,
        p95_ms: 0.0,
        p99_ms: 0.0,
        p999_ms: 0.0,
        mean_ms: 0.0,
        max_ms: 0.0,
    };
}

/// A number of environments or units over time.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Running {
    /// Over the whole time.
    pub mean: f64,
    /// Fewest at any time.
    pub least: u32,
    /// Most at any time.
    pub most: u32,
    /// The share of time with each number that occurred; empty where there were 1,024 or more.
    pub shares: Vec<Share>,
}

/// The share of time with one number of units.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Share {
    /// How many.
    pub count: u32,
    /// 0..=1.
    pub share: f64,
}

/// One part of the timeline.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bucket {
    /// When it begins, in seconds.
    pub start_s: f64,
    /// Requests whose fate was known in it.
    pub requests: u64,
    /// Cold ones.
    pub cold_starts: u64,
    /// Refused ones.
    pub throttled: u64,
    /// Failed ones.
    pub failed: u64,
    /// Environments or units alive, mean.
    pub alive_mean: f64,
    /// The same, most.
    pub alive_most: u32,
    /// Environments or processors at work, mean.
    pub busy_mean: f64,
    /// Median latency, within 1.6 %; 0 if nothing was completed.
    pub p50_ms: f64,
    /// 99th percentile, within 1.6 %; 0 if nothing was completed.
    pub p99_ms: f64,
}

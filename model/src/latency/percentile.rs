//! Percentiles of a mixture: warm and cold requests, waiting or not, over the
//! hours of a week, weighted by their requests.
mod mixture;
mod queued;
mod target;

use serde::{Deserialize, Serialize};

pub use mixture::Mixture;
pub use target::LatencyTarget;

use super::distribution::{LogNormal, ShapeError};
use crate::units::Milliseconds;

/// The percentiles of a duration, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Percentiles {
    /// Half of the requests take no longer.
    pub p50_ms: f64,
    /// 90 % of the requests take no longer.
    pub p90_ms: f64,
    /// 95 % of the requests take no longer.
    pub p95_ms: f64,
    /// 99 % of the requests take no longer.
    pub p99_ms: f64,
    /// 99.9 % of the requests take no longer.
    pub p999_ms: f64,
}

/// Median and 95th percentile of a lognormal duration.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// Median.
    #[serde(rename = "p50_ms")]
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub p50: Milliseconds,
    /// 95th percentile.
    #[serde(rename = "p95_ms")]
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub p95: Milliseconds,
}

/// The two-part question: how do cold starts show in the percentiles?
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct WarmAndCold {
    /// Whole duration of a warm request.
    pub warm: Spread,
    /// Whole duration of a cold request, its start included.
    pub cold: Spread,
    /// p, 0..=1; values outside count as the nearest of these.
    pub cold_start_probability: f64,
}

impl WarmAndCold {
    /// Percentiles of `F = (1-p) F_warm + p F_cold`, both lognormal with
    /// `mu = ln p50`, `sigma = ln(p95/p50) / 1.64485`.
    ///
    /// # Errors
    /// [`ShapeError::OutOfRange`] where a percentile is not positive and finite.
    pub fn percentiles(&self) -> Result<Percentiles, ShapeError> {
        self.mixture()?.percentiles().ok_or(ShapeError::OutOfRange)
    }

    /// The mixture itself, for other percentiles and the mean.
    ///
    /// # Errors
    /// As [`Self::percentiles`].
    pub fn mixture(&self) -> Result<Mixture, ShapeError> {
        let warm = LogNormal::from_p50_p95(self.warm.p50, self.warm.p95)?;
        let cold = LogNormal::from_p50_p95(self.cold.p50, self.cold.p95)?;
        let mut mixture = Mixture::new();
        mixture.add_warm_and_cold(1.0, warm, cold, self.cold_start_probability);
        Ok(mixture)
    }
}

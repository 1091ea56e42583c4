//! Percentiles of a mixture: warm and cold requests, waiting or not, over the
//! hours of a week, weighted by their requests.
use serde::{Deserialize, Serialize};

use super::distribution::{Exponential, LogNormal, ShapeError};
use super::queue::Wait;
use crate::math::{exp, ln};
use crate::units::Milliseconds;

/// The percentiles of a duration, in milliseconds.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
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

/// A weighted mixture of durations, `F = sum of w F_w / sum of w`.
///
/// Two parts, warm and cold, give `F = (1-p) F_warm + p F_cold`; parts for each
/// hour, weighted by its requests, give the percentiles of the week.
#[derive(Clone, Debug, Default)]
pub struct Mixture {
    parts: Vec<(f64, LogNormal)>,
    weight: f64,
}

impl Mixture {
    /// Nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self { parts: Vec::new(), weight: 0.0 }
    }

    /// Adds requests that take `service` without waiting. A weight that is not
    /// positive and finite adds nothing.
    pub fn add(&mut self, weight: f64, service: LogNormal) {
        if weight > 0.0 && weight.is_finite() {
            self.parts.push((weight, service));
            self.weight += weight;
        }
    }

    /// Adds requests that wait for a server first: a share `1 - Pw` takes
    /// `service`, a share `Pw` takes `service` plus an exponential time of mean
    /// `Wq/Pw`. That sum is replaced by the shifted lognormal of the same mean,
    /// variance and skewness: P50 to P99.9 within 3 % of the exact convolution
    /// for any service cv up to 2 and any wait (2 % for a wait below 3 S).
    pub fn add_queued(&mut self, weight: f64, service: LogNormal, wait: Wait) {
        let waiting = Exponential::new(wait.mean_of_waiting().milliseconds());
        self.add(weight * (1.0 - wait.probability()), service);
        self.add(weight * wait.probability(), service.plus_exponential(waiting));
    }

    /// Adds warm and cold requests: `weight (1-p)` and `weight p`; p is taken into 0..=1.
    pub fn add_warm_and_cold(&mut self, weight: f64, warm: LogNormal, cold: LogNormal, cold_start_probability: f64) {
        let p = cold_start_probability.clamp(0.0, 1.0);
        self.add(weight * (1.0 - p), warm);
        self.add(weight * p, cold);
    }

    /// The mean, or `None` for an empty mixture.
    #[must_use]
    pub fn mean(&self) -> Option<Milliseconds> {
        let sum: f64 = self.parts.iter().map(|(weight, part)| weight * part.mean().get()).sum();
        (self.weight > 0.0).then(|| Milliseconds::new(sum / self.weight))
    }

    /// `P(X > x)`; zero for an empty mixture.
    #[must_use]
    pub fn survival(&self, x: Milliseconds) -> f64 {
        let sum: f64 = self.parts.iter().map(|(weight, part)| weight * part.survival(x)).sum();
        if self.weight > 0.0 { sum / self.weight } else { 0.0 }
    }

    /// The duration that a share `p` (0..1) does not exceed, to 1e-9 relative;
    /// `None` for an empty mixture.
    ///
    /// It lies between the least and the greatest quantile of the parts; from
    /// there secant steps on `ln t` and `ln P(X > t)`, bracketed (Illinois), with
    /// a bisection whenever a step gains little.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<Milliseconds> {
        if self.weight <= 0.0 {
            return None;
        }
        let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
        for (_, part) in &self.parts {
            let at = part.quantile(p).get();
            low = low.min(at);
            high = high.max(at);
        }
        Some(Milliseconds::new(self.between(low, high, (1.0 - p).clamp(f64::EPSILON, 1.0))))
    }

    /// All five percentiles, or `None` for an empty mixture.
    #[must_use]
    pub fn percentiles(&self) -> Option<Percentiles> {
        let at = |p| self.quantile(p).map(Milliseconds::get);
        Some(Percentiles {
            p50_ms: at(0.50)?,
            p90_ms: at(0.90)?,
            p95_ms: at(0.95)?,
            p99_ms: at(0.99)?,
            p999_ms: at(0.999)?,
        })
    }

    /// Solves `P(X > t) = exceeding` for t between `low` and `high`.
    fn between(&self, low: f64, high: f64, exceeding: f64) -> f64 {
        const PRECISION: f64 = 1e-10;
        const MAX_STEPS: u32 = 100;
        if low <= 0.0 || high <= low * (1.0 + PRECISION) {
            return if low <= 0.0 { self.bisected(low.max(0.0), high, exceeding) } else { low };
        }
        let target = ln(exceeding);
        let height = |y: f64| ln(self.survival(Milliseconds::new(exp(y))).max(f64::MIN_POSITIVE)) - target;
        let (mut a, mut b) = (ln(low), ln(high));
        let (mut above, mut below) = (height(a), height(b));
        if above <= 0.0 || below >= 0.0 {
            return if above <= 0.0 { low } else { high };
        }
        let mut was_above = false;
        for step in 0..MAX_STEPS {
            let width = b - a;
            if width <= PRECISION {
                break;
            }
            let secant = a + width * above / (above - below);
            // Every third step halves, so a step function cannot stall it.
            let y = if step % 3 == 2 { f64::midpoint(a, b) } else { secant.clamp(a + PRECISION * 0.1, b - PRECISION * 0.1) };
            let value = height(y);
            let same_side = (value > 0.0) == was_above;
            was_above = value > 0.0;
            if was_above {
                (a, above) = (y, value);
                below *= if same_side { 0.5 } else { 1.0 };
            } else {
                (b, below) = (y, value);
                above *= if same_side { 0.5 } else { 1.0 };
            }
        }
        exp(f64::midpoint(a, b))
    }

    /// The same where a part begins at zero and logarithms do not.
    fn bisected(&self, mut low: f64, mut high: f64, exceeding: f64) -> f64 {
        for _ in 0..f64::MANTISSA_DIGITS {
            let middle = f64::midpoint(low, high);
            if self.survival(Milliseconds::new(middle)) > exceeding {
                low = middle;
            } else {
                high = middle;
            }
        }
        high
    }
}

/// Median and 95th percentile of a lognormal duration.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Spread {
    /// Median.
    #[serde(rename = "p50_ms")]
    pub p50: Milliseconds,
    /// 95th percentile.
    #[serde(rename = "p95_ms")]
    pub p95: Milliseconds,
}

/// The two-part question: how do cold starts show in the percentiles?
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
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

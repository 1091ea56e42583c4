//! The shapes of a duration: lognormal (with a shift), constant as its limit,
//! and exponential; and what rounding up to the millisecond does to its mean.

mod rounding;

use crate::math::{
    cbrt, exp, exp_m1, ln, ln_1p, normal_density, normal_quantile, normal_survival, sqrt,
};
use crate::units::Milliseconds;

/// A lognormal duration, shifted by a constant; constant when `sigma` is zero.
///
/// `X = offset + exp(mu + sigma Z)`, Z standard normal.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct LogNormal {
    offset: f64,
    /// `exp(mu)`, the median above the offset.
    scale: f64,
    sigma: f64,
}

/// Why no lognormal has the asked shape.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum ShapeError {
    /// No lognormal has a P99 so far above its mean.
    #[error(
        "the 99th percentile is {ratio:.2} times the mean; a lognormal reaches {most:.2} at most"
    )]
    TailTooLong {
        /// P99 over mean.
        ratio: f64,
        /// The largest ratio there is, `exp(z99^2 / 2)` = 14.97.
        most: f64,
    },
    /// A duration is negative, zero where it may not be, or not finite.
    #[error("a duration is out of range")]
    OutOfRange,
}

impl LogNormal {
    /// A duration that never varies; negative and non-finite ones count as zero.
    #[must_use]
    pub fn constant(value: Milliseconds) -> Self {
        let offset = if value.get().is_finite() {
            value.get().max(0.0)
        } else {
            0.0
        };
        Self {
            offset,
            scale: 0.0,
            sigma: 0.0,
        }
    }

    /// From the mean and the 99th percentile: the smaller root of
    /// `sigma^2/2 - z99 sigma + ln(p99/mean) = 0`. Constant where `p99` is absent
    /// or not above the mean.
    ///
    /// # Errors
    /// [`ShapeError::TailTooLong`] where `p99/mean` exceeds 14.97,
    /// [`ShapeError::OutOfRange`] where the mean is not positive and finite.
    pub fn from_mean_p99(
        mean: Milliseconds,
        p99: Option<Milliseconds>,
    ) -> Result<Self, ShapeError> {
        let mean_ms = positive(mean)?;
        let ratio = p99.map_or(1.0, |p99| p99.get() / mean_ms);
        if ratio.is_nan() {
            return Err(ShapeError::OutOfRange);
        }
        if ratio <= 1.0 {
            return Ok(Self::constant(mean));
        }
        let z = normal_quantile(0.99);
        let discriminant = z * z - 2.0 * ln(ratio);
        if discriminant < 0.0 {
            return Err(ShapeError::TailTooLong {
                ratio: ratio.min(f64::MAX),
                most: exp(z * z / 2.0),
            });
        }
        // z - sqrt(z^2 - 2 ln r), without cancellation.
        let sigma = 2.0 * ln(ratio) / (z + sqrt(discriminant));
        Ok(Self {
            offset: 0.0,
            scale: mean_ms * exp(-sigma * sigma / 2.0),
            sigma,
        })
    }

    /// From the median and the 95th percentile, `sigma = ln(p95/p50) / z95`;
    /// constant where `p95` is not above `p50`.
    ///
    /// # Errors
    /// [`ShapeError::OutOfRange`] where either is not positive and finite, or
    /// they lie so far apart that the mean is no number.
    pub fn from_p50_p95(p50: Milliseconds, p95: Milliseconds) -> Result<Self, ShapeError> {
        let (p50_ms, p95_ms) = (positive(p50)?, positive(p95)?);
        if p95_ms <= p50_ms {
            return Ok(Self::constant(p50));
        }
        let sigma = (ln(p95_ms) - ln(p50_ms)) / normal_quantile(0.95);
        let shape = Self {
            offset: 0.0,
            scale: p50_ms,
            sigma,
        };
        if shape.mean().get().is_finite() {
            Ok(shape)
        } else {
            Err(ShapeError::OutOfRange)
        }
    }

    /// From mean and coefficient of variation, `sigma^2 = ln(1 + cv^2)`.
    ///
    /// # Errors
    /// [`ShapeError::OutOfRange`] where the mean is not positive and finite or
    /// the variation not in 0..=1e6.
    pub fn from_mean_cv(mean: Milliseconds, cv: f64) -> Result<Self, ShapeError> {
        const MAX_CV: f64 = 1e6;
        let mean_ms = positive(mean)?;
        if !(0.0..=MAX_CV).contains(&cv) {
            return Err(ShapeError::OutOfRange);
        }
        let variance = ln_1p(cv * cv);
        if variance <= 0.0 {
            return Ok(Self::constant(mean));
        }
        Ok(Self {
            offset: 0.0,
            scale: mean_ms * exp(-variance / 2.0),
            sigma: sqrt(variance),
        })
    }

    /// The same shape, later by a constant, which may be negative.
    #[must_use]
    pub fn shifted_by(self, offset: Milliseconds) -> Self {
        Self {
            offset: self.offset + offset.get(),
            ..self
        }
    }

    /// The same shape, each duration times `factor > 0`.
    #[must_use]
    pub fn scaled_by(self, factor: f64) -> Self {
        Self {
            offset: self.offset * factor,
            scale: self.scale * factor,
            sigma: self.sigma,
        }
    }

    /// The sum with an independent duration, by mean, variance and skewness
    /// (a shifted lognormal has three parameters, so all three agree).
    ///
    /// Exact where one of them is constant; otherwise P50 to P99 within 6 % for cv up to 1.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        match (self.is_constant(), other.is_constant()) {
            (_, true) => self.shifted_by(Milliseconds::new(other.offset)),
            (true, false) => other.shifted_by(Milliseconds::new(self.offset)),
            (false, false) => Self::from_moments(self.moments().plus(other.moments())),
        }
    }

    /// `offset + exp(mu + sigma^2/2)`.
    #[must_use]
    pub fn mean(&self) -> Milliseconds {
        Milliseconds::new(self.offset + self.scale * exp(self.sigma * self.sigma / 2.0))
    }

    /// Standard deviation over mean; zero for a constant.
    #[must_use]
    pub fn cv(&self) -> f64 {
        let mean = self.mean().get();
        if mean > 0.0 {
            sqrt(self.moments().variance) / mean
        } else {
            0.0
        }
    }

    /// The spread of the logarithm; zero for a constant.
    #[must_use]
    pub const fn sigma(&self) -> f64 {
        self.sigma
    }

    /// The constant part, which every duration exceeds; zero unless it was shifted.
    #[must_use]
    pub const fn offset(&self) -> Milliseconds {
        Milliseconds::new(self.offset)
    }

    /// Whether it never varies.
    #[must_use]
    pub fn is_constant(&self) -> bool {
        self.sigma <= 0.0
    }

    /// `P(X > x)`.
    #[must_use]
    pub fn survival(&self, x: Milliseconds) -> f64 {
        let above = x.get() - self.offset;
        if self.is_constant() {
            return if above < self.scale { 1.0 } else { 0.0 };
        }
        if above <= 0.0 {
            1.0
        } else {
            normal_survival(self.z(above))
        }
    }

    /// `P(X <= x)`.
    #[must_use]
    pub fn cdf(&self, x: Milliseconds) -> f64 {
        1.0 - self.survival(x)
    }

    /// The duration that a share `p` (0..1) does not exceed. Never negative.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Milliseconds {
        let above = self.scale * exp(self.sigma * normal_quantile(p));
        Milliseconds::new((self.offset + above).clamp(0.0, f64::MAX))
    }

    /// What half of the durations do not exceed.
    pub(super) fn median(&self) -> f64 {
        self.offset + self.scale
    }

    /// `P(X > x)` and the density at x.
    pub(super) fn survival_and_density(&self, x: f64) -> (f64, f64) {
        let above = x - self.offset;
        if self.is_constant() {
            return (if above < self.scale { 1.0 } else { 0.0 }, 0.0);
        }
        if above <= 0.0 {
            return (1.0, 0.0);
        }
        let z = self.z(above);
        (normal_survival(z), normal_density(z) / (self.sigma * above))
    }

    /// The z with `x = offset + exp(mu + sigma z)`; `None` at or below the offset.
    pub(super) fn standard_score(&self, x: f64) -> Option<f64> {
        let above = x - self.offset;
        (above > 0.0).then(|| self.z(above))
    }

    /// The offset, and what stands above it at score z: `exp(mu + sigma z)`.
    pub(super) fn at_score(&self, z: f64) -> (f64, f64) {
        (self.offset, self.scale * exp(self.sigma * z))
    }

    fn z(&self, above: f64) -> f64 {
        ln(above / self.scale) / self.sigma
    }

    /// The density at x, per millisecond; zero for a constant.
    #[must_use]
    pub fn density(&self, x: Milliseconds) -> f64 {
        let above = x.get() - self.offset;
        if above <= 0.0 || self.is_constant() {
            0.0
        } else {
            normal_density(self.z(above)) / (self.sigma * above)
        }
    }

    fn moments(&self) -> Moments {
        let excess = exp_m1(self.sigma * self.sigma);
        let mean = self.scale * exp(self.sigma * self.sigma / 2.0);
        let variance = mean * mean * excess;
        Moments {
            mean: self.offset + mean,
            variance,
            third: variance * mean * excess * (excess + 3.0),
        }
    }

    /// The shifted lognormal with these moments: with `x = sqrt(exp(sigma^2)-1)`
    /// the skewness is `x^3 + 3x`.
    fn from_moments(moments: Moments) -> Self {
        /// Below this skewness the shape is normal for every purpose.
        const LEAST_SKEWNESS: f64 = 1e-3;
        let deviation = sqrt(moments.variance);
        if deviation <= 0.0 || !moments.third.is_finite() {
            return Self::constant(Milliseconds::new(moments.mean));
        }
        let skewness = (moments.third / (moments.variance * deviation)).max(LEAST_SKEWNESS);
        let root = cbrt(f64::midpoint(skewness, sqrt(skewness * skewness + 4.0)));
        let x = root - 1.0 / root;
        let above = deviation / x;
        let scale = above / sqrt(1.0 + x * x);
        Self {
            offset: moments.mean - above,
            scale,
            sigma: sqrt(ln_1p(x * x)),
        }
    }
}

/// An exponential duration, in milliseconds.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Exponential {
    mean: f64,
}

impl Exponential {
    /// From its mean; negative and non-finite ones count as zero.
    #[must_use]
    pub fn new(mean: Milliseconds) -> Self {
        Self {
            mean: if mean.get().is_finite() {
                mean.get().max(0.0)
            } else {
                0.0
            },
        }
    }

    /// The mean.
    #[must_use]
    pub const fn mean(&self) -> Milliseconds {
        Milliseconds::new(self.mean)
    }

    /// `P(X > x) = exp(-x/mean)`.
    #[must_use]
    pub fn survival(&self, x: Milliseconds) -> f64 {
        if x.get() < 0.0 {
            1.0
        } else if self.mean > 0.0 {
            exp(-x.get() / self.mean)
        } else {
            0.0
        }
    }

    /// `P(X <= x)`.
    #[must_use]
    pub fn cdf(&self, x: Milliseconds) -> f64 {
        1.0 - self.survival(x)
    }

    /// `-mean ln(1-p)`, p in 0..1.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Milliseconds {
        Milliseconds::new(-self.mean * ln((1.0 - p).clamp(f64::EPSILON, 1.0)))
    }

    /// `E[ceil(X)] = 1 / (1 - exp(-1/mean))` in whole milliseconds.
    #[must_use]
    pub fn expected_rounded_up_ms(&self) -> Milliseconds {
        if self.mean <= 0.0 {
            return Milliseconds::ZERO;
        }
        Milliseconds::new((-1.0 / exp_m1(-1.0 / self.mean)).min(f64::MAX))
    }
}

/// Mean and central moments, which add for independent durations.
#[derive(Clone, Copy, Debug)]
struct Moments {
    mean: f64,
    variance: f64,
    third: f64,
}

impl Moments {
    fn plus(self, other: Self) -> Self {
        Self {
            mean: self.mean + other.mean,
            variance: self.variance + other.variance,
            third: self.third + other.third,
        }
    }
}

fn positive(value: Milliseconds) -> Result<f64, ShapeError> {
    /// Beyond any duration, and its cube still fits.
    const MAX_MS: f64 = 1e60;
    let value = value.get();
    if value > 0.0 && value <= MAX_MS {
        Ok(value)
    } else {
        Err(ShapeError::OutOfRange)
    }
}

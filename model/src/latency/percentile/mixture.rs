//! A weighted mixture of durations and its quantiles.
use super::Percentiles;
use super::queued::Queued;
use crate::latency::distribution::LogNormal;
use crate::latency::queue::Wait;
use crate::math::{exp, ln};
use crate::units::Milliseconds;

/// Two logarithms of a duration nearer than this are the same.
const PRECISION: f64 = 1e-9;
/// Each of these steps halves the bracket whatever else is known.
const HALVE_EVERY: u32 = 6;
/// Enough to halve any bracket down to [`PRECISION`].
const MAX_STEPS: u32 = 300;

/// A weighted mixture of durations, `F = sum of w F_w / sum of w`.
///
/// Two parts, warm and cold, give `F = (1-p) F_warm + p F_cold`; parts for each
/// hour, weighted by its requests, give the percentiles of the week.
#[derive(Clone, Debug, Default)]
pub struct Mixture {
    parts: Vec<(f64, Queued)>,
    weight: f64,
}

impl Mixture {
    /// Nothing yet.
    #[must_use]
    pub const fn new() -> Self {
        Self {
            parts: Vec::new(),
            weight: 0.0,
        }
    }

    /// Adds requests that take `service` without waiting. A weight that is not
    /// positive and finite adds nothing.
    pub fn add(&mut self, weight: f64, service: LogNormal) {
        self.add_queued(weight, service, Wait::default());
    }

    /// Adds requests that wait for a server first: a share `1 - Pw` takes
    /// `service`, a share `Pw` takes `service` plus an independent exponential
    /// time of mean `Wq/Pw`. The convolution is integrated numerically:
    /// percentiles to 0.1 %.
    pub fn add_queued(&mut self, weight: f64, service: LogNormal, wait: Wait) {
        if weight > 0.0 && weight.is_finite() {
            self.parts.push((weight, Queued::new(service, wait)));
            self.weight += weight;
        }
    }

    /// Adds warm and cold requests: `weight (1-p)` and `weight p`; p is taken into 0..=1.
    pub fn add_warm_and_cold(
        &mut self,
        weight: f64,
        warm: LogNormal,
        cold: LogNormal,
        cold_start_probability: f64,
    ) {
        let p = cold_start_probability.clamp(0.0, 1.0);
        self.add(weight * (1.0 - p), warm);
        self.add(weight * p, cold);
    }

    /// The mean, or `None` for an empty mixture.
    #[must_use]
    pub fn mean(&self) -> Option<Milliseconds> {
        let sum: f64 = self
            .parts
            .iter()
            .map(|(weight, part)| weight * part.mean())
            .sum();
        (self.weight > 0.0).then(|| Milliseconds::new(sum / self.weight))
    }

    /// `P(X > x)`; zero for an empty mixture.
    #[must_use]
    pub fn survival(&self, x: Milliseconds) -> f64 {
        let sum: f64 = self
            .parts
            .iter()
            .map(|(weight, part)| weight * part.survival_and_density(x.get()).0)
            .sum();
        if self.weight > 0.0 {
            sum / self.weight
        } else {
            0.0
        }
    }

    /// The duration that a share `p` (0..1) does not exceed, to 1e-9 relative;
    /// `None` for an empty mixture.
    ///
    /// It lies between bounds of the quantiles of the parts; inside
    /// of this bracket Newton steps on `ln t` and `ln P(X > t)`, a halving
    /// wherever one leaves it (as between warm and cold, where hardly a request
    /// ends) and now and then in any case, so that steps cannot stall it.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<Milliseconds> {
        self.quantile_from(p, 0.0).map(Milliseconds::new)
    }

    /// The same, known to be at least `least`.
    fn quantile_from(&self, p: f64, least: f64) -> Option<f64> {
        if self.weight <= 0.0 {
            return None;
        }
        let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
        for (_, part) in &self.parts {
            let (shortest, most) = part.bracket(p);
            low = low.min(shortest);
            high = high.max(most);
        }
        let low = low.max(least).min(high);
        Some(self.between(low, high, (1.0 - p).clamp(f64::EPSILON, 1.0)))
    }

    /// All five percentiles, or `None` for an empty mixture.
    #[must_use]
    pub fn percentiles(&self) -> Option<Percentiles> {
        let mut least = 0.0_f64;
        let mut at = |p| {
            least = self.quantile_from(p, least)?;
            Some(least)
        };
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
        if low <= 0.0 {
            return self.bisected(low.max(0.0), high, exceeding);
        }
        let target = ln(exceeding);
        let (mut least, mut greatest) = (ln(low), ln(high));
        let mut y = f64::midpoint(least, greatest);
        for step in 1..=MAX_STEPS {
            if greatest - least <= PRECISION {
                break;
            }
            let (survival, slope) = self.survival_and_slope(exp(y));
            let height = ln(survival.max(f64::MIN_POSITIVE)) - target;
            if height > 0.0 {
                least = y;
            } else {
                greatest = y;
            }
            let next = y + height * survival / slope;
            if (next - y).abs() <= PRECISION {
                return exp(next);
            }
            let bold = next > least && next < greatest && step % HALVE_EVERY != 0;
            y = if bold {
                next
            } else {
                f64::midpoint(least, greatest)
            };
        }
        exp(f64::midpoint(least, greatest))
    }

    /// `P(X > t)` and `t f(t)`, its slope over `ln t` with the sign turned.
    fn survival_and_slope(&self, t: f64) -> (f64, f64) {
        let (mut survival, mut slope) = (0.0, 0.0);
        for (weight, part) in &self.parts {
            let (exceeding, density) = part.survival_and_density(t);
            survival += weight * exceeding;
            slope += weight * t * density;
        }
        (survival / self.weight, slope / self.weight)
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

//! How durations vary from request to request: a mean, and a factor with mean 1.

use serde::{Deserialize, Serialize};

use super::check::Check;
use super::random::{Purpose, Stream};
use crate::latency::distribution::LogNormal;
use crate::math::exp_inline;

/// The shape of a factor with mean 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Variation {
    /// Always 1.
    #[default]
    Constant,
    /// Exponential: a coefficient of variation of 1.
    Exponential,
    /// `exp(sigma Z - sigma^2/2)`, Z standard normal.
    LogNormal {
        /// The spread of the logarithm, 0..=6.
        sigma: f64,
    },
}

/// A duration that varies: `least + (mean - least) x factor`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Span {
    /// Its mean, in seconds, 0..=1e7.
    pub mean_s: f64,
    /// What it never falls below, in seconds, 0..=mean; 0 unless a part of it is constant.
    #[serde(default)]
    pub least_s: f64,
    /// How the rest varies.
    #[serde(default)]
    pub variation: Variation,
}

/// The widest spread of a lognormal: its P99 is then 0.02 of its mean.
const MOST_SIGMA: f64 = 6.0;
/// The longest mean, in seconds: 115 days.
pub(super) const MOST_SECONDS: f64 = 1e7;

impl Span {
    /// A duration without a constant part.
    #[must_use]
    pub const fn new(mean_s: f64, variation: Variation) -> Self {
        Self {
            mean_s,
            least_s: 0.0,
            variation,
        }
    }

    /// A duration that is always the same.
    #[must_use]
    pub const fn constant(mean_s: f64) -> Self {
        Self::new(mean_s, Variation::Constant)
    }

    pub(super) fn check(&self, check: &mut Check<'_>) {
        check.number("mean_s", self.mean_s, 0.0, MOST_SECONDS);
        check.number("least_s", self.least_s, 0.0, self.mean_s.max(0.0));
        self.variation.check(check);
    }
}

impl Variation {
    pub(super) fn check(self, check: &mut Check<'_>) {
        if let Self::LogNormal { sigma } = self {
            check.number("variation.log_normal.sigma", sigma, 0.0, MOST_SIGMA);
        }
    }
}

impl From<LogNormal> for Span {
    /// The same distribution; an offset below zero, which no duration has, counts as zero, and a
    /// spread above 6 as 6. The mean stays.
    fn from(shape: LogNormal) -> Self {
        let mean_s = shape.mean().seconds().get().max(0.0);
        if shape.is_constant() {
            return Self::constant(mean_s);
        }
        Self {
            mean_s,
            least_s: shape.offset().seconds().get().clamp(0.0, mean_s),
            variation: Variation::LogNormal {
                sigma: shape.sigma().min(MOST_SIGMA),
            },
        }
    }
}

/// Draws of one variation, from a stream of its own.
#[derive(Clone, Debug)]
pub(super) struct Factors {
    variation: Variation,
    stream: Stream,
    /// Drawn ahead, so that the arithmetic of several overlaps.
    drawn: [f64; DRAWN],
    next: usize,
}

/// Factors that are drawn at once.
const DRAWN: usize = 64;

impl Factors {
    /// For a purpose in one replication.
    pub(super) fn new(variation: Variation, seed: u64, replication: u32, purpose: Purpose) -> Self {
        Self {
            variation,
            stream: Stream::new(seed, replication, purpose),
            drawn: [1.0; DRAWN],
            next: DRAWN,
        }
    }

    /// The next factor, at least 0, with mean 1.
    #[inline]
    pub(super) fn draw(&mut self) -> f64 {
        if self.next == DRAWN {
            self.draw_ahead();
        }
        self.next += 1;
        self.drawn[self.next - 1]
    }

    #[inline(never)]
    fn draw_ahead(&mut self) {
        self.next = 0;
        match self.variation {
            Variation::Constant => {}
            Variation::Exponential => {
                for factor in &mut self.drawn {
                    *factor = self.stream.exponential();
                }
            }
            Variation::LogNormal { sigma } => {
                for score in &mut self.drawn {
                    *score = self.stream.normal();
                }
                for factor in &mut self.drawn {
                    *factor = exp_inline(sigma * (*factor - 0.5 * sigma));
                }
            }
        }
    }
}

/// Draws of a [`Span`].
#[derive(Clone, Debug)]
pub(super) struct Durations {
    least_s: f64,
    beyond_s: f64,
    factors: Factors,
}

impl Durations {
    pub(super) fn new(span: Span, seed: u64, replication: u32, purpose: Purpose) -> Self {
        Self {
            least_s: span.least_s,
            beyond_s: span.mean_s - span.least_s,
            factors: Factors::new(span.variation, seed, replication, purpose),
        }
    }

    /// The next duration, in seconds.
    #[inline]
    pub(super) fn draw(&mut self) -> f64 {
        self.least_s + self.beyond_s * self.factors.draw()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::sqrt;
    use crate::units::Milliseconds;

    fn check(variation: Variation, cv: f64) {
        let mut factors = Factors::new(variation, 5, 0, Purpose::Service);
        let draws = 400_000;
        let (mut sum, mut squares) = (0.0, 0.0);
        for _ in 0..draws {
            let factor = factors.draw();
            assert!(factor >= 0.0);
            sum += factor;
            squares += factor * factor;
        }
        let n = f64::from(draws);
        let error = 4.0 * cv / sqrt(n);
        assert!((sum / n - 1.0).abs() <= error, "{variation:?}: {}", sum / n);
        let spread = sqrt((squares / n - 1.0).max(0.0));
        assert!((spread - cv).abs() <= 0.03 * cv, "{variation:?}: {spread}");
    }

    #[test]
    fn factors_have_mean_one_and_their_spread() {
        check(Variation::Constant, 0.0);
        check(Variation::Exponential, 1.0);
        let sigma = 0.5;
        let cv = sqrt(crate::math::exp_m1(sigma * sigma));
        check(Variation::LogNormal { sigma }, cv);
    }

    #[test]
    fn a_lognormal_keeps_mean_spread_and_offset() {
        let shape = LogNormal::from_p50_p95(Milliseconds::new(100.0), Milliseconds::new(300.0));
        let shape = shape.expect("a shape").shifted_by(Milliseconds::new(50.0));
        let span = Span::from(shape);
        assert!((span.mean_s - shape.mean().seconds().get()).abs() < 1e-12);
        assert!((span.least_s - 0.05).abs() < 1e-12);
        let sigma = shape.sigma();
        assert_eq!(span.variation, Variation::LogNormal { sigma });
        let constant = Span::from(LogNormal::constant(Milliseconds::new(20.0)));
        assert_eq!(constant, Span::constant(0.02));
    }
}

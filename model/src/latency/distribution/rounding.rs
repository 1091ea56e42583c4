//! The mean of a duration that is billed in whole milliseconds, rounded up.
use super::LogNormal;
use crate::math::{ceil, exp, floor, normal_density, normal_survival};
use crate::units::Milliseconds;

/// A lognormal further from its median than this many sigma is none (1e-12).
const FAR: f64 = 7.0;
/// From here on, in milliseconds above the offset, no density is too steep for
/// the series whatever its sigma.
const SMOOTH_MS: f64 = 12.0;
/// The same, times sigma, for small sigma: one millisecond is a step of
/// `1 / (sigma x)` of the standard score.
const SMOOTH_SIGMA_MS: f64 = 2.0;
/// Rounding noise of the arithmetic before, as a share: 100.00000000000001 ms is 100 ms.
const NOISE: f64 = 1e-13;

impl LogNormal {
    /// The mean of the duration rounded up to whole milliseconds,
    /// `E[ceil(X)] = sum over n >= 0 of P(X > n ms)`, to 1e-6 ms; exactly
    /// `ceil` when X is constant.
    ///
    /// From the millisecond N where the density is smooth over one millisecond
    /// the sum is the integral with the corrections of Euler and Maclaurin,
    /// `integral of P(X > x) from N + P(X > N)/2 + f(N)/12 - f''(N)/720 +
    /// f''''(N)/30240`; only what lies before is summed term by term. Where the
    /// density is smooth everywhere, that is `E[X] + 1/2`: what is left is the
    /// characteristic function at `2 pi`, which falls below 1e-6 where the median
    /// passes `exp(max(0, 5 sigma - 1/2)) / sigma` ms.
    #[must_use]
    pub fn expected_rounded_up_ms(&self) -> Milliseconds {
        let mean = self.mean().get();
        if self.is_constant() {
            return Milliseconds::new(ceil(mean * (1.0 - NOISE)).max(0.0));
        }
        let smooth_median = exp((5.0 * self.sigma - 0.5).max(0.0));
        if self.offset >= 0.0 && self.sigma * self.scale >= smooth_median {
            return Milliseconds::new(mean + 0.5);
        }
        let (_, least) = self.at_score(-FAR);
        let sure = floor((self.offset + least).max(0.0));
        let smooth = SMOOTH_MS.max(SMOOTH_SIGMA_MS / self.sigma);
        let from = ceil(self.offset + smooth).max(sure);
        let most = self.offset + self.at_score(FAR).1;
        let (mut sum, mut n) = (sure, sure);
        while n < from {
            if n > most {
                return Milliseconds::new(sum);
            }
            sum += self.survival(Milliseconds::new(n));
            n += 1.0;
        }
        Milliseconds::new(sum + self.rounded_up_over(n))
    }

    /// The sum of `P(X > .)` from the millisecond x upwards, where the density is smooth.
    fn rounded_up_over(&self, x: f64) -> f64 {
        let above = x - self.offset;
        if above <= 0.0 {
            return self.mean().get() - x + 0.5;
        }
        let z = self.z(above);
        let mean = self.mean().get() - self.offset;
        let survival = normal_survival(z);
        let excess = (mean * normal_survival(z - self.sigma) - above * survival).max(0.0);
        let density = normal_density(z) / (self.sigma * above);
        // As f' = -f g / x and g' = v / x, the further derivatives are polynomials in g.
        let (g, v) = (1.0 + z / self.sigma, 1.0 / (self.sigma * self.sigma));
        let second = g * g + g - v;
        let fourth =
            ((g + 6.0) * g + 11.0 - 6.0 * v) * g * g + (6.0 - 18.0 * v) * g + (3.0 * v - 11.0) * v;
        let square = above * above;
        let series = 1.0 / 12.0 - second / (720.0 * square) + fourth / (30_240.0 * square * square);
        excess + 0.5 * survival + density * series
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition, term by term.
    fn by_definition(shape: &LogNormal) -> f64 {
        let (mut sum, mut n, last) = (0.0, 0.0, shape.quantile(1.0 - 1e-14).get());
        while n <= last {
            sum += shape.survival(Milliseconds::new(n));
            n += 1.0;
        }
        sum
    }

    fn check(mean_ms: f64, p99_over_mean: f64) {
        let p99 = Milliseconds::new(mean_ms * p99_over_mean);
        let shape =
            LogNormal::from_mean_p99(Milliseconds::new(mean_ms), Some(p99)).expect("a shape");
        let (fast, slow) = (shape.expected_rounded_up_ms().get(), by_definition(&shape));
        assert!(
            (fast - slow).abs() < 1e-6,
            "mean {mean_ms} tail {p99_over_mean}: {fast} for {slow}"
        );
    }

    #[test]
    fn the_fast_way_agrees_with_the_sum_of_the_definition() {
        for mean_ms in [
            0.01, 0.2, 0.9, 1.0, 1.5, 3.3, 8.0, 14.0, 20.0, 25.0, 30.0, 60.0, 100.5, 450.0, 1500.0,
        ] {
            for p99_over_mean in [1.001, 1.01, 1.03, 1.1, 1.25, 1.5, 2.0, 3.0, 6.0] {
                check(mean_ms, p99_over_mean);
            }
        }
    }

    #[test]
    fn the_closed_form_begins_where_it_holds() {
        for sigma in [0.01, 0.03, 0.1, 0.2, 0.3, 0.4, 0.5, 0.7, 0.9, 1.1, 1.3] {
            let median = exp((5.0 * sigma - 0.5_f64).max(0.0)) / sigma * (1.0 + 1e-9);
            let shape = LogNormal {
                offset: 0.0,
                scale: median,
                sigma,
            };
            let (fast, slow) = (shape.expected_rounded_up_ms().get(), by_definition(&shape));
            assert!(
                (fast - shape.mean().get() - 0.5).abs() < 1e-12,
                "sigma {sigma} sums"
            );
            assert!(
                (fast - slow).abs() < 1e-6,
                "sigma {sigma}: {fast} for {slow}"
            );
        }
    }

    #[test]
    fn a_constant_duration_is_rounded_as_it_is() {
        for (ms, billed) in [
            (0.0, 0.0),
            (0.3, 1.0),
            (100.0, 100.0),
            (100.000_000_000_000_01, 100.0),
            (100.2, 101.0),
        ] {
            let constant = LogNormal::constant(Milliseconds::new(ms));
            assert!(
                (constant.expected_rounded_up_ms().get() - billed).abs() < 1e-12,
                "{ms} ms"
            );
        }
    }
}

//! The mean of a duration that is billed in whole milliseconds, rounded up.
use super::LogNormal;
use crate::math::{ceil, exp, floor, normal_survival};
use crate::units::Milliseconds;

/// The largest share of the result that the proven error bound may be.
const TOLERANCE: f64 = 1e-4;
/// Sums stop here, whatever is left to the closed form.
const MAX_TERMS: f64 = 4096.0;
/// A probability that moves no result.
const NEGLIGIBLE: f64 = 1e-12;
/// Rounding noise of the arithmetic before, as a share: 100.00000000000001 ms is 100 ms.
const NOISE: f64 = 1e-13;

impl LogNormal {
    /// The mean of the duration rounded up to whole milliseconds,
    /// `E[ceil(X)] = sum over n >= 0 of P(X > n ms)`; exactly `ceil` when X is
    /// constant.
    ///
    /// Where the density's peak M is at most `6e-4 E[X]` the result is
    /// `E[X] + 1/2`: by the Euler-Maclaurin formula the error is at most
    /// `(1/12) integral of |f'| = M/6` for a density with one peak. Otherwise the
    /// terms are summed up to some N past the peak, and the rest is
    /// `integral of P(X > x) from N + P(X > N)/2 + f(N)/12`, whose error is at
    /// most `f(N)/12`. Both errors stay below 1e-4 of the result (for a sigma
    /// above 6, whose peak lies at zero, the sum covers the first 4,096 ms).
    #[must_use]
    pub fn expected_rounded_up_ms(&self) -> Milliseconds {
        let mean = self.mean().get();
        if self.is_constant() {
            return Milliseconds::new(ceil(mean * (1.0 - NOISE)).max(0.0));
        }
        if self.offset >= 0.0 && self.peak_density() <= 6.0 * TOLERANCE * mean {
            return Milliseconds::new(mean + 0.5);
        }
        Milliseconds::new(self.rounded_up_by_sum())
    }

    fn rounded_up_by_sum(&self) -> f64 {
        let sure = floor(self.quantile(NEGLIGIBLE).get());
        let peak = self.peak();
        let (mut sum, mut n) = (sure, sure);
        loop {
            let survival = self.survival(Milliseconds::new(n));
            let density = self.density(Milliseconds::new(n));
            let smooth = n >= peak && density <= 12.0 * TOLERANCE * (sum + survival);
            if survival < NEGLIGIBLE || smooth || n - sure >= MAX_TERMS {
                return sum + 0.5 * survival + density / 12.0 + self.excess_over(n);
            }
            sum += survival;
            n += 1.0;
        }
    }

    /// `E[(X - x)+]`, the integral of `P(X > .)` from x.
    fn excess_over(&self, x: f64) -> f64 {
        let above = x - self.offset;
        if above <= 0.0 {
            return self.mean().get() - x;
        }
        let z = self.z(above);
        let mean = self.mean().get() - self.offset;
        (mean * normal_survival(z - self.sigma) - above * normal_survival(z)).max(0.0)
    }

    /// Where the density is highest, `offset + exp(mu - sigma^2)`.
    fn peak(&self) -> f64 {
        self.offset + self.scale * exp(-self.sigma * self.sigma)
    }

    fn peak_density(&self) -> f64 {
        self.density(Milliseconds::new(self.peak()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The definition, term by term.
    fn by_definition(shape: &LogNormal) -> f64 {
        let (mut sum, mut n, last) = (0.0, 0.0, shape.quantile(1.0 - NEGLIGIBLE).get());
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
            (fast / slow - 1.0).abs() < 2e-4,
            "mean {mean_ms} tail {p99_over_mean}: {fast} for {slow}"
        );
    }

    #[test]
    fn the_fast_way_agrees_with_the_sum_of_the_definition() {
        for mean_ms in [
            0.01, 0.2, 0.9, 1.0, 1.5, 3.3, 8.0, 20.0, 25.0, 30.0, 60.0, 100.5, 450.0,
        ] {
            for p99_over_mean in [1.001, 1.01, 1.1, 1.5, 3.0, 6.0] {
                check(mean_ms, p99_over_mean);
            }
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

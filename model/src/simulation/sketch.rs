//! Quantiles of a stream of durations in constant memory, with a stated relative error.

use crate::math::ceil;

/// Durations from 1 us to 1e7 s, counted in buckets whose width is a share of their value.
///
/// Every octave is cut into `2^BITS` equal parts, which the bits of a double name without a
/// logarithm. A quantile is the middle of its bucket: off by at most `2^-(BITS+1)` of its value
/// (0.39 % for 7 bits, 1.6 % for 5). What lies beyond the range counts as its end; mean, least and
/// greatest are exact.
///
/// Reference: the layout of G. Tene's `HdrHistogram`; the kind of guarantee is that of C. Masson,
/// J. E. Rim and H. K. Lee, "`DDSketch`", Proceedings of the VLDB Endowment 12 (2019).
#[derive(Clone, Debug, PartialEq)]
pub struct Sketch<const BITS: u32> {
    counts: Vec<u64>,
    count: u64,
    sum: f64,
    least: f64,
    greatest: f64,
}

/// Octaves from `2^-20` s, just below 1 us, to `2^24` s, above 1e7 s.
const OCTAVES: usize = 44;
/// `2^-20`.
const LOWEST: f64 = 1.0 / 1_048_576.0;
/// The double before `2^24`.
const HIGHEST: f64 = 16_777_215.999_999_998;
/// Bits of the fraction of a double.
const FRACTION_BITS: u32 = f64::MANTISSA_DIGITS - 1;

impl<const BITS: u32> Default for Sketch<BITS> {
    fn default() -> Self {
        Self {
            counts: vec![0; OCTAVES << BITS],
            count: 0,
            sum: 0.0,
            least: f64::INFINITY,
            greatest: 0.0,
        }
    }
}

impl<const BITS: u32> Sketch<BITS> {
    /// The greatest relative error of a quantile, `2^-(BITS+1)`.
    pub const RELATIVE_ERROR: f64 = 0.5 / whole(1 << BITS);

    /// Counts a duration in seconds; negative ones and what is no number count as zero.
    #[inline]
    pub fn insert(&mut self, seconds: f64) {
        let seconds = seconds.max(0.0);
        self.counts[Self::bucket(seconds)] += 1;
        self.count += 1;
        self.sum += seconds;
        self.least = self.least.min(seconds);
        self.greatest = self.greatest.max(seconds);
    }

    /// Adds all that another has counted.
    pub fn merge(&mut self, other: &Self) {
        for (count, more) in self.counts.iter_mut().zip(&other.counts) {
            *count += more;
        }
        self.count += other.count;
        self.sum += other.sum;
        self.least = self.least.min(other.least);
        self.greatest = self.greatest.max(other.greatest);
    }

    /// As new.
    pub fn clear(&mut self) {
        self.counts.fill(0);
        self.count = 0;
        self.sum = 0.0;
        self.least = f64::INFINITY;
        self.greatest = 0.0;
    }

    /// How many were counted.
    #[must_use]
    pub const fn count(&self) -> u64 {
        self.count
    }

    /// Their mean in seconds, exactly; 0 if there are none.
    #[must_use]
    pub fn mean(&self) -> f64 {
        if self.count == 0 {
            0.0
        } else {
            // Rounding must not carry it past the longest.
            (self.sum / whole(self.count)).clamp(self.least, self.greatest)
        }
    }

    /// The longest in seconds, exactly; 0 if there are none.
    #[must_use]
    pub const fn greatest(&self) -> f64 {
        self.greatest
    }

    /// The duration that a share `p` (0..=1) does not exceed, in seconds: that of rank
    /// `ceil(p n)`, within [`Self::RELATIVE_ERROR`] of it. 0 if there are none.
    #[must_use]
    pub fn quantile(&self, p: f64) -> f64 {
        let rank = ceil(p * whole(self.count)).clamp(1.0, f64::MAX);
        let mut seen = 0;
        for (bucket, count) in self.counts.iter().enumerate() {
            seen += count;
            if whole(seen) >= rank {
                return Self::middle(bucket).clamp(self.least, self.greatest);
            }
        }
        self.greatest
    }

    #[expect(
        clippy::cast_possible_truncation,
        reason = "the clamp leaves less than 2^13 buckets"
    )]
    #[inline]
    fn bucket(seconds: f64) -> usize {
        let inside = seconds.clamp(LOWEST, HIGHEST);
        ((inside.to_bits() - LOWEST.to_bits()) >> (FRACTION_BITS - BITS)) as usize
    }

    fn middle(bucket: usize) -> f64 {
        let edge = |bucket: usize| {
            f64::from_bits(LOWEST.to_bits() + ((bucket as u64) << (FRACTION_BITS - BITS)))
        };
        0.5 * (edge(bucket) + edge(bucket + 1))
    }
}

/// A count as a double: exact below `2^53`.
#[expect(
    clippy::cast_precision_loss,
    reason = "more than 2^53 requests are never simulated"
)]
pub(super) const fn whole(count: u64) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::math::exp;
    use crate::simulation::random::{Purpose, Stream};

    /// Ranks as the sketch counts them, in a sorted list.
    fn at_rank(sorted: &[f64], p: f64) -> f64 {
        let rank = sorted.iter().zip(1_u32..).find(|(_, rank)| {
            f64::from(*rank) >= p * f64::from(u32::try_from(sorted.len()).expect("a few"))
        });
        *rank.expect("p up to 1").0
    }

    fn check<const BITS: u32>(sigma: f64, scale: f64) {
        let mut stream = Stream::new(3, 0, Purpose::Service);
        let mut sketch = Sketch::<BITS>::default();
        let mut all: Vec<f64> = (0..20_000)
            .map(|_| scale * exp(sigma * stream.normal()))
            .collect();
        for x in &all {
            sketch.insert(*x);
        }
        all.sort_by(f64::total_cmp);
        for p in [0.001, 0.01, 0.1, 0.5, 0.9, 0.99, 0.999, 0.9999, 1.0] {
            let off = sketch.quantile(p) / at_rank(&all, p) - 1.0;
            assert!(
                off.abs() <= Sketch::<BITS>::RELATIVE_ERROR,
                "P{p}: off by {off}"
            );
        }
        let mean = all.iter().sum::<f64>() / 20_000.0;
        assert!((sketch.mean() / mean - 1.0).abs() < 1e-12);
        assert!((sketch.greatest() - all[19_999]).abs() < f64::EPSILON * scale);
    }

    #[test]
    fn quantiles_lie_within_the_stated_error() {
        for (sigma, scale) in [(0.1, 1.0), (1.0, 0.02), (3.0, 1.0), (1.5, 3e-4)] {
            check::<7>(sigma, scale);
            check::<5>(sigma, scale);
        }
    }

    #[test]
    fn what_lies_beyond_the_range_counts_as_its_end() {
        let mut sketch = Sketch::<7>::default();
        for x in [-1.0, 0.0, f64::NAN, 1e-9] {
            sketch.insert(x);
        }
        assert!(sketch.quantile(0.9) <= 1e-6);
        sketch.insert(1e300);
        assert!(sketch.quantile(1.0) >= 1e7);
        assert!(sketch.quantile(1.0) <= sketch.greatest());
    }

    #[test]
    fn two_halves_merge_into_the_whole() {
        let mut whole = Sketch::<7>::default();
        let (mut one, mut other) = (whole.clone(), whole.clone());
        for x in 1..1000_u32 {
            let half = if x % 3 == 0 { &mut one } else { &mut other };
            half.insert(f64::from(x));
            whole.insert(f64::from(x));
        }
        one.merge(&other);
        assert_eq!(one, whole);
        one.clear();
        assert_eq!(one, Sketch::default());
        assert!(one.quantile(0.5) <= 0.0 && one.mean() <= 0.0);
    }
}

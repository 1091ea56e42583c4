//! What several independent runs say together: a mean, and how far it may be off.

use serde::{Deserialize, Serialize};

use super::sketch::whole;
use crate::math::{normal_quantile, sqrt};

/// A mean with its 99 % confidence interval, `mean +- half_width`.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Interval {
    /// Mean of the runs.
    pub mean: f64,
    /// `t s / sqrt(n)`, with the standard deviation s of n runs and Student's t of n-1 degrees.
    pub half_width: f64,
}

impl Interval {
    /// From one figure of each run; `None` for fewer than two.
    #[must_use]
    pub fn of(figures: &[f64]) -> Option<Self> {
        let n = whole(figures.len() as u64);
        if figures.len() < 2 {
            return None;
        }
        let mean = figures.iter().sum::<f64>() / n;
        let squares: f64 = figures.iter().map(|x| (x - mean) * (x - mean)).sum();
        let deviation = sqrt(squares / (n - 1.0));
        Some(Self {
            mean,
            half_width: student_99(figures.len() - 1) * deviation / sqrt(n),
        })
    }

    /// Whether a figure lies within it.
    #[must_use]
    pub fn contains(&self, figure: f64) -> bool {
        (figure - self.mean).abs() <= self.half_width
    }
}

/// The t that 99 % of Student's distribution do not exceed in size, within 1e-3.
///
/// Up to ten degrees of freedom from the tables; beyond, Fisher's expansion in `1/n`.
///
/// Reference: M. Abramowitz and I. A. Stegun, "Handbook of Mathematical Functions", table 26.10
/// and equation 26.7.5.
fn student_99(degrees: usize) -> f64 {
    const TABLE: [f64; 10] = [
        63.657, 9.925, 5.841, 4.604, 4.032, 3.707, 3.499, 3.355, 3.250, 3.169,
    ];
    if let Some(t) = degrees.checked_sub(1).and_then(|row| TABLE.get(row)) {
        return *t;
    }
    let n = whole(degrees as u64);
    let z = normal_quantile(0.995);
    let s = z * z;
    let first = z * (s + 1.0) / 4.0;
    let second = z * ((5.0 * s + 16.0) * s + 3.0) / 96.0;
    let third = z * (((3.0 * s + 19.0) * s + 17.0) * s - 15.0) / 384.0;
    let fourth = z * ((((79.0 * s + 776.0) * s + 1482.0) * s - 1920.0) * s - 945.0) / 92_160.0;
    z + (first + (second + (third + fourth / n) / n) / n) / n
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_quantile_is_that_of_the_tables() {
        for (degrees, t) in [
            (1, 63.657),
            (9, 3.250),
            (11, 3.106),
            (20, 2.845),
            (60, 2.660),
        ] {
            assert!((student_99(degrees) - t).abs() < 1e-3, "{degrees}");
        }
        assert!((student_99(1_000_000) - 2.5758).abs() < 1e-3);
    }

    #[test]
    fn an_interval_needs_two_runs() {
        assert_eq!(Interval::of(&[1.0]), None);
        let interval = Interval::of(&[1.0, 2.0, 3.0]).expect("three runs");
        assert!((interval.mean - 2.0).abs() < 1e-12);
        assert!((interval.half_width - 9.925 / sqrt(3.0)).abs() < 1e-9);
        assert!(interval.contains(2.5) && !interval.contains(9.0));
    }
}

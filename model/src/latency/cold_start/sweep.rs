//! One sweep over the slots of a scale-per-request platform, on a Talbot
//! contour: the numerics behind [`super::ColdStart`].
//!
//! With `u_j = 1 - h_j` and all rates divided by lambda the recursion is
//! `x = s/lambda + (j/a) u_(j-1)`, `u_j = x / (1 + x)`, from `u_0 = s/(s+lambda)`.
//! `P(T_k > t)` and `E[min(T_k, t)]` have the transforms `u/s` and `u/s^2`.
use std::sync::LazyLock;

use crate::latency::complex::Complex;
use crate::latency::queue::erlang_b;
use crate::math::{cos, floor, sin, sqrt};

/// Nodes above the real axis; those below are their mirror images. The error
/// falls as `3.89^(-2 NODES)`, here beyond double precision.
const NODES: usize = 16;

/// How many standard deviations (sqrt a) below the offered load the sweep
/// starts when that saves work. Below it each slot is always in use: the
/// slowest mode of its overflow falls as `exp(-81 (tau+S) / (4 S))`, 1e-17
/// for `S <= tau`, and by the offered load the start is forgotten to `exp(-40)`.
const START_BELOW: f64 = 9.0;

/// The sweep ends when all further slots together add less than this share.
const TAIL: f64 = 1e-10;

/// Erlang losses below this count as none.
const NEGLIGIBLE_LOSS: f64 = 1e-290;

/// Sums over the slots above the first few.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Sums {
    /// `sum of B(k-1, a) P(T_k > t)`: the share of arrivals that start cold.
    pub(super) cold: f64,
    /// `sum of r_k E[min(T_k, t)]`: the mean number of live slots.
    pub(super) live: f64,
}

/// A node `z` of the contour with its weights for `u/s` and `u/s^2`.
#[derive(Clone, Copy, Debug)]
struct Node {
    z: Complex,
    survival: Complex,
    lifetime: Complex,
}

/// `z(theta) = N (0.5017 theta cot(0.6407 theta) - 0.6122 + 0.2645 i theta)`.
///
/// Reference: Trefethen, Weideman and Schmelzer, "Talbot quadratures and
/// rational approximations", BIT 46 (2006), equation 3.5.
static CONTOUR: LazyLock<[Node; NODES]> = LazyLock::new(|| {
    const COT_SCALE: f64 = 0.5017;
    const COT_ANGLE: f64 = 0.6407;
    const SHIFT: f64 = 0.6122;
    const HEIGHT: f64 = 0.2645;
    let half = f64::from(u32::try_from(NODES).unwrap_or(u32::MAX));
    let n = 2.0 * half;
    let mut index = 0.0;
    [(); NODES].map(|()| {
        let theta = (2.0 * index + 1.0) * std::f64::consts::PI / n;
        index += 1.0;
        let (sine, cosine) = (sin(COT_ANGLE * theta), cos(COT_ANGLE * theta));
        let cot = cosine / sine;
        let z = Complex::new(COT_SCALE * theta * cot - SHIFT, HEIGHT * theta) * n;
        let slope = Complex::new(
            COT_SCALE * (cot - COT_ANGLE * theta / (sine * sine)),
            HEIGHT,
        ) * n;
        let survival = z.exp() * slope * (1.0 / half) / z;
        Node {
            z,
            survival,
            lifetime: survival / z,
        }
    })
});

/// The state of the recursion: `u_j` at every node, as two rows of numbers.
struct Sweep {
    /// `s / lambda`.
    s: [Complex; NODES],
    re: [f64; NODES],
    im: [f64; NODES],
}

impl Sweep {
    /// `u_0` where `start` is zero, else the root that `u_j` settles to.
    fn new(offered_load: f64, arrivals_in_lifetime: f64, start: f64) -> Self {
        let s = CONTOUR.map(|node| node.z * (1.0 / arrivals_in_lifetime));
        let ratio = start / offered_load;
        let u = s.map(|s| settled(s, ratio));
        Self {
            s,
            re: u.map(|u| u.re),
            im: u.map(|u| u.im),
        }
    }

    /// From `u_(j-1)` to `u_j`; `ratio` is `j / a`.
    fn step(&mut self, ratio: f64) {
        for ((re, im), s) in self.re.iter_mut().zip(&mut self.im).zip(&self.s) {
            let x_re = s.re + ratio * *re;
            let x_im = s.im + ratio * *im;
            let square = x_im * x_im;
            let inverse = 1.0 / ((1.0 + x_re) * (1.0 + x_re) + square);
            *re = (x_re * (1.0 + x_re) + square) * inverse;
            *im = x_im * inverse;
        }
    }

    /// `P(T > t)` and `E[min(T, t)] / t` of the slot at hand.
    fn invert(&self, contour: &[Node; NODES]) -> (f64, f64) {
        let (mut survival, mut lifetime) = (0.0, 0.0);
        for ((re, im), node) in self.re.iter().zip(&self.im).zip(contour) {
            survival += node.survival.re * im + node.survival.im * re;
            lifetime += node.lifetime.re * im + node.lifetime.im * re;
        }
        (survival.clamp(0.0, 1.0), lifetime.clamp(0.0, 1.0))
    }
}

/// The fixed point of the recursion at a constant `r = j/a < 1`:
/// `r u^2 + (s + 1 - r) u - s = 0`, solved without cancellation; `u_0` at r = 0.
fn settled(s: Complex, ratio: f64) -> Complex {
    let spread = 2.0 * sqrt(ratio);
    let middle = s + (1.0 + ratio);
    let root = (middle + (-spread)).sqrt() * (middle + spread).sqrt();
    s * 2.0 / (s + (1.0 - ratio) + root)
}

/// The sums over all slots above the first `skip`, for an offered load
/// `a > 0` and `arrivals_in_lifetime = lambda (tau + S) > 0`.
pub(super) fn sums(offered_load: f64, arrivals_in_lifetime: f64, skip: f64) -> Sums {
    let start = floor(offered_load - START_BELOW * sqrt(offered_load)).max(0.0);
    sums_from(start, offered_load, arrivals_in_lifetime, skip)
}

fn sums_from(start: f64, offered_load: f64, arrivals_in_lifetime: f64, skip: f64) -> Sums {
    let contour = &*CONTOUR;
    let mut sweep = Sweep::new(offered_load, arrivals_in_lifetime, start);
    let mut loss = erlang_b(start, offered_load);
    let mut busy_below = start;
    let mut sums = Sums {
        cold: 0.0,
        live: (start - skip).max(0.0),
    };
    loop {
        if busy_below >= skip {
            let (survival, lifetime) = sweep.invert(contour);
            sums.cold += loss * survival;
            sums.live += (loss * arrivals_in_lifetime * lifetime).min(1.0);
        }
        busy_below += 1.0;
        let ratio = busy_below / offered_load;
        loss /= loss + ratio;
        if ratio > 1.0 {
            let rest = loss / (1.0 - 1.0 / ratio);
            let settled =
                rest <= TAIL * sums.cold && rest * arrivals_in_lifetime <= TAIL * sums.live;
            if settled || rest < NEGLIGIBLE_LOSS {
                return sums;
            }
        }
        sweep.step(ratio);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_late_start_gives_the_same_sums_as_a_full_sweep() {
        for (a, lifetimes) in [
            (150.0, 2.0),
            (1000.0, 2.0),
            (1000.0, 4000.0),
            (5000.0, 30.0),
        ] {
            let (fast, full) = (
                sums(a, a * lifetimes, 0.0),
                sums_from(0.0, a, a * lifetimes, 0.0),
            );
            assert!(
                (fast.cold - full.cold).abs() <= 1e-9 * full.cold,
                "a {a}: {fast:?} {full:?}"
            );
            assert!(
                (fast.live / full.live - 1.0).abs() < 1e-9,
                "a {a}: {fast:?} {full:?}"
            );
        }
    }
}

//! One sweep over the slots of a scale-per-request platform, on a Talbot
//! contour: the numerics behind [`super::ColdStart`].
//!
//! With `u_j = 1 - h_j` and all rates divided by lambda the recursion is
//! `x = s/lambda + (j/a) u_(j-1)`, `u_j = x / (1 + x)`, from `u_0 = s/(s+lambda)`.
//! `P(T_k > t)` and `E[min(T_k, t)]` have the transforms `u/s` and `u/s^2`.
use std::sync::LazyLock;

use crate::latency::complex::Complex;
use crate::latency::queue::erlang_b;
use crate::math::{ceil, cos, floor, sin, sqrt};

/// Nodes above the real axis; those below are their mirror images. The error
/// falls as `3.89^(-2 NODES)`, here 7e-15; with more, rounding outgrows it.
const NODES: usize = 12;
/// Numbers that the processor adds at a time, in a fixed order.
const LANES: usize = 4;

/// How many standard deviations (sqrt a) below the offered load the sweep
/// starts when that saves work. The start, a state as if the ratio j/a stood
/// still, is wrong by a share of `1/START_BELOW^2`, and by the offered load
/// that is forgotten to `exp(-START_BELOW^2 / 2)`: 2e-11 in all.
const START_BELOW: f64 = 6.5;

/// A slot whose survival is below `exp(-SURE)` is always in use.
const SURE: f64 = 40.0;

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

/// The nodes `z` of the contour and the weights for `u/s` and `u/s^2`, each as
/// one row of real and one of imaginary parts.
#[derive(Clone, Copy, Debug)]
struct Contour {
    z: [Complex; NODES],
    survival: Rows,
    lifetime: Rows,
}

/// Complex numbers as two rows.
#[derive(Clone, Copy, Debug)]
struct Rows {
    re: [f64; NODES],
    im: [f64; NODES],
}

impl Rows {
    fn of(numbers: [Complex; NODES]) -> Self {
        Self {
            re: numbers.map(|number| number.re),
            im: numbers.map(|number| number.im),
        }
    }

    /// The sum of the imaginary parts of the products, node by node.
    fn imaginary_product(&self, other: &Self) -> f64 {
        let mut lanes = [0.0; LANES];
        let left = self.re.chunks_exact(LANES).zip(self.im.chunks_exact(LANES));
        let right = other
            .re
            .chunks_exact(LANES)
            .zip(other.im.chunks_exact(LANES));
        for ((a_re, a_im), (b_re, b_im)) in left.zip(right) {
            for (lane, sum) in lanes.iter_mut().enumerate() {
                *sum += a_re[lane] * b_im[lane] + a_im[lane] * b_re[lane];
            }
        }
        let [a, b, c, d] = lanes;
        (a + b) + (c + d)
    }
}

/// `z(theta) = N (0.5017 theta cot(0.6407 theta) - 0.6122 + 0.2645 i theta)`.
///
/// Reference: Trefethen, Weideman and Schmelzer, "Talbot quadratures and
/// rational approximations", BIT 46 (2006), equation 3.5.
static CONTOUR: LazyLock<Contour> = LazyLock::new(|| {
    const COT_SCALE: f64 = 0.5017;
    const COT_ANGLE: f64 = 0.6407;
    const SHIFT: f64 = 0.6122;
    const HEIGHT: f64 = 0.2645;
    let half = f64::from(u32::try_from(NODES).unwrap_or(u32::MAX));
    let n = 2.0 * half;
    let mut index = 0.0;
    let nodes = [(); NODES].map(|()| {
        let theta = (2.0 * index + 1.0) * std::f64::consts::PI / n;
        index += 1.0;
        let (sine, cosine) = (sin(COT_ANGLE * theta), cos(COT_ANGLE * theta));
        let cot = cosine / sine;
        let z = Complex::new(COT_SCALE * theta * cot - SHIFT, HEIGHT * theta) * n;
        let slope = Complex::new(
            COT_SCALE * (cot - COT_ANGLE * theta / (sine * sine)),
            HEIGHT,
        ) * n;
        (z, z.exp() * slope * (1.0 / half) / z)
    });
    Contour {
        z: nodes.map(|(z, _)| z),
        survival: Rows::of(nodes.map(|(_, survival)| survival)),
        lifetime: Rows::of(nodes.map(|(z, survival)| survival / z)),
    }
});

/// The state of the recursion at one slot.
#[derive(Debug)]
struct Slots {
    contour: &'static Contour,
    offered_load: f64,
    arrivals_in_lifetime: f64,
    /// `s / lambda` at every node.
    s: Rows,
    /// `u_j` at every node, j the number of slots below this one.
    u: Rows,
    below: f64,
    /// `B(j, a)`.
    loss: f64,
    /// Slots with fewer below them are always in use: the slowest mode of their
    /// overflow falls as `exp(-(sqrt a - sqrt j)^2 t / S)`.
    sure: f64,
}

impl Slots {
    /// At the slot above the first `start`; `u_0` where that is zero, else the
    /// root that `u_j` settles to.
    fn new(start: f64, offered_load: f64, arrivals_in_lifetime: f64) -> Self {
        let contour = &*CONTOUR;
        let s = contour.z.map(|z| z * (1.0 / arrivals_in_lifetime));
        let ratio = start / offered_load;
        let u = if start > 0.0 {
            s.map(|s| settled(s, ratio))
        } else {
            s.map(|s| s / (s + 1.0))
        };
        let lifetime = arrivals_in_lifetime / offered_load;
        let margin = (sqrt(offered_load) - sqrt(SURE / lifetime)).max(0.0);
        Self {
            contour,
            offered_load,
            arrivals_in_lifetime,
            s: Rows::of(s),
            u: Rows::of(u),
            below: start,
            loss: erlang_b(start, offered_load),
            sure: margin * margin,
        }
    }

    /// What this slot adds.
    fn term(&self) -> Sums {
        if self.below < self.sure {
            return Sums {
                cold: 0.0,
                live: 1.0,
            };
        }
        let survival = self.contour.survival.imaginary_product(&self.u);
        let lifetime = self.contour.lifetime.imaginary_product(&self.u);
        let arrivals = self.loss * self.arrivals_in_lifetime;
        Sums {
            cold: self.loss * survival.clamp(0.0, 1.0),
            live: (arrivals * lifetime.clamp(0.0, 1.0)).min(1.0),
        }
    }

    /// To the next slot.
    fn advance(&mut self) {
        self.below += 1.0;
        let ratio = self.below / self.offered_load;
        self.loss /= self.loss + ratio;
        let u = self.u.re.iter_mut().zip(&mut self.u.im);
        for ((re, im), (s_re, s_im)) in u.zip(self.s.re.iter().zip(&self.s.im)) {
            let x_re = s_re + ratio * *re;
            let x_im = s_im + ratio * *im;
            let square = x_im * x_im;
            let inverse = 1.0 / ((1.0 + x_re) * (1.0 + x_re) + square);
            *re = (x_re * (1.0 + x_re) + square) * inverse;
            *im = x_im * inverse;
        }
    }

    /// A bound of the sum of the losses from this slot upwards; `None` below
    /// the offered load.
    fn rest(&self) -> Option<f64> {
        let room = self.below - self.offered_load;
        (room > 0.0).then(|| self.loss * self.below / room)
    }
}

/// The fixed point of the recursion at a constant `r = j/a < 1`:
/// `r u^2 + (s + 1 - r) u - s = 0`, solved without cancellation.
fn settled(s: Complex, ratio: f64) -> Complex {
    let spread = 2.0 * sqrt(ratio);
    let middle = s + (1.0 + ratio);
    let root = (middle + (-spread)).sqrt() * (middle + spread).sqrt();
    s * 2.0 / (s + (1.0 - ratio) + root)
}

fn first_slot(offered_load: f64) -> f64 {
    floor(offered_load - START_BELOW * sqrt(offered_load)).max(0.0)
}

/// The sums over all slots above the first `skip`, for an offered load
/// `a > 0` and `arrivals_in_lifetime = lambda (tau + S) > 0`.
pub(super) fn sums(offered_load: f64, arrivals_in_lifetime: f64, skip: f64) -> Sums {
    sums_from(
        first_slot(offered_load),
        offered_load,
        arrivals_in_lifetime,
        skip,
    )
}

fn sums_from(start: f64, offered_load: f64, arrivals_in_lifetime: f64, skip: f64) -> Sums {
    let mut slots = Slots::new(start, offered_load, arrivals_in_lifetime);
    let mut sums = Sums {
        cold: 0.0,
        live: (start - skip).max(0.0),
    };
    loop {
        if slots.below >= skip {
            let term = slots.term();
            sums.cold += term.cold;
            sums.live += term.live;
        }
        slots.advance();
        if let Some(rest) = slots.rest() {
            let settled =
                rest <= TAIL * sums.cold && rest * arrivals_in_lifetime <= TAIL * sums.live;
            if settled || rest < NEGLIGIBLE_LOSS {
                return sums;
            }
        }
    }
}

/// The slots of one load, swept once for [`sums`] above any number of them.
#[derive(Debug)]
pub(super) struct Swept {
    slots: Slots,
    start: f64,
    arrivals_in_lifetime: f64,
    /// What each slot adds, and the bound of the losses above it.
    terms: Vec<(Sums, f64)>,
}

impl Swept {
    /// Of an offered load `a > 0` and `arrivals_in_lifetime = lambda (tau + S) > 0`.
    pub(super) fn new(offered_load: f64, arrivals_in_lifetime: f64) -> Self {
        let start = first_slot(offered_load);
        Self {
            slots: Slots::new(start, offered_load, arrivals_in_lifetime),
            start,
            arrivals_in_lifetime,
            terms: Vec::new(),
        }
    }

    /// The same bits as [`sums`] above the first `skip`.
    pub(super) fn above(&mut self, skip: f64) -> Sums {
        let mut sums = Sums {
            cold: 0.0,
            live: (self.start - skip).max(0.0),
        };
        let mut place = index(ceil(skip - self.start));
        if place > 0 && self.term(place - 1).1 < NEGLIGIBLE_LOSS {
            return sums;
        }
        loop {
            let (term, rest) = self.term(place);
            sums.cold += term.cold;
            sums.live += term.live;
            let settled =
                rest <= TAIL * sums.cold && rest * self.arrivals_in_lifetime <= TAIL * sums.live;
            if settled || rest < NEGLIGIBLE_LOSS {
                return sums;
            }
            place += 1;
        }
    }

    fn term(&mut self, place: usize) -> (Sums, f64) {
        while self.terms.len() <= place {
            let term = self.slots.term();
            self.slots.advance();
            let rest = self.slots.rest().unwrap_or(f64::INFINITY);
            self.terms.push((term, rest));
        }
        self.terms[place]
    }
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the slots of the largest load first"
)]
fn index(slot: f64) -> usize {
    slot.clamp(0.0, 1e6) as usize
}

/// The last slot, by the number of slots below it, that must be skipped for
/// `cold` of [`sums`] to be at most `most`; `None` where none must.
///
/// One sweep: the terms are added up from the far end.
pub(super) fn last_to_skip(offered_load: f64, arrivals_in_lifetime: f64, most: f64) -> Option<f64> {
    let mut slots = Slots::new(first_slot(offered_load), offered_load, arrivals_in_lifetime);
    let mut cold = Vec::new();
    let least = (most * TAIL).max(NEGLIGIBLE_LOSS);
    while slots.rest().is_none_or(|rest| rest > least) {
        cold.push(slots.term().cold);
        slots.advance();
    }
    let mut sum = 0.0;
    for term in cold.iter().rev() {
        slots.below -= 1.0;
        sum += term;
        if sum > most {
            return Some(slots.below);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn slots_swept_once_give_the_same_sums() {
        for (a, lifetimes) in [(0.01, 4000.0), (3.0, 60.0), (150.0, 2.0), (5000.0, 30.0)] {
            let mut swept = Swept::new(a, a * lifetimes);
            for skip in [0.0, 7.0, 1.0, 140.0, 4_600.0, 5_400.0] {
                let (once, anew) = (swept.above(skip), sums(a, a * lifetimes, skip));
                assert_eq!(once.cold.to_bits(), anew.cold.to_bits(), "a {a}, {skip}");
                assert_eq!(once.live.to_bits(), anew.live.to_bits(), "a {a}, {skip}");
            }
        }
    }

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

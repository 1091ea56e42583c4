//! The requests of a mixture that share a service time, and their waits before it.
use crate::latency::distribution::LogNormal;
use crate::latency::queue::Wait;
use crate::math::{NORMAL_AT_ZERO, exp, exp_inline, ln};
use crate::units::Milliseconds;

/// Abscissas and weights of Gauss-Legendre quadrature with 16 points on -1..1,
/// the positive half. Reference: Abramowitz and Stegun, table 25.4.
const LEGENDRE: [(f64, f64); 8] = [
    (0.095_012_509_837_637_4, 0.189_450_610_455_068_5),
    (0.281_603_550_779_258_9, 0.182_603_415_044_923_6),
    (0.458_016_777_657_227_4, 0.169_156_519_395_002_6),
    (0.617_876_244_402_643_8, 0.149_595_988_816_576_8),
    (0.755_404_408_355_003, 0.124_628_971_255_533_9),
    (0.865_631_202_387_831_8, 0.095_158_511_682_492_9),
    (0.944_575_023_073_232_6, 0.062_253_523_938_647_8),
    (0.989_400_934_991_649_9, 0.027_152_459_411_754_1),
];
/// Service times beyond this many standard deviations (3e-6 of them) are not integrated.
const FAR: f64 = 4.5;
/// Waits rarer than this move no percentile.
const RARE: f64 = 1e-6;
/// Means of a wait that differ by this share count as one: percentiles move by less than 1e-3.
const ALIKE: f64 = 0.015;
/// A wait that is shorter than this share of the time asked for is none, for
/// both lose their digits against each other.
const SHORT: f64 = 1e-10;
/// A wait that outlasts this many of its means is not integrated (1e-9).
const LONG: f64 = 20.0;

/// `X + W`, X lognormal; a share of the requests waits first, in several ways.
#[derive(Clone, Debug)]
pub(super) struct Queued {
    service: LogNormal,
    weight: f64,
    waits: Vec<Waiting>,
}

/// Requests that wait for an exponential time.
#[derive(Clone, Copy, Debug)]
struct Waiting {
    weight: f64,
    /// Milliseconds.
    mean: f64,
}

impl Queued {
    pub(super) const fn new(service: LogNormal) -> Self {
        Self {
            service,
            weight: 0.0,
            waits: Vec::new(),
        }
    }

    pub(super) const fn service(&self) -> &LogNormal {
        &self.service
    }

    pub(super) const fn weight(&self) -> f64 {
        self.weight
    }

    /// Adds requests of this service time. Waits of nearly the same mean become one.
    pub(super) fn add(&mut self, weight: f64, wait: Wait) {
        self.weight += weight;
        let mean = wait.mean_of_waiting().milliseconds().get();
        if !(mean > 0.0 && mean.is_finite() && wait.probability() > RARE) {
            return;
        }
        let added = weight * wait.probability();
        let alike = |known: &&mut Waiting| (known.mean - mean).abs() <= ALIKE * mean;
        if let Some(known) = self.waits.iter_mut().find(alike) {
            let both = known.weight + added;
            known.mean += (mean - known.mean) * (added / both);
            known.weight = both;
        } else {
            self.waits.push(Waiting {
                weight: added,
                mean,
            });
        }
    }

    /// Weight times mean.
    pub(super) fn mean(&self) -> f64 {
        let waits = self.waits.iter().map(|wait| wait.weight * wait.mean);
        self.weight * self.service.mean().get() + waits.sum::<f64>()
    }

    /// Bounds of the duration that a share p does not exceed. Above: if X and W
    /// each exceed theirs with `(1-p)/2`, the sum of both exceeds with at most `1-p`.
    pub(super) fn bracket(&self, p: f64) -> (f64, f64) {
        let least = self.service.quantile(p).get();
        if self.waits.is_empty() {
            return (least, least);
        }
        let half = (0.5 * (1.0 - p)).clamp(f64::EPSILON, 0.5);
        let (mut waiting, mut slowest) = (0.0, 0.0_f64);
        for wait in &self.waits {
            waiting += wait.weight;
            slowest = slowest.max(wait.mean);
        }
        let longest = (slowest * ln(waiting / self.weight / half)).max(0.0);
        (
            least,
            (self.service.quantile(1.0 - half).get() + longest).min(f64::MAX),
        )
    }

    /// Weight times `P(X + W > t)`.
    pub(super) fn survival(&self, t: f64) -> f64 {
        let mut sum = self.weight * self.service.survival(Milliseconds::new(t));
        for wait in &self.waits {
            sum += wait.weight * still_waiting(&self.service, wait.mean, t);
        }
        sum
    }

    /// Weight times `P(X + W > t)` and its density: with
    /// `I = integral of f(x) e^(-(t-x)/w)` over `x <= t` they are
    /// `P(X > t) + Pw I` and `(1-Pw) f(t) + Pw I / w`.
    pub(super) fn survival_and_density(&self, t: f64) -> (f64, f64) {
        let (mut survival, mut direct) = self.service.survival_and_density(t);
        let mut density = 0.0;
        survival *= self.weight;
        direct *= self.weight;
        if self.waits.is_empty() {
            return (survival, direct);
        }
        let at_once = direct / self.weight;
        for wait in &self.waits {
            let waiting = wait.weight * still_waiting(&self.service, wait.mean, t);
            survival += waiting;
            density += waiting / wait.mean;
            direct -= wait.weight * at_once;
        }
        (survival, density + direct.max(0.0))
    }
}

/// `I`: of requests that wait for an exponential time of this mean, the share
/// still there at t only because of the wait.
pub(super) fn still_waiting(service: &LogNormal, mean: f64, t: f64) -> f64 {
    if service.is_constant() {
        let late = t - service.mean().get();
        return if late >= 0.0 { exp(-late / mean) } else { 0.0 };
    }
    let Some(to) = service.standard_score(t) else {
        return 0.0;
    };
    let from = service
        .standard_score(t - LONG * mean)
        .map_or(-FAR, |z| z.max(-FAR));
    let to = to.min(FAR);
    if to <= from || mean <= SHORT * t {
        return 0.0;
    }
    let (middle, reach) = (f64::midpoint(from, to), 0.5 * (to - from));
    // x(z) at both of two points around the middle takes one exponential.
    let (offset, above) = service.at_score(middle);
    let (start, rate) = (offset - t, 1.0 / mean);
    let spread = service.sigma() * reach;
    let at = |z: f64, factor: f64| exp_inline((start + above * factor) * rate - 0.5 * z * z);
    let mut sums = [0.0; LEGENDRE.len()];
    for (sum, (x, weight)) in sums.iter_mut().zip(&LEGENDRE) {
        let factor = exp_inline(spread * x);
        let (high, low) = (middle + reach * x, middle - reach * x);
        *sum = weight * (at(high, factor) + at(low, 1.0 / factor));
    }
    sums.iter().sum::<f64>() * reach * NORMAL_AT_ZERO
}

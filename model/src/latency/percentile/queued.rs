//! One kind of request of a mixture: a service time, and a wait before it.
use crate::latency::distribution::LogNormal;
use crate::latency::queue::Wait;
use crate::math::{exp, ln, normal_density};
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
/// A wait that outlasts this many of its means is not integrated (1e-9).
const LONG: f64 = 20.0;

/// `X + W`, X lognormal; W is zero with probability `1 - Pw`, else exponential.
#[derive(Clone, Copy, Debug)]
pub(super) struct Queued {
    service: LogNormal,
    wait_probability: f64,
    /// `Wq / Pw`, milliseconds.
    wait: f64,
}

impl Queued {
    pub(super) fn new(service: LogNormal, wait: Wait) -> Self {
        let mean = wait.mean_of_waiting().milliseconds().get();
        let waits = mean > 0.0 && mean.is_finite() && wait.probability() > RARE;
        Self {
            service,
            wait_probability: if waits { wait.probability() } else { 0.0 },
            wait: mean,
        }
    }

    pub(super) fn mean(&self) -> f64 {
        let wait = if self.wait_probability > 0.0 {
            self.wait_probability * self.wait
        } else {
            0.0
        };
        self.service.mean().get() + wait
    }

    /// Bounds of the duration that a share p does not exceed. Above: if X and W
    /// each exceed theirs with `(1-p)/2`, the sum of both exceeds with at most `1-p`.
    pub(super) fn bracket(&self, p: f64) -> (f64, f64) {
        let least = self.service.quantile(p).get();
        if self.wait_probability <= 0.0 {
            return (least, least);
        }
        let half = (0.5 * (1.0 - p)).clamp(f64::EPSILON, 0.5);
        let longest = (self.wait * ln(self.wait_probability / half)).max(0.0);
        (
            least,
            (self.service.quantile(1.0 - half).get() + longest).min(f64::MAX),
        )
    }

    /// `P(X + W > t)` and its density: with `I = integral of f(x) e^(-(t-x)/w)`
    /// over `x <= t` they are `P(X > t) + Pw I` and `(1-Pw) f(t) + Pw I / w`.
    pub(super) fn survival_and_density(&self, t: f64) -> (f64, f64) {
        let at = Milliseconds::new(t);
        let (survival, density) = (self.service.survival(at), self.service.density(at));
        if self.wait_probability <= 0.0 {
            return (survival, density);
        }
        let waiting = self.wait_probability * self.still_waiting(t);
        (
            survival + waiting,
            (1.0 - self.wait_probability) * density + waiting / self.wait,
        )
    }

    /// `I`: of those that wait, the share still there at t only because of the wait.
    fn still_waiting(&self, t: f64) -> f64 {
        let service = &self.service;
        if service.is_constant() {
            let late = t - service.mean().get();
            return if late >= 0.0 {
                exp(-late / self.wait)
            } else {
                0.0
            };
        }
        let Some(to) = service.standard_score(t) else {
            return 0.0;
        };
        let from = service
            .standard_score(t - LONG * self.wait)
            .map_or(-FAR, |z| z.max(-FAR));
        let to = to.min(FAR);
        if to <= from {
            return 0.0;
        }
        let (middle, reach) = (f64::midpoint(from, to), 0.5 * (to - from));
        // x(z) at both of two points around the middle takes one exponential.
        let (offset, above) = service.at_score(middle);
        let at = |z: f64, factor: f64| exp((offset + above * factor - t) / self.wait - 0.5 * z * z);
        let both = |x: f64| {
            let factor = exp(service.sigma() * reach * x);
            at(middle + reach * x, factor) + at(middle - reach * x, 1.0 / factor)
        };
        let sum: f64 = LEGENDRE.iter().map(|(x, weight)| weight * both(*x)).sum();
        sum * reach * normal_density(0.0)
    }
}

//! A weighted mixture of durations and its quantiles.
use super::Percentiles;
use super::queued::Queued;
use crate::latency::distribution::LogNormal;
use crate::latency::queue::Wait;
use crate::math::{exp, ln, ln_1p};
use crate::units::Milliseconds;

/// Two logarithms of a duration nearer than this are the same.
const PRECISION: f64 = 1e-9;
/// A Newton step as short as this is the last: what is left is of its square.
const LAST_STEP: f64 = 1e-6;
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
    /// One for each service time, the shortest first.
    parts: Vec<Queued>,
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
        if !(weight > 0.0 && weight.is_finite()) {
            return;
        }
        self.weight += weight;
        if let Some(part) = self
            .parts
            .iter_mut()
            .find(|part| *part.service() == service)
        {
            part.add(weight, wait);
            return;
        }
        let median = service.median();
        let longer = |part: &Queued| part.service().median() > median;
        let place = self.parts.iter().position(longer);
        let mut part = Queued::new(service);
        part.add(weight, wait);
        self.parts.insert(place.unwrap_or(self.parts.len()), part);
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
        let sum: f64 = self.parts.iter().map(Queued::mean).sum();
        (self.weight > 0.0).then(|| Milliseconds::new(sum / self.weight))
    }

    /// `P(X > x)`; zero for an empty mixture.
    #[must_use]
    pub fn survival(&self, x: Milliseconds) -> f64 {
        let sum: f64 = self.parts.iter().map(|part| part.survival(x.get())).sum();
        if self.weight > 0.0 {
            sum / self.weight
        } else {
            0.0
        }
    }

    /// The duration that a share `p` (0..1) does not exceed, to 1e-8 relative;
    /// `None` for an empty mixture.
    ///
    /// It lies between bounds of the quantiles of the parts; inside
    /// of this bracket steps by tangents of `ln P(X > t)` over `ln t` (the cubic
    /// through the last two, or Newton's), a halving
    /// wherever one leaves it (as between warm and cold, where hardly a request
    /// ends) and now and then in any case, so that steps cannot stall it.
    #[must_use]
    pub fn quantile(&self, p: f64) -> Option<Milliseconds> {
        let point = self.quantile_after(p, None)?;
        Some(Milliseconds::new(point.t))
    }

    /// All five percentiles, or `None` for an empty mixture.
    #[must_use]
    pub fn percentiles(&self) -> Option<Percentiles> {
        let mut point = None;
        let mut at = |p| {
            point = Some(self.quantile_after(p, point)?);
            point.map(|point| point.t)
        };
        Some(Percentiles {
            p50_ms: at(0.50)?,
            p90_ms: at(0.90)?,
            p95_ms: at(0.95)?,
            p99_ms: at(0.99)?,
            p999_ms: at(0.999)?,
        })
    }

    /// The quantile, known to be no less than that of a smaller share.
    fn quantile_after(&self, p: f64, before: Option<Point>) -> Option<Point> {
        if self.weight <= 0.0 {
            return None;
        }
        let (mut low, mut high) = (f64::INFINITY, 0.0_f64);
        for part in &self.parts {
            let (shortest, most) = part.bracket(p);
            low = low.min(shortest);
            high = high.max(most);
        }
        let low = low.max(before.map_or(0.0, |point| point.t)).min(high);
        let exceeding = (1.0 - p).clamp(f64::EPSILON, 1.0);
        if low <= 0.0 {
            return Some(Point {
                t: self.bisected(low.max(0.0), high, exceeding),
                tangent: None,
            });
        }
        if low >= high {
            return Some(Point {
                t: low,
                tangent: None,
            });
        }
        let tangent = before.and_then(|point| point.tangent);
        let guess = match (self.parts.as_slice(), tangent) {
            ([_], Some(tangent)) => tangent.leads_to(ln(exceeding)),
            ([_], None) => ln(low),
            _ => ln(self.in_turn(exceeding)),
        };
        Some(self.between([ln(low), ln(high)], guess, ln(exceeding), tangent))
    }

    /// The quantile if all requests of one part ended before any of the next began.
    fn in_turn(&self, exceeding: f64) -> f64 {
        let mut left = exceeding * self.weight;
        for part in self.parts.iter().rev() {
            if left < part.weight() {
                return part.service().quantile(1.0 - left / part.weight()).get();
            }
            left -= part.weight();
        }
        0.0
    }

    /// Solves `ln P(X > t) = target` for `y = ln t` between two bounds.
    fn between(
        &self,
        [mut least, mut greatest]: [f64; 2],
        guess: f64,
        target: f64,
        mut tangent: Option<Tangent>,
    ) -> Point {
        let mut y = if guess >= least && guess <= greatest {
            guess
        } else {
            f64::midpoint(least, greatest)
        };
        for step in 1..=MAX_STEPS {
            if greatest - least <= PRECISION {
                break;
            }
            let (survival, slope) = self.survival_and_slope(exp(y));
            let height = ln(survival.max(f64::MIN_POSITIVE));
            let here = Tangent {
                y,
                height,
                slope: slope / survival,
            };
            let before = tangent.replace(here);
            if height > target {
                least = y;
            } else {
                greatest = y;
            }
            let curved = before.and_then(|before| here.bends_to(target, &before));
            let next = curved
                .filter(|next| *next >= least && *next <= greatest)
                .unwrap_or_else(|| here.reaches(target));
            if (next - y).abs() <= LAST_STEP {
                return Point {
                    t: exp(next),
                    tangent,
                };
            }
            let bold = next >= least && next <= greatest && step % HALVE_EVERY != 0;
            y = if bold {
                next
            } else {
                f64::midpoint(least, greatest)
            };
        }
        Point {
            t: exp(f64::midpoint(least, greatest)),
            tangent,
        }
    }

    /// `P(X > t)` and `t f(t)`, its slope over `ln t` with the sign turned.
    fn survival_and_slope(&self, t: f64) -> (f64, f64) {
        let (mut survival, mut slope) = (0.0, 0.0);
        for part in &self.parts {
            let (exceeding, density) = part.survival_and_density(t);
            survival += exceeding;
            slope += t * density;
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

/// A quantile, and where the curve went near it.
#[derive(Clone, Copy, Debug)]
struct Point {
    t: f64,
    tangent: Option<Tangent>,
}

/// `ln P(X > t)` at `y = ln t`, falling with this slope.
#[derive(Clone, Copy, Debug)]
struct Tangent {
    y: f64,
    height: f64,
    slope: f64,
}

impl Tangent {
    /// Where it comes down to a height.
    fn reaches(&self, height: f64) -> f64 {
        self.y + (self.height - height) / self.slope
    }

    /// Where a tail beyond comes down to a height: halfway between those of a
    /// power and of an exponential.
    fn leads_to(&self, height: f64) -> f64 {
        let far = (self.height - height) / self.slope;
        self.y + 0.5 * (far + ln_1p(far.max(0.0)))
    }

    /// Where the cubic through this and another point, with their slopes, has a
    /// height; `None` where that is too far from both.
    fn bends_to(&self, height: f64, other: &Self) -> Option<f64> {
        let span = other.height - self.height;
        let share = (height - self.height) / span;
        let rest = 1.0 - share;
        let near = share * rest > -1.0;
        let (from, to) = (-span / self.slope, -span / other.slope);
        let y = rest * rest * ((1.0 + 2.0 * share) * self.y + share * from)
            + share * share * ((1.0 + 2.0 * rest) * other.y - rest * to);
        (near && y.is_finite()).then_some(y)
    }
}

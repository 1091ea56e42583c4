//! Erlang's loss and delay formulas and the M/M/c queue.
use super::{MAX_SERVERS, QueueError, Wait};
use crate::math::exp;
use crate::units::{RequestsPerSecond, Seconds};

/// Erlang's loss formula: the share of arrivals that find all n servers busy.
///
/// `1/B = sum over k = 0..n of n (n-1) .. (n-k+1) / a^k`, all terms positive, so
/// it is accurate to rounding; the sum ends where terms vanish, about `4 sqrt(a)`
/// terms below `n = a`. A loss below 1e-300 is given as 0.
///
/// `servers` is a whole number `n >= 0`, `offered_load` is `a = lambda S >= 0`.
///
/// Reference: A. K. Erlang (1917); the recursion `B(n) = a B / (n + a B)` unrolled.
#[must_use]
pub fn erlang_b(servers: f64, offered_load: f64) -> f64 {
    const LARGEST: f64 = 1e300;
    if servers < 1.0 {
        return 1.0;
    }
    if offered_load <= 0.0 {
        return 0.0;
    }
    if offered_load > LARGE {
        return large(servers, offered_load);
    }
    let per_load = 1.0 / offered_load;
    let (mut inverse, mut term, mut left) = (1.0, 1.0, servers);
    while left >= 1.0 {
        let ratio = left * per_load;
        term *= ratio;
        inverse += term;
        if inverse > LARGEST {
            return 0.0;
        }
        if ratio < 1.0 && term < inverse * f64::EPSILON * (1.0 - ratio) {
            break;
        }
        left -= 1.0;
    }
    1.0 / inverse
}

/// Loads above this are answered by the limit for many servers.
const LARGE: f64 = 1e5;
/// Standard deviations from the load beyond which the limit is linear, or nothing.
const FAR: f64 = 8.0;

/// `B` where the number of calls at work is as good as normal: with `b = (n - a) / sqrt(a)`,
/// `1 / B = sqrt(a) Phi(b) / phi(b) + 2/3`; far below the load it is `1 - n/a`, far above nothing.
/// Within 1.5 % of the sum from the least load it is used for on, wherever one call in ten thousand
/// or more is lost, and falling as `1 / sqrt(a)`.
///
/// Reference: D. L. Jagerman, Bell System Technical Journal 53 (1974), "Some properties of the
/// Erlang loss function".
fn large(servers: f64, offered_load: f64) -> f64 {
    const SECOND: f64 = 2.0 / 3.0;
    let root = crate::math::sqrt(offered_load);
    let above = (servers - offered_load) / root;
    if above < -FAR {
        1.0 - servers / offered_load
    } else if above > FAR {
        0.0
    } else {
        let ratio = crate::math::normal_cdf(above) / crate::math::normal_density(above);
        1.0 / (root * ratio + SECOND)
    }
}

/// Erlang's delay formula: the share that waits in M/M/c,
/// `C = B / (1 - rho (1 - B))`, `rho = a / c`; 1 where `rho >= 1`.
///
/// Reference: A. K. Erlang (1917).
#[must_use]
pub fn erlang_c(servers: f64, offered_load: f64) -> f64 {
    if offered_load >= servers {
        return 1.0;
    }
    let loss = erlang_b(servers, offered_load);
    loss / (1.0 - offered_load / servers * (1.0 - loss))
}

/// A stable M/M/c queue: Poisson arrivals, exponential service, c servers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Mmc {
    service_time: f64,
    servers: f64,
    offered_load: f64,
    wait_probability: f64,
}

impl Mmc {
    /// lambda in requests per second, S in seconds, c in 1..=100,000.
    ///
    /// # Errors
    /// [`QueueError::Unstable`] where `lambda S >= c`, [`QueueError::OutOfRange`]
    /// where a number is negative or not finite.
    pub fn new(
        arrival_rate: RequestsPerSecond,
        service_time: Seconds,
        servers: u32,
    ) -> Result<Self, QueueError> {
        let offered_load = Self::stable_load(arrival_rate, service_time, servers)?;
        let servers = f64::from(servers);
        Ok(Self {
            service_time: service_time.get(),
            servers,
            offered_load,
            wait_probability: erlang_c(servers, offered_load),
        })
    }

    /// `a = lambda S` of a queue that has a steady state.
    pub(super) fn stable_load(
        arrival_rate: RequestsPerSecond,
        service_time: Seconds,
        servers: u32,
    ) -> Result<f64, QueueError> {
        if !(1..=MAX_SERVERS).contains(&servers) {
            return Err(QueueError::OutOfRange { input: "servers" });
        }
        for (value, input) in [
            (arrival_rate.get(), "arrival_rate_per_s"),
            (service_time.get(), "service_time_s"),
        ] {
            if !(0.0..=f64::MAX).contains(&value) {
                return Err(QueueError::OutOfRange { input });
            }
        }
        let offered_load = arrival_rate.offered_load(service_time);
        let utilization = offered_load / f64::from(servers);
        if utilization >= 1.0 {
            return Err(QueueError::Unstable {
                utilization: utilization.min(f64::MAX),
            });
        }
        Ok(offered_load)
    }

    /// `rho = lambda S / c`, 0..1.
    #[must_use]
    pub fn utilization(&self) -> f64 {
        self.offered_load / self.servers
    }

    /// Erlang's C, 0..=1.
    #[must_use]
    pub const fn wait_probability(&self) -> f64 {
        self.wait_probability
    }

    /// `Wq = C S / (c - a)`.
    #[must_use]
    pub fn mean_wait(&self) -> Seconds {
        Seconds::new(self.wait_probability * self.service_time / (self.servers - self.offered_load))
    }

    /// `S + Wq`.
    #[must_use]
    pub fn mean_response(&self) -> Seconds {
        Seconds::new(self.service_time) + self.mean_wait()
    }

    /// The wait with its exact, exponential law.
    #[must_use]
    pub fn wait(&self) -> Wait {
        Wait::new(self.wait_probability, self.mean_wait())
    }

    /// `P(wait + service > t)
    ///   = (1-C) e^(-mu t) + C (d e^(-mu t) - mu e^(-d t)) / (d - mu)`, `d = c mu - lambda`.
    #[must_use]
    pub fn response_survival(&self, t: Seconds) -> f64 {
        if t.get() <= 0.0 {
            return 1.0;
        }
        if self.service_time <= 0.0 {
            return 0.0;
        }
        let x = t.get() / self.service_time;
        let drain = self.servers - self.offered_load;
        let served = exp(-x);
        // (e^-x - e^-dx) / (d - 1), by its limit x e^-x where d is near 1.
        let gap = (drain - 1.0) * x;
        let late = if gap.abs() < f64::EPSILON {
            x * served
        } else {
            -x * served * crate::math::exp_m1(-gap) / gap
        };
        (served + self.wait_probability * late).clamp(0.0, 1.0)
    }

    /// The response time that a share p of requests does not exceed, p in 0..1,
    /// by bisection to the last digits.
    #[must_use]
    pub fn response_percentile(&self, p: f64) -> Seconds {
        let exceeding = (1.0 - p).clamp(f64::EPSILON, 1.0);
        let service = -self.service_time * crate::math::ln(exceeding);
        let slowest = self.service_time.max(self.wait().mean_of_waiting().get());
        let (mut low, mut high) = (service, service + slowest);
        while high < f64::MAX / 2.0 && self.response_survival(Seconds::new(high)) > exceeding {
            high *= 2.0;
        }
        for _ in 0..f64::MANTISSA_DIGITS {
            let middle = f64::midpoint(low, high);
            if self.response_survival(Seconds::new(middle)) > exceeding {
                low = middle;
            } else {
                high = middle;
            }
        }
        Seconds::new(f64::midpoint(low, high))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_limit_for_many_servers_joins_the_sum() {
        let load = LARGE;
        for above in [-6.0, -2.0, 0.0, 1.0, 2.0] {
            let servers = libm::floor(load + above * libm::sqrt(load));
            let (limit, sum) = (large(servers, load), erlang_b(servers, load));
            assert!((limit / sum - 1.0).abs() < 1.5e-2, "{above}: {limit} {sum}");
        }
    }

    #[test]
    fn a_load_without_bound_is_answered_at_once() {
        for servers in [1.0, 1e9, 1e12, 2e12] {
            let lost = erlang_b(servers, 1e12);
            assert!((0.0..=1.0).contains(&lost), "{servers}: {lost}");
        }
    }
}

//! Traffic that rises faster than a steady state forms: the environments a jump
//! must start, and how long the platform's ramp takes to start them.
use crate::units::{RequestsPerSecond, Seconds};

/// A jump of the arrival rate from lambda to lambda'.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Burst {
    /// lambda', arrivals per second during the burst.
    pub arrival_rate: RequestsPerSecond,
    /// S, mean service time of a warm request.
    pub service_time: Seconds,
    /// `t_init`, how long a starting environment keeps its request waiting.
    pub init_duration: Seconds,
    /// A, environments alive when the burst begins, for instance
    /// [`crate::latency::cold_start::ColdStartOutcome::instances`] at lambda.
    pub alive: f64,
}

impl Burst {
    /// Cold starts of the jump:
    /// `max(0, lambda' S - A) + max(0, lambda' - A/S) t_init`.
    ///
    /// The first term is what the new load needs, the second what arrives
    /// unserved while those start. Within 4 % of simulation from about 50 cold
    /// starts upwards (2 -> 200/s, S 0.1 s, init 0.25 / 0.5 / 5.3 s: 56 / 96 /
    /// 864 against 56 / 93 / 896); below 50, simulate. Negative inputs count as 0.
    ///
    /// Reference: section 3 of the model.
    #[must_use]
    pub fn cold_starts(&self) -> f64 {
        let rate = self.arrival_rate.get().max(0.0);
        let service_time = self.service_time.get().max(0.0);
        let alive = self.alive.max(0.0);
        let needed = (rate * service_time - alive).max(0.0);
        let served = if service_time > 0.0 {
            alive / service_time
        } else {
            f64::INFINITY
        };
        let during_init = (rate - served).max(0.0) * self.init_duration.get().max(0.0);
        (needed + during_init).min(f64::MAX)
    }
}

/// How fast a platform adds environments: so many at once, then so many per second.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Ramp {
    /// Environments that may start at once (Lambda: 1,000 per function).
    pub at_once: f64,
    /// Environments per second after that (Lambda: 100); zero is none.
    pub per_second: f64,
}

impl Ramp {
    /// Seconds until `environments` may be alive:
    /// `max(0, environments - at_once) / per_second`. `None` if never.
    ///
    /// Reference: AWS Lambda developer guide, "Lambda scaling behavior".
    #[must_use]
    pub fn time_to(&self, environments: f64) -> Option<Seconds> {
        let further = (environments - self.at_once).max(0.0);
        if further <= 0.0 {
            return Some(Seconds::ZERO);
        }
        let seconds = further / self.per_second;
        (self.per_second > 0.0 && seconds.is_finite()).then(|| Seconds::new(seconds))
    }
}

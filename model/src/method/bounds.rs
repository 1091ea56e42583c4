//! What may be asked of one equation by itself: the bounds of each input, the same for the
//! program's API and for the forms of the page that explains the method.

use crate::latency::cold_start::ColdStart;
use crate::latency::percentile::WarmAndCold;
use crate::latency::provisioned::Provisioned;
use crate::latency::queue::{MAX_SERVERS, Queue};
use crate::system::FieldError;
use crate::units::{MS_PER_S, SECONDS_PER_HOUR};

/// From the smallest to the largest value that is taken.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Bound {
    /// The smallest.
    pub low: f64,
    /// The largest.
    pub high: f64,
}

/// 30 days.
const LONGEST_HOURS: f64 = 720.0;
const LONGEST_S: f64 = LONGEST_HOURS * SECONDS_PER_HOUR;

/// More than the largest workload has in its busiest second.
pub const RATE_PER_S: Bound = Bound {
    low: 0.0,
    high: 1e9,
};
/// 0.01 ms to 30 days.
pub const DURATION_S: Bound = Bound {
    low: 1e-5,
    high: LONGEST_S,
};
/// 0.01 ms to 30 days.
pub const DURATION_MS: Bound = Bound {
    low: 0.01,
    high: LONGEST_S * MS_PER_S,
};
/// As many as one queue may have.
pub const SERVERS: Bound = Bound {
    low: 1.0,
    high: MAX_SERVERS as f64,
};
/// As many as a component may pin.
pub const PROVISIONED: Bound = Bound {
    low: 0.0,
    high: 100_000.0,
};
/// Ten times the largest that the method was checked with.
pub const VARIATION: Bound = Bound {
    low: 0.0,
    high: 20.0,
};
/// None to all.
pub const SHARE: Bound = Bound {
    low: 0.0,
    high: 1.0,
};

/// An equation that can be asked by itself.
pub trait Bounded {
    /// Every input that is out of its bound, by its name in the API; empty when all can be taken.
    fn outside(&self) -> Vec<FieldError>;
}

impl Bounded for ColdStart {
    fn outside(&self) -> Vec<FieldError> {
        outside(&[
            ("arrival_rate_per_s", self.arrival_rate.get(), RATE_PER_S),
            ("service_time_s", self.service_time.get(), DURATION_S),
            ("keep_alive_s", self.keep_alive.get(), DURATION_S),
        ])
    }
}

impl Bounded for Queue {
    fn outside(&self) -> Vec<FieldError> {
        outside(&[
            ("arrival_rate_per_s", self.arrival_rate.get(), RATE_PER_S),
            ("service_time_s", self.service_time.get(), DURATION_S),
            ("servers", f64::from(self.servers), SERVERS),
            ("service_cv", self.service_cv, VARIATION),
        ])
    }
}

impl Bounded for WarmAndCold {
    fn outside(&self) -> Vec<FieldError> {
        outside(&[
            ("warm.p50_ms", self.warm.p50.get(), DURATION_MS),
            ("warm.p95_ms", self.warm.p95.get(), DURATION_MS),
            ("cold.p50_ms", self.cold.p50.get(), DURATION_MS),
            ("cold.p95_ms", self.cold.p95.get(), DURATION_MS),
            ("cold_start_probability", self.cold_start_probability, SHARE),
        ])
    }
}

impl Bounded for Provisioned {
    fn outside(&self) -> Vec<FieldError> {
        outside(&[
            ("arrival_rate_per_s", self.arrival_rate.get(), RATE_PER_S),
            ("service_time_s", self.service_time.get(), DURATION_S),
            ("provisioned", f64::from(self.provisioned), PROVISIONED),
        ])
    }
}

/// Names every value that is out of its bound.
#[must_use]
pub fn outside(values: &[(&str, f64, Bound)]) -> Vec<FieldError> {
    values
        .iter()
        .filter(|(_, value, bound)| !(bound.low..=bound.high).contains(value))
        .map(|(path, value, Bound { low, high })| FieldError {
            path: (*path).to_owned(),
            message: format!("must be between {low} and {high}, is {value}"),
        })
        .collect()
}

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

/// An input of an equation.
#[derive(Clone, Copy, Debug)]
pub struct Input<T> {
    /// Its name in the API.
    pub name: &'static str,
    /// What it may be.
    pub bound: Bound,
    /// Reads it.
    pub get: fn(&T) -> f64,
}

/// An equation that can be asked by itself.
pub trait Bounded: Sized + 'static {
    /// All that it asks for.
    const INPUTS: &'static [Input<Self>];

    /// Every input that is out of its bound, by its name in the API; empty when all can be taken.
    fn outside(&self) -> Vec<FieldError> {
        let values: Vec<_> = Self::INPUTS
            .iter()
            .map(|input| (input.name, (input.get)(self), input.bound))
            .collect();
        outside(&values)
    }
}

macro_rules! bounded {
    ($($question:ident { $($name:literal, $bound:expr, $get:expr;)* })*) => {
        $(impl Bounded for $question {
            const INPUTS: &'static [Input<Self>] =
                &[$(Input { name: $name, bound: $bound, get: $get },)*];
        })*
    };
}

bounded! {
    ColdStart {
        "arrival_rate_per_s", RATE_PER_S, |asked| asked.arrival_rate.get();
        "service_time_s", DURATION_S, |asked| asked.service_time.get();
        "keep_alive_s", DURATION_S, |asked| asked.keep_alive.get();
    }
    Queue {
        "arrival_rate_per_s", RATE_PER_S, |asked| asked.arrival_rate.get();
        "service_time_s", DURATION_S, |asked| asked.service_time.get();
        "servers", SERVERS, |asked| f64::from(asked.servers);
        "service_cv", VARIATION, |asked| asked.service_cv;
    }
    WarmAndCold {
        "warm.p50_ms", DURATION_MS, |asked| asked.warm.p50.get();
        "warm.p95_ms", DURATION_MS, |asked| asked.warm.p95.get();
        "cold.p50_ms", DURATION_MS, |asked| asked.cold.p50.get();
        "cold.p95_ms", DURATION_MS, |asked| asked.cold.p95.get();
        "cold_start_probability", SHARE, |asked| asked.cold_start_probability;
    }
    Provisioned {
        "arrival_rate_per_s", RATE_PER_S, |asked| asked.arrival_rate.get();
        "service_time_s", DURATION_S, |asked| asked.service_time.get();
        "provisioned", PROVISIONED, |asked| f64::from(asked.provisioned);
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

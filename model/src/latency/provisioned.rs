//! How much of the traffic finds all provisioned environments busy.

use serde::{Deserialize, Serialize};

use super::cold_start::{occupancy_time, spill_probability};
use crate::rules::Rules;
use crate::units::{RequestsPerSecond, Seconds};

/// The question: what share of the requests spills over a pool of `provisioned` environments?
///
/// Symbols: `arrival_rate` lambda, `service_time` S (mean, warm), `provisioned` N. Negative and
/// non-finite values count as zero.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Provisioned {
    /// lambda, arrivals per second.
    #[serde(rename = "arrival_rate_per_s")]
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub arrival_rate: RequestsPerSecond,
    /// S, mean service time of a warm request, in seconds.
    #[serde(rename = "service_time_s")]
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub service_time: Seconds,
    /// N, environments kept initialized.
    pub provisioned: u32,
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Spill {
    /// Share of the requests that find the pool busy, 0..=1. Not all of them are cold.
    pub spill_probability: f64,
}

impl Provisioned {
    /// Erlang's `B(N, lambda max(S, 1/r))`, with `r` the requests a second that Lambda sends to
    /// one provisioned environment (10).
    ///
    /// Reference: section 3 of the model.
    #[must_use]
    pub fn spill(&self) -> Spill {
        let limit = RequestsPerSecond::new(Rules::embedded().lambda_requests_per_concurrency);
        let held = occupancy_time(self.service_time, limit);
        Spill {
            spill_probability: spill_probability(self.arrival_rate, held, self.provisioned),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(rate: f64, service_s: f64, provisioned: u32, expected: f64) {
        let spill = Provisioned {
            arrival_rate: RequestsPerSecond::new(rate),
            service_time: Seconds::new(service_s),
            provisioned,
        }
        .spill()
        .spill_probability;
        assert!((spill - expected).abs() < 1e-9, "{spill} not {expected}");
    }

    #[test]
    fn one_environment_at_one_erlang_spills_half() {
        check(1.0, 1.0, 1, 0.5);
    }

    #[test]
    fn short_requests_count_as_a_tenth_of_a_second() {
        check(10.0, 0.001, 1, 0.5);
    }

    #[test]
    fn no_pool_spills_all_and_no_traffic_none() {
        check(3.0, 1.0, 0, 1.0);
        check(0.0, 1.0, 4, 0.0);
    }
}

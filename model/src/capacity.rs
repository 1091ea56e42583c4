//! How many tasks or instances a load needs.
//!
//! One unit (a task, or an instance) carries at most
//! `rate = min(u * vcpu / cpu, c_99 / wall, rate that keeps the latency target)`
//! requests a second, with `u` the target utilization, `cpu` the CPU seconds of a
//! request, `wall` its wall seconds and `c_99` the mean concurrency whose 99 % point
//! fits the unit's places: `c + z sqrt(c) = places` (arrivals are Poisson, so memory
//! sized for the mean would be short half of the time). With `k` units needed while a
//! zone is lost, `n - ceil(n / z) >= k` units must run in `z` zones.

use crate::math;
use crate::rules::Rules;
use crate::units::{RequestsPerSecond, Seconds};

/// What one task or instance offers to the workload.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Unit {
    /// vCPUs that the workload can use.
    pub vcpu: f64,
    /// Requests that fit at once, by memory and by the stated cap; infinite when neither binds.
    pub places: f64,
}

/// The most one unit carries, in ordinary times and while a zone is lost.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct UnitRate {
    /// At the target utilization and within the latency target.
    pub usual: RequestsPerSecond,
    /// While a zone is lost.
    pub zone_lost: RequestsPerSecond,
}

/// How a fleet is laid out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Layout {
    /// Zones it is spread over.
    pub zones: u32,
    /// Fewest units, whatever the load.
    pub floor: u32,
}

impl Unit {
    /// Places by memory, `(memory - process) / request`, and by the cap on requests.
    #[must_use]
    pub fn places(memory_mb: f64, process_mb: f64, request_mb: f64, cap: Option<f64>) -> f64 {
        let left = memory_mb - process_mb;
        let by_memory = if left < 0.0 {
            0.0
        } else if request_mb > 0.0 {
            math::floor(left / request_mb)
        } else {
            f64::INFINITY
        };
        by_memory.min(cap.unwrap_or(f64::INFINITY))
    }

    /// The most this unit carries, in requests a second, without regard to latency.
    ///
    /// `cpu` is the CPU time of a request on one vCPU, `wall` its time in the unit.
    #[must_use]
    pub fn rate(&self, cpu: Seconds, wall: Seconds, utilization: f64) -> UnitRate {
        let by_places = mean_concurrency_within(self.places) / wall.get();
        let by_cpu = |utilization: f64| {
            if cpu.get() > 0.0 {
                utilization * self.vcpu / cpu.get()
            } else {
                f64::INFINITY
            }
        };
        let zone_lost = Rules::embedded().zone_loss_utilization.max(utilization);
        UnitRate {
            usual: RequestsPerSecond::new(by_cpu(utilization).min(by_places)),
            zone_lost: RequestsPerSecond::new(by_cpu(zone_lost).min(self.places / wall.get())),
        }
    }
}

/// The mean `c` of a Poisson concurrency whose 99 % point is `places`: `c + z sqrt(c) = places`.
///
/// 0 for no places, infinite for unlimited ones.
#[must_use]
pub fn mean_concurrency_within(places: f64) -> f64 {
    if !places.is_finite() {
        return places;
    }
    let z = Rules::embedded().concurrency_z;
    let root = (math::sqrt(z * z + 4.0 * places) - z) / 2.0;
    root * root
}

impl Layout {
    /// Units needed at a rate: the larger of the usual need, the need while a zone is
    /// lost, and the floor. Infinite when one unit carries nothing.
    #[must_use]
    pub fn units(self, rate: RequestsPerSecond, unit: UnitRate) -> f64 {
        let usual = whole_units(rate / unit.usual);
        let lost = if self.zones > 1 {
            spread(whole_units(rate / unit.zone_lost), f64::from(self.zones))
        } else {
            0.0
        };
        usual.max(lost).max(f64::from(self.floor))
    }
}

/// Rounds up, forgiving the last bit of a division.
fn whole_units(units: f64) -> f64 {
    if units.is_nan() {
        0.0
    } else if units.is_finite() {
        math::ceil(units - units * f64::EPSILON * 4.0)
    } else {
        units
    }
}

/// The fewest `n` in `z` zones with `n - ceil(n / z) >= k`: `k + ceil(k / (z - 1))`.
fn spread(needed: f64, zones: f64) -> f64 {
    if !needed.is_finite() {
        needed
    } else if zones <= 2.0 {
        needed + needed
    } else {
        needed + math::ceil(needed / (zones - 1.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check_units(zones: u32, floor: u32, rate: f64, usual: f64, zone_lost: f64, expected: f64) {
        let unit = UnitRate {
            usual: RequestsPerSecond::new(usual),
            zone_lost: RequestsPerSecond::new(zone_lost),
        };
        let units = Layout { zones, floor }.units(RequestsPerSecond::new(rate), unit);
        assert!(
            units.total_cmp(&expected).is_eq(),
            "{units} instead of {expected}"
        );
    }

    #[test]
    fn no_traffic_needs_the_floor() {
        check_units(2, 2, 0.0, 6.0, 9.0, 2.0);
    }

    #[test]
    fn one_zone_needs_the_usual_number() {
        check_units(1, 1, 60.0, 6.0, 9.0, 10.0);
    }

    #[test]
    fn two_zones_carry_the_load_with_one_lost() {
        check_units(2, 2, 60.0, 6.0, 9.0, 14.0);
    }

    #[test]
    fn three_zones_need_less_spare_than_two() {
        check_units(3, 3, 60.0, 6.0, 9.0, 11.0);
    }

    #[test]
    fn a_unit_that_carries_nothing_is_never_enough() {
        check_units(2, 2, 1.0, 0.0, 0.0, f64::INFINITY);
    }

    #[test]
    fn any_number_spread_over_zones_survives_the_loss_of_one() {
        for zones in 2..=3_u32 {
            for needed in 1..200_u32 {
                let n = spread(f64::from(needed), f64::from(zones));
                let left = |n: f64| n - libm::ceil(n / f64::from(zones));
                assert!(
                    left(n) >= f64::from(needed) && left(n - 1.0) < f64::from(needed),
                    "{needed} in {zones}"
                );
            }
        }
    }

    #[test]
    fn places_hold_the_concurrency_that_is_exceeded_one_percent_of_the_time() {
        let mean = mean_concurrency_within(50.0);
        assert!((mean + Rules::embedded().concurrency_z * libm::sqrt(mean) - 50.0).abs() < 1e-9);
    }
}

//! How many tasks a load needs, by processor, by memory and with a zone lost.

use crate::capacity::{Layout, Unit};
use crate::units::{MB_PER_GB, Milliseconds, RequestsPerSecond};

/// The question: a load, and what one task offers.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct FleetSize {
    /// lambda, arrivals a second.
    pub arrival_rate: RequestsPerSecond,
    /// CPU time of a request.
    pub cpu: Milliseconds,
    /// Wall time of a request.
    pub wall: Milliseconds,
    /// Processors of a task.
    pub vcpu: f64,
    /// Memory of a task.
    pub memory_gb: f64,
    /// Memory that the process needs without a request.
    pub process_mb: f64,
    /// Memory that each request at work adds.
    pub request_mb: f64,
    /// u, the share of the processors that may be busy.
    pub utilization: f64,
    /// Zones it is spread over, at least one task each.
    pub zones: u32,
}

/// The answer.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Sized {
    /// Requests that fit into one task at once.
    pub places: f64,
    /// The most one task carries in ordinary times.
    pub rate: RequestsPerSecond,
    /// The most one task carries while a zone is lost.
    pub rate_zone_lost: RequestsPerSecond,
    /// Tasks; infinite when one carries nothing.
    pub units: f64,
}

impl FleetSize {
    /// By [`Unit::rate`] and [`Layout::units`].
    #[must_use]
    pub fn sized(&self) -> Sized {
        let memory_mb = self.memory_gb * MB_PER_GB;
        let places = Unit::places(memory_mb, self.process_mb, self.request_mb, None);
        let unit = Unit {
            vcpu: self.vcpu,
            places,
        };
        let rate = unit.rate(self.cpu.seconds(), self.wall.seconds(), self.utilization);
        let layout = Layout {
            zones: self.zones,
            floor: self.zones,
        };
        Sized {
            places,
            rate: rate.usual,
            rate_zone_lost: rate.zone_lost,
            units: layout.units(self.arrival_rate, rate),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn units(arrival_rate: f64, cpu_ms: f64, memory_gb: f64, zones: u32) -> f64 {
        FleetSize {
            arrival_rate: RequestsPerSecond::new(arrival_rate),
            cpu: Milliseconds::new(cpu_ms),
            wall: Milliseconds::new(100.0),
            vcpu: 1.0,
            memory_gb,
            process_mb: 0.0,
            request_mb: 1.0,
            utilization: 0.6,
            zones,
        }
        .sized()
        .units
    }

    #[test]
    fn sixty_percent_of_a_vcpu_at_fifty_milliseconds_are_twelve_requests_a_second() {
        assert!((units(12.0, 50.0, 4.0, 1) - 1.0).abs() < 1e-9);
        assert!((units(12.1, 50.0, 4.0, 1) - 2.0).abs() < 1e-9);
    }

    #[test]
    fn little_memory_asks_for_more_tasks_than_the_processors_do() {
        assert!(units(100.0, 1.0, 0.01, 1) > units(100.0, 1.0, 4.0, 1));
    }

    #[test]
    fn without_traffic_one_stands_in_each_zone() {
        assert!((units(0.0, 50.0, 4.0, 3) - 3.0).abs() < 1e-9);
    }
}

//! What was chosen, described.

use super::Packing;
use super::pool::{Choice, Pool};
use crate::evaluation::Configuration;
use crate::platform::Description;
use crate::units::{HOURS_PER_MONTH, MB_PER_GB, RequestsPerMonth};

impl<'a> Pool<'a> {
    /// The choice described.
    pub(in crate::platform) fn describe(
        &self,
        choice: &Choice<'_, 'a>,
        requests: RequestsPerMonth,
        front_door: &str,
    ) -> Description {
        let (candidate, bought) = (choice.candidate, choice.bought);
        let (host, load) = (&candidate.size, self.load(candidate));
        let units = load.count(load.rate(candidate), requests);
        let packed = self.hosting.packing != Packing::Whole;
        let tasks = self.hosting.packing.is_tasks();
        let places = candidate.unit.places;
        Description {
            configuration: Configuration {
                architecture: Some(host.entry.kind.architecture.name().to_owned()),
                memory_mb: (packed && !tasks).then_some(host.shape.memory_mb),
                front_door: Some(front_door.to_owned()),
                task_vcpu: tasks.then_some(host.shape.vcpu),
                task_memory_gb: tasks.then_some(host.shape.memory_mb / MB_PER_GB),
                requests_per_environment: (packed && !tasks && places.is_finite())
                    .then_some(places),
                tasks_per_instance: packed.then_some(host.shape.per_instance),
                instance_type: Some(host.entry.kind.name.clone()),
                count_committed: (bought.committed > 0.0).then_some(bought.committed),
                count_spot: (bought.spot_hours > 0.0)
                    .then_some(bought.spot_hours / HOURS_PER_MONTH),
                count_min: Some(bought.min),
                count_max: Some(bought.max),
                count_mean: Some(bought.running_hours / HOURS_PER_MONTH),
                peak_utilization: Some(load.peak_utilization(candidate, requests, units.max)),
                pinned: self.pinned(),
                ..Configuration::default()
            },
            latency: load.latency(candidate, requests),
        }
    }

    fn pinned(&self) -> Vec<String> {
        let pin = &self.workload.pin;
        let tasks = self.hosting.packing.is_tasks();
        let pins = [
            ("architecture", pin.architecture.is_some()),
            ("instance_type", pin.instance_type.is_some()),
            ("instance_count", pin.instance_count.is_some()),
            ("task_vcpu", tasks && pin.task_vcpu.is_some()),
            ("task_memory_gb", tasks && pin.task_memory_gb.is_some()),
            ("task_count", tasks && pin.task_count.is_some()),
        ];
        pins.into_iter()
            .filter(|(_, set)| *set)
            .map(|(name, _)| name.to_owned())
            .collect()
    }
}

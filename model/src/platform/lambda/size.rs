//! One memory size of a function: how long it runs, what is billed, how it starts.

use std::cell::OnceCell;

use crate::behavior::{Architecture, Behavior, ColdStartTime, StartUp};
use crate::latency::cold_start::ColdStartTable;
use crate::latency::distribution::LogNormal;
use crate::latency::percentile::Mixture;
use crate::rules::Rules;
use crate::units::{MebiBytes, Milliseconds, Seconds};
use crate::workload::Workload;

/// One memory size.
pub(super) struct Size {
    pub(super) memory: MebiBytes,
    pub(super) service: Seconds,
    pub(super) billed: Milliseconds,
    pub(super) billed_init: Milliseconds,
    pub(super) start: ColdStartTime,
    pub(super) warm: LogNormal,
    pub(super) cold: LogNormal,
    pub(super) table: OnceCell<ColdStartTable>,
}

impl Size {
    pub(super) fn new(
        workload: &Workload,
        architecture: Architecture,
        memory: MebiBytes,
        overhead: Option<LogNormal>,
    ) -> Self {
        let mean = mean_duration(workload, memory);
        let duration = workload.duration_around(mean);
        let start = Behavior::embedded().cold_start(StartUp {
            language: workload.language,
            framework: workload.framework,
            architecture,
            image: workload.image,
            memory_mb: memory.get(),
            package_mb: workload.package.get(),
            private_network: workload.private_network,
        });
        let warm = overhead.map_or(duration, |overhead| duration.plus(overhead));
        let cold_start = LogNormal::from_p50_p95(
            Milliseconds::new(start.total_p50_ms),
            Milliseconds::new(start.total_p95_ms),
        );
        let billed = duration.expected_rounded_up_ms();
        // INIT and duration are rounded up together; where the duration is fixed, its own
        // rounding is given back to the sum.
        let init = Milliseconds::new(start.init_mean_ms + start.first_call_ms);
        let billed_init = if duration.is_constant() {
            mean + init + Milliseconds::new(0.5) - billed
        } else {
            init
        };
        Self {
            memory,
            service: mean.seconds(),
            billed,
            billed_init,
            start,
            warm,
            cold: cold_start.map_or(warm, |cold_start| warm.plus(cold_start)),
            table: OnceCell::new(),
        }
    }

    pub(super) fn mixture(&self, cold_start_probability: f64) -> Mixture {
        let mut mixture = Mixture::new();
        mixture.add_warm_and_cold(1.0, self.warm, self.cold, cold_start_probability);
        mixture
    }

    /// A duration stated at one full vCPU, at this size.
    pub(super) fn stretched(&self, workload: &Workload, duration: Milliseconds) -> Milliseconds {
        duration * (self.service.milliseconds() / workload.duration).max(1.0)
    }
}

/// Mean duration at a memory size; a pinned size is where it was stated.
fn mean_duration(workload: &Workload, memory: MebiBytes) -> Milliseconds {
    if workload.pin.lambda_memory.is_some() {
        workload.duration
    } else {
        workload.duration_at(memory.get() / Rules::embedded().lambda_mb_per_vcpu)
    }
}

pub(super) fn needed_memory(workload: &Workload) -> MebiBytes {
    workload
        .pin
        .lambda_memory
        .unwrap_or(workload.process_memory + workload.request_memory)
}

/// The sizes to try; none when the workload does not fit the largest.
pub(super) fn memory_sizes(workload: &Workload) -> impl Iterator<Item = MebiBytes> {
    let pinned = workload.pin.lambda_memory;
    let needed = workload.process_memory + workload.request_memory;
    let steps = Rules::embedded()
        .lambda_memory_steps_mb
        .iter()
        .map(|&mb| MebiBytes::new(mb));
    let free = steps.filter(move |memory| pinned.is_none() && *memory >= needed);
    pinned.into_iter().chain(free)
}

//! One memory size of a function: how long it runs, what is billed, how it starts.

use crate::behavior::{Architecture, Behavior, ColdStartTime, StartUp};
use crate::latency::distribution::LogNormal;
use crate::rules::Rules;
use crate::units::{MebiBytes, Milliseconds, Seconds};
use crate::workload::Workload;

/// How an environment comes to be.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::platform) enum Start {
    /// The runtime starts and the code is initialized.
    Init,
    /// A snapshot taken after init is restored.
    Restore,
}

/// All that the sizes of a function depend on beside the workload.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::platform) struct SizesKey {
    pub(super) architecture: Architecture,
    pub(super) overhead: Option<LogNormal>,
    pub(super) start: Start,
}

/// One memory size.
pub(in crate::platform) struct Size {
    pub(in crate::platform) memory: MebiBytes,
    pub(in crate::platform) service: Seconds,
    pub(in crate::platform) billed: Milliseconds,
    pub(in crate::platform) billed_init: Milliseconds,
    pub(in crate::platform) start: ColdStartTime,
    /// 99 % point of init itself, which a snapshot or a pool has behind it.
    pub(in crate::platform) init_p99_ms: f64,
    pub(in crate::platform) warm: LogNormal,
    pub(in crate::platform) cold: LogNormal,
}

impl Size {
    /// `None` where the runtime cannot start so.
    pub(super) fn new(
        workload: &Workload,
        memory: MebiBytes,
        SizesKey {
            architecture,
            overhead,
            start,
        }: SizesKey,
    ) -> Option<Self> {
        let mean = mean_duration(workload, memory);
        let duration = workload.duration_around(mean);
        let behavior = Behavior::embedded();
        let start_up = start_up(workload, architecture, memory);
        let init = behavior.cold_start(start_up);
        let start = match start {
            Start::Init => init,
            Start::Restore => behavior.snap_start(start_up)?,
        };
        let warm = overhead.map_or(duration, |overhead| duration.plus(overhead));
        let cold_start = LogNormal::from_p50_p95(
            Milliseconds::new(start.total_p50_ms),
            Milliseconds::new(start.total_p95_ms),
        );
        let billed = duration.expected_rounded_up_ms();
        // INIT and duration are rounded up together; where the duration is fixed, its own
        // rounding is given back to the sum.
        let added = Milliseconds::new(start.init_mean_ms + start.first_call_ms);
        let billed_init = if duration.is_constant() {
            mean + added + Milliseconds::new(0.5) - billed
        } else {
            added
        };
        Some(Self {
            memory,
            service: mean.seconds(),
            billed,
            billed_init,
            start,
            init_p99_ms: init.init_p99_ms,
            warm,
            cold: cold_start.map_or(warm, |cold_start| warm.plus(cold_start)),
        })
    }

    /// A duration stated at one full vCPU, at this size.
    pub(super) fn stretched(&self, workload: &Workload, duration: Milliseconds) -> Milliseconds {
        duration * (self.service.milliseconds() / workload.duration).max(1.0)
    }
}

/// What starts, for the times of a cold start.
pub(in crate::platform) fn start_up(
    workload: &Workload,
    architecture: Architecture,
    memory: MebiBytes,
) -> StartUp {
    StartUp {
        language: workload.language,
        framework: workload.framework,
        architecture,
        image: workload.image,
        memory_mb: memory.get(),
        package_mb: workload.package.get(),
        resident_mb: workload.process_memory.get(),
        largest_zip_mb: Behavior::embedded()
            .limit("aws-lambda/package-unzipped")
            .value,
        private_network: workload.private_network,
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

//! One memory size of a function: how long it runs, what is billed, how it starts.

use std::cell::OnceCell;

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

/// One memory size. How it starts and answers is worked out for those only that may be chosen.
pub(in crate::platform) struct Size {
    pub(in crate::platform) memory: MebiBytes,
    pub(in crate::platform) service: Seconds,
    pub(in crate::platform) billed: Milliseconds,
    mean: Milliseconds,
    duration: LogNormal,
    start_up: StartUp,
    key: SizesKey,
    answer: OnceCell<Answer>,
}

/// How an environment of a size starts and answers.
struct Answer {
    billed_init: Milliseconds,
    start: ColdStartTime,
    init_p99_ms: f64,
    warm: LogNormal,
    cold: LogNormal,
}

impl Size {
    pub(super) fn new(workload: &Workload, memory: MebiBytes, key: SizesKey) -> Self {
        let mean = mean_duration(workload, memory);
        let duration = workload.duration_around(mean);
        Self {
            memory,
            service: mean.seconds(),
            billed: duration.expected_rounded_up_ms(),
            mean,
            duration,
            start_up: start_up(workload, key.architecture, memory),
            key,
            answer: OnceCell::new(),
        }
    }

    /// INIT and the first handler call, as they are billed.
    pub(in crate::platform) fn billed_init(&self) -> Milliseconds {
        self.answer().billed_init
    }

    /// How long an invocation takes in an environment that is up, without the front door.
    pub(super) const fn duration(&self) -> LogNormal {
        self.duration
    }

    /// What stands in front adds.
    pub(super) const fn overhead(&self) -> Option<LogNormal> {
        self.key.overhead
    }

    /// GB-seconds of a time at this size.
    pub(in crate::platform) fn held_gb_seconds(&self, seconds: f64) -> f64 {
        self.memory.held_for(Seconds::new(seconds)).get()
    }

    /// How long a start takes.
    pub(in crate::platform) fn start(&self) -> &ColdStartTime {
        &self.answer().start
    }

    /// 99 % point of init itself, which a snapshot or a pool has behind it.
    pub(in crate::platform) fn init_p99_ms(&self) -> f64 {
        self.answer().init_p99_ms
    }

    /// Response times of an environment that is up.
    pub(in crate::platform) fn warm(&self) -> LogNormal {
        self.answer().warm
    }

    /// Response times of one that starts.
    pub(in crate::platform) fn cold(&self) -> LogNormal {
        self.answer().cold
    }

    fn answer(&self) -> &Answer {
        self.answer.get_or_init(|| self.compute_answer())
    }

    fn compute_answer(&self) -> Answer {
        let behavior = Behavior::embedded();
        let init = behavior.cold_start(self.start_up);
        let start = match self.key.start {
            Start::Init => init,
            Start::Restore => behavior.snap_start(self.start_up).unwrap_or(init),
        };
        let duration = self.duration;
        let warm = self
            .key
            .overhead
            .map_or(duration, |overhead| duration.plus(overhead));
        let cold_start = LogNormal::from_p50_p95(
            Milliseconds::new(start.total_p50_ms),
            Milliseconds::new(start.total_p95_ms),
        );
        // INIT and duration are rounded up together; where the duration is fixed, its own
        // rounding is given back to the sum.
        let added = Milliseconds::new(start.init_mean_ms + start.first_call_ms);
        let billed_init = if duration.is_constant() {
            self.mean + added + Milliseconds::new(0.5) - self.billed
        } else {
            added
        };
        Answer {
            billed_init,
            start,
            init_p99_ms: init.init_p99_ms,
            warm,
            cold: cold_start.map_or(warm, |cold_start| warm.plus(cold_start)),
        }
    }

    /// A duration stated at one full vCPU, at this size.
    pub(super) fn stretched(&self, workload: &Workload, duration: Milliseconds) -> Milliseconds {
        duration * (self.service.milliseconds() / workload.duration).max(1.0)
    }
}

/// Whether a runtime can start so, whatever the size.
pub(super) fn starts(workload: &Workload, key: SizesKey) -> bool {
    let memory = MebiBytes::new(Rules::embedded().lambda_mb_per_vcpu);
    let restored = || Behavior::embedded().snap_start(start_up(workload, key.architecture, memory));
    key.start == Start::Init || restored().is_some()
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

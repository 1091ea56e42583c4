//! The numeric answers of a component as a table: path, unit, bounds, access.
//!
//! Checking, the flat names of a link, sampling and flipping walk this one list.

use super::{Answer, Component};

/// A numeric answer of a component.
#[derive(Clone, Copy, Debug)]
pub struct NumberField {
    /// Path below the component, such as `work.cpu_ms`.
    pub path: &'static str,
    /// Its unit, for people.
    pub unit: &'static str,
    /// Smallest allowed value.
    pub min: f64,
    /// Largest allowed value.
    pub max: f64,
    /// Whether it counts whole things.
    pub whole: bool,
    /// Reads it.
    pub get: fn(&Component) -> Option<Answer>,
    /// Writes it.
    pub set: fn(&mut Component, Option<Answer>),
}

const THIRTY_DAYS_MS: f64 = 30.0 * 24.0 * 3_600_000.0;
const LARGEST_COUNT: f64 = 1e13;
const LARGEST_SIZE_KB: f64 = 1e9;
const LARGEST_MEMORY_MB: f64 = 1e8;

macro_rules! numbers {
    ($($group:ident . $field:ident, $unit:literal, $min:expr, $max:expr, $whole:literal;)*) => {
        /// All numeric answers of a component, in the order of the format.
        pub const NUMBER_FIELDS: &[NumberField] = &[$(NumberField {
            path: concat!(stringify!($group), ".", stringify!($field)),
            unit: $unit,
            min: $min,
            max: $max,
            whole: $whole,
            get: |component| component.$group.$field,
            set: |component, answer| component.$group.$field = answer,
        },)*];
    };
}

numbers! {
    traffic.requests_per_month, "requests a month", 0.0, LARGEST_COUNT, false;
    traffic.peak_to_mean, "times the mean", 1.0, 168.0, false;
    traffic.batch_size, "messages", 1.0, 10_000.0, false;
    traffic.growth_per_month_pct, "% a month", -99.0, 1_000.0, false;
    work.duration_ms, "ms", 0.01, THIRTY_DAYS_MS, false;
    work.duration_p99_ms, "ms", 0.01, THIRTY_DAYS_MS, false;
    work.max_duration_ms, "ms", 0.01, THIRTY_DAYS_MS, false;
    work.cpu_ms, "ms", 0.0, THIRTY_DAYS_MS, false;
    work.parallelism, "vCPUs", 1.0, 256.0, false;
    work.request_memory_mb, "MB", 0.0, LARGEST_MEMORY_MB, false;
    work.process_memory_mb, "MB", 0.0, LARGEST_MEMORY_MB, false;
    work.local_disk_mb, "MB", 0.0, LARGEST_MEMORY_MB, false;
    work.max_requests_per_instance, "requests", 1.0, 100_000.0, true;
    work.payload_in_kb, "kB", 0.0, LARGEST_SIZE_KB, false;
    work.payload_out_kb, "kB", 0.0, LARGEST_SIZE_KB, false;
    work.egress_kb, "kB", 0.0, LARGEST_SIZE_KB, false;
    work.logs_kb, "kB", 0.0, LARGEST_SIZE_KB, false;
    runtime.package_mb, "MB", 0.0, 100_000.0, false;
    runtime.keep_alive_s, "s", 1.0, 86_400.0, false;
    network.outbound_gb, "GB a month", 0.0, 1e9, false;
    latency.target_ms, "ms", 0.01, THIRTY_DAYS_MS, false;
    state.key_value_reads, "a request", 0.0, 1e6, false;
    state.key_value_writes, "a request", 0.0, 1e6, false;
    state.queue_messages, "a request", 0.0, 1e6, false;
    state.workflow_steps, "a request", 0.0, 1e6, false;
    state.events, "a request", 0.0, 1e6, false;
    state.object_reads, "a request", 0.0, 1e6, false;
    state.object_writes, "a request", 0.0, 1e6, false;
    state.storage_gb, "GB", 0.0, 1e9, false;
    state.cache_gb, "GB", 0.0, 1e6, false;
    state.relational_connections, "connections", 0.0, 1e6, true;
    state.websocket_connections, "connections", 0.0, 1e9, true;
    state.websocket_messages_per_s, "messages a second", 0.0, 1e9, false;
    pin.lambda_memory_mb, "MB", 128.0, 10_240.0, true;
    pin.provisioned_concurrency, "environments", 0.0, 100_000.0, true;
    pin.task_vcpu, "vCPU", 0.25, 192.0, false;
    pin.task_memory_gb, "GB", 0.5, 4_096.0, false;
    pin.task_count, "tasks", 1.0, 100_000.0, true;
    pin.instance_count, "instances", 1.0, 100_000.0, true;
}

/// The field of a path, if there is one.
#[must_use]
pub fn number_field(path: &str) -> Option<&'static NumberField> {
    NUMBER_FIELDS.iter().find(|field| field.path == path)
}

//! What one evaluation costs: the cost alone, in full, with the break-even chart, with samples
//! of all ranges, and with the flip sheet.
//!
//! `cargo bench -p model --bench evaluation`; nothing is asserted, times are only shown.
//!
//! The baseline, 2026-11-24: medians in ms on the clock, release profile, one core of an
//! otherwise idle Intel Xeon.
//!
//! | what | target | `steady_api` | `spiky_api` | `queue_worker` | `private_java` |
//! |---|---:|---:|---:|---:|---:|
//! | `cost_only` | 0.05 | 0.063 | 0.080 | 0.080 | 0.087 |
//! | `full` | 0.3 | 0.59 | 0.81 | 0.64 | 0.52 |
//! | `break_even_chart` | 20 | 17 | 32 | 34 | 29 |
//! | `thousand_samples` | 100 | 76 | 86 | 90 | 89 |
//! | `flips` | 70 | 22 | 24 | 22 | 27 |
//!
//! What is left of `cost_only` is looking prices up for each workload and costing the candidates
//! hour by hour; of `full`, integrating waits for the percentiles of each fleet, which cannot be
//! shortened without moving them; of the chart, the schedules of provisioned concurrency.

use model::workload::Workload;
use model::{Parts, PriceBook, System, evaluate, quotes};

fn main() {
    divan::main();
}

/// The workloads of the baseline: name, and the component.
const WORKLOADS: [(&str, &str); 4] = [
    (
        "steady_api",
        r#"{ "name": "api", "kind": "http_api",
            "traffic": { "requests_per_month": 5000000, "shape": "daily_wave", "peak_to_mean": 4 },
            "work": { "duration_ms": 120, "duration_p99_ms": 400, "cpu_ms": 30 },
            "latency": { "percentile": "p99", "target_ms": 800 } }"#,
    ),
    (
        "spiky_api",
        r#"{ "name": "api", "kind": "http_api",
            "traffic": { "requests_per_month": 40000000, "shape": "spiky" },
            "work": { "duration_ms": 80, "duration_p99_ms": 350, "cpu_ms": 25 },
            "latency": { "percentile": "p99", "target_ms": 500 } }"#,
    ),
    (
        "queue_worker",
        r#"{ "name": "worker", "kind": "queue_worker",
            "traffic": { "requests_per_month": 20000000, "shape": "office_hours", "batch_size": 10 },
            "work": { "duration_ms": 200, "cpu_ms": 150 } }"#,
    ),
    (
        "private_java",
        r#"{ "name": "orders", "kind": "http_api",
            "traffic": { "requests_per_month": 10000000, "shape": "daily_wave" },
            "work": { "duration_ms": 60, "duration_p99_ms": 250, "cpu_ms": 20, "process_memory_mb": 400 },
            "runtime": { "language": "java", "framework": "spring" },
            "network": { "private": true },
            "latency": { "percentile": "p99", "target_ms": 1000 } }"#,
    ),
];

const NAMES: [&str; 4] = [
    WORKLOADS[0].0,
    WORKLOADS[1].0,
    WORKLOADS[2].0,
    WORKLOADS[3].0,
];

fn system(name: &str) -> System {
    let mut all = WORKLOADS.iter();
    let (_, component) = all.find(|(known, _)| *known == name).expect("a workload");
    let json = format!(r#"{{ "version": 1, "region": "us-east-1", "components": [{component}] }}"#);
    System::from_json(json.as_bytes()).expect("a valid system")
}

fn evaluated(bencher: divan::Bencher<'_, '_>, name: &str, parts: &str) {
    let system = system(name);
    let parts: Parts = parts.parse().expect("parts");
    bencher.bench_local(|| evaluate(&system, PriceBook::embedded(), &parts));
}

/// The cost of all platforms at one volume.
#[divan::bench(args = NAMES)]
fn cost_only(bencher: divan::Bencher<'_, '_>, name: &str) {
    let (workload, _) = Workload::typical(&system(name), 0);
    bencher.bench_local(|| quotes(&workload, PriceBook::embedded()));
}

/// Bill, limits and latency of one component on all platforms.
#[divan::bench(args = NAMES)]
fn full(bencher: divan::Bencher<'_, '_>, name: &str) {
    evaluated(bencher, name, "bill,latency");
}

/// The same with the break-even chart.
#[divan::bench(args = NAMES)]
fn break_even_chart(bencher: divan::Bencher<'_, '_>, name: &str) {
    evaluated(bencher, name, "break_even");
}

/// The same with 1,000 samples of all ranges.
#[divan::bench(args = NAMES, sample_count = 20)]
fn thousand_samples(bencher: divan::Bencher<'_, '_>, name: &str) {
    evaluated(bencher, name, "confidence");
}

/// The same with the flip sheet and mitigations.
#[divan::bench(args = NAMES, sample_count = 20)]
fn flips(bencher: divan::Bencher<'_, '_>, name: &str) {
    evaluated(bencher, name, "flips");
}

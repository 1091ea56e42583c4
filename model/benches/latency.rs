//! How fast the latency equations are, single-threaded.
use std::hint::black_box;

use model::latency::cold_start::{ColdStart, ColdStartOutcome, ColdStartTable, over_hours};
use model::latency::distribution::LogNormal;
use model::latency::percentile::Mixture;
use model::latency::queue::{Fleet, erlang_b};
use model::units::{Milliseconds, RequestsPerSecond, Seconds};

const SERVICE_TIME: Seconds = Seconds::new(0.1);
const KEEP_ALIVE: Seconds = Seconds::new(420.0);

fn main() {
    divan::main();
}

#[divan::bench(args = [1.0, 100.0, 1000.0, 10_000.0])]
fn cold_start_point(offered_load: f64) -> ColdStartOutcome {
    let arrival_rate = RequestsPerSecond::new(black_box(offered_load) / SERVICE_TIME.get());
    ColdStart {
        arrival_rate,
        service_time: SERVICE_TIME,
        keep_alive: KEEP_ALIVE,
    }
    .outcome()
}

#[divan::bench(args = [100.0, 10_000.0])]
fn cold_start_table_build(max_rate: f64) -> ColdStartTable {
    ColdStartTable::new(
        SERVICE_TIME,
        KEEP_ALIVE,
        RequestsPerSecond::new(black_box(max_rate)),
        0,
    )
}

#[divan::bench]
fn cold_start_week_by_table(bencher: divan::Bencher) {
    let table = ColdStartTable::new(SERVICE_TIME, KEEP_ALIVE, RequestsPerSecond::new(100.0), 0);
    bencher.bench_local(|| {
        over_hours(
            (1..=168_u32).map(|hour| (RequestsPerSecond::new(f64::from(hour) / 2.0), 1.0)),
            |rate| table.outcome(rate),
        )
    });
}

#[divan::bench]
fn expected_rounded_up(bencher: divan::Bencher) {
    let shape = shape(8.0, 30.0);
    bencher.bench_local(|| black_box(shape).expected_rounded_up_ms());
}

#[divan::bench]
fn erlang_b_of_a_thousand() -> f64 {
    erlang_b(black_box(1000.0), black_box(950.0))
}

#[divan::bench]
fn mixture_of_warm_and_cold(bencher: divan::Bencher) {
    let (warm, cold) = (shape(20.0, 60.0), shape(270.0, 420.0));
    bencher.bench_local(|| {
        let mut mixture = Mixture::new();
        mixture.add_warm_and_cold(1.0, black_box(warm), black_box(cold), 0.005);
        mixture.percentiles()
    });
}

#[divan::bench]
fn one_percentile_of_warm_and_cold(bencher: divan::Bencher) {
    let (warm, cold) = (shape(20.0, 60.0), shape(270.0, 420.0));
    bencher.bench_local(|| {
        let mut mixture = Mixture::new();
        mixture.add_warm_and_cold(1.0, black_box(warm), black_box(cold), 0.005);
        mixture.quantile(0.99)
    });
}

#[divan::bench]
fn mixture_of_a_week_of_queues(bencher: divan::Bencher) {
    let service = shape(20.0, 60.0);
    bencher.bench_local(|| {
        let mut mixture = Mixture::new();
        for hour in 1..=168_u32 {
            let fleet = Fleet {
                arrival_rate: RequestsPerSecond::new(f64::from(hour)),
                tasks: 8,
                servers_per_task: 1,
                service_time: Seconds::new(0.025),
                service_cv: service.cv(),
            };
            let wait = fleet.per_task_wait().unwrap_or_default();
            mixture.add_queued(f64::from(hour), service, wait);
        }
        mixture.percentiles()
    });
}

fn shape(p50_ms: f64, p95_ms: f64) -> LogNormal {
    LogNormal::from_p50_p95(Milliseconds::new(p50_ms), Milliseconds::new(p95_ms)).expect("a shape")
}

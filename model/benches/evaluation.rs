//! What one evaluation costs: on all platforms, with the break-even chart, and in full.

use model::{Parts, PriceBook, System, evaluate};

fn main() {
    divan::main();
}

/// An ordinary API: 5 million requests, a daily wave, one target.
fn ordinary() -> System {
    System::from_json(
        br#"{ "version": 1, "region": "us-east-1", "components": [{
            "name": "api", "kind": "http_api",
            "traffic": { "requests_per_month": 5000000, "shape": "daily_wave", "peak_to_mean": 4 },
            "work": { "duration_ms": 120, "duration_p99_ms": 400, "cpu_ms": 30 },
            "latency": { "percentile": "p99", "target_ms": 800 } }] }"#,
    )
    .expect("a valid system")
}

/// Bill, limits and latency of one component on all platforms.
#[divan::bench]
fn all_platforms(bencher: divan::Bencher<'_, '_>) {
    let system = ordinary();
    let parts: Parts = "bill,latency".parse().expect("parts");
    bencher.bench_local(|| evaluate(&system, PriceBook::embedded(), &parts));
}

/// The same with the break-even chart.
#[divan::bench]
fn break_even_chart(bencher: divan::Bencher<'_, '_>) {
    let system = ordinary();
    let parts: Parts = "break_even".parse().expect("parts");
    bencher.bench_local(|| evaluate(&system, PriceBook::embedded(), &parts));
}

/// The same with 200 samples of all ranges.
#[divan::bench]
fn confidence(bencher: divan::Bencher<'_, '_>) {
    let system = ordinary();
    let parts: Parts = "confidence".parse().expect("parts");
    bencher.bench_local(|| evaluate(&system, PriceBook::embedded(), &parts));
}

/// The same with the flip sheet.
#[divan::bench]
fn flips(bencher: divan::Bencher<'_, '_>) {
    let system = ordinary();
    let parts: Parts = "flips".parse().expect("parts");
    bencher.bench_local(|| evaluate(&system, PriceBook::embedded(), &parts));
}

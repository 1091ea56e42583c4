//! Laws that hold for every workload, tried on random ones.

use crate::common::{evaluate, option};
use model::evaluation::{BreakEvenKind, PlatformOption};
use model::{Parts, System};
use proptest::prelude::*;
use serde_json::{Value, json};

/// Lines that a cold start costs: there are fewer of them when more comes.
const COLD: [&str; 2] = ["Initialization", "SnapStart restore"];

fn platforms() -> impl Iterator<Item = &'static str> {
    model::platform::all().iter().map(|platform| platform.id())
}

prop_compose! {
    fn workload()(
        requests in 3.0..10.0_f64,
        duration in 0.7..4.0_f64,
        computing in 0.01..1.0_f64,
        tail in 1.0..8.0_f64,
        memory in 7.0..12.0_f64,
        kind in prop::sample::select(vec!["http_api", "event", "queue_worker", "stream", "workflow"]),
        shape in prop::sample::select(vec!["steady", "daily_wave", "spiky", "office_hours"]),
        language in prop::sample::select(vec!["nodejs", "java", "go", "python"]),
    ) -> Value {
        let duration_ms = model::math::pow(10.0, duration);
        json!({
            "version": 1,
            "region": "us-east-1",
            "components": [{
                "name": "part",
                "kind": kind,
                "traffic": { "requests_per_month": model::math::pow(10.0, requests), "shape": shape },
                "work": {
                    "duration_ms": duration_ms,
                    "duration_p99_ms": duration_ms * tail,
                    "cpu_ms": duration_ms * computing,
                    "process_memory_mb": model::math::pow(2.0, memory) / 2.0,
                    "request_memory_mb": 64
                },
                "runtime": { "language": language }
            }]
        })
    }
}

fn parsed(value: &Value) -> System {
    System::from_value(value.clone()).expect("a valid random system")
}

fn parts(list: &str) -> Parts {
    list.parse().expect("known parts")
}

fn usd(option: &PlatformOption) -> Option<f64> {
    option.bill.as_ref().map(|bill| bill.monthly_usd)
}

/// The bill without the lines of cold starts, which may fall when traffic rises.
fn steady_usd(option: &PlatformOption) -> f64 {
    let bill = option.bill.as_ref().expect("a bill");
    bill.lines
        .iter()
        .filter(|line| !COLD.iter().any(|name| line.name.starts_with(name)))
        .map(|line| line.amount_usd)
        .sum()
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn totals_are_sums_of_finite_lines(value in workload()) {
        let evaluation = evaluate(&parsed(&value), &parts("bill,latency"));
        for option in &evaluation.components[0].options {
            let Some(bill) = &option.bill else { continue };
            let sum: f64 = bill.lines.iter().map(|line| line.amount_usd).sum();
            prop_assert!((sum - bill.monthly_usd).abs() <= 1e-9 * sum.max(1.0));
            for line in &bill.lines {
                prop_assert!(line.amount_usd.is_finite() && line.amount_usd >= 0.0, "{:?}", line);
                prop_assert!((line.quantity * line.unit_price_usd - line.amount_usd).abs() <= 1e-9 * line.amount_usd.max(1.0));
            }
        }
    }

    #[test]
    fn percentiles_rise(value in workload()) {
        let evaluation = evaluate(&parsed(&value), &parts("latency"));
        for option in &evaluation.components[0].options {
            let Some(latency) = &option.latency else { continue };
            for p in [&latency.percentiles, &latency.busiest_hour] {
                let rising = [p.p50_ms, p.p90_ms, p.p95_ms, p.p99_ms, p.p999_ms];
                prop_assert!(rising.windows(2).all(|pair| pair[0] <= pair[1]), "{:?}", rising);
                prop_assert!(rising[0].is_finite() && rising[0] > 0.0);
            }
        }
    }

    #[test]
    fn more_requests_never_cost_less_in_a_pinned_configuration(value in workload(), more in 1.01..30.0_f64) {
        let mut pinned = value;
        pinned["components"][0]["pin"] = json!({
            "architecture": "x86_64", "lambda_memory_mb": 4096, "task_vcpu": 1, "task_memory_gb": 8, "instance_type": "m5.2xlarge"
        });
        let first = evaluate(&parsed(&pinned), &parts("bill"));
        let requests = pinned["components"][0]["traffic"]["requests_per_month"].as_f64().expect("a number");
        pinned["components"][0]["traffic"]["requests_per_month"] = json!(requests * more);
        let second = evaluate(&parsed(&pinned), &parts("bill"));
        for platform in platforms() {
            let (low, high) = (option(&first.components[0], platform), option(&second.components[0], platform));
            if low.bill.is_some() && high.bill.is_some() {
                prop_assert!(steady_usd(low) <= steady_usd(high) * (1.0 + 1e-9), "{}", platform);
            }
        }
    }

    #[test]
    fn scaling_all_prices_scales_the_bill(value in workload(), factor in 0.1..10.0_f64) {
        let book = model::PriceBook::embedded();
        let flat = |factor: f64| {
            let rates = book.entries().map(|price| (price.id.clone(), json!(price.first_usd() * factor)));
            let mut scaled = value.clone();
            scaled["rates"] = Value::Object(rates.collect());
            scaled["components"][0]["pin"] = json!({
                "architecture": "x86_64", "lambda_memory_mb": 4096, "task_vcpu": 1, "task_memory_gb": 8, "instance_type": "m5.2xlarge"
            });
            evaluate(&parsed(&scaled), &parts("bill"))
        };
        let (plain, scaled) = (flat(1.0), flat(factor));
        for platform in platforms() {
            let (plain, scaled) = (option(&plain.components[0], platform), option(&scaled.components[0], platform));
            if let (Some(plain), Some(scaled)) = (usd(plain), usd(scaled)) {
                prop_assert!((plain * factor - scaled).abs() <= 1e-9 * scaled.max(1.0), "{} {} {}", platform, plain, scaled);
            }
        }
    }

    #[test]
    fn answers_survive_their_own_json(value in workload()) {
        let system = parsed(&value);
        let again = System::from_json(&serde_json::to_vec(&system).expect("JSON")).expect("the same system");
        prop_assert_eq!(system, again);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(6))]

    #[test]
    fn at_a_crossing_the_totals_agree_and_at_a_step_the_order_flips(value in workload()) {
        let evaluation = evaluate(&parsed(&value), &parts("break_even"));
        for flip in evaluation.components[0].break_even.iter().take(12) {
            let at = |requests: f64| {
                let mut moved = value.clone();
                moved["components"][0]["traffic"]["requests_per_month"] = json!(requests);
                let evaluation = evaluate(&parsed(&moved), &Parts::NONE);
                let cost = |platform: &str| usd(option(&evaluation.components[0], platform)).expect("a priced option");
                (cost(&flip.between[0]), cost(&flip.between[1]))
            };
            let (first, second) = at(flip.requests_per_month);
            // The chart tabulates cold starts: totals that agree to 0.2 % may stand either way.
            let agree = |pair: (f64, f64)| (pair.0 - pair.1).abs() <= 2e-3 * pair.0.max(pair.1);
            if let Some(up_to) = flip.up_to {
                // Back and forth within the range; what counts is who is cheaper beyond it.
                let above = at(up_to * 1.0001);
                prop_assert!(agree(above) || (above.0 < above.1) == (flip.cheaper_above == flip.between[0]), "{:?} {:?}", flip, above);
            } else if flip.kind == BreakEvenKind::Crossing {
                prop_assert!((first - second).abs() <= 2e-3 * first.max(second), "{:?}: {} {}", flip, first, second);
            } else {
                let (below, above) = (at(flip.requests_per_month * 0.9999), at(flip.requests_per_month * 1.0001));
                let first_above = flip.cheaper_above == flip.between[0];
                prop_assert!(agree(above) || (above.0 < above.1) == first_above, "{:?} {:?}", flip, above);
                prop_assert!(agree(below) || (below.0 < below.1) != first_above, "{:?} {:?}", flip, below);
            }
        }
    }
}

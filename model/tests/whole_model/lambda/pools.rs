//! Provisioned concurrency: how large a pool is, and what it spills.

use super::{PROVISIONED, busy, cold, evaluated, lines_quantity_exact, near, of, quantity, usd};
use model::latency::cold_start::{ColdStart, spill_probability};
use model::units::{RequestsPerSecond, Seconds};
use serde_json::{Value, json};

#[test]
fn what_spills_and_what_starts_cold_follow_the_formulas() {
    for pool in [1_u32, 2, 4, 8] {
        let evaluation = evaluated(&busy(&[("pin.provisioned_concurrency", json!(pool))]));
        let option = of(&evaluation, PROVISIONED);
        let rate = RequestsPerSecond::new(10.0);
        let spill = spill_probability(rate, Seconds::new(0.1), pool);
        let inside = quantity(&option, "Duration on provisioned concurrency");
        let outside = lines_quantity_exact(&option, "Duration");
        near(outside / (inside + outside), spill, 1e-6);
        near(
            quantity(&option, "Provisioned concurrency"),
            f64::from(pool) * 0.5 * 2_628_000.0,
            1e-9,
        );
        let asked = ColdStart {
            arrival_rate: rate,
            service_time: Seconds::new(0.1),
            keep_alive: Seconds::new(420.0),
        };
        near(
            cold(&option),
            asked.outcome_above(pool).cold_start_probability,
            1e-9,
        );
        assert!(cold(&option) < spill, "not all that spills is cold");
    }
}

#[test]
fn ten_requests_a_second_is_all_that_one_environment_takes() {
    let short = busy(&[
        ("work.duration_ms", json!(10)),
        ("work.duration_p99_ms", json!(30)),
        ("work.cpu_ms", json!(5)),
        ("pin.provisioned_concurrency", json!(1)),
    ]);
    let option = of(&evaluated(&short), PROVISIONED);
    let inside = quantity(&option, "Duration on provisioned concurrency");
    let outside = lines_quantity_exact(&option, "Duration");
    // a = 10/s x 0.1 s = 1: B(1, 1) = 1/2, though the work itself would fill a tenth.
    near(outside / (inside + outside), 0.5, 1e-6);
}

#[test]
fn the_pool_is_the_cheapest_of_all_pools() {
    for requests in [2e6, 2.628e7, 2e8] {
        let given = |more: &[(&'static str, Value)]| {
            let mut all = vec![("traffic.requests_per_month", json!(requests))];
            all.extend(more.iter().cloned());
            evaluated(&busy(&all))
        };
        let found = of(&given(&[]), PROVISIONED);
        let chosen = found.configuration.provisioned_concurrency.expect("a pool");
        let cost = |pool: f64| {
            let pinned = given(&[("pin.provisioned_concurrency", json!(pool))]);
            usd(&of(&pinned, PROVISIONED))
        };
        near(cost(chosen), usd(&found), 1e-9);
        for other in [
            chosen - 2.0,
            chosen - 1.0,
            chosen + 1.0,
            chosen + 2.0,
            2.0 * chosen,
        ] {
            if other >= 1.0 {
                let dearer = cost(other);
                assert!(
                    usd(&found) <= dearer * (1.0 + 1e-4),
                    "{requests}: {chosen} costs {}, {other} {dearer}",
                    usd(&found)
                );
            }
        }
    }
}

#[test]
fn with_a_target_the_pool_is_the_smallest_that_keeps_it() {
    // A request every two minutes: about every fifth is a cold start of seconds on demand.
    let given = |more: &[(&'static str, Value)]| {
        let mut all = vec![
            ("traffic.requests_per_month", json!(20_000)),
            ("work.duration_ms", json!(2000)),
            ("work.duration_p99_ms", json!(4000)),
            ("runtime.language", json!("java")),
            ("runtime.framework", json!("spring")),
            ("runtime.keep_alive_s", json!(300)),
            ("latency", json!({ "percentile": "p99", "target_ms": 4500 })),
        ];
        all.extend(more.iter().cloned());
        evaluated(&busy(&all))
    };
    let evaluation = given(&[]);
    assert!(!of(&evaluation, "aws-lambda").meets_target);
    let found = of(&evaluation, PROVISIONED);
    assert!(found.meets_target, "{found:?}");
    let chosen = found.configuration.provisioned_concurrency.expect("a pool");
    let smaller = given(&[("pin.provisioned_concurrency", json!(chosen - 1.0))]);
    let smaller = of(&smaller, PROVISIONED);
    assert!(
        chosen >= 2.0 && !smaller.meets_target,
        "{chosen}: {smaller:?}"
    );
}

#[test]
fn at_high_steady_use_a_pool_is_cheaper_and_at_low_use_it_is_not() {
    let busy_all_day = evaluated(&busy(&[("traffic.requests_per_month", json!(2e8))]));
    assert!(usd(&of(&busy_all_day, PROVISIONED)) < usd(&of(&busy_all_day, "aws-lambda")));
    let idle = evaluated(&busy(&[("traffic.requests_per_month", json!(1e5))]));
    assert!(usd(&of(&idle, PROVISIONED)) > usd(&of(&idle, "aws-lambda")));
}

#[test]
fn the_pool_follows_the_week_and_a_pin_does_not() {
    let wave = [
        ("traffic.shape", json!("daily_wave")),
        ("traffic.peak_to_mean", json!(3)),
        ("traffic.requests_per_month", json!(2e8)),
    ];
    let found = of(&evaluated(&busy(&wave)), PROVISIONED).configuration;
    assert!(found.count_min < found.count_mean && found.count_mean < found.count_max);
    let mut pinned = wave.to_vec();
    pinned.push(("pin.provisioned_concurrency", json!(7)));
    let held = of(&evaluated(&busy(&pinned)), PROVISIONED).configuration;
    assert_eq!((held.count_min, held.count_max), (Some(7.0), Some(7.0)));
    assert!(held.pinned.contains(&"provisioned_concurrency".to_owned()));
}

#[test]
fn test_environments_do_not_keep_functions_initialized() {
    let environments = json!({ "environments": [
        { "name": "production", "hours_per_week": 168, "scale": 1 },
        { "name": "test", "hours_per_week": 40, "scale": 0.01 }
    ] });
    let given = busy(&[
        ("system.operations", environments),
        ("pin.provisioned_concurrency", json!(3)),
    ]);
    let option = of(&evaluated(&given), PROVISIONED);
    let lines = &option.bill.as_ref().expect("a bill").lines;
    let of_test = |what: &str| {
        let mut names = lines.iter().map(|line| &line.name);
        names.any(|name| name.starts_with("test: ") && name.contains(what))
    };
    assert!(of_test("Duration") && !of_test("provisioned") && !of_test("Provisioned"));
}

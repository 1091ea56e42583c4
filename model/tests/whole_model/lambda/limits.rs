//! Quotas, bursts and limits of functions.

use super::{
    PROVISIONED, SNAPSTART, WEB, busy, cold, evaluated, java, limit, near, of, parts, set,
};
use crate::common::{evaluate, system};
use model::evaluation::{Evaluation, PlatformOption};
use serde_json::json;

#[test]
fn quotas_of_the_account_are_shared_by_all_components() {
    let alone = of(&evaluated(&busy(&[])), "aws-lambda");
    let two = system(|value| {
        for (path, answer) in busy(&[]) {
            set(value, path, answer);
        }
        let mut other = value["components"][0].clone();
        other["name"] = json!("other");
        value["components"]
            .as_array_mut()
            .expect("a list")
            .push(other);
    });
    let evaluation = evaluate(&two, &parts());
    let together = of(&evaluation, "aws-lambda");
    for what in [
        "Environments running at once",
        "Requests per second for each",
    ] {
        let (own, all) = (limit(&alone, what), limit(&together, what));
        near(all.workload_value, 2.0 * own.workload_value, 1e-9);
        assert!(
            all.limit.ends_with("shared by all components"),
            "{}",
            all.limit
        );
    }
}

fn launched(height: f64, arrives_within_s: f64) -> Evaluation {
    evaluated(&busy(&[
        (
            "system.operations",
            json!({ "account_concurrency": 100_000 }),
        ),
        ("work.duration_ms", json!(1000)),
        ("work.duration_p99_ms", json!(2000)),
        (
            "traffic.bursts",
            json!([{ "height": height, "minutes": 10, "per_week": 3, "arrives_within_s": arrives_within_s }]),
        ),
    ]))
}

#[test]
fn a_burst_that_outruns_the_ramp_is_throttled_and_slow() {
    const RAMP: &str = "Environments started by the time";
    let (slow, fast) = (launched(500.0, 300.0), launched(500.0, 1.0));
    let (slow, fast) = (of(&slow, "aws-lambda"), of(&fast, "aws-lambda"));
    assert!(limit(&slow, RAMP).ok && !limit(&fast, RAMP).ok);
    assert!(fast.fit.ok, "it throttles, it does not take out");
    // 5,000 requests/s of one second against 1,000 at once and 100 a second.
    near(limit(&fast, RAMP).limit_value, 1100.0, 1e-9);
    near(limit(&fast, RAMP).workload_value, 5000.0, 0.02);
    let p99 = |option: &PlatformOption| option.latency.as_ref().expect("a latency").percentiles;
    assert!(p99(&fast).p99_ms > p99(&slow).p99_ms + 10_000.0);
}

#[test]
fn a_pool_that_covers_a_burst_keeps_the_target_that_the_burst_breaks() {
    let given = busy(&[
        ("runtime.language", json!("java")),
        ("runtime.framework", json!("spring")),
        ("pin.lambda_memory_mb", json!(1024)),
        ("latency", json!({ "percentile": "p99", "target_ms": 1500 })),
        (
            "traffic.bursts",
            json!([{ "height": 40, "minutes": 1, "per_week": 60, "arrives_within_s": 1 }]),
        ),
    ]);
    let evaluation = evaluated(&given);
    let (plain, pool) = (of(&evaluation, "aws-lambda"), of(&evaluation, PROVISIONED));
    assert!(
        !plain.meets_target && cold(&plain) > 0.01,
        "{}",
        cold(&plain)
    );
    assert!(pool.meets_target, "{pool:?}");
    assert!(pool.configuration.count_min.expect("a pool") >= 40.0);
}

#[test]
fn limits_of_functions_name_value_source_and_date() {
    let evaluation = java("spring", 0.0);
    for platform in ["aws-lambda", PROVISIONED, SNAPSTART] {
        let option = of(&evaluation, platform);
        assert!(option.fit.limits.len() >= 9, "{platform}");
        for limit in &option.fit.limits {
            assert!(limit.source.starts_with("https://"), "{platform} {limit:?}");
            assert!(limit.as_of.starts_with("20") && limit.headroom.is_finite());
        }
    }
    assert!(
        !of(&evaluation, "aws-lambda")
            .fit
            .limits
            .iter()
            .any(|limit| !limit.ok)
    );
    assert!(limit(&of(&evaluation, SNAPSTART), "Init ahead").ok);
}

#[test]
fn zero_and_huge_volumes_are_finite() {
    for requests in [0.0, 1.0, 1e13] {
        let evaluation = evaluated(&[
            ("kind", json!("http_api")),
            ("traffic.requests_per_month", json!(requests)),
            ("latency", json!({ "percentile": "p99", "target_ms": 300 })),
        ]);
        for platform in ["aws-lambda", PROVISIONED, SNAPSTART, WEB] {
            let option = of(&evaluation, platform);
            if let Some(bill) = &option.bill {
                assert!(bill.monthly_usd.is_finite() && bill.monthly_usd >= 0.0);
            }
            for limit in &option.fit.limits {
                assert!(limit.workload_value.is_finite(), "{platform} {limit:?}");
            }
        }
    }
}

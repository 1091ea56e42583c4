//! Functions that start from a snapshot.

use super::{SNAPSTART, cold, evaluated, java, limit, near, of, quantity, usd};
use model::evaluation::Evaluation;
use serde_json::{Value, json};

#[test]
fn a_snapshot_is_slower_for_a_small_function_and_faster_for_a_framework() {
    let start = |evaluation: &Evaluation, platform: &str| {
        let latency = of(evaluation, platform).latency.expect("a latency");
        latency.cold_start_p50_ms.expect("a cold start")
    };
    let (small, spring) = (java("none", 0.0), java("spring", 0.0));
    assert!(start(&small, SNAPSTART) > start(&small, "aws-lambda"));
    assert!(start(&spring, SNAPSTART) < start(&spring, "aws-lambda"));
    assert!(usd(&of(&spring, SNAPSTART)) < usd(&of(&spring, "aws-lambda")));
    for free in ["SnapStart cache", "SnapStart restores"] {
        assert!(
            quantity(&of(&spring, SNAPSTART), free) <= 0.0,
            "free for Java"
        );
    }
}

#[test]
fn python_pays_for_the_snapshot_and_for_each_restore() {
    let evaluation = evaluated(&[
        ("runtime.language", json!("python")),
        ("pin.lambda_memory_mb", json!(1024)),
    ]);
    let option = of(&evaluation, SNAPSTART);
    near(quantity(&option, "SnapStart cache"), 2_628_000.0, 1e-9);
    near(
        quantity(&option, "SnapStart restores"),
        cold(&option) * 1e6,
        1e-9,
    );
}

#[test]
fn where_there_is_no_snapshot_the_fit_says_so() {
    let out = |given: &[(&str, Value)], what: &str| {
        let option = of(&evaluated(given), SNAPSTART);
        assert!(!option.fit.ok && option.bill.is_none(), "{option:?}");
        assert!(!limit(&option, what).ok);
        assert!(option.missing_prices.is_empty());
    };
    out(
        &[("runtime.language", json!("nodejs"))],
        "SnapStart for Node.js",
    );
    out(
        &[
            ("runtime.language", json!("java")),
            ("runtime.image", json!(true)),
        ],
        "SnapStart for container images",
    );
    let crowded = of(&java("spring", 2048.0), SNAPSTART);
    assert!(!crowded.fit.ok && !limit(&crowded, "Local disk with SnapStart").ok);
}

//! What else could be done about the response times of functions.

use super::{SNAPSTART, answers, evaluated, near, of, parts, usd};
use crate::common::evaluate;
use model::PriceBook;
use model::mitigation::mitigations;
use model::workload::Workload;
use serde_json::{Value, json};

fn slow_starter() -> Vec<(&'static str, Value)> {
    vec![
        ("traffic.requests_per_month", json!(20_000)),
        ("work.duration_p99_ms", json!(300)),
        ("work.cpu_ms", json!(50)),
        ("runtime.language", json!("java")),
        ("runtime.framework", json!("spring")),
        ("runtime.package_mb", json!(80)),
        ("network.private", json!(true)),
    ]
}

#[test]
fn a_mitigation_is_the_evaluation_of_the_changed_system() {
    let book = PriceBook::embedded();
    let given = answers(&slow_starter());
    let found = mitigations(&Workload::typical(&given, 0).0, book, "aws-lambda");
    let check = |change: &str, platform: &str, path: &str, to: Value| {
        let named = found.iter().find(|found| found.change.starts_with(change));
        let named = named.unwrap_or_else(|| panic!("no {change} in {found:?}"));
        let mut changed = slow_starter();
        changed.retain(|(other, _)| *other != path);
        changed.push((Box::leak(path.to_owned().into_boxed_str()), to));
        let option = of(&evaluated(&changed), platform);
        let latency = option.latency.as_ref().expect("a latency");
        near(named.p99_ms, latency.percentiles.p99_ms, 1e-9);
        near(named.monthly_usd, usd(&option), 1e-9);
    };
    check(
        "Start from a snapshot",
        SNAPSTART,
        "network.private",
        json!(true),
    );
    check(
        "Leave the private",
        "aws-lambda",
        "network.private",
        json!(false),
    );
    assert!(found.iter().any(|found| found.change.contains("Python")));
    let kept = found.iter().find(|found| found.change.starts_with("Keep "));
    let kept = kept.expect("a pool");
    let now = of(&evaluate(&given, &parts()), "aws-lambda");
    let p99 = now.latency.as_ref().expect("a latency").percentiles.p99_ms;
    assert!(
        kept.p99_ms < 0.5 * p99 && kept.monthly_usd > usd(&now),
        "{kept:?}"
    );
}

#[test]
fn nothing_is_offered_that_changes_nothing() {
    let book = PriceBook::embedded();
    for example in model::example::all() {
        let (workload, _) = Workload::typical(&example.system, 0);
        for platform in ["aws-lambda", "aws-fargate", "aws-ec2"] {
            for found in mitigations(&workload, book, platform) {
                assert!(found.p99_ms.is_finite() && found.monthly_usd.is_finite());
                assert!(!found.change.is_empty(), "{}", example.slug);
            }
        }
    }
}

//! Watches of the examples and of odd answers.

use std::collections::BTreeSet;

use super::{Comparison, Metric, Watch, watches};
use crate::evaluation::{Evaluation, Family};
use crate::example::{all, example};
use crate::price::PriceBook;
use crate::{Parts, System, evaluate};

fn of(system: &System) -> Vec<Watch> {
    let evaluation = evaluate(system, PriceBook::embedded(), &Parts::ALL);
    watches(system, &evaluation)
}

fn answers(component: &str) -> System {
    let json = format!(r#"{{"version": 1, "region": "us-east-1", "components": [{component}]}}"#);
    System::from_json(json.as_bytes()).expect("answers within bounds")
}

/// The watches of a system as `id: metric condition`, in their order.
fn check(system: &System, expected: &[&str]) {
    let found: Vec<String> = of(system)
        .iter()
        .map(|watch| {
            format!(
                "{}: {} {}",
                watch.id,
                watch.metric.label(),
                watch.condition()
            )
        })
        .collect();
    assert_eq!(found, expected, "{}", system.name);
}

fn named(slug: &str) -> &'static System {
    &example(slug).expect("an example").system
}

#[test]
fn a_function_is_watched_for_traffic_target_cost_duration_and_quotas() {
    check(
        named("day-and-night-api"),
        &[
            "requests-above: Requests a month above 18.2 million, on 4 of 7 days",
            "latency-above: P99 latency above 500 ms, for 15 minutes",
            "monthly-cost-above: Cost a month above $99.43",
            "duration-above: Mean duration of a request above 1.1 s, on 4 of 7 days",
            "throttles-above: Throttled requests above 0, for 15 minutes",
            "concurrency-above: Concurrency in the account above 800, in one minute",
            "busiest-minute-above: Requests in the busiest minute above 480,000, in one minute",
            "longest-run-above: Longest run of a request above 24 s, in one hour",
            "memory-above: Memory utilization above 80 %, for 15 minutes",
            "cold-starts-above: Share of cold starts above 1 %, for 3 hours",
            "price-book-age: Age of the price book above 365 days",
        ],
    );
}

#[test]
fn a_fleet_is_watched_for_its_cpu_and_its_size() {
    check(
        named("steady-api"),
        &[
            "requests-below: Requests a month below 24.2 million, on 4 of 7 days",
            "latency-above: P99 latency above 300 ms, for 15 minutes",
            "monthly-cost-above: Cost a month above $1,560",
            "cpu-above: CPU utilization above 60 %, for 15 minutes",
            "instances-above: Running instances above 3, for 3 hours",
            "memory-above: Memory utilization above 80 %, for 15 minutes",
            "price-book-age: Age of the price book above 365 days",
        ],
    );
}

#[test]
fn what_has_no_break_even_and_no_target_is_watched_for_cost_and_size() {
    check(
        named("nightly-batch"),
        &[
            "monthly-cost-above: Cost a month above $8.79",
            "memory-above: Memory utilization above 80 %, for 15 minutes",
            "price-book-age: Age of the price book above 365 days",
        ],
    );
}

#[test]
fn the_parts_of_a_system_have_their_own_and_share_what_is_shared() {
    let found = of(named("shop-system"));
    let named = |id: &str| found.iter().filter(|watch| watch.id == id).count();
    assert_eq!(named("requests-below"), 1, "the shop");
    assert_eq!(named("requests-above-2"), 1, "its thumbnails");
    assert_eq!(named("monthly-cost-above"), 1, "both together");
    let concurrency = found
        .iter()
        .filter(|watch| watch.metric == Metric::Concurrency);
    assert_eq!(concurrency.count(), 1, "one account");
    let thumbnails = found.iter().find(|watch| watch.id == "memory-above-2");
    assert_eq!(thumbnails.expect("functions").component, "thumbnails");
}

/// The watch of one id, or that there is none.
fn watch_of(component: &str, id: &str) -> Option<Watch> {
    of(&answers(component))
        .into_iter()
        .find(|watch| watch.id == id)
}

#[test]
fn memory_is_watched_above_what_the_estimate_needs() {
    let tight = r#"{"kind": "http_api", "traffic": {"requests_per_month": 100000},
        "work": {"duration_ms": 100, "cpu_ms": 20, "process_memory_mb": 450, "request_memory_mb": 50},
        "pin": {"lambda_memory_mb": 512}}"#;
    let watch = watch_of(tight, "memory-above").expect("a watch");
    assert_eq!(watch.condition(), "above 98.8 %, for 15 minutes");
    assert!(watch.because.contains("needs 98 % of it"), "{watch:?}");
    let full = tight.replace("450", "462");
    assert_eq!(watch_of(&full, "memory-above"), None);
}

#[test]
fn a_run_near_its_limit_is_watched_between_both() {
    let near = r#"{"kind": "http_api", "traffic": {"requests_per_month": 100000},
        "work": {"duration_ms": 100, "cpu_ms": 20, "max_duration_ms": 29000},
        "pin": {"lambda_memory_mb": 1769}, "front_door": "http_api"}"#;
    let watch = watch_of(near, "longest-run-above").expect("a watch");
    assert_eq!(watch.condition(), "above 29.5 s, in one hour");
    assert!(watch.because.contains("needs 29 s of 30 s"), "{watch:?}");
}

#[test]
fn a_target_that_the_estimate_misses_is_not_watched() {
    let missed = r#"{"kind": "http_api", "traffic": {"requests_per_month": 100000},
        "work": {"duration_ms": 900, "cpu_ms": 20}, "latency": {"target_ms": 100}}"#;
    assert_eq!(watch_of(missed, "latency-above"), None);
}

#[test]
fn without_requests_nothing_turns_below() {
    let found = of(&answers(
        r#"{"traffic": {"requests_per_month": 0}, "work": {"duration_ms": 100}}"#,
    ));
    assert!(found.iter().all(|watch| watch.id != "requests-below"));
    for watch in &found {
        assert!(watch.threshold.value.is_finite(), "{watch:?}");
    }
}

#[test]
fn of_what_nothing_runs_only_the_date_remains() {
    let system = answers(
        r#"{"kind": "http_api", "traffic": {"requests_per_month": 1e6},
            "work": {"duration_ms": 100, "process_memory_mb": 1000000}}"#,
    );
    let evaluation = evaluate(&system, PriceBook::embedded(), &Parts::ALL);
    assert_eq!(evaluation.verdict.family, Family::None);
    check(
        &system,
        &["price-book-age: Age of the price book above 365 days"],
    );
}

#[test]
fn of_what_stays_where_it_is_only_the_traffic_and_the_date_are_watched() {
    let mut system = named("day-and-night-api").clone();
    system.today_usd_per_month = Some(1.0.into());
    check(
        &system,
        &[
            "requests-above: Requests a month above 18.2 million, on 4 of 7 days",
            "price-book-age: Age of the price book above 365 days",
        ],
    );
}

#[test]
fn a_commitment_and_a_switch_are_dates() {
    let system = System::from_json(
        br#"{"version": 1, "region": "us-east-1", "horizon_months": 24,
            "purchase": {"commitment": "savings_plan_1y"},
            "components": [{"kind": "http_api",
                "traffic": {"requests_per_month": 2000000, "growth_per_month_pct": 25},
                "work": {"duration_ms": 120, "cpu_ms": 30}}]}"#,
    );
    let found = of(&system.expect("answers within bounds"));
    let date = |id: &str| found.iter().find(|watch| watch.id == id);
    let commitment = date("commitment-end").expect("a commitment");
    assert_eq!(commitment.condition(), "month 12");
    let switch = date("growth-switch").expect("a switch");
    assert_eq!(switch.comparison, Comparison::Reached);
    assert!(switch.because.contains("is cheaper than"), "{switch:?}");
}

#[test]
fn a_peak_that_flips_is_counted_in_requests_of_an_hour() {
    let mut evaluation = evaluate(
        named("day-and-night-api"),
        PriceBook::embedded(),
        &Parts::ALL,
    );
    for (at, expected) in [
        (7.3, "busiest-hour-above: above 100,000, in one hour"),
        (
            1.46,
            "busiest-hour-below: below 20,000, in each hour of a week",
        ),
    ] {
        evaluation.components[0].flips = vec![crate::evaluation::Flip {
            input: "components[0].traffic.peak_to_mean".to_owned(),
            now: 4.0,
            at,
            winner: "aws-ec2".to_owned(),
        }];
        let found = watches(named("day-and-night-api"), &evaluation);
        let mut peaks = found
            .iter()
            .filter(|watch| watch.metric == Metric::RequestsInBusiestHour);
        let peak = peaks.next().expect("a watch");
        assert_eq!(format!("{}: {}", peak.id, peak.condition()), expected);
    }
}

/// What is parsed from its own JSON is watched the same.
#[test]
fn a_saved_evaluation_is_watched_as_the_fresh_one() {
    let system = named("steady-api");
    let fresh = evaluate(system, PriceBook::embedded(), &Parts::ALL);
    let json = serde_json::to_string(&fresh).expect("JSON");
    let saved: Evaluation = serde_json::from_str(&json).expect("its own JSON");
    assert_eq!(watches(system, &fresh), watches(system, &saved));
}

#[test]
fn every_watch_has_a_name_of_its_own_a_threshold_and_two_sentences() {
    for example in all() {
        let found = of(&example.system);
        let ids: BTreeSet<&str> = found.iter().map(|watch| watch.id.as_str()).collect();
        assert_eq!(ids.len(), found.len(), "{}", example.slug);
        for watch in &found {
            let kebab = |letter: char| {
                letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-'
            };
            assert!(watch.id.chars().all(kebab), "{watch:?}");
            assert!(
                watch.threshold.value.is_finite() && watch.threshold.value >= 0.0,
                "{watch:?}"
            );
            for sentence in [&watch.because, &watch.then] {
                assert!(
                    sentence.ends_with('.') && !sentence.contains("NaN"),
                    "{watch:?}"
                );
            }
        }
        assert!(
            found.is_sorted_by_key(|watch| watch.metric.rank()),
            "{}",
            example.slug
        );
    }
}

#[test]
fn the_target_is_watched_at_the_percentile_that_was_assumed() {
    let system = answers(
        r#"{"traffic": {"requests_per_month": 5e6}, "work": {"duration_ms": 120}, "latency": {"target_ms": 500}}"#,
    );
    let evaluation = evaluate(&system, PriceBook::embedded(), &Parts::ALL);
    let mut assumptions = evaluation.assumptions.iter();
    let assumed = assumptions.find(|one| one.input == "components[0].latency.percentile");
    let assumed = assumed
        .expect("an assumption")
        .value
        .as_str()
        .map(str::to_uppercase);
    let all = watches(&system, &evaluation);
    let latency = all.iter().find(|watch| watch.id == "latency-above");
    let words = latency.expect("a target").metric.label();
    assert_eq!(
        Some(words),
        assumed.map(|percentile| format!("{percentile} latency"))
    );
}

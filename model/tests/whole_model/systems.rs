//! What components share: links, environments, discounts.

use crate::common::{evaluate, option, system};
use model::{Parts, System};
use serde_json::json;

/// Two components, the first of which calls the second.
fn linked(calls: f64) -> serde_json::Value {
    json!({
        "version": 1, "region": "us-east-1",
        "components": [
            { "name": "web", "traffic": { "requests_per_month": 1_000_000 }, "work": { "duration_ms": 50 } },
            { "name": "thumbnails", "kind": "event", "traffic": { "requests_per_month": 0 }, "work": { "duration_ms": 120 } }
        ],
        "links": [{ "from": "web", "to": "thumbnails", "calls_per_request": calls }]
    })
}

#[test]
fn links_bring_the_called_component_its_requests() {
    let evaluation = evaluate(
        &System::from_value(linked(0.2)).expect("a valid system"),
        &Parts::ALL,
    );
    let lambda = option(&evaluation.components[1], "aws-lambda");
    let requests = lambda.bill.as_ref().expect("a bill").lines.iter();
    let requests: f64 = requests
        .filter(|line| line.name == "Requests")
        .map(|line| line.quantity)
        .sum();
    assert!((requests - 200_000.0).abs() < 1e-6, "{requests}");
}

#[test]
fn links_that_close_a_circle_are_refused() {
    let mut value = linked(0.2);
    value["links"]
        .as_array_mut()
        .expect("links")
        .push(json!({ "from": "thumbnails", "to": "web", "calls_per_request": 1 }));
    let error = System::from_value(value).expect_err("a circle");
    assert_eq!(error.errors[0].path, "links[1]");
}

#[test]
fn links_that_bring_more_than_the_model_takes_are_refused() {
    let mut value = linked(1e6);
    value["components"][0]["traffic"]["requests_per_month"] = json!(1e9);
    let error = System::from_value(value).expect_err("too many requests");
    assert_eq!(
        error.errors[0].path,
        "components[1].traffic.requests_per_month"
    );
}

#[test]
fn an_own_discount_comes_off_every_line() {
    let plain = evaluate(&system(|_| {}), &Parts::ALL);
    let reduced = evaluate(
        &system(|value| value["purchase"] = json!({ "discount_pct": 12 })),
        &Parts::ALL,
    );
    for (plain, reduced) in plain.components[0]
        .options
        .iter()
        .zip(&reduced.components[0].options)
    {
        let (Some(plain), Some(reduced)) = (&plain.bill, &reduced.bill) else {
            continue;
        };
        assert!((plain.monthly_usd * 0.88 - reduced.monthly_usd).abs() < 1e-9 * plain.monthly_usd);
        assert_eq!(
            reduced.lines.last().map(|line| line.group.name()),
            Some("commitment")
        );
    }
}

#[test]
fn another_environment_costs_its_hours_at_its_scale() {
    let change = |value: &mut serde_json::Value| {
        value["components"][0]["kind"] = json!("event");
        value["components"][0]["pin"] =
            json!({ "lambda_memory_mb": 512, "architecture": "x86_64" });
    };
    let alone = evaluate(&system(change), &Parts::ALL);
    let both = evaluate(
        &system(|value| {
            change(value);
            value["operations"] = json!({ "environments": [
                { "name": "production", "hours_per_week": 168, "scale": 1 },
                { "name": "test", "hours_per_week": 42, "scale": 0.5 }
            ] });
        }),
        &Parts::ALL,
    );
    let of = |evaluation: &model::Evaluation, group: &str| -> f64 {
        let option = option(&evaluation.components[0], "aws-lambda");
        let lines = option.bill.as_ref().expect("a bill").lines.iter();
        lines
            .filter(|line| line.group.name() == group && !line.name.contains("Initialization"))
            .map(|line| line.amount_usd)
            .sum()
    };
    let duration = of(&alone, "compute") + of(&alone, "requests") + of(&alone, "logs");
    let test = of(&both, "environments");
    assert!(
        (test - duration * 0.5 * 0.25).abs() < 1e-9,
        "{test} {duration}"
    );
}

//! Known answers: the article's claims, jobs that run and stop, limits, missing prices.

use crate::common::{evaluate, lines_usd, option, system};
use model::evaluation::{Decision, Family};
use model::{Parts, System};
use serde_json::json;

/// Duration and requests on Lambda x86, 512 MB pinned, at a stated duration.
fn check_claim(duration_ms: f64, expected_usd: f64, tolerance: f64) {
    let system = system(|value| {
        let component = &mut value["components"][0];
        component["kind"] = json!("event");
        component["traffic"]["requests_per_month"] = json!(10_000_000);
        component["work"]["duration_ms"] = json!(duration_ms);
        component["work"]["duration_p99_ms"] = json!(duration_ms);
        component["pin"] = json!({ "architecture": "x86_64", "lambda_memory_mb": 512 });
    });
    let evaluation = evaluate(&system, &Parts::NONE);
    // NONE strips the lines, so ask for them.
    assert!(
        evaluation.components[0]
            .options
            .iter()
            .all(|option| option.latency.is_none())
    );
    let evaluation = evaluate(&system, &"bill".parse().expect("a part"));
    let usd = lines_usd(
        option(&evaluation.components[0], "aws-lambda"),
        &["Duration", "Requests"],
    );
    assert!(
        (usd - expected_usd).abs() <= tolerance,
        "{duration_ms} ms costs {usd}, not {expected_usd}"
    );
}

#[test]
fn ten_million_requests_of_half_a_gigabyte_cost_the_claimed_sum_at_nine_and_a_half_seconds() {
    check_claim(9_540.0, 797.0, 7.97);
}

#[test]
fn the_same_at_an_ordinary_duration_costs_a_fortieth() {
    check_claim(200.0, 18.67, 0.005);
}

#[test]
fn a_nightly_job_of_fourteen_minutes_is_one_task_that_runs_and_stops() {
    let system = system(|value| {
        let component = &mut value["components"][0];
        component["kind"] = json!("scheduled_batch");
        component["traffic"]["requests_per_month"] = json!(730.0 / 24.0);
        component["work"] = json!({ "duration_ms": 840_000, "cpu_ms": 840_000, "process_memory_mb": 1500, "request_memory_mb": 400, "logs_kb": 0, "egress_kb": 0, "payload_out_kb": 0 });
        component["pin"] = json!({ "architecture": "x86_64", "task_vcpu": 1, "task_memory_gb": 2 });
    });
    let evaluation = evaluate(&system, &"bill".parse().expect("a part"));
    let fargate = option(&evaluation.components[0], "aws-fargate");
    assert!(fargate.configuration.runs_and_stops);
    let usd = lines_usd(fargate, &["Task"]);
    assert!((usd - 0.38).abs() < 0.01, "{usd}");
    assert!(lines_usd(fargate, &["Load balancer"]).abs() < 1e-12);
}

#[test]
fn a_run_longer_than_fifteen_minutes_takes_lambda_out() {
    let system = system(|value| {
        let component = &mut value["components"][0];
        component["kind"] = json!("scheduled_batch");
        component["traffic"]["requests_per_month"] = json!(30);
        component["work"] = json!({ "duration_ms": 1_200_000, "max_duration_ms": 1_500_000 });
    });
    let evaluation = evaluate(&system, &Parts::ALL);
    let lambda = option(&evaluation.components[0], "aws-lambda");
    assert!(!lambda.fit.ok);
    let broken = lambda
        .fit
        .limits
        .iter()
        .find(|limit| !limit.ok)
        .expect("a broken limit");
    assert!(
        broken.headroom < 0.0 && broken.source.starts_with("https://"),
        "{broken:?}"
    );
    assert_eq!(evaluation.verdict.family, Family::Containers);
    assert!(
        lambda.why_not.contains("900 s allowed"),
        "{}",
        lambda.why_not
    );
}

#[test]
fn a_price_that_the_region_lacks_is_named_and_never_taken_from_another() {
    let system = system(|value| {
        value["region"] = json!("us-west-2");
        value["components"][0]["kind"] = json!("http_api");
        value["components"][0]["front_door"] = json!("rest_api");
    });
    let evaluation = evaluate(&system, &Parts::ALL);
    let lambda = option(&evaluation.components[0], "aws-lambda");
    assert!(lambda.bill.is_none());
    let missing = lambda.missing_prices.first().expect("a missing price");
    assert_eq!(missing.price_id, "amazon-api-gateway/rest-api/request");
    assert_eq!(missing.region, "us-west-2");
}

#[test]
fn an_own_rate_fills_a_gap() {
    let system = system(|value| {
        value["region"] = json!("us-west-2");
        value["components"][0]["kind"] = json!("http_api");
        value["components"][0]["front_door"] = json!("rest_api");
        value["rates"] = json!({ "amazon-api-gateway/rest-api/request": 0.000_003_5 });
    });
    let evaluation = evaluate(&system, &Parts::ALL);
    let lambda = option(&evaluation.components[0], "aws-lambda");
    assert!(
        lambda
            .missing_prices
            .iter()
            .all(|missing| !missing.price_id.starts_with("amazon-api-gateway"))
    );
    if lambda.missing_prices.is_empty() {
        let usd = lines_usd(lambda, &["REST API calls"]);
        assert!((usd - 3.5).abs() < 1e-9, "{usd}");
    }
}

#[test]
fn excluded_groups_leave_the_bill_and_are_listed() {
    let system = system(|value| value["exclude"] = json!(["logs", "network"]));
    let evaluation = evaluate(&system, &Parts::ALL);
    assert_eq!(evaluation.excluded, ["logs", "network"]);
    for option in &evaluation.components[0].options {
        let Some(bill) = &option.bill else { continue };
        let groups: Vec<&str> = bill.lines.iter().map(|line| line.group.name()).collect();
        assert!(
            !groups.contains(&"logs") && !groups.contains(&"network"),
            "{groups:?}"
        );
    }
}

#[test]
fn a_c5_large_alone_cannot_hold_the_articles_load() {
    let system = system(|value| {
        let component = &mut value["components"][0];
        component["traffic"]["requests_per_month"] = json!(10_000_000);
        component["work"] = json!({ "duration_ms": 9_540, "cpu_ms": 100, "process_memory_mb": 0, "request_memory_mb": 512, "duration_p99_ms": 9_540 });
        component["pin"] = json!({ "instance_type": "c5.large", "instance_count": 1 });
    });
    let evaluation = evaluate(&system, &Parts::ALL);
    let ec2 = option(&evaluation.components[0], "aws-ec2");
    assert!(!ec2.fit.ok);
    let memory = ec2
        .fit
        .limits
        .iter()
        .find(|limit| limit.limit.contains("at once"))
        .expect("the memory check");
    assert!(
        !memory.ok && memory.workload_value > 36.0 && memory.limit_value < 8.0,
        "{memory:?}"
    );
}

#[test]
fn zero_requests_cost_what_stands_idle() {
    let system = system(|value| value["components"][0]["traffic"]["requests_per_month"] = json!(0));
    let evaluation = evaluate(&system, &Parts::ALL);
    let lambda = option(&evaluation.components[0], "aws-lambda");
    assert!(lambda.bill.as_ref().expect("a bill").monthly_usd.abs() < 1e-9);
    let fargate = option(&evaluation.components[0], "aws-fargate");
    assert!(fargate.bill.as_ref().expect("a bill").monthly_usd > 10.0);
    assert_eq!(evaluation.verdict.family, Family::Serverless);
}

#[test]
fn ten_trillion_requests_are_still_a_finite_answer() {
    let system =
        system(|value| value["components"][0]["traffic"]["requests_per_month"] = json!(1e13));
    let evaluation = evaluate(&system, &Parts::ALL);
    let usd = evaluation.verdict.monthly_usd.expect("a cost");
    assert!(usd.is_finite() && usd > 1e5, "{usd}");
    serde_json::to_string(&evaluation).expect("finite numbers only");
}

#[test]
fn a_sum_paid_today_that_is_less_says_stay() {
    let system = system(|value| value["today_usd_per_month"] = json!(0.5));
    assert_eq!(
        evaluate(&system, &Parts::ALL).verdict.decision,
        Decision::Stay
    );
}

#[test]
fn an_evaluation_survives_its_own_json() {
    let evaluation = evaluate(&system(|_| {}), &Parts::ALL);
    let json = serde_json::to_string(&evaluation).expect("JSON");
    let again: model::Evaluation = serde_json::from_str(&json).expect("the same type");
    assert_eq!(evaluation, again);
}

fn check_refused(path: &str, change: impl FnOnce(&mut serde_json::Value)) {
    let mut value = json!({
        "version": 1,
        "components": [{ "traffic": { "requests_per_month": 1 }, "work": { "duration_ms": 1 } }]
    });
    change(&mut value);
    let error = System::from_value(value).expect_err("an invalid system");
    let paths: Vec<&str> = error
        .errors
        .iter()
        .map(|error| error.path.as_str())
        .collect();
    assert!(paths.contains(&path), "{paths:?}");
}

#[test]
fn bad_fields_are_named_by_their_paths() {
    check_refused("components[0].work.duration_ms", |value| {
        value["components"][0]["work"]["duration_ms"] = json!(-1);
    });
    check_refused("components[0].work.duration_ms", |value| {
        value["components"][0]["work"] = json!({});
    });
    check_refused("components[0].traffic.requests_per_month", |value| {
        value["components"][0]["traffic"]["requests_per_month"] = json!(1e14);
    });
    check_refused("components[0].work.cpu_ms", |value| {
        value["components"][0]["work"]["cpu_ms"] = json!(1e6);
    });
    check_refused("components[0].work.duraton_ms", |value| {
        value["components"][0]["work"]["duraton_ms"] = json!(1);
    });
    check_refused("components[0].work.cpu_ms", |value| {
        value["components"][0]["work"]["cpu_ms"] = json!({ "low": 3, "typical": 2, "high": 1 });
    });
    check_refused("components[0].pin.instance_type", |value| {
        value["components"][0]["pin"] = json!({ "instance_type": "c99.huge" });
    });
    check_refused("rates.aws-lambda/request/standard", |value| {
        value["rates"] = json!({ "aws-lambda/request/standard": -1 });
    });
    check_refused("version", |value| value["version"] = json!(2));
    check_refused("components", |value| value["components"] = json!([]));
    check_refused("links[0].calls_per_request", |value| {
        value["links"] = json!([{ "from": "a", "to": "b", "calls_per_request": -1 }]);
    });
}

#[test]
fn all_bad_fields_are_reported_at_once() {
    let error = System::from_value(json!({
        "version": 1,
        "components": [{ "traffic": { "requests_per_month": -1 }, "work": { "duration_ms": 0 } }]
    }))
    .expect_err("two bad fields");
    assert_eq!(error.errors.len(), 2);
}

#[test]
fn names_of_nothing_are_warned_of_and_change_nothing() {
    let plain = evaluate(&system(|_| {}), &Parts::NONE);
    let named = evaluate(
        &system(|value| {
            value["rates"] = json!({ "some-price-id": 0.01 });
            value["links"] = json!([{ "from": "web", "to": "part", "calls_per_request": 0.2 }]);
        }),
        &Parts::NONE,
    );
    assert_eq!(plain.components, named.components);
    for text in [
        "rates.some-price-id",
        "links[0] names a component that is not there: web",
    ] {
        assert!(
            named.warnings.iter().any(|warning| warning.contains(text)),
            "{:?}",
            named.warnings
        );
    }
}

#[test]
fn an_ordinary_api_is_priced_on_every_platform_in_every_region() {
    // The rest was read for some regions only: elsewhere the gap is named.
    let everywhere = [
        "aws-ec2",
        "aws-ecs-ec2",
        "aws-fargate",
        "aws-lambda",
        "aws-lambda-managed-instances",
    ];
    for region in model::Region::ALL {
        let system = system(|value| value["region"] = json!(region.id()));
        let evaluation = evaluate(&system, &Parts::NONE);
        for option in &evaluation.components[0].options {
            let place = format!("{} in {}", option.platform, region.id());
            let named = option.missing_prices.iter().any(|price| !price.left_out);
            assert!(option.bill.is_some() || named || !option.fit.ok, "{place}");
            assert!(
                option.bill.is_some() || !everywhere.contains(&option.platform.as_str()),
                "{place}: {:?}",
                option.missing_prices
            );
        }
    }
}

#[test]
fn a_pinned_instance_type_must_be_priced_in_full() {
    let system = system(|value| {
        value["region"] = json!("ap-southeast-1");
        value["components"][0]["pin"] = json!({ "instance_type": "c7a.large" });
    });
    let evaluation = evaluate(&system, &Parts::NONE);
    let missing = &option(&evaluation.components[0], "aws-ec2").missing_prices;
    assert_eq!(missing[0].price_id, "aws-ec2/instance/c7a.large");
}

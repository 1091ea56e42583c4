//! Web Functions, whose rates the user gives.

use super::{WEB, cold, evaluated, near, of};
use crate::common::lines_usd;
use model::evaluation::Evaluation;
use model::latency::cold_start::ColdStart;
use model::units::{RequestsPerSecond, Seconds};
use serde_json::{Value, json};

fn web(more: &[(&'static str, Value)]) -> Evaluation {
    let mut all = vec![
        ("kind", json!("http_api")),
        ("runtime.language", json!("nodejs")),
        ("work.cpu_ms", json!(5)),
        ("work.request_memory_mb", json!(4)),
        ("traffic.requests_per_month", json!(1e8)),
    ];
    all.extend(more.iter().cloned());
    evaluated(&all)
}

#[test]
fn web_functions_have_no_bill_until_the_user_gives_rates() {
    let option = of(&web(&[]), WEB);
    assert!(option.fit.ok && option.latency.is_some() && option.bill.is_none());
    assert_eq!(
        option.missing_prices.len(),
        3,
        "{:?}",
        option.missing_prices
    );
    let rates = json!({
        "aws-lambda-web-functions/cpu/arm64": 1e-5,
        "aws-lambda-web-functions/memory/arm64": 1e-6,
        "aws-lambda-web-functions/request/standard": 2e-7
    });
    let evaluation = web(&[("system.rates", rates)]);
    let priced = of(&evaluation, WEB);
    near(
        lines_usd(&priced, &["Active CPU"]),
        1e8 * 0.005 * 1e-5,
        1e-9,
    );
    near(lines_usd(&priced, &["Requests"]), 20.0, 1e-9);
    let mean = priced.configuration.count_mean.expect("environments");
    near(
        lines_usd(&priced, &["Memory of environments"]),
        mean * 2.0 * 2_628_000.0 * 1e-6,
        1e-9,
    );
    assert!(
        !evaluation
            .warnings
            .iter()
            .any(|text| text.contains("rates.")),
        "the ids are known: {:?}",
        evaluation.warnings
    );
}

#[test]
fn one_web_environment_per_request_is_an_event_function() {
    let one = web(&[
        ("work.max_requests_per_instance", json!(1)),
        ("traffic.requests_per_month", json!(1e6)),
    ]);
    let option = of(&one, WEB);
    let asked = ColdStart {
        arrival_rate: RequestsPerSecond::new(1e6 / 2_628_000.0),
        service_time: Seconds::new(0.1),
        keep_alive: Seconds::new(420.0),
    };
    let exact = asked.outcome();
    near(
        option.configuration.count_mean.expect("environments"),
        exact.instances,
        1e-6,
    );
    let many = of(&web(&[("traffic.requests_per_month", json!(1e6))]), WEB);
    assert!(many.configuration.count_mean < option.configuration.count_mean);
    assert!(cold(&many) < cold(&option));
}

#[test]
fn web_functions_serve_http_on_node_only() {
    for given in [
        ("kind", json!("queue_worker")),
        ("runtime.language", json!("python")),
        ("runtime.image", json!(true)),
        ("pin.architecture", json!("x86_64")),
    ] {
        let named = format!("{given:?}");
        let option = of(&web(&[given]), WEB);
        assert!(!option.fit.ok && option.bill.is_none(), "{named}");
    }
}

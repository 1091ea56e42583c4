//! Single equations against published and simulated reference values.

use super::support::TestApp;

/// Asks an equation and compares one number of its answer, within a share of the expected value.
async fn check(equation: &str, question: &str, name: &str, expected: f64, tolerance: f64) {
    let answer = TestApp::start()
        .await
        .post_json(&format!("/api/v1/method/{equation}"), question.to_owned())
        .await;
    assert_eq!(answer.status, 200, "{question}: {}", answer.text());
    let value = answer.json()[name]
        .as_f64()
        .unwrap_or_else(|| panic!("{name} in {}", answer.text()));
    assert!(
        (value - expected).abs() <= tolerance * expected.abs(),
        "{question}: {name} is {value}, not {expected}"
    );
}

#[tokio::test]
async fn cold_starts_agree_with_simulation() {
    const SIMULATED: f64 = 0.05;
    for (question, probability) in [
        (
            r#"{"arrival_rate_per_s":0.9,"service_time_s":1.991,"keep_alive_s":600}"#,
            0.001_334,
        ),
        (
            r#"{"arrival_rate_per_s":0.01,"service_time_s":0.1,"keep_alive_s":300}"#,
            0.050_917,
        ),
        (
            r#"{"arrival_rate_per_s":1,"service_time_s":0.1,"keep_alive_s":300}"#,
            0.001_350_875,
        ),
        (
            r#"{"arrival_rate_per_s":5,"service_time_s":2,"keep_alive_s":360}"#,
            0.000_775_3,
        ),
    ] {
        check(
            "cold_start",
            question,
            "cold_start_probability",
            probability,
            SIMULATED,
        )
        .await;
    }
    check(
        "cold_start",
        r#"{"arrival_rate_per_s":0,"service_time_s":1,"keep_alive_s":60}"#,
        "instances",
        0.0,
        0.0,
    )
    .await;
}

#[tokio::test]
async fn waits_are_those_of_erlang() {
    const EXACT: f64 = 1e-9;
    for (rate, servers, probability, mean) in [
        (0.5, 1, 0.5, 1.0),
        (4.0, 5, 0.554_112_554_112_554_3, 0.554_112_554_112_554_3),
        (8.0, 10, 0.409_180_150_796_443_54, 0.204_590_075_398_221_77),
        (
            950.0,
            1000,
            0.068_253_415_377_141_43,
            0.001_365_068_307_542_828_5,
        ),
    ] {
        let question = format!(
            r#"{{"arrival_rate_per_s":{rate},"service_time_s":1,"servers":{servers},"service_cv":1}}"#
        );
        check("queue", &question, "wait_probability", probability, EXACT).await;
        check("queue", &question, "mean_wait_s", mean, EXACT).await;
    }
}

#[tokio::test]
async fn percentiles_of_a_mixture_are_exact() {
    let question = r#"{"warm":{"p50_ms":8,"p95_ms":30},"cold":{"p50_ms":5308,"p95_ms":5908},"cold_start_probability":0.01}"#;
    for (name, expected) in [
        ("p50_ms", 8.082),
        ("p90_ms", 23.391),
        ("p95_ms", 32.541),
        ("p99_ms", 3386.867),
        ("p999_ms", 5769.894),
    ] {
        check("mixture", question, name, expected, 1e-3).await;
    }
}

#[tokio::test]
async fn a_question_without_an_answer_names_its_field() {
    let app = TestApp::start().await;
    for (equation, question, path) in [
        (
            "cold_start",
            r#"{"arrival_rate_per_s":-1,"service_time_s":1,"keep_alive_s":60}"#,
            "arrival_rate_per_s",
        ),
        (
            "cold_start",
            r#"{"arrival_rate_per_s":1,"service_time_s":1}"#,
            "keep_alive_s",
        ),
        (
            "cold_start",
            r#"{"arrival_rate_per_s":1,"service_time_s":1,"keep_alive_s":60,"x":1}"#,
            "x",
        ),
        (
            "cold_start",
            r#"{"arrival_rate_per_s":1,"service_time_s":1e9,"keep_alive_s":60}"#,
            "service_time_s",
        ),
        (
            "queue",
            r#"{"arrival_rate_per_s":1,"service_time_s":1,"servers":0,"service_cv":1}"#,
            "servers",
        ),
        (
            "queue",
            r#"{"arrival_rate_per_s":1,"service_time_s":1,"servers":100001,"service_cv":1}"#,
            "servers",
        ),
        (
            "queue",
            r#"{"arrival_rate_per_s":9,"service_time_s":1,"servers":3,"service_cv":1}"#,
            "servers",
        ),
        (
            "mixture",
            r#"{"warm":{"p50_ms":8},"cold":{"p50_ms":1,"p95_ms":2},"cold_start_probability":0}"#,
            "warm.p95_ms",
        ),
        (
            "mixture",
            r#"{"warm":{"p50_ms":8,"p95_ms":9},"cold":{"p50_ms":1,"p95_ms":2},"cold_start_probability":2}"#,
            "cold_start_probability",
        ),
    ] {
        let problem = app
            .post_json(&format!("/api/v1/method/{equation}"), question)
            .await
            .problem(422, question);
        assert_eq!(problem["errors"][0]["path"], path, "{question}: {problem}");
    }
}

#[tokio::test]
async fn a_bill_goes_through_the_tiers() {
    let app = TestApp::start().await;
    let lines = r#"{"region":"us-east-1","lines":[{"price_id":"aws-lambda/duration/x86-64","quantity":1000000}]}"#;
    let bill = app.post_json("/api/v1/bill", lines).await;
    assert_eq!(bill.status, 200, "{}", bill.text());
    let monthly = bill.json()["monthly_usd"].as_f64().expect("a sum");
    assert!((monthly - 16.6667).abs() < 1e-4, "{}", bill.text());
    for (case, lines, path) in [
        (
            "an unknown price",
            lines.replace("x86-64", "z80"),
            "lines[0].price_id",
        ),
        (
            "a negative quantity",
            lines.replace("1000000", "-1"),
            "lines[0].quantity",
        ),
        (
            "an unknown region",
            lines.replace("us-east-1", "mars"),
            "region",
        ),
        (
            "an unknown field",
            lines.replace("\"lines\"", "\"line\""),
            "line",
        ),
    ] {
        let problem = app
            .post_json("/api/v1/bill", lines)
            .await
            .problem(422, case);
        assert_eq!(problem["errors"][0]["path"], path, "{case}: {problem}");
    }
}

#[tokio::test]
async fn what_spills_over_a_pool_is_erlangs_loss() {
    for (question, probability) in [
        (
            r#"{"arrival_rate_per_s":1,"service_time_s":1,"provisioned":1}"#,
            0.5,
        ),
        (
            r#"{"arrival_rate_per_s":1,"service_time_s":1,"provisioned":2}"#,
            0.2,
        ),
    ] {
        check(
            "provisioned",
            question,
            "spill_probability",
            probability,
            1e-9,
        )
        .await;
    }
}

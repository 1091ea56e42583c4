//! `/evaluate` and what every route of the API does alike.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use server::compute::Bounds;

use super::names::missing_names;
use super::support::{SMALLEST, TestApp, with};

const EVALUATE: &str = "/api/v1/evaluate";
const MB: usize = 1_000_000;

async fn check_evaluation(case: &str, system: &str) {
    let answer = TestApp::start()
        .await
        .post_json(EVALUATE, system.to_owned())
        .await;
    assert_eq!(answer.status, 200, "{case}: {}", answer.text());
    let evaluation = answer.json();
    assert_eq!(missing_names(&evaluation), Vec::<String>::new(), "{case}");
}

#[tokio::test]
async fn the_promised_example_is_answered_with_the_promised_names() {
    check_evaluation("the example", include_str!("system.json")).await;
}

#[tokio::test]
async fn unusual_but_possible_workloads_are_answered() {
    for (case, system) in [
        ("only what is required", SMALLEST.to_owned()),
        (
            "no requests",
            with("/components/0/traffic/requests_per_month", 0),
        ),
        (
            "10^13 requests",
            with("/components/0/traffic/requests_per_month", 1e13),
        ),
        ("0.01 ms", with("/components/0/work/duration_ms", 0.01)),
        (
            "30 days",
            with("/components/0/work/duration_ms", 2_592_000_000_u64),
        ),
        (
            "a script as name",
            with("/name", "<script>alert(1)</script>"),
        ),
        ("a null byte in the name", with("/name", "a\0b")),
    ] {
        check_evaluation(case, &system).await;
    }
}

#[tokio::test]
async fn a_bad_value_is_refused_with_its_path() {
    let app = TestApp::start().await;
    for (case, system, path) in [
        (
            "negative requests",
            with("/components/0/traffic/requests_per_month", -1),
            "components[0].traffic.requests_per_month",
        ),
        (
            "more than 10^13 requests",
            with("/components/0/traffic/requests_per_month", 1.1e13),
            "components[0].traffic.requests_per_month",
        ),
        (
            "a negative duration",
            with("/components/0/work/duration_ms", -5),
            "components[0].work.duration_ms",
        ),
        (
            "a duration of a year",
            with("/components/0/work/duration_ms", 3.2e10),
            "components[0].work.duration_ms",
        ),
        (
            "a text for a number",
            with("/components/0/work/duration_ms", "fast"),
            "components[0].work.duration_ms",
        ),
        (
            "an unknown field",
            with("/components/0/work/speed", 1),
            "components[0].work.speed",
        ),
        (
            "an unknown field at the top",
            with("/colour", "red"),
            "colour",
        ),
        (
            "no components",
            with("/components", serde_json::json!([])),
            "components",
        ),
        (
            "an unknown region",
            with("/region", "mars-north-1"),
            "region",
        ),
        ("version 2", with("/version", 2), "version"),
        ("a long name", with("/name", "x".repeat(501)), "name"),
        (
            "a number that is none",
            SMALLEST.replace("120", "1e999"),
            "components[0].work.duration_ms",
        ),
    ] {
        let problem = app.post_json(EVALUATE, system).await.problem(422, case);
        assert_eq!(problem["errors"][0]["path"], path, "{case}: {problem}");
        assert!(
            problem["errors"][0]["message"].is_string(),
            "{case}: {problem}"
        );
    }
}

#[tokio::test]
async fn a_bad_request_is_refused_for_its_reason() {
    let app = TestApp::start().await;
    let deep = format!("{}{}", "[".repeat(100_000), "]".repeat(100_000));
    for (case, body, status) in [
        ("no JSON", "{".to_owned(), 400),
        ("nothing", String::new(), 400),
        ("two documents", format!("{SMALLEST}{SMALLEST}"), 400),
        ("deeply nested", deep, 422),
        ("10 MB", "x".repeat(10 * MB), 413),
        (
            "a byte too many",
            format!("{SMALLEST}{}", " ".repeat(256 * 1024 + 1 - SMALLEST.len())),
            413,
        ),
    ] {
        app.post_json(EVALUATE, body).await.problem(status, case);
    }
    let just_fits = format!("{SMALLEST}{}", " ".repeat(256 * 1024 - SMALLEST.len()));
    assert_eq!(app.post_json(EVALUATE, just_fits).await.status, 200);
    let too_large = app.post_json(EVALUATE, "x".repeat(10 * MB)).await.json();
    assert!(
        too_large["detail"]
            .as_str()
            .is_some_and(|detail| detail.contains("256 kB")),
        "{too_large}"
    );
    assert_eq!(app.get("/healthz").await.status, 200, "the server lives on");
}

#[tokio::test]
async fn wrong_addresses_methods_and_types_are_problems() {
    let app = TestApp::start().await;
    for path in [
        "/api/v1/nothing",
        "/api/v2/evaluate",
        "/api/",
        "/pkg/nothing.js",
    ] {
        app.get(path).await.problem(404, path);
    }
    let wrong_method = app.get(EVALUATE).await;
    wrong_method.problem(405, "GET where POST is meant");
    assert_eq!(wrong_method.header("allow"), "POST");
    let untyped = Request::post(EVALUATE)
        .body(Body::from(SMALLEST))
        .expect("a request");
    app.send(untyped).await.problem(415, "no content type");
    app.post_form(EVALUATE, "a=1").await.problem(415, "a form");
}

#[tokio::test]
async fn parts_choose_what_is_computed() {
    let app = TestApp::start().await;
    let bill = app
        .post_json(&format!("{EVALUATE}?parts=bill"), SMALLEST)
        .await;
    assert_eq!(bill.status, 200, "{}", bill.text());
    let component = &bill.json()["components"][0];
    assert!(component["options"][0]["bill"].is_object());
    assert_eq!(component["break_even"], serde_json::json!([]));
    let problem = app
        .post_json(&format!("{EVALUATE}?parts=bill,weather"), SMALLEST)
        .await
        .problem(422, "weather");
    assert_eq!(problem["errors"][0]["path"], "parts");
    app.post_json(&format!("{EVALUATE}?part=bill"), SMALLEST)
        .await
        .problem(400, "an unknown parameter");
}

#[tokio::test]
async fn beyond_its_bounds_it_says_when_to_come_back() {
    let full = Bounds {
        running: 0,
        waiting: 0,
        deadline: Duration::from_secs(1),
    };
    let no_time = Bounds {
        running: 1,
        waiting: 1,
        deadline: Duration::ZERO,
    };
    for (case, bounds) in [("full", full), ("no time", no_time)] {
        let answer = TestApp::with_bounds(bounds)
            .await
            .post_json(EVALUATE, SMALLEST)
            .await;
        answer.problem(503, case);
        assert_eq!(answer.header("retry-after"), "2", "{case}");
    }
}

#[tokio::test]
async fn lists_are_given() {
    let app = TestApp::start().await;
    let book = app.get("/api/v1/price-book").await;
    assert_eq!(book.status, 200);
    assert!(
        book.json()["version"].is_string(),
        "{}",
        &book.text()[..200]
    );
    let examples = app.get("/api/v1/examples").await.json();
    let examples = examples.as_array().expect("a list");
    assert!(!examples.is_empty());
    for example in examples {
        let answer = app.post_json(EVALUATE, example["system"].to_string()).await;
        assert_eq!(answer.status, 200, "{example}");
    }
}

#[tokio::test]
async fn headers_are_on_every_answer() {
    let app = TestApp::start().await;
    for path in [
        "/",
        "/healthz",
        "/readyz",
        "/nothing",
        "/api/v1/nothing",
        "/api/v1/price-book",
        "/pkg/nothing",
    ] {
        let answer = app.get(path).await;
        for (name, expected) in [
            ("x-content-type-options", "nosniff"),
            ("referrer-policy", "same-origin"),
            ("cross-origin-opener-policy", "same-origin"),
            (
                "strict-transport-security",
                "max-age=31536000; includeSubDomains",
            ),
        ] {
            assert_eq!(answer.header(name), expected, "{name} of {path}");
        }
        assert_eq!(answer.header("x-request-id").len(), 26, "{path}");
        assert!(
            answer.header("permissions-policy").contains("camera=()"),
            "{path}"
        );
        let policy = answer.header("content-security-policy");
        assert!(policy.starts_with("default-src 'none'"), "{path}: {policy}");
        assert!(
            policy.contains("frame-ancestors 'none'"),
            "{path}: {policy}"
        );
    }
}

#[tokio::test]
async fn answers_are_compressed_for_those_who_can_read_it() {
    let app = TestApp::start().await;
    for (accepted, expected) in [("br", "br"), ("gzip", "gzip"), ("identity", "")] {
        let request = Request::post(EVALUATE)
            .header(header::CONTENT_TYPE, "application/json")
            .header(header::ACCEPT_ENCODING, accepted);
        let answer = app
            .send(request.body(Body::from(SMALLEST)).expect("a request"))
            .await;
        assert_eq!(answer.header("content-encoding"), expected, "{accepted}");
    }
}

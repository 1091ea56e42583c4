//! What the metrics say, and that nobody can make them grow or speak of people.

use std::collections::BTreeSet;
use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, StatusCode};
use server::compute::Bounds;
use server::config::Limits;
use server::metrics::StoreOutcome;

use super::support::{SMALLEST, TestApp};

fn check(app: &TestApp, line: &str) {
    let metrics = app.metrics.text();
    assert!(
        metrics.lines().any(|found| found == line),
        "{line} is missing in\n{metrics}"
    );
}

#[tokio::test]
async fn requests_are_counted_by_method_route_and_status() {
    let app = TestApp::start().await;
    app.get("/healthz").await;
    app.get("/healthz").await;
    app.post_json("/api/v1/evaluate", "{").await;
    app.get("/s/kestrel").await;
    for line in [
        r#"breakeven_http_requests_total{method="GET",route="/healthz",status="2xx"} 2"#,
        r#"breakeven_http_requests_total{method="POST",route="/api/v1/evaluate",status="4xx"} 1"#,
        r#"breakeven_http_requests_total{method="GET",route="/s/{id}",status="4xx"} 1"#,
        r#"breakeven_http_request_duration_seconds_count{route="/healthz"} 2"#,
        "breakeven_http_requests_in_flight 0",
        "# EOF",
    ] {
        check(&app, line);
    }
}

#[tokio::test]
async fn evaluations_and_charts_are_told_from_those_that_are_kept() {
    let app = TestApp::start().await;
    for _ in 0..3 {
        app.post_json("/api/v1/evaluate", SMALLEST).await;
    }
    check(&app, "breakeven_evaluations_total 3");
    check(&app, "breakeven_evaluation_duration_seconds_count 1");
    check(&app, "breakeven_computations_refused_total 0");
    let chart = "/answer/charts/break_even_lines.svg?traffic.requests_per_month=1000000&work.duration_ms=120";
    let images = [app.get(chart).await.status, app.get(chart).await.status];
    // Where no site was built there is no script that draws.
    let outcomes: &[&str] = if images.iter().all(StatusCode::is_success) {
        &["drawn", "kept"]
    } else {
        &["failed"]
    };
    for outcome in outcomes {
        let metrics = app.metrics.text();
        let series = format!("breakeven_charts_total{{outcome=\"{outcome}\"}}");
        assert!(metrics.contains(&series), "{images:?}\n{metrics}");
    }
}

#[tokio::test]
async fn what_is_refused_is_counted() {
    let no_place = Bounds {
        running: 0,
        waiting: 0,
        deadline: Duration::from_secs(1),
    };
    let app = TestApp::with_bounds(no_place).await;
    app.post_json("/api/v1/evaluate", SMALLEST)
        .await
        .problem(503, "no place");
    check(&app, "breakeven_computations_refused_total 1");

    let app = TestApp::with_limits(Limits {
        requests_per_minute: 1,
        ..Limits::default()
    })
    .await;
    for _ in 0..3 {
        app.get("/api/v1/examples").await;
    }
    check(
        &app,
        r#"breakeven_rate_limited_requests_total{budget="reading"} 2"#,
    );
}

#[tokio::test]
async fn what_runs_and_how_old_its_prices_are_is_said() {
    let app = TestApp::start().await;
    // The clock stands on the day of the price book.
    check(&app, "breakeven_price_book_age_days 0");
    let metrics = app.metrics.text();
    let build = metrics
        .lines()
        .find(|line| line.starts_with("breakeven_build_info"));
    for label in ["version=", "model_version=", "price_book=\"2026-"] {
        assert!(build.is_some_and(|line| line.contains(label)), "{build:?}");
    }
}

#[tokio::test]
async fn operations_of_the_store_are_timed_by_outcome() {
    let app = TestApp::start().await;
    let took = Duration::from_millis(3);
    app.metrics.store("read", StoreOutcome::Done, took);
    app.metrics.store("read", StoreOutcome::Unavailable, took);
    for outcome in ["done", "unavailable"] {
        let labels = format!("operation=\"read\",outcome=\"{outcome}\"");
        check(
            &app,
            &format!("breakeven_store_operation_duration_seconds_count{{{labels}}} 1"),
        );
        check(
            &app,
            &format!("breakeven_store_operation_duration_seconds_sum{{{labels}}} 0.003"),
        );
    }
}

#[tokio::test]
async fn every_metric_is_explained_here_and_in_the_documents_and_has_our_name() {
    let app = TestApp::start().await;
    app.get("/").await;
    app.metrics
        .store("read", StoreOutcome::Done, Duration::from_millis(3));
    let metrics = app.metrics.text();
    let documented = include_str!("../../../docs/operations.md");
    let mut explained = BTreeSet::new();
    for line in metrics.lines() {
        if let Some(help) = line.strip_prefix("# HELP ") {
            let (name, words) = help.split_once(' ').expect("words");
            assert!(words.len() > 10, "{line}");
            assert!(documented.contains(&format!("| `{name}")), "{line}");
            explained.insert(name);
        } else if !line.starts_with('#') {
            assert!(line.starts_with("breakeven_"), "{line}");
            let known = explained.iter().any(|name| line.starts_with(name));
            assert!(known, "{line}");
        }
    }
}

#[tokio::test]
async fn what_strangers_make_up_adds_no_series_and_is_not_shown() {
    let app = TestApp::start().await;
    let ask = async |number: usize| {
        let method = format!("KESTREL{number}");
        let request = Request::builder().method(method.as_str()).uri("/kestrel");
        app.send(request.body(Body::empty()).expect("a request"))
            .await;
        for path in [
            format!("/kestrel/{number}"),
            format!("/s/kestrel{number}"),
            format!("/s/kestrel{number}/revisions/{number}"),
            format!("/api/v1/scenarios/kestrel{number}?kestrel={number}"),
            format!("/api/kestrel/{number}"),
            format!("/pkg/kestrel/{number}.js"),
        ] {
            app.get(&path).await;
        }
        app.metrics.text().lines().count()
    };
    let first = ask(0).await;
    for number in 1..20 {
        assert_eq!(ask(number).await, first, "{}", app.metrics.text());
    }
    assert!(!app.metrics.text().to_lowercase().contains("kestrel"));
}

//! Simulations: begun by programs and by the form of a page, followed, cancelled, refused, interrupted.

use std::time::Duration;

use axum::body::Body;
use axum::http::{Request, header};
use serde_json::{Value, json};
use server::simulations::SimulationBounds;
use server::store::{self, Document, NewSimulation};
use time::{Duration as Span, OffsetDateTime};

use crate::support::{Answer, SMALLEST, TestApp};

const ROOT: &str = "/api/v1/simulations";

/// A question of a hundredth of a month.
fn question(more: &Value) -> String {
    let system: Value = serde_json::from_str(SMALLEST).expect("JSON");
    let mut question =
        json!({ "system": system, "months": 0.01, "platforms": ["aws-lambda", "aws-fargate"] });
    for (name, value) in more.as_object().into_iter().flatten() {
        question[name] = value.clone();
    }
    question.to_string()
}

/// One that takes as long as a simulation may: minutes.
fn long() -> String {
    let mut question: Value =
        serde_json::from_str(&question(&json!({ "months": 12 }))).expect("JSON");
    question["system"]["components"][0]["traffic"]["requests_per_month"] = json!(20_000_000);
    question["platforms"] = json!(["aws-fargate"]);
    question["two_state"] = json!({ "high": 4, "high_s": 300, "low_s": 1800 });
    question.to_string()
}

async fn begun(app: &TestApp, question: String) -> String {
    let answer = app.post_json(ROOT, question).await;
    assert_eq!(answer.status, 202, "{}", answer.text());
    let id = answer.json()["id"].as_str().expect("an id").to_owned();
    assert_eq!(answer.header("location"), format!("{ROOT}/{id}"));
    id
}

/// Waits until it has ended.
async fn ended(app: &TestApp, id: &str) -> Value {
    for _ in 0..600 {
        let found = app.get(&format!("{ROOT}/{id}")).await.json();
        if !matches!(found["state"].as_str(), Some("queued" | "running")) {
            return found;
        }
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    panic!("{id} does not end");
}

async fn state(app: &TestApp, id: &str) -> String {
    let found = app.get(&format!("{ROOT}/{id}")).await.json();
    found["state"].as_str().expect("a state").to_owned()
}

async fn running(app: &TestApp, id: &str) {
    for _ in 0..200 {
        if state(app, id).await == "running" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{id} does not run");
}

#[tokio::test(flavor = "multi_thread")]
async fn what_is_asked_is_simulated_beside_the_formulas() {
    let app = TestApp::start().await;
    let id = begun(&app, question(&json!({ "replications": 2 }))).await;
    let found = ended(&app, &id).await;
    assert_eq!(found["state"], "done", "{found}");
    let runs = found["result"]["runs"].as_array().expect("runs");
    let platforms: Vec<&str> = runs
        .iter()
        .filter_map(|run| run["platform"].as_str())
        .collect();
    assert_eq!(platforms, ["aws-lambda", "aws-fargate"]);
    for run in runs {
        let formula = run["formula"]["monthly_usd"].as_f64().expect("dollars");
        let simulated = run["simulated"]["monthly_usd"].as_f64().expect("dollars");
        assert!(
            (formula / simulated - 1.0).abs() < 0.1,
            "{formula} against {simulated}"
        );
        assert!(run["half_width"]["p99_ms"].is_f64(), "{run}");
        assert!(
            run["timeline"]
                .as_array()
                .is_some_and(|parts| parts.len() > 10)
        );
    }
    // Asked again with the same seed it is the same.
    let again = begun(&app, question(&json!({ "replications": 2 }))).await;
    assert_eq!(ended(&app, &again).await["result"], found["result"]);
}

#[tokio::test(flavor = "multi_thread")]
async fn whoever_follows_hears_of_the_progress_and_of_the_end() {
    let app = TestApp::start().await;
    let id = begun(&app, question(&json!({ "months": 1 }))).await;
    let events = app.get(&format!("{ROOT}/{id}/events")).await;
    assert_eq!(events.header("content-type"), "text/event-stream");
    assert_eq!(events.header("content-encoding"), "");
    let told: Vec<(&str, Value)> = events
        .text()
        .split("\n\n")
        .filter_map(|event| {
            let (name, data) = event.strip_prefix("event: ")?.split_once("\ndata: ")?;
            Some((name, serde_json::from_str(data).expect("JSON")))
        })
        .collect();
    let (last, data) = told.last().expect("an event");
    assert_eq!((*last, data["state"].as_str()), ("end", Some("done")));
    let percents: Vec<f64> = told
        .iter()
        .filter_map(|(_, data)| data["percent"].as_f64())
        .collect();
    assert!(
        percents.is_sorted() && percents.last() == Some(&100.0),
        "{percents:?}"
    );
    assert!(
        told[..told.len() - 1]
            .iter()
            .all(|(name, _)| *name == "progress")
    );
    // Whoever comes later hears the end at once.
    let later = app.get(&format!("{ROOT}/{id}/events")).await;
    assert!(later.text().starts_with("event: end"), "{}", later.text());
}

#[tokio::test(flavor = "multi_thread")]
async fn a_full_queue_refuses_and_a_cancelled_job_makes_room() {
    let app = TestApp::with_simulations(SimulationBounds {
        running: 1,
        waiting: 1,
        threads: 1,
    })
    .await;
    let first = begun(&app, long()).await;
    running(&app, &first).await;
    let second = begun(&app, long()).await;
    assert_eq!(state(&app, &second).await, "queued");
    let refused = app.post_json(ROOT, question(&json!({}))).await;
    let problem = refused.problem(503, "a full queue");
    assert_eq!(problem["type"], "urn:breakeven:problem:queue-full");
    assert!(
        refused
            .header("retry-after")
            .parse::<u32>()
            .is_ok_and(|seconds| seconds > 0)
    );

    let cancel = |id: &str| format!("{ROOT}/{id}");
    assert_eq!(
        app.call("DELETE", &cancel(&second), &[], "").await.status,
        204
    );
    assert_eq!(state(&app, &second).await, "cancelled");
    let third = begun(&app, question(&json!({}))).await;
    assert_eq!(
        app.call("DELETE", &cancel(&first), &[], "").await.status,
        204
    );
    assert_eq!(state(&app, &first).await, "cancelled");
    // The thread is free again.
    assert_eq!(ended(&app, &third).await["state"], "done");
    // What has ended stays as it is.
    assert_eq!(
        app.call("DELETE", &cancel(&third), &[], "").await.status,
        204
    );
    assert_eq!(state(&app, &third).await, "done");
}

#[tokio::test(flavor = "multi_thread")]
async fn bad_questions_name_their_fields() {
    let app = TestApp::start().await;
    for (body, path) in [
        (
            question(&json!({ "platforms": ["nowhere"] })),
            "platforms[0]",
        ),
        (question(&json!({ "months": 99 })), "months"),
        (
            question(&json!({ "series": { "csv": "1\nx\n" } })),
            "series.csv",
        ),
        (
            question(&json!({ "system": { "version": 1 } })),
            "system.components",
        ),
        (
            question(&json!({ "system": { "version": 1, "components": [{
            "traffic": { "requests_per_month": 1e13 }, "work": { "duration_ms": 1 } }] } })),
            "months",
        ),
    ] {
        let problem = app.post_json(ROOT, body.clone()).await.problem(422, &body);
        let errors = problem["errors"].as_array().expect("errors");
        assert!(
            errors.iter().any(|error| error["path"] == path),
            "{body}: {errors:?}"
        );
    }
    let too_large = question(&json!({ "series": { "csv": "1\n".repeat(2_000_000) } }));
    app.post_json(ROOT, too_large).await.problem(413, "2.6 MB");
    for method in ["GET", "DELETE"] {
        for id in ["nothing", "aaaaaaaaaaaaaaaaaaaaaaaaaa"] {
            let answer = app.call(method, &format!("{ROOT}/{id}"), &[], "").await;
            answer.problem(404, id);
        }
    }
}

/// A job whose program has died is no longer "running", on any page and in any answer.
#[tokio::test(flavor = "multi_thread")]
async fn a_job_whose_program_is_silent_is_interrupted() {
    let app = TestApp::start().await;
    let url = format!("sqlite://{}/test.db", app.folder.path().display());
    let store = store::open(&url).await.expect("the same store");
    let now = OffsetDateTime::from_unix_timestamp(1_795_428_000).expect("a moment");
    let id = "bbbbbbbbbbbbbbbbbbbbbbbbbb";
    let new = NewSimulation {
        id: id.to_owned(),
        question: Document::pack(&question(&json!({}))),
        progress: "{}".to_owned(),
        created_at: now - Span::minutes(5),
        expires_at: now + Span::days(1),
    };
    store.begin_simulation(&new).await.expect("kept");
    assert_eq!(state(&app, id).await, "interrupted");
    let events = app.get(&format!("{ROOT}/{id}/events")).await;
    assert!(events.text().starts_with("event: end"), "{}", events.text());
    let page = app.get(&format!("/replays/{id}")).await;
    assert_eq!(page.status, 200);
    assert!(
        page.text().contains("This replay was interrupted"),
        "{}",
        page.text()
    );
}

/// What a browser sends of the form.
async fn form(app: &TestApp, parts: &[(&str, &str)]) -> Answer {
    let mut body = String::new();
    for (name, value) in parts {
        let file = if *name == "series" {
            "; filename=\"traffic.csv\"\r\nContent-Type: text/csv"
        } else {
            ""
        };
        body += "--x\r\nContent-Disposition: form-data; name=\"";
        for part in [name, "\"", file, "\r\n\r\n", value, "\r\n"] {
            body += part;
        }
    }
    body.push_str("--x--\r\n");
    let request = Request::post("/replays")
        .header(header::CONTENT_TYPE, "multipart/form-data; boundary=x")
        .header(header::ACCEPT, "text/html")
        .header("sec-fetch-site", "same-origin");
    app.send(request.body(Body::from(body)).expect("a request"))
        .await
}

const ANSWERS: &str = "traffic.requests_per_month=1000000&work.duration_ms=120";

#[tokio::test(flavor = "multi_thread")]
async fn the_form_leads_to_a_page_that_ends_with_the_result() {
    let app = TestApp::start().await;
    let answer = app.get(&format!("/answer?{ANSWERS}")).await;
    assert!(answer.text().contains("Replay a week of this"));
    let sent = form(
        &app,
        &[
            ("answers", ANSWERS),
            ("platform", "aws-lambda"),
            ("platform", "aws-fargate"),
            ("series", ""),
            ("step", "minute"),
        ],
    )
    .await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let page = sent.header("location").to_owned();
    let id = page.trim_start_matches("/replays/").to_owned();
    ended(&app, &id).await;
    let shown = app.get(&page).await;
    let html = shown.text();
    for part in [
        "A week, replayed",
        "AWS Lambda",
        "Amazon ECS on Fargate",
        "Formula is off by",
        "±",
        "Cost a month",
        "The chart as a table",
    ] {
        assert!(html.contains(part), "{part}");
    }
    assert_eq!(shown.header("x-robots-tag"), "noindex");
    let chart = app
        .get(&format!("{page}/charts/replay.json?component=1"))
        .await;
    assert_eq!(
        (chart.status.as_u16(), chart.header("content-type")),
        (200, "application/json")
    );
    app.get(&format!("{page}/charts/replay.json?component=9"))
        .await
        .problem(422, "no such run");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_traffic_file_is_replayed_and_a_bad_line_is_named() {
    let app = TestApp::start().await;
    let parts = |csv| {
        [
            ("answers", ANSWERS),
            ("platform", "aws-lambda"),
            ("series", csv),
            ("step", "hour"),
        ]
    };
    let sent = form(
        &app,
        &parts("time,requests\r\n2026-11-23T00:00Z,900\r\n2026-11-23T01:00Z,100\r\n"),
    )
    .await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let id = sent
        .header("location")
        .trim_start_matches("/replays/")
        .to_owned();
    let found = ended(&app, &id).await;
    assert_eq!(found["result"]["requests"], 500 * 168 * 5, "{found}");

    let bad = form(&app, &parts("900\n100\nmany\n")).await;
    assert_eq!(bad.status, 422);
    assert!(bad.text().contains("line 3"), "{}", bad.text());
    let none = form(&app, &[("answers", ANSWERS), ("step", "hour")]).await;
    assert_eq!(none.status, 422);
}

#[tokio::test(flavor = "multi_thread")]
async fn more_than_a_week_of_it_is_too_much_for_the_form_takes_a_day() {
    let app = TestApp::start().await;
    let answers = "traffic.requests_per_month=2000000000&work.duration_ms=5&traffic.shape=steady";
    let sent = form(
        &app,
        &[
            ("answers", answers),
            ("platform", "aws-lambda"),
            ("step", "minute"),
        ],
    )
    .await;
    assert_eq!(sent.status, 303, "{}", sent.text());
    let page = sent.header("location").to_owned();
    let waiting = app.get(&page).await;
    let html = waiting.text();
    assert!(html.contains("A day, replayed"), "{html}");
    if html.contains("<progress") {
        assert!(
            html.contains("http-equiv=\"refresh\"") && html.contains("/cancel"),
            "{html}"
        );
    }
    let cancelled = app.browse("POST", &format!("{page}/cancel"), "", "").await;
    assert_eq!(cancelled.status, 303);
    let after = app.get(&page).await;
    assert!(
        after.text().contains("This replay was cancelled")
            || after.text().contains("Formula is off by")
    );
}

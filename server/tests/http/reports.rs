//! Reports of an answer and of a saved scenario.

use super::support::{SMALLEST, TestApp, with};

const HOSTILE: &str = "<script>alert(1)</script> | `x`";
const ANSWER: &str = "region=us-east-1&traffic.requests_per_month=1000000&work.duration_ms=120";

#[tokio::test]
async fn an_answer_has_its_reports() {
    let app = TestApp::start().await;
    let markdown = app.get(&format!("/answer/report.md?{ANSWER}")).await;
    assert_eq!(markdown.status, 200, "{}", markdown.text());
    assert_eq!(
        markdown.header("content-type"),
        "text/markdown; charset=utf-8"
    );
    assert_eq!(
        markdown.header("content-disposition"),
        "attachment; filename=\"breakeven-answer.md\""
    );
    let json = app.get(&format!("/answer/report.json?{ANSWER}")).await;
    assert_eq!(json.header("content-type"), "application/json");
    let headline = json.json()["evaluation"]["verdict"]["headline"]
        .as_str()
        .expect("a headline")
        .to_owned();
    for expected in [
        "# Serverless or containers?",
        "## Decision outcome",
        headline.split(['$', '.']).next().expect("its beginning"),
        "### Considered options",
        "Estimated bill a month",
        "### Limits",
        "### Break-even",
        "## Assumptions",
        "Price book of",
        "Model version",
        "https://breakeven.example/answer?",
        "estimates",
    ] {
        assert!(
            markdown.text().contains(expected),
            "{expected:?} is missing in\n{}",
            markdown.text()
        );
    }
    assert!(
        !markdown.text().contains("\ndate:"),
        "an unsaved answer has no date"
    );
}

#[tokio::test]
async fn a_report_of_bad_answers_names_them() {
    let app = TestApp::start().await;
    let problem = app
        .get("/answer/report.md?traffic.requests_per_month=-1")
        .await
        .problem(422, "bad answers");
    assert!(
        problem["errors"]
            .as_array()
            .is_some_and(|errors| !errors.is_empty()),
        "{problem}"
    );
    app.get(&format!("/answer/report.docx?{ANSWER}")).await;
}

#[tokio::test]
async fn a_saved_report_is_dated_and_harmless() {
    let app = TestApp::start().await;
    let saved = app
        .post_json("/api/v1/scenarios", with("/name", HOSTILE))
        .await
        .json();
    let id = saved["id"].as_str().expect("an id");
    let newest = app.get(&format!("/s/{id}/report.md")).await;
    let named = app.get(&format!("/s/{id}/revisions/1/report.md")).await;
    assert_eq!(newest.status, 200, "{}", newest.text());
    assert_eq!(newest.body, named.body);
    assert_eq!(
        newest.header("content-disposition"),
        format!("attachment; filename=\"breakeven-{id}-1.md\"")
    );
    let text = newest.text();
    assert!(text.contains("\ndate: 2026-11-23\n"), "{text}");
    assert!(
        text.contains(&format!("<https://breakeven.example/s/{id}/revisions/1>")),
        "{text}"
    );
    assert!(
        text.contains(
            "# &lt;script&gt;alert(1)&lt;/script&gt; \\| \\`x\\`: serverless or containers?"
        ),
        "{text}"
    );
    let body = text.splitn(3, "---\n").last().expect("a body");
    assert!(!body.contains("<script"), "{text}");
}

#[tokio::test]
async fn a_saved_report_shows_what_was_saved() {
    let app = TestApp::start().await;
    let saved = app.post_json("/api/v1/scenarios", SMALLEST).await.json();
    let id = saved["id"].as_str().expect("an id");
    let record = app.get(&format!("/api/v1/scenarios/{id}")).await.json();
    let report = app.get(&format!("/s/{id}/report.json")).await.json();
    assert_eq!(report["evaluation"], record["evaluation"]);
    assert_eq!(report["system"], record["system"]);
}

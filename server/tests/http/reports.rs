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

/// The Markdown report of a saved example.
async fn report_of(slug: &str) -> String {
    let app = TestApp::start().await;
    let example = model::example::all()
        .iter()
        .find(|example| example.slug == slug);
    let system = serde_json::to_string(&example.expect("an example").system).expect("JSON");
    let saved = app.post_json("/api/v1/scenarios", system).await.json();
    let id = saved["id"].as_str().expect("an id");
    app.get(&format!("/s/{id}/report.md"))
        .await
        .text()
        .to_owned()
}

#[tokio::test]
async fn a_report_has_what_stands_beside_the_options() {
    for (slug, expected) in [
        (
            "shop-system",
            &[
                "## Plans for the whole system",
                "All serverless",
                "Each where it is best",
                "Saved by sharing",
                "### State and services",
                "Amazon S3",
            ][..],
        ),
        (
            "chat",
            &[
                "### State and services",
                "Open connections",
                "WebSocket API",
            ],
        ),
        (
            "launch-announced",
            &["### What else could be done", "P99 then"],
        ),
    ] {
        let report = report_of(slug).await;
        for text in expected {
            assert!(
                report.contains(text),
                "{slug}: {text:?} is missing in\n{report}"
            );
        }
    }
}

#[tokio::test]
async fn a_report_lists_the_flips_that_decide_and_counts_the_others() {
    let app = TestApp::start().await;
    let markdown = app.get(&format!("/answer/report.md?{ANSWER}")).await;
    let json = app
        .get(&format!("/answer/report.json?{ANSWER}"))
        .await
        .json();
    let flips = json["evaluation"]["components"][0]["break_even"]
        .as_array()
        .expect("flips")
        .clone();
    let deciding = flips.iter().filter(|flip| flip["decides"] == true).count();
    assert!(
        deciding > 0 && deciding < flips.len(),
        "{deciding} of {}",
        flips.len()
    );
    let section = markdown
        .text()
        .split("### Break-even")
        .nth(1)
        .expect("the section");
    let section = section.split("\n#").next().expect("its end");
    let rows = section
        .lines()
        .filter(|line| line.starts_with("| "))
        .count();
    assert_eq!(rows, deciding + 2, "{section}");
    let others = format!("changes {} times", flips.len() - deciding);
    assert!(section.contains(&others), "{section}");
}

#[tokio::test]
async fn a_report_names_prices_that_the_region_lacks() {
    let app = TestApp::start().await;
    let answer = "kind=websocket&region=eu-west-1&traffic.requests_per_month=1000000&work.duration_ms=120&state.websocket_connections=1000";
    let report = app.get(&format!("/answer/report.md?{answer}")).await;
    let text = report.text();
    for expected in [
        "### Prices that the book does not have",
        "eu-west-1",
        "no bill without it",
    ] {
        assert!(
            text.contains(expected),
            "{expected:?} is missing in\n{text}"
        );
    }
}

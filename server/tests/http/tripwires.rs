//! Tripwires of an answer and of a saved scenario.

use super::support::{TestApp, with};

const ANSWER: &str = "region=us-east-1&traffic.requests_per_month=1000000&work.duration_ms=120";
const FILES: [(&str, &str, &str); 3] = [
    (
        "tripwires.yaml",
        "application/yaml",
        "AWS::CloudWatch::Alarm",
    ),
    (
        "tripwires.tf",
        "text/plain; charset=utf-8",
        "aws_cloudwatch_metric_alarm",
    ),
    ("tripwires.rules.yaml", "application/yaml", "groups:\n"),
];

#[tokio::test]
async fn an_answer_has_its_tripwires() {
    let app = TestApp::start().await;
    for (file, content_type, mark) in FILES {
        let answer = app.get(&format!("/answer/{file}?{ANSWER}")).await;
        assert_eq!(answer.status, 200, "{}", answer.text());
        assert_eq!(answer.header("content-type"), content_type);
        let name = format!("attachment; filename=\"breakeven-2026-11-23.{file}\"");
        assert!(answer.header("content-disposition").starts_with(&name));
        let text = answer.text();
        assert!(text.contains(mark), "{text}");
        assert!(text.contains("https://breakeven.example/answer?"), "{text}");
    }
}

#[tokio::test]
async fn who_has_them_is_not_sent_them_again() {
    let app = TestApp::start().await;
    for (file, content_type, _) in FILES {
        let path = format!("/answer/{file}?{ANSWER}");
        let answer = app.get(&path).await;
        assert_eq!(answer.header("cache-control"), "private, no-cache");
        let shown = [("if-none-match", answer.header("etag"))];
        let again = app.call("GET", &path, &shown, "").await;
        assert_eq!(again.status, 304, "{file}");
        assert_eq!(again.header("etag"), answer.header("etag"));
        assert_eq!(again.header("content-type"), content_type);
        assert!(again.body.is_empty());
        let other = app
            .call("GET", &path, &[("if-none-match", "\"0-0\"")], "")
            .await;
        assert_eq!(other.status, 200, "{file}");
    }
}

/// The quick answer leaves out what it does not know; the part that follows says what the files say.
#[tokio::test]
async fn the_page_and_the_files_name_the_same_cost() {
    let app = TestApp::start().await;
    let quick = app.get(&format!("/answer?{ANSWER}")).await;
    assert!(
        !quick.text().contains("Cost a month above"),
        "not known yet"
    );
    let file = app.get(&format!("/answer/tripwires.yaml?{ANSWER}")).await;
    let reason = file
        .text()
        .split("\"The estimate is ")
        .nth(1)
        .expect("a cost");
    let reason = reason.split(". ").next().expect("its sentence");
    let whole = app.get(&format!("/answer/flips?{ANSWER}")).await;
    assert!(whole.text().contains(reason), "{reason} is missing");
}

#[tokio::test]
async fn a_saved_scenario_has_tripwires_that_lead_to_its_revision() {
    let app = TestApp::start().await;
    let hostile = "a\"\n{{ $x }} ${y} %{z}: !Ref \u{202e}b";
    let saved = app
        .post_json("/api/v1/scenarios", with("/name", hostile))
        .await
        .json();
    let id = saved["id"].as_str().expect("an id");
    for (file, content_type, mark) in FILES {
        let newest = app.get(&format!("/s/{id}/{file}")).await;
        let named = app.get(&format!("/s/{id}/revisions/1/{file}")).await;
        assert_eq!(newest.status, 200, "{}", newest.text());
        assert_eq!(newest.body, named.body);
        assert_eq!(newest.header("content-type"), content_type);
        let name = format!("attachment; filename=\"breakeven-a-x-y-z-ref-b-2026-11-23.{file}\"");
        assert!(newest.header("content-disposition").starts_with(&name));
        let text = newest.text();
        assert!(text.contains(mark), "{text}");
        assert!(
            text.contains(&format!("https://breakeven.example/s/{id}/revisions/1")),
            "{text}"
        );
        assert!(!text.contains('\u{202e}'), "{text}");
    }
}

#[tokio::test]
async fn what_is_not_there_has_none() {
    let app = TestApp::start().await;
    let saved = app
        .post_json("/api/v1/scenarios", super::support::SMALLEST)
        .await
        .json();
    let id = saved["id"].as_str().expect("an id");
    for (file, _, _) in FILES {
        for address in [
            format!("/s/nobody/{file}"),
            format!("/s/{id}/revisions/2/{file}"),
            format!("/s/{id}/revisions/x/{file}"),
        ] {
            assert_eq!(app.get(&address).await.status, 404, "{address}");
        }
        let wrong = format!("/answer/{file}?traffic.requests_per_month=-1");
        app.get(&wrong).await.problem(422, "bad answers");
    }
    let unknown = app.get(&format!("/answer/tripwires.json?{ANSWER}")).await;
    assert_eq!(unknown.status, 404);
}

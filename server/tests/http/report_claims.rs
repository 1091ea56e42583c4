//! What a report claims holds: of a stay, of no target, of no requests, of nothing that fits, of a system.

use serde_json::{Value, json};

use super::support::{TestApp, with};

const ANSWER: &str = "region=us-east-1&traffic.requests_per_month=1000000&work.duration_ms=120";

async fn record(query: &str) -> String {
    let app = TestApp::start().await;
    let report = app.get(&format!("/answer/report.md?{query}")).await;
    assert_eq!(report.status, 200, "{query}: {}", report.text());
    report.text().to_string()
}

async fn record_of(system: &Value) -> String {
    let app = TestApp::start().await;
    let saved = app
        .post_json("/api/v1/scenarios", system.to_string())
        .await
        .json();
    let id = saved["id"].as_str().expect("an id").to_owned();
    app.get(&format!("/s/{id}/report.md"))
        .await
        .text()
        .to_string()
}

fn check(record: &str, said: &[&str], unsaid: &[&str]) {
    for text in said {
        assert!(record.contains(text), "{text:?} is missing in\n{record}");
    }
    for text in unsaid {
        assert!(!record.contains(text), "{text:?} stands in\n{record}");
    }
}

fn example(slug: &str) -> Value {
    let example = model::example::example(slug).expect("an example");
    serde_json::to_value(&example.system).expect("JSON")
}

#[tokio::test]
async fn to_stay_is_argued_for_when_it_is_advised() {
    let record = record(&format!(
        "{ANSWER}&today_usd_per_month=1&migration_usd=5000"
    ))
    .await;
    check(
        &record,
        &[
            "**Stay where you are.**",
            "| **Stay as you are (the choice)** |",
            "(the best other way)",
            "* Good, because nothing has to be moved",
            "does not save the \\$5,000.00 of moving",
            "taxes, and people's time",
        ],
        &[
            "AWS Lambda (the choice)",
            "servers, clusters or scaling rules",
            "Memory utilization",
            "the cost of moving",
        ],
    );
}

#[tokio::test]
async fn no_target_is_kept_where_there_is_none() {
    let queue =
        "region=us-east-1&kind=event&traffic.requests_per_month=20000000&work.duration_ms=400";
    let record = record(queue).await;
    check(
        &record,
        &["no target was given", "* Neutral, because P99 is "],
        &["within the target", "target is kept"],
    );
}

#[tokio::test]
async fn without_requests_none_is_late() {
    let record = record("region=us-east-1&traffic.requests_per_month=0&work.duration_ms=100").await;
    check(
        &record,
        &["there are no requests, so that none can be late"],
        &["within the target", "Every option keeps"],
    );
}

#[tokio::test]
async fn what_breaks_limits_is_not_said_to_lack_prices() {
    let needs = "work.request_memory_mb=900000&needs=untrusted_code&needs=persistent_disk";
    let record = record(&format!("{ANSWER}&{needs}")).await;
    check(
        &record,
        &[
            "Do not build it yet: no option fits as described.",
            "Chosen option: \"none yet\"",
            "because it cannot be chosen",
        ],
        &["lacks prices", "```mermaid", "changes the choice"],
    );
}

#[tokio::test]
async fn a_system_has_one_choice_for_each_of_its_parts() {
    let record = record_of(&example("shop-system")).await;
    let line = |start: &str| {
        let mut lines = record.lines();
        lines.find(|line| line.starts_with(start)).expect(start)
    };
    let decision = line("**Run ").trim_matches(['*', '.']);
    let brief = line("> ");
    for place in decision.trim_start_matches("Run ").split("; ") {
        assert!(brief.contains(place), "{place} is missing in {brief}");
        let (_, platform) = place.split_once(" on ").expect("a platform");
        assert!(
            record.contains(&format!("{platform} (the choice)")),
            "{platform} is not the choice in\n{record}"
        );
    }
}

#[tokio::test]
async fn a_part_that_fits_nothing_stops_the_system() {
    let mut system = example("shop-system");
    system["components"][0]["needs"] = json!(["gpu", "windows", "untrusted_code"]);
    let name = system["components"][0]["name"]
        .as_str()
        .expect("a name")
        .to_owned();
    let record = record_of(&system).await;
    check(
        &record,
        &[
            "Chosen option: \"none yet\"",
            &format!("no option fits {name} as described"),
        ],
        &[],
    );
}

#[tokio::test]
async fn traffic_of_links_is_the_traffic() {
    let mut system = example("shop-system");
    let links = system["links"].as_array().expect("links").clone();
    let to = links[0]["to"].as_str().expect("a name").to_owned();
    let components = system["components"].as_array_mut().expect("components");
    let called = components
        .iter_mut()
        .find(|component| component["name"] == to.as_str())
        .expect("the called one");
    called["traffic"]["requests_per_month"] = json!(1_000);
    let record = record_of(&system).await;
    check(
        &record,
        &["with those that links bring; stated: 1,000 requests a month"],
        &["you are at 1,000\n", "you are at 1,000**"],
    );
}

#[tokio::test]
async fn notes_of_a_browser_keep_their_paragraphs() {
    let notes = "First.\r\n\r\nSecond.";
    let system: Value = serde_json::from_str(&with("/notes", notes)).expect("JSON");
    let record = record_of(&system).await;
    check(&record, &["First.\n\nSecond.\n"], &["First.  "]);
}

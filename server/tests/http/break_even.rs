//! `/break-even`: costs and break-evens over one numeric input.

use serde_json::Value;

use super::support::{SMALLEST, TestApp, with};

const CPU: &str = "/api/v1/break-even?over=components[0].work.cpu_ms";

#[tokio::test]
async fn costs_over_an_input_come_with_where_their_order_flips() {
    let app = TestApp::start().await;
    let volume = "/api/v1/break-even?over=components[0].traffic.requests_per_month";
    let found = app.post_json(volume, SMALLEST).await;
    assert_eq!(found.status, 200, "{}", found.text());
    let found = found.json();
    assert_eq!(found["input"], "components[0].traffic.requests_per_month");
    assert_eq!(found["now"], 1_000_000.0);
    let values = found["values"].as_array().expect("values");
    assert!(values.len() > 12, "{}", values.len());
    for series in found["options"].as_array().expect("options") {
        assert_eq!(
            series["monthly_usd"].as_array().map(Vec::len),
            Some(values.len()),
            "{}",
            series["platform"]
        );
    }
    let flips = found["break_even"].as_array().expect("flips");
    let turn = flips
        .iter()
        .find(|flip| flip["between"] == serde_json::json!(["aws-fargate", "aws-lambda"]));
    let turn = turn.unwrap_or_else(|| panic!("Fargate against Lambda is not in {flips:?}"));
    assert_eq!(turn["cheaper_above"], "aws-fargate");
    let at = turn["at"].as_f64().expect("a value");
    assert!((1e6..1e8).contains(&at), "{at}");
}

#[tokio::test]
async fn an_input_that_is_none_is_refused_by_the_name_of_the_parameter() {
    let app = TestApp::start().await;
    for (case, over) in [
        ("an unknown input", "components[0].work.colour"),
        ("no number", "components[0].kind"),
        ("no component of that number", "components[7].work.cpu_ms"),
        ("no component named", "work.cpu_ms"),
        ("a component that is no number", "components[x].work.cpu_ms"),
        ("nothing", ""),
    ] {
        let address = format!("/api/v1/break-even?over={over}");
        let problem = app.post_json(&address, SMALLEST).await.problem(422, case);
        assert_eq!(problem["errors"][0]["path"], "over", "{case}: {problem}");
        assert!(
            problem["errors"][0]["message"]
                .as_str()
                .is_some_and(|message| !message.is_empty()),
            "{case}: {problem}"
        );
    }
    app.post_json("/api/v1/break-even", SMALLEST)
        .await
        .problem(400, "no parameter");
    let problem = app
        .post_json(CPU, with("/components/0/work/duration_ms", -5))
        .await
        .problem(422, "a bad system");
    assert_eq!(
        problem["errors"][0]["path"],
        Value::from("components[0].work.duration_ms")
    );
}

#[tokio::test]
async fn the_answer_page_shows_them_for_the_input_of_choice() {
    let app = TestApp::start().await;
    let answer = "/answer?region=us-east-1&traffic.requests_per_month=1000000&work.duration_ms=120";
    for (over, expected) in [
        ("", "Break-even over another answer"),
        ("&over=work.cpu_ms", "Cost a month"),
        ("&over=components[0].work.cpu_ms", "Cost a month"),
        ("&over=work.colour", "is no numeric answer"),
        ("&over=components[9].work.cpu_ms", "there is no component 9"),
    ] {
        let page = app.get(&format!("{answer}{over}")).await;
        assert_eq!(page.status, 200, "{over}");
        assert!(
            page.text().contains(expected),
            "{over}: {expected:?} is missing"
        );
    }
}

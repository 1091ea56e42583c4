//! The page about the API, and the forms that try its calls.

use axum::body::Body;
use axum::http::{Request, header};

use super::support::{Answer, TestApp};

async fn tried(app: &TestApp, form: &[(&str, &str)], site: &str) -> Answer {
    let encoded = form
        .iter()
        .map(|(name, text)| format!("{name}={}", percent(text)));
    let body = encoded.collect::<Vec<_>>().join("&");
    let request = Request::post("/api/try")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", site);
    app.send(request.body(Body::from(body)).expect("a request"))
        .await
}

fn percent(text: &str) -> String {
    let escaped: Vec<String> = text.bytes().map(|byte| format!("%{byte:02X}")).collect();
    escaped.concat()
}

#[tokio::test]
async fn the_page_names_every_call_with_its_form_or_its_command() {
    let app = TestApp::start().await;
    let page = app.get("/api").await;
    assert_eq!(page.status, 200);
    let document = app.get("/api/v1/openapi.json").await.json();
    for (path, methods) in document["paths"].as_object().expect("paths") {
        for (method, operation) in methods.as_object().expect("methods") {
            let id = operation["operationId"].as_str().expect("an id");
            let title = operation["summary"].as_str().expect("a summary");
            let address = format!("{} /api/v1{path}", method.to_uppercase());
            for expected in [title, &address, &format!("id=\"{id}\"")] {
                assert!(page.text().contains(expected), "{expected}");
            }
            let form = page.text().contains(&format!("id=\"{id}-try\""));
            // What deletes is not tried by accident.
            let open = operation["security"].is_null() && method != "delete";
            assert_eq!(form, open, "{id}");
        }
    }
    let command = "curl -X POST 'https://breakeven.example/api/v1/evaluate";
    assert!(page.text().contains(command), "{command}");
}

#[tokio::test]
async fn a_call_that_is_tried_shows_its_answer_and_keeps_what_was_typed() {
    let app = TestApp::start().await;
    let body = r#"{"arrival_rate_per_s": 0.5, "service_time_s": 0.2, "keep_alive_s": 421}"#;
    let page = tried(
        &app,
        &[("call", "coldStart"), ("body", body)],
        "same-origin",
    )
    .await;
    assert_eq!(page.status, 200);
    for expected in [
        "200 OK",
        "cold_start_probability",
        "x-request-id",
        "421",
        "POST /api/v1/method/cold_start",
    ] {
        assert!(page.text().contains(expected), "{expected}");
    }
}

#[tokio::test]
async fn what_is_refused_is_shown_as_it_comes() {
    let app = TestApp::start().await;
    for (case, form, expected) in [
        (
            "no JSON",
            vec![("call", "evaluate"), ("body", "<b>{")],
            "400 Bad Request",
        ),
        (
            "an empty body",
            vec![("call", "bill"), ("body", "")],
            "400 Bad Request",
        ),
        (
            "a bad part",
            vec![("call", "evaluate"), ("p.parts", "a&b"), ("body", "{}")],
            "422 Unprocessable",
        ),
        (
            "no scenario",
            vec![("call", "readScenario"), ("p.id", "../examples?")],
            "404 Not Found",
        ),
    ] {
        let page = tried(&app, &form, "same-origin").await;
        assert_eq!(page.status, 200, "{case}");
        assert!(page.text().contains(expected), "{case}: {expected}");
        assert!(
            !page.text().contains("<b>{"),
            "{case}: what is typed is text"
        );
    }
}

#[tokio::test]
async fn a_form_of_another_site_and_calls_that_change_are_not_sent() {
    let app = TestApp::start().await;
    let other = tried(&app, &[("call", "examples")], "cross-site").await;
    other.problem(403, "another site");
    for call in [
        "deleteScenario",
        "reviseScenario",
        "amendScenario",
        "newOwnerToken",
        "",
        "nothing",
    ] {
        tried(&app, &[("call", call)], "same-origin")
            .await
            .problem(422, call);
    }
}

#[tokio::test]
async fn the_address_of_the_form_leads_to_the_page() {
    let app = TestApp::start().await;
    let answer = app.get("/api/try").await;
    assert_eq!(answer.status, 303);
    assert_eq!(answer.header("location"), "/api");
}

#[tokio::test]
async fn a_long_answer_is_cut_and_says_so() {
    let app = TestApp::start().await;
    let page = tried(&app, &[("call", "priceBook")], "same-origin").await;
    assert_eq!(page.status, 200);
    assert!(page.text().contains("characters more"));
}

//! Saving and reading scenarios, by the API and by the pages' form.

use axum::body::Body;
use axum::http::{Request, header};

use super::support::{Answer, SMALLEST, TestApp, with};

const SCENARIOS: &str = "/api/v1/scenarios";
const ANSWERS: &str =
    "name=Shop&region=us-east-1&traffic.requests_per_month=1000000&work.duration_ms=120";

fn form(answers: &str) -> String {
    answers.bytes().fold("answers=".to_owned(), |form, byte| {
        form + &format!("%{byte:02X}")
    })
}

async fn save(app: &TestApp, system: &str) -> Answer {
    let saved = app.post_json(SCENARIOS, system.to_owned()).await;
    assert_eq!(saved.status, 201, "{}", saved.text());
    saved
}

#[tokio::test]
async fn what_is_saved_comes_back_as_it_was() {
    let app = TestApp::start().await;
    for name in [
        "Shop",
        "",
        "\"quoted\" 'names'",
        "Käse 🧀",
        "<script>alert(1)</script>",
        "nul\0byte",
    ] {
        let system = with("/name", name);
        let evaluation = app
            .post_json("/api/v1/evaluate", system.clone())
            .await
            .json();
        let answer = save(&app, &system).await;
        let saved = answer.json();
        let id = saved["id"].as_str().expect("an id");
        assert_eq!(saved["url"], format!("https://breakeven.example/s/{id}"));
        assert_eq!(saved["revision"], 1);
        assert!(
            saved["owner_token"]
                .as_str()
                .is_some_and(|token| token.len() == 43),
            "{saved}"
        );
        assert_eq!(answer.header("location"), format!("{SCENARIOS}/{id}"));

        let newest = app.get(&format!("{SCENARIOS}/{id}")).await;
        assert_eq!(newest.status, 200, "{name:?}");
        let record = newest.json();
        assert_eq!(record["name"], name);
        assert_eq!(record["evaluation"], evaluation, "{name:?}");
        assert_eq!(
            record["system"]["components"][0]["work"]["duration_ms"],
            120
        );
        assert_eq!(record["created_at"], "2026-11-23T10:00:00Z");
        for (field, same_as) in [
            ("price_book", "price_book"),
            ("model_version", "model_version"),
        ] {
            assert_eq!(record[field], evaluation[same_as]);
        }
        assert!(
            record.get("owner_token").is_none() && !newest.text().contains("owner"),
            "{name:?}"
        );
        assert_eq!(newest.header("x-robots-tag"), "noindex");
        assert_eq!(
            app.get(&format!("{SCENARIOS}/{id}/revisions/1")).await.body,
            newest.body
        );
    }
}

#[tokio::test]
async fn what_was_never_saved_is_not_found() {
    let app = TestApp::start().await;
    let saved = save(&app, SMALLEST).await.json();
    let id = saved["id"].as_str().expect("an id");
    for path in [
        format!("{SCENARIOS}/{}", "a".repeat(26)),
        format!("{SCENARIOS}/nothing"),
        format!("{SCENARIOS}/%00"),
        format!("{SCENARIOS}/{id}/revisions/2"),
        format!("{SCENARIOS}/{id}/revisions/0"),
        format!("{SCENARIOS}/{id}/revisions/-1"),
        format!("{SCENARIOS}/{id}/revisions/one"),
        format!("/s/{}/report.md", "a".repeat(26)),
    ] {
        app.get(&path).await.problem(404, &path);
    }
}

#[tokio::test]
async fn a_bad_system_is_not_saved() {
    let app = TestApp::start().await;
    let problem = app
        .post_json(SCENARIOS, with("/components/0/work/duration_ms", -1))
        .await
        .problem(422, "negative");
    assert_eq!(
        problem["errors"][0]["path"],
        "components[0].work.duration_ms"
    );
}

#[tokio::test]
async fn the_form_saves_and_leads_to_the_page() {
    let app = TestApp::start().await;
    let answer = app.post_form("/scenarios", &form(ANSWERS)).await;
    assert_eq!(answer.status, 303, "{}", answer.text());
    let page = app.get(answer.header("location")).await;
    assert_eq!(page.status, 200);
    assert_eq!(page.header("x-robots-tag"), "noindex");
    let id = answer.header("location").trim_start_matches("/s/");
    let record = app.get(&format!("{SCENARIOS}/{id}")).await.json();
    assert_eq!(record["name"], "Shop");

    let renamed = app
        .post_form("/scenarios", &format!("{}&name=Other+name", form(ANSWERS)))
        .await;
    let id = renamed
        .header("location")
        .trim_start_matches("/s/")
        .to_owned();
    assert_eq!(
        app.get(&format!("{SCENARIOS}/{id}")).await.json()["name"],
        "Other name"
    );
}

#[tokio::test]
async fn a_bad_form_is_refused() {
    let app = TestApp::start().await;
    app.post_form("/scenarios", "nothing=1")
        .await
        .problem(400, "no answers");
    let bad = app
        .post_form(
            "/scenarios",
            &form("work.duration_ms=-1&name=K%C3%A4se%0D%0Ax"),
        )
        .await;
    assert_eq!(bad.status, 303, "back to the page that says what is wrong");
    assert_eq!(
        bad.header("location"),
        "/answer?work.duration_ms=-1&name=K%C3%A4se%0D%0Ax"
    );
    app.post_form("/scenarios", &"x".repeat(10_000_000))
        .await
        .problem(413, "10 MB");
    app.post_json("/scenarios", SMALLEST)
        .await
        .problem(415, "JSON");
    let foreign = Request::post("/scenarios")
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded")
        .header("sec-fetch-site", "cross-site");
    app.send(foreign.body(Body::from(form(ANSWERS))).expect("a request"))
        .await
        .problem(403, "another site's form");
}

#[tokio::test]
async fn without_its_database_it_says_so_and_recovers() {
    let app = TestApp::start().await;
    let id = save(&app, SMALLEST).await.json()["id"]
        .as_str()
        .expect("an id")
        .to_owned();
    let (file, away) = (
        app.folder.path().join("test.db"),
        app.folder.path().join("away.db"),
    );
    assert_eq!(app.get("/readyz").await.status, 200);

    std::fs::rename(&file, &away).expect("renamed");
    app.get("/readyz").await.problem(503, "not ready");
    let refused = app.post_json(SCENARIOS, SMALLEST).await;
    refused.problem(503, "not saved");
    assert_eq!(refused.header("retry-after"), "2");
    assert!(!refused.text().contains("test.db"), "{}", refused.text());
    app.get(&format!("{SCENARIOS}/{id}"))
        .await
        .problem(503, "not read");
    assert_eq!(
        app.post_json("/api/v1/evaluate", SMALLEST).await.status,
        200,
        "computing needs no database"
    );
    assert_eq!(app.get("/healthz").await.status, 200);

    std::fs::rename(&away, &file).expect("renamed back");
    assert_eq!(app.get("/readyz").await.status, 200);
    assert_eq!(app.get(&format!("{SCENARIOS}/{id}")).await.status, 200);
    save(&app, SMALLEST).await;
}

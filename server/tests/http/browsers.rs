//! What people do on the pages: save onto the list of their browser, rename, delete, move, and what others cannot do.

use axum::body::Body;
use axum::http::{Request, header};

use super::support::{Answer, TestApp};

const ANSWERS: &str =
    "answers=region%3Dus-east-1%26traffic.requests_per_month%3D1000000%26work.duration_ms%3D120";

/// A browser that has saved something, by its cookie.
struct Browser {
    cookie: String,
    id: String,
}

impl Browser {
    async fn save(app: &TestApp, name: &str) -> Self {
        let saved = app
            .browse("POST", "/scenarios", "", &format!("{ANSWERS}&name={name}"))
            .await;
        assert_eq!(saved.status, 303, "{}", saved.text());
        let set = saved.header("set-cookie");
        for attribute in [
            "HttpOnly",
            "SameSite=Lax",
            "Secure",
            "Path=/",
            "Max-Age=34560000",
        ] {
            assert!(set.contains(attribute), "{attribute} in {set}");
        }
        assert!(set.starts_with("__Host-breakeven="), "{set}");
        Self {
            cookie: set.split(';').next().expect("a cookie").to_owned(),
            id: saved
                .header("location")
                .trim_start_matches("/s/")
                .to_owned(),
        }
    }

    async fn post(&self, app: &TestApp, path: &str, form: &str) -> Answer {
        app.browse("POST", path, &self.cookie, form).await
    }

    async fn see(&self, app: &TestApp, path: &str) -> String {
        let page = app.browse("GET", path, &self.cookie, "").await;
        assert_eq!(page.status, 200, "{path}");
        page.text().to_owned()
    }
}

#[tokio::test]
async fn a_browser_finds_what_it_saved_and_no_other_does() {
    let app = TestApp::start().await;
    let mine = Browser::save(&app, "Shop").await;
    let again = mine
        .post(&app, "/scenarios", &format!("{ANSWERS}&name=Second"))
        .await;
    assert_eq!(again.header("set-cookie"), "", "it has its id already");
    let list = mine.see(&app, "/scenarios").await;
    assert!(list.contains("Shop") && list.contains("Second"));
    let other = Browser::save(&app, "Other").await;
    assert_ne!(mine.cookie, other.cookie);
    let list = other.see(&app, "/scenarios").await;
    assert!(list.contains("Other") && !list.contains("Shop"));
    let (id, signature) = mine.cookie.rsplit_once('.').expect("signed");
    for forged in [
        String::new(),
        id.to_owned(),
        format!("{id}."),
        format!("{id}x.{signature}"),
        mine.cookie.replace("__Host-breakeven", "breakeven"),
        format!("__Host-breakeven={}", "a".repeat(26)),
    ] {
        let page = app.browse("GET", "/scenarios", &forged, "").await;
        assert!(!page.text().contains("Shop"), "{forged}");
    }
}

#[tokio::test]
async fn the_owner_renames_dates_and_deletes_on_the_page() {
    let app = TestApp::start().await;
    let mine = Browser::save(&app, "Shop").await;
    let base = format!("/s/{}", mine.id);
    let renamed = mine
        .post(&app, &format!("{base}/rename"), "name=%3Cb%3ENew")
        .await;
    assert_eq!(
        renamed.header("location"),
        format!("{base}/manage?done=renamed")
    );
    let page = mine.see(&app, &format!("{base}/manage?done=renamed")).await;
    assert!(
        page.contains("It has its new name.") && page.contains("&lt;b&gt;New"),
        "{page}"
    );
    assert!(!page.contains("<b>New"));
    let dated = mine
        .post(&app, &format!("{base}/expiry"), "last_day=2026-12-31")
        .await;
    assert_eq!(dated.status, 303, "{}", dated.text());
    let page = mine.see(&app, &format!("{base}/manage")).await;
    assert!(page.contains("value=\"2026-12-31\""), "{page}");
    let record = app
        .get(&format!("/api/v1{}", base.replace("/s/", "/scenarios/")))
        .await;
    assert_eq!(record.json()["expires_at"], "2027-01-01T00:00:00Z");
    for day in ["last_day=2020-01-01", "last_day=soon"] {
        let refused = mine.post(&app, &format!("{base}/expiry"), day).await;
        assert_eq!(refused.status, 422, "{day}");
        assert!(
            refused.text().contains("<h1>Invalid values"),
            "{}",
            refused.text()
        );
    }
    let deleted = mine.post(&app, &format!("{base}/delete"), "").await;
    assert_eq!(deleted.header("location"), "/scenarios?done=deleted");
    assert_eq!(app.get(&base).await.status, 410);
}

#[tokio::test]
async fn strangers_change_nothing() {
    let app = TestApp::start().await;
    let mine = Browser::save(&app, "Shop").await;
    let stranger = Browser::save(&app, "Stranger").await;
    let base = format!("/s/{}", mine.id);
    for (path, form) in [
        ("/rename", "name=Stolen"),
        ("/expiry", "last_day="),
        ("/delete", ""),
        ("/owner-token", ""),
        ("/claim", "token=wrong"),
    ] {
        let refused = stranger.post(&app, &format!("{base}{path}"), form).await;
        assert_eq!(refused.status, 403, "{path}: {}", refused.text());
        assert!(refused.text().contains("<h1>Not the owner"), "{path}");
        let unknown = app.browse("POST", &format!("{base}{path}"), "", form).await;
        assert!(
            [401, 403].contains(&unknown.status.as_u16()),
            "{path}: {}",
            unknown.status
        );
    }
    let revise = format!("{ANSWERS}&as={}+%221-0%22", mine.id);
    let refused = stranger.post(&app, "/scenarios", &revise).await;
    assert_eq!(refused.status, 403);
    assert!(
        refused.text().contains("Nothing is lost"),
        "the answers stand in a form"
    );
    let page = stranger.see(&app, &format!("{base}/manage")).await;
    assert!(page.contains("This browser did not save it") && !page.contains("/delete"));
    let mut cross = Request::post(format!("{base}/delete"))
        .header(header::COOKIE, &mine.cookie)
        .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
    for site in ["cross-site", "same-site"] {
        cross = cross.header("sec-fetch-site", site);
    }
    let refused = app
        .send(cross.body(Body::empty()).expect("a request"))
        .await;
    refused.problem(403, "another site");
    let record = app
        .get(&format!("/api/v1/scenarios/{}", mine.id))
        .await
        .json();
    assert_eq!(
        (&record["name"], &record["revision"]),
        (&"Shop".into(), &1.into())
    );
}

#[tokio::test]
async fn an_answer_becomes_a_revision_of_what_this_browser_saved() {
    let app = TestApp::start().await;
    let mine = Browser::save(&app, "Shop").await;
    let answer = "/answer?name=Shop&region=us-east-1&traffic.requests_per_month=2000000&work.duration_ms=120";
    let page = mine.see(&app, answer).await;
    assert!(
        page.contains(&format!("value=\"{} &quot;1-0&quot;\" selected", mine.id)),
        "{page}"
    );
    let revise = format!("{ANSWERS}&as={}+%221-0%22", mine.id);
    let revised = mine.post(&app, "/scenarios", &revise).await;
    assert_eq!(
        revised.header("location"),
        format!("/s/{}", mine.id),
        "{}",
        revised.text()
    );
    let page = mine.see(&app, &format!("/s/{}", mine.id)).await;
    assert!(page.contains("revision 2, the newest") && page.contains("id=\"history\""));
    let older = mine.see(&app, &format!("/s/{}/revisions/1", mine.id)).await;
    assert!(older.contains("revision 1 of 2") && older.contains("Show the newest"));
    let late = mine.post(&app, "/scenarios", &revise).await;
    assert_eq!(late.status, 412);
    assert!(late.text().contains("Save as a scenario of its own"));
}

#[tokio::test]
async fn a_copy_says_where_it_comes_from_and_is_the_copiers() {
    let app = TestApp::start().await;
    let mine = Browser::save(&app, "Shop").await;
    let other = Browser::save(&app, "Other").await;
    let copied = other
        .post(&app, &format!("/s/{}/copy", mine.id), "revision=1")
        .await;
    let copy = copied.header("location").to_owned();
    let page = other.see(&app, &copy).await;
    assert!(page.contains("Copied from") && page.contains("You saved it in this browser"));
    assert!(
        !mine
            .see(&app, "/scenarios")
            .await
            .contains(copy.trim_start_matches("/s/"))
    );
}

#[tokio::test]
async fn a_token_hands_a_scenario_over_to_another_browser() {
    let app = TestApp::start().await;
    let mine = Browser::save(&app, "Shop").await;
    let other = Browser::save(&app, "Other").await;
    let issued = mine
        .post(&app, &format!("/s/{}/owner-token", mine.id), "")
        .await;
    assert_eq!(
        (issued.status.as_u16(), issued.header("cache-control")),
        (200, "no-store")
    );
    let address = format!("https://breakeven.example/s/{}/manage#", mine.id);
    let token = issued.text().split(&address).nth(1).expect("the link");
    let token: String = token.chars().take(43).collect();
    let claimed = other
        .post(
            &app,
            &format!("/s/{}/claim", mine.id),
            &format!("token={token}"),
        )
        .await;
    assert_eq!(
        claimed.header("location"),
        format!("/s/{}/manage?done=claimed", mine.id)
    );
    assert!(other.see(&app, "/scenarios").await.contains("Shop"));
    assert!(!mine.see(&app, "/scenarios").await.contains("Shop"));
}

#[tokio::test]
async fn a_recovery_link_moves_a_list_once_it_is_opened() {
    let app = TestApp::start().await;
    let mine = Browser::save(&app, "Shop").await;
    let made = mine.post(&app, "/scenarios/recovery-link", "").await;
    assert_eq!(made.header("cache-control"), "no-store");
    let link = made
        .text()
        .split("https://breakeven.example/scenarios/recover#")
        .nth(1);
    let token = link
        .expect("the link")
        .split(['<', '"'])
        .next()
        .expect("a token");
    // A browser that has saved nothing yet.
    let moved = app
        .browse("POST", "/scenarios/recover", "", &format!("token={token}"))
        .await;
    assert_eq!(
        moved.header("location"),
        "/scenarios?done=moved",
        "{}",
        moved.text()
    );
    let cookie = moved
        .header("set-cookie")
        .split(';')
        .next()
        .expect("a cookie")
        .to_owned();
    let list = app.browse("GET", "/scenarios", &cookie, "").await;
    assert!(list.text().contains("Shop"));
    assert!(!mine.see(&app, "/scenarios").await.contains("Shop"));
    for wrong in ["", "x", &token[..token.len() - 1], &mine.cookie] {
        let refused = mine
            .post(&app, "/scenarios/recover", &format!("token={wrong}"))
            .await;
        assert_eq!(refused.status, 422, "{wrong}");
    }
    let nobody = app.browse("POST", "/scenarios/recovery-link", "", "").await;
    assert_eq!(nobody.status, 403);
}

#[tokio::test]
async fn without_its_database_a_page_says_so_and_keeps_the_answers() {
    let app = TestApp::start().await;
    let (file, away) = (
        app.folder.path().join("test.db"),
        app.folder.path().join("away.db"),
    );
    std::fs::rename(&file, &away).expect("renamed");
    let failed = app.browse("POST", "/scenarios", "", ANSWERS).await;
    assert_eq!(
        (failed.status.as_u16(), failed.header("retry-after")),
        (503, "2")
    );
    let page = failed.text();
    assert!(
        page.contains("Nothing is lost") && page.contains("work.duration_ms=120"),
        "{page}"
    );
    assert!(!page.contains("test.db"));
    std::fs::rename(&away, &file).expect("renamed back");
    assert_eq!(
        app.browse("POST", "/scenarios", "", ANSWERS).await.status,
        303
    );
}

#[tokio::test]
async fn no_other_site_reads_or_writes_from_a_visitors_browser() {
    let app = TestApp::start().await;
    for (method, path) in [
        ("OPTIONS", "/api/v1/evaluate"),
        ("OPTIONS", "/api/v1/scenarios"),
        ("GET", "/api/v1/examples"),
    ] {
        let headers = [
            ("origin", "https://evil.example"),
            ("access-control-request-method", "POST"),
            ("access-control-request-headers", "content-type"),
        ];
        let answer = app.call(method, path, &headers, "").await;
        let allowed = answer
            .headers
            .keys()
            .any(|name| name.as_str().starts_with("access-control"));
        assert!(!allowed, "{method} {path}");
    }
    let headers = [("sec-fetch-site", "cross-site")];
    for path in [
        "/api/v1/evaluate",
        "/api/v1/scenarios",
        "/api/try",
        "/scenarios/recover",
    ] {
        let answer = app.call("POST", path, &headers, "{}").await;
        answer.problem(403, path);
    }
}

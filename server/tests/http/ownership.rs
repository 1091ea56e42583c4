//! Changing and deleting by the API: who may, in which order it is refused, and what is left.

use super::support::{Answer, SMALLEST, TestApp, with};

pub(super) const SCENARIOS: &str = "/api/v1/scenarios";

/// Names and values.
type Headers<'a> = &'a [(&'a str, &'a str)];

/// A scenario with its token and the tag of its state.
pub(super) struct Mine {
    id: String,
    token: String,
    etag: String,
}

impl Mine {
    pub(super) async fn save(app: &TestApp) -> Self {
        Self::of(&app.post_json(SCENARIOS, SMALLEST).await)
    }

    pub(super) fn of(saved: &Answer) -> Self {
        assert_eq!(saved.status, 201, "{}", saved.text());
        assert_eq!(saved.header("cache-control"), "no-store");
        let json = saved.json();
        let text = |name: &str| json[name].as_str().expect("text").to_owned();
        Self {
            id: text("id"),
            token: format!("Bearer {}", text("owner_token")),
            etag: saved.header("etag").to_owned(),
        }
    }

    fn path(&self) -> String {
        format!("{SCENARIOS}/{}", self.id)
    }

    pub(super) async fn put(&self, app: &TestApp, system: &str, if_match: &str) -> Answer {
        let headers = [
            ("authorization", self.token.as_str()),
            ("if-match", if_match),
        ];
        app.call("PUT", &self.path(), &headers, system).await
    }

    async fn patch(&self, app: &TestApp, body: &str) -> Answer {
        let headers = [("authorization", self.token.as_str())];
        app.call("PATCH", &self.path(), &headers, body).await
    }

    pub(super) async fn delete(&self, app: &TestApp) -> Answer {
        let headers = [("authorization", self.token.as_str())];
        app.call("DELETE", &self.path(), &headers, "").await
    }
}

/// The same workload with another number of requests.
fn of_volume(requests: u64) -> String {
    with("/components/0/traffic/requests_per_month", requests)
}

#[tokio::test]
async fn a_revision_is_added_and_the_first_stays_to_the_cent() {
    let app = TestApp::start().await;
    let mine = Mine::save(&app).await;
    let first = app
        .get(&format!("{}/revisions/1", mine.path()))
        .await
        .json();
    let revised = mine.put(&app, &of_volume(50_000_000), &mine.etag).await;
    assert_eq!(revised.status, 200, "{}", revised.text());
    let json = revised.json();
    assert_eq!(
        (&json["revision"], &json["id"]),
        (&2.into(), &mine.id.clone().into())
    );
    let url = format!("https://breakeven.example/s/{}/revisions/2", mine.id);
    assert_eq!(json["url"], url);
    let newest = app.get(&mine.path()).await;
    assert_eq!(newest.header("etag"), revised.header("etag"));
    assert_eq!(newest.json()["revision"], 2);
    let still = app
        .get(&format!("{}/revisions/1", mine.path()))
        .await
        .json();
    assert_eq!(still, first);
    assert_ne!(
        newest.json()["evaluation"]["verdict"],
        first["evaluation"]["verdict"]
    );
    for page in ["", "/revisions/1", "/revisions/2", "/revisions/1/today"] {
        let page = app.get(&format!("/s/{}{page}", mine.id)).await;
        assert_eq!(
            (page.status.as_u16(), page.header("x-robots-tag")),
            (200, "noindex")
        );
    }
}

#[tokio::test]
async fn refusals_come_in_the_promised_order() {
    let app = TestApp::start().await;
    let mine = Mine::save(&app).await;
    let gone = Mine::save(&app).await;
    assert_eq!(gone.delete(&app).await.status, 204);
    let other = Mine::save(&app).await;
    let nobody = format!("{SCENARIOS}/{}", "a".repeat(26));
    let owner = ("authorization", mine.token.as_str());
    let stale = ("if-match", "\"9-9\"");
    let cases: [(&str, Headers<'_>, u16); 9] = [
        (&nobody, &[], 404),
        (&nobody, &[owner, stale], 404),
        (&gone.path(), &[], 410),
        (&gone.path(), &[("authorization", gone.token.as_str())], 410),
        (&mine.path(), &[stale], 401),
        (&mine.path(), &[("authorization", "Basic abc"), stale], 401),
        (
            &mine.path(),
            &[("authorization", other.token.as_str()), stale],
            403,
        ),
        (&mine.path(), &[owner], 428),
        (&mine.path(), &[owner, stale], 412),
    ];
    for (path, headers, status) in cases {
        let answer = app.call("PUT", path, headers, &of_volume(2)).await;
        answer.problem(status, &format!("{path} {headers:?}"));
        let challenge = answer.header("www-authenticate");
        assert_eq!(challenge, if status == 401 { "Bearer" } else { "" });
    }
    // What needs no condition refuses in the same order, and honours one that is given.
    for (method, body, path) in [
        ("PATCH", r#"{"name":"Stolen"}"#, String::new()),
        ("DELETE", "", String::new()),
        ("POST", "", "/owner-token".to_owned()),
    ] {
        for (of, headers, status) in [
            (&nobody, &[owner][..], 404),
            (&gone.path(), &[owner], 410),
            (&mine.path(), &[], 401),
            (
                &mine.path(),
                &[("authorization", other.token.as_str())],
                403,
            ),
            (&mine.path(), &[("authorization", "Bearer ")], 403),
        ] {
            let answer = app
                .call(method, &format!("{of}{path}"), headers, body)
                .await;
            answer.problem(status, &format!("{method} {of}{path} {headers:?}"));
        }
        if method != "POST" {
            let answer = app.call(method, &mine.path(), &[owner, stale], body).await;
            answer.problem(412, method);
        }
    }
    let untouched = app.get(&mine.path()).await;
    assert_eq!(untouched.header("etag"), mine.etag);
    assert_eq!(untouched.json()["name"], "");
}

#[tokio::test]
async fn a_name_and_a_last_day_are_changed_and_taken_back() {
    let app = TestApp::start().await;
    let mine = Mine::save(&app).await;
    for (body, name, expires_at) in [
        (r#"{"name":"<b>K\u0000"}"#, "<b>K\0", None),
        (
            r#"{"expires_at":"2027-01-31T12:00:00+02:00"}"#,
            "<b>K\0",
            Some("2027-01-31T10:00:00Z"),
        ),
        (r#"{"name":"","expires_at":null}"#, "", None),
    ] {
        let changed = mine.patch(&app, body).await;
        assert_eq!(changed.status, 200, "{}", changed.text());
        let record = app.get(&mine.path()).await;
        assert_eq!(changed.header("etag"), record.header("etag"));
        for json in [changed.json(), record.json()] {
            assert_eq!(json["name"], name, "{body}");
            assert_eq!(json["expires_at"].as_str(), expires_at, "{body}");
            assert_eq!(json["revision"], 1);
        }
    }
    let long = format!(r#"{{"name":"{}"}}"#, "x".repeat(501));
    for (body, field) in [
        ("{}", ""),
        (r#"{"nam":"x"}"#, "nam"),
        (r#"{"name":5}"#, "name"),
        (long.as_str(), "name"),
        (r#"{"expires_at":"tomorrow"}"#, "expires_at"),
        (r#"{"expires_at":"2026-11-23T09:59:59Z"}"#, "expires_at"),
    ] {
        let problem = mine.patch(&app, body).await.problem(422, body);
        assert_eq!(problem["errors"][0]["path"], field, "{body}");
    }
}

#[tokio::test]
async fn a_new_token_stops_the_old_one() {
    let app = TestApp::start().await;
    let mine = Mine::save(&app).await;
    let path = format!("{}/owner-token", mine.path());
    let issued = app
        .call("POST", &path, &[("authorization", &mine.token)], "")
        .await;
    assert_eq!(
        (issued.status.as_u16(), issued.header("cache-control")),
        (200, "no-store")
    );
    let token = issued.json()["owner_token"]
        .as_str()
        .expect("a token")
        .to_owned();
    mine.patch(&app, r#"{"name":"x"}"#)
        .await
        .problem(403, "the old one");
    let renewed = Mine {
        token: format!("bearer {token}"),
        ..mine
    };
    assert_eq!(renewed.patch(&app, r#"{"name":"x"}"#).await.status, 200);
}

#[tokio::test]
async fn what_is_deleted_or_expired_is_gone_everywhere() {
    let app = TestApp::start().await;
    let mine = Mine::save(&app).await;
    assert_eq!(mine.delete(&app).await.status, 204);
    mine.delete(&app).await.problem(410, "twice");
    for path in ["", "/revisions/1", "/revisions/7", "?recompute=true"] {
        app.get(&format!("{}{path}", mine.path()))
            .await
            .problem(410, path);
    }
    for path in ["/report.md", "/revisions/1/report.json", "/charts/bill.svg"] {
        app.get(&format!("/s/{}{path}", mine.id))
            .await
            .problem(410, path);
    }
    for path in ["", "/revisions/1", "/revisions/1/today", "/manage"] {
        let page = app.get(&format!("/s/{}{path}", mine.id)).await;
        assert_eq!(page.status, 410, "{path}");
        assert!(
            page.text().contains("This scenario is no longer here"),
            "{path}"
        );
        assert!(page.text().contains("noindex"), "{path}");
    }
}

#[tokio::test]
async fn saving_takes_an_expiry_and_an_original() {
    let app = TestApp::start().await;
    let original = Mine::save(&app).await;
    let query = format!(
        "?expires_at=2026-12-24T00:00:00Z&copied_from={}",
        original.id
    );
    let copy = Mine::of(
        &app.post_json(&format!("{SCENARIOS}{query}"), SMALLEST)
            .await,
    );
    let record = app.get(&copy.path()).await.json();
    assert_eq!(record["expires_at"], "2026-12-24T00:00:00Z");
    assert_eq!(record["copied_from"], format!("{}@1", original.id));
    let page = app.get(&format!("/s/{}", copy.id)).await;
    assert!(page.text().contains(&format!(
        "/s/{}/revisions/1\">another scenario",
        original.id
    )));
    let elsewhere = format!("copied_from={}", "a".repeat(26));
    for (query, field) in [
        ("expires_at=2026-11-23T10:00:00Z", "expires_at"),
        ("expires_at=never", "expires_at"),
        ("copied_from=x", "copied_from"),
        (elsewhere.as_str(), "copied_from"),
        (&format!("copied_from={}@2", original.id), "copied_from"),
        (&format!("copied_from={}@x", original.id), "copied_from"),
    ] {
        let refused = app
            .post_json(&format!("{SCENARIOS}?{query}"), SMALLEST)
            .await;
        let problem = refused.problem(422, query);
        assert_eq!(problem["errors"][0]["path"], field, "{query}");
    }
    let unknown = app
        .post_json(&format!("{SCENARIOS}?expire=1"), SMALLEST)
        .await;
    unknown.problem(400, "an unknown wish");
}

#[tokio::test]
async fn a_repeated_request_gives_the_same_id_and_a_fresh_token() {
    let app = TestApp::start().await;
    let save = |key: &'static str, system: String| {
        let app = &app;
        async move {
            app.call("POST", SCENARIOS, &[("idempotency-key", key)], &system)
                .await
        }
    };
    let first = Mine::of(&save("key-1", SMALLEST.to_owned()).await);
    let again = Mine::of(&save("key-1", SMALLEST.to_owned()).await);
    assert_eq!(first.id, again.id);
    assert_ne!(first.token, again.token);
    first
        .patch(&app, r#"{"name":"x"}"#)
        .await
        .problem(403, "the first token");
    assert_eq!(again.patch(&app, r#"{"name":"x"}"#).await.status, 200);
    let problem = save("key-1", of_volume(7))
        .await
        .problem(422, "another body");
    assert_eq!(problem["errors"][0]["path"], "Idempotency-Key");
    let other = Mine::of(&save("key-2", SMALLEST.to_owned()).await);
    assert_ne!(other.id, first.id);
    save("", SMALLEST.to_owned())
        .await
        .problem(422, "an empty key");
}

#[tokio::test]
async fn what_is_known_is_not_sent_again() {
    let app = TestApp::start().await;
    let mine = Mine::save(&app).await;
    for path in ["", "/revisions/1", "?recompute=true"] {
        let path = format!("{}{path}", mine.path());
        let first = app.get(&path).await;
        let etag = first.header("etag").to_owned();
        let known = app
            .call("GET", &path, &[("if-none-match", &etag)], "")
            .await;
        assert_eq!(
            (known.status.as_u16(), known.body.len()),
            (304, 0),
            "{path}"
        );
        let changed = app
            .call("GET", &path, &[("if-none-match", "\"0-0\"")], "")
            .await;
        assert_eq!(changed.status, 200, "{path}");
    }
    assert_eq!(mine.patch(&app, r#"{"name":"x"}"#).await.status, 200);
    let renamed = app
        .call("GET", &mine.path(), &[("if-none-match", &mine.etag)], "")
        .await;
    assert_eq!(renamed.status, 200);
}

#[tokio::test]
async fn today_stands_beside_what_was_saved() {
    let app = TestApp::start().await;
    let mine = Mine::save(&app).await;
    let record = app
        .get(&format!("{}?recompute=true", mine.path()))
        .await
        .json();
    assert_eq!(
        record["today"], record["evaluation"],
        "nothing has changed yet"
    );
    assert!(app.get(&mine.path()).await.json().get("today").is_none());
    let wrong = app.get(&format!("{}?recompute=perhaps", mine.path())).await;
    wrong.problem(400, "no such wish");
}

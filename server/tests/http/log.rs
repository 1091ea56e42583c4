//! What the log says, and what it must not.

use std::io::Write;
use std::sync::{Arc, Mutex};

use axum::body::Body;
use axum::http::{Request, header};
use server::listen::Peer;
use server::telemetry::{LogFormat, subscriber};

use super::support::{SMALLEST, TestApp, always_log};

#[derive(Clone, Default)]
struct Captured(Arc<Mutex<Vec<u8>>>);

impl Write for Captured {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0
            .lock()
            .expect("not poisoned")
            .extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

/// A request that says what nobody may read, in each place where it can.
fn whispering(path: &str, body: &'static str) -> Request<Body> {
    let mut request = Request::post(path)
        .header(header::CONTENT_TYPE, "application/json")
        .header(header::AUTHORIZATION, "Bearer kestrel")
        .header(header::COOKIE, "owner=kestrel")
        .header(header::REFERER, "https://breakeven.example/s/kestrel")
        .header(header::USER_AGENT, "kestrel")
        .header(header::IF_MATCH, "\"kestrel\"")
        .header("x-request-id", "kestrel")
        .header("x-forwarded-for", "203.0.113.77")
        .body(Body::from(body))
        .expect("a request");
    let peer = Peer("198.51.100.77".parse().expect("an address"));
    request.extensions_mut().insert(peer);
    request
}

/// Asks for a saved scenario and an answer, and gives the log with the id that was used.
async fn logged(format: LogFormat) -> (String, String) {
    always_log();
    let captured = Captured::default();
    let writer = captured.clone();
    let _guard = tracing::subscriber::set_default(subscriber(format, move || writer.clone()));
    let app = TestApp::start().await;
    let saved = app.post_json("/api/v1/scenarios", SMALLEST).await.json();
    let id = saved["id"].as_str().expect("an id").to_owned();
    app.get(&format!("/api/v1/scenarios/{id}")).await;
    app.get(&format!("/s/{id}?secret=kestrel")).await;
    app.get("/answer?work.duration_ms=kestrel").await;
    app.get("/nothing/kestrel").await;
    app.send(whispering("/api/v1/evaluate?parts=kestrel", SMALLEST))
        .await;
    app.send(whispering("/api/v1/evaluate", "{\"version\": \"kestrel\"}"))
        .await;
    let log = String::from_utf8(captured.0.lock().expect("not poisoned").clone()).expect("text");
    (log, id)
}

#[tokio::test]
async fn the_log_names_routes_and_never_ids_or_answers() {
    for format in [LogFormat::Text, LogFormat::Json] {
        let (log, id) = logged(format).await;
        for expected in [
            "/api/v1/scenarios/{id}",
            "/s/{id}",
            "/answer",
            "(no route)",
            "status",
            "latency_ms",
            "request_id",
        ] {
            assert!(log.contains(expected), "{expected:?} is missing in\n{log}");
        }
        for secret in [
            id.as_str(),
            "kestrel",
            "127.0.0.1",
            "203.0.113",
            "198.51.100",
        ] {
            assert!(!log.contains(secret), "{secret:?} is in\n{log}");
        }
    }
}

#[tokio::test]
async fn every_line_about_a_request_has_its_id() {
    let (log, _) = logged(LogFormat::Json).await;
    assert!(log.lines().count() >= 5, "{log}");
    for line in log.lines() {
        let event: serde_json::Value =
            serde_json::from_str(line).unwrap_or_else(|error| panic!("{error}: {line}"));
        assert!(event["span"]["request_id"].is_string(), "{line}");
    }
    let (log, _) = logged(LogFormat::Text).await;
    for line in log.lines() {
        assert!(line.contains("request_id="), "{line}");
    }
}

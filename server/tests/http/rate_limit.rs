//! What one client may ask within a minute, and that nobody gets more by pretending.

use axum::body::Body;
use axum::http::{Request, StatusCode, header};
use server::config::Limits;
use server::listen::Peer;

use super::support::{Answer, SMALLEST, TestApp};

const LIMIT: u32 = 6;
const EXAMPLES: &str = "/api/v1/examples";

async fn limited(requests_per_minute: u32, trusted_proxies: &str) -> TestApp {
    TestApp::with_limits(Limits {
        requests_per_minute,
        trusted_proxies: trusted_proxies.parse().expect("networks"),
    })
    .await
}

fn get(path: &str) -> Request<Body> {
    Request::get(path).body(Body::empty()).expect("a request")
}

/// From this address, and for that one when a proxy says so.
async fn send(app: &TestApp, mut request: Request<Body>, peer: &str, for_whom: &str) -> Answer {
    let peer = Peer(peer.parse().expect("an address"));
    request.extensions_mut().insert(peer);
    if !for_whom.is_empty() {
        let value = for_whom.parse().expect("a header");
        request.headers_mut().insert("x-forwarded-for", value);
    }
    app.send(request).await
}

async fn ask(app: &TestApp, peer: &str, for_whom: &str) -> StatusCode {
    send(app, get(EXAMPLES), peer, for_whom).await.status
}

async fn spend(app: &TestApp, peer: &str, for_whom: &str) {
    for number in 1..=LIMIT {
        let status = ask(app, peer, for_whom).await;
        assert_eq!(status, StatusCode::OK, "request {number} of {peer}");
    }
}

#[tokio::test]
async fn one_request_too_many_is_refused_until_it_is_time() {
    let app = limited(LIMIT, "").await;
    spend(&app, "192.0.2.1", "").await;
    let refused = send(&app, get(EXAMPLES), "192.0.2.1", "").await;
    let problem = refused.problem(429, "the seventh");
    assert_eq!(problem["type"], "urn:breakeven:problem:too-many-requests");
    let detail = problem["detail"].as_str().expect("a detail");
    assert!(detail.contains("6 requests a minute"), "{detail}");
    let seconds: u64 = refused.header("retry-after").parse().expect("seconds");
    assert!((1..=10).contains(&seconds), "{seconds}");
    assert!(!refused.header("content-security-policy").is_empty());
}

#[tokio::test]
async fn clients_do_not_disturb_each_other() {
    let app = limited(LIMIT, "").await;
    spend(&app, "192.0.2.1", "").await;
    spend(&app, "192.0.2.2", "").await;
    spend(&app, "2001:db8:0:1::1", "").await;
    for same in ["192.0.2.1", "::ffff:192.0.2.2", "2001:db8:0:1:abcd::2"] {
        assert_eq!(
            ask(&app, same, "").await,
            StatusCode::TOO_MANY_REQUESTS,
            "{same}"
        );
    }
    assert_eq!(ask(&app, "2001:db8:0:2::1", "").await, StatusCode::OK);
}

#[tokio::test]
async fn saving_has_a_budget_of_its_own_of_a_tenth() {
    let app = limited(20, "").await;
    let save = || {
        let request = Request::post("/api/v1/scenarios")
            .header(header::CONTENT_TYPE, "application/json")
            .body(Body::from(SMALLEST));
        request.expect("a request")
    };
    for _ in 0..2 {
        let saved = send(&app, save(), "192.0.2.1", "").await;
        assert_eq!(saved.status, StatusCode::CREATED);
    }
    let refused = send(&app, save(), "192.0.2.1", "").await;
    let problem = refused.problem(429, "the third");
    let detail = problem["detail"].as_str().expect("a detail");
    assert!(
        detail.contains("2 requests a minute for saving"),
        "{detail}"
    );
    for _ in 0..20 {
        assert_eq!(ask(&app, "192.0.2.1", "").await, StatusCode::OK);
    }
    assert_eq!(
        ask(&app, "192.0.2.1", "").await,
        StatusCode::TOO_MANY_REQUESTS
    );
}

#[tokio::test]
async fn a_forged_header_does_not_help() {
    let app = limited(LIMIT, "10.0.0.0/8").await;
    spend(&app, "192.0.2.1", "6.6.6.6").await;
    let again = ask(&app, "192.0.2.1", "6.6.6.7").await;
    assert_eq!(again, StatusCode::TOO_MANY_REQUESTS, "no proxy");
    spend(&app, "10.0.0.1", "6.6.6.6, 192.0.2.2").await;
    let again = ask(&app, "10.0.0.1", "6.6.6.7, 192.0.2.2").await;
    assert_eq!(again, StatusCode::TOO_MANY_REQUESTS, "behind a proxy");
    let other = ask(&app, "10.0.0.1", "6.6.6.6, 192.0.2.3").await;
    assert_eq!(other, StatusCode::OK, "another client of the proxy");
}

#[tokio::test]
async fn files_and_probes_are_not_counted() {
    let app = limited(1, "").await;
    assert_eq!(ask(&app, "192.0.2.1", "").await, StatusCode::OK);
    for path in ["/healthz", "/readyz", "/pkg/none/none.js", "/robots.txt"] {
        for _ in 0..3 {
            let answer = send(&app, get(path), "192.0.2.1", "").await;
            assert_ne!(answer.status, StatusCode::TOO_MANY_REQUESTS, "{path}");
        }
    }
    let page = send(&app, get("/nothing"), "192.0.2.1", "").await;
    assert_eq!(page.status, StatusCode::TOO_MANY_REQUESTS);
}

#[tokio::test]
async fn zero_switches_the_limits_off() {
    let app = limited(0, "").await;
    for _ in 0..5 {
        spend(&app, "192.0.2.1", "").await;
    }
}

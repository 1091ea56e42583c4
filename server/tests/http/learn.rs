//! Method, prices and claims as the server sends them: the date is the clock's, and they are light.

use axum::body::Body;
use axum::http::{Request, header};

use super::support::TestApp;

#[tokio::test]
async fn the_age_of_a_price_is_counted_to_the_day_of_the_clock() {
    let app = TestApp::start().await;
    let page = app
        .get("/prices?q=amazon-api-gateway/http-api/request")
        .await;
    // From 2025-11-02 to 2026-11-23.
    assert!(page.text().contains("386 days old"), "{}", page.text());
}

#[tokio::test]
async fn what_can_be_read_is_light_whatever_is_asked_for() {
    let app = TestApp::start().await;
    for path in [
        "/method",
        "/method?week.requests_per_month=5",
        "/prices?region=all",
        "/prices?region=all&stale=1",
        "/claims",
    ] {
        let request = Request::get(path).header(header::ACCEPT_ENCODING, "br");
        let answer = app
            .send(request.body(Body::empty()).expect("a request"))
            .await;
        assert_eq!(answer.status, 200, "{path}");
        assert_eq!(answer.header("content-encoding"), "br", "{path}");
        let bytes = answer.body.len();
        assert!(bytes < 40_000, "{path}: {bytes} bytes");
    }
}

#[tokio::test]
async fn nonsense_is_a_page_and_not_a_failure() {
    let app = TestApp::start().await;
    for path in ["/method", "/prices", "/claims"] {
        for query in [
            "%00=%ff",
            "q=%F0%9F&region=&page=-1",
            "waiting.servers=1e300",
            "requests=1e999",
        ] {
            let page = app.get(&format!("{path}?{query}")).await;
            assert_eq!(page.status, 200, "{path}?{query}");
        }
    }
}

//! The pages as the server sends them; how they look and work is tested in a browser.

use super::support::TestApp;

const ANSWER: &str =
    "/answer?region=us-east-1&traffic.requests_per_month=1000000&work.duration_ms=120";

#[tokio::test]
async fn pages_are_whole_documents() {
    let app = TestApp::start().await;
    for path in ["/", "/advise/quick", ANSWER, "/claims"] {
        let page = app.get(path).await;
        assert_eq!(page.status, 200, "{path}");
        assert_eq!(
            page.header("content-type"),
            "text/html; charset=utf-8",
            "{path}"
        );
        assert!(page.text().starts_with("<!DOCTYPE html>"), "{path}");
        assert!(page.text().contains("</html>"), "{path}");
        let policy = page.header("content-security-policy");
        assert!(policy.contains("style-src 'self';"), "{path}: {policy}");
        assert!(
            !policy.contains("unsafe-inline") && !policy.contains("'unsafe-eval'"),
            "{path}: {policy}"
        );
    }
}

#[tokio::test]
async fn inline_scripts_carry_the_nonce_of_the_policy() {
    let app = TestApp::start().await;
    let (first, second) = (app.get(ANSWER).await, app.get(ANSWER).await);
    let nonce = |policy: &str| {
        policy
            .split("'nonce-")
            .nth(1)
            .and_then(|rest| rest.split('\'').next())
            .map(str::to_owned)
    };
    let given = nonce(first.header("content-security-policy")).expect("a nonce");
    assert_ne!(
        Some(&given),
        nonce(second.header("content-security-policy")).as_ref(),
        "a nonce is used once"
    );
    for script in first.text().split("<script").skip(1) {
        let tag = script.split('>').next().expect("a tag");
        assert!(
            tag.contains("src=")
                || tag.contains(&format!("nonce=\"{given}\""))
                || tag.contains("application/json"),
            "{tag}"
        );
    }
}

#[tokio::test]
async fn what_is_not_there_gets_a_page_that_says_so() {
    let app = TestApp::start().await;
    for path in ["/nothing", "/s/nothing", "/s/aaaaaaaaaaaaaaaaaaaaaaaaaa"] {
        let page = app.get(path).await;
        assert_eq!(page.status, 404, "{path}");
        assert_eq!(
            page.header("content-type"),
            "text/html; charset=utf-8",
            "{path}"
        );
    }
}

#[tokio::test]
async fn what_is_typed_never_becomes_markup() {
    let app = TestApp::start().await;
    let page = app
        .get(&format!(
            "{ANSWER}&name=%3C/title%3E%3Cscript%3Ealert(1)%3C/script%3E"
        ))
        .await;
    assert_eq!(page.status, 200);
    assert!(!page.text().contains("<script>alert(1)"), "{}", page.text());
}

#[tokio::test]
async fn a_bad_answer_is_a_page_and_not_a_failure() {
    let app = TestApp::start().await;
    for query in [
        "work.duration_ms=-1",
        "work.duration_ms=fast",
        "nonsense=1",
        "s=notbase64!",
        "",
        "%00=%ff",
    ] {
        let page = app.get(&format!("/answer?{query}")).await;
        assert!(!page.status.is_server_error(), "{query}: {}", page.status);
    }
}

#[tokio::test]
async fn a_section_leads_to_the_next_and_comes_again_with_an_error() {
    let app = TestApp::start().await;
    let answers = "region=us-east-1&work.duration_ms=120&traffic.requests_per_month=1M";
    let page = app.get(&format!("/advise/0/work?{answers}")).await;
    assert_eq!(page.status, 200);
    for script in ["islands.js", "charts.js", ".wasm"] {
        assert!(
            !page.text().contains(script),
            "a question page loads {script}"
        );
    }
    let seen = "kind=&work.duration_p99_ms=&work.max_duration_ms=&work.cpu_ms=\
        &work.request_memory_mb=&work.process_memory_mb=&work.payload_in_kb=\
        &work.payload_out_kb=&work.egress_kb=&work.logs_kb=&done=1";
    let sent = app.get(&format!("/advise/0/work?{answers}&{seen}")).await;
    assert_eq!(sent.status, 303);
    let next = sent.header("location");
    assert!(next.starts_with("/advise/0/traffic?"), "{next}");
    let wrong = app
        .get(&format!(
            "/advise/0/work?{answers}&{seen}&work.logs_kb=lots"
        ))
        .await;
    assert_eq!(wrong.status, 200);
    for text in ["There is a problem", "value=\"lots\"", "<title>Error: Work"] {
        assert!(wrong.text().contains(text), "{text}");
    }
}

#[tokio::test]
async fn parts_of_a_system_are_changed_by_their_address() {
    let app = TestApp::start().await;
    let answers = "region=us-east-1&work.duration_ms=120&traffic.requests_per_month=1M";
    let added = app.get(&format!("/advise/system?{answers}&do=add")).await;
    assert_eq!(added.status, 303);
    let to = added.header("location").to_owned();
    assert!(to.starts_with("/advise/1/work?draft="), "{to}");
    let query = to.split_once('?').expect("a query").1;
    let page = app.get(&format!("/advise/system?{query}")).await;
    assert!(page.text().contains("part 2"), "{}", page.text());
    let check = app.get(&format!("/check?{query}")).await;
    assert_eq!(check.status, 400, "the second part is empty");
    assert!(check.text().contains("component=1"), "{}", check.text());
}

#[tokio::test]
async fn places_of_the_questionnaire_that_are_not_there_are_not_found() {
    let app = TestApp::start().await;
    for path in [
        "/advise/1/work",
        "/advise/0/nothing",
        "/advise/-1/work",
        "/advise/field?path=x",
    ] {
        assert_eq!(app.get(path).await.status, 404, "{path}");
    }
    for path in [
        "/advise/0/work?draft=x",
        "/advise/system?draft=%00",
        "/check?draft=AAAA",
    ] {
        assert_eq!(app.get(path).await.status, 400, "{path}");
    }
}

#[tokio::test]
async fn what_is_typed_into_a_large_field_stays_within_it() {
    let app = TestApp::start().await;
    // </textarea><i>
    let notes = "%3C%2Ftextarea%3E%3Ci%3E";
    let page = app
        .get(&format!("/advise/0/money?kind=http_api&notes={notes}"))
        .await;
    assert!(
        page.text().contains("&lt;/textarea&gt;&lt;i&gt;"),
        "{}",
        page.text()
    );
    assert!(!page.text().contains("</textarea><i>"), "{}", page.text());
}

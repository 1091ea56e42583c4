//! What may be kept: by all together, by one client.

use server::scenarios::Quotas;

use super::ownership::{Mine, SCENARIOS};
use super::support::{SMALLEST, TestApp};

#[tokio::test]
async fn a_full_store_takes_no_more_until_something_is_deleted() {
    let quotas = Quotas {
        store_bytes: Some(40_000),
        client_bytes: None,
    };
    let app = TestApp::with_quotas(quotas).await;
    let mut saved = Vec::new();
    let refused = loop {
        let answer = app.post_json(SCENARIOS, SMALLEST).await;
        if answer.status != 201 {
            break answer;
        }
        saved.push(Mine::of(&answer));
        assert!(saved.len() < 10, "it takes no end");
    };
    refused.problem(507, "full");
    let first = saved.first().expect("some were saved");
    first
        .put(&app, SMALLEST, "*")
        .await
        .problem(507, "a revision takes room too");
    assert_eq!(first.delete(&app).await.status, 204);
    assert_eq!(app.post_json(SCENARIOS, SMALLEST).await.status, 201);
}

#[tokio::test]
async fn one_client_may_keep_only_so_much() {
    let quotas = Quotas {
        store_bytes: None,
        client_bytes: Some(20_000),
    };
    let app = TestApp::with_quotas(quotas).await;
    let first = Mine::save(&app).await;
    let refused = app
        .post_json(SCENARIOS, SMALLEST)
        .await
        .problem(507, "its quota");
    assert!(
        refused["detail"]
            .as_str()
            .is_some_and(|text| text.contains("delete a scenario"))
    );
    assert_eq!(first.delete(&app).await.status, 204);
    Mine::save(&app).await;
}

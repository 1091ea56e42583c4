//! What a store does, on every database. A store that passes here may be chosen by its URL.
//!
//! PostgreSQL is taken where `BREAKEVEN_TEST_POSTGRES` names a server on which databases may
//! be made. Without it each of its tests says aloud that it was skipped, and fails where `CI` is set.

#[path = "store_contract/databases.rs"]
mod databases;
#[path = "store_contract/formats.rs"]
mod formats;
#[path = "store_contract/ownership.rs"]
mod ownership;
#[path = "store_contract/simulations.rs"]
mod simulations;

use databases::Database;
use std::sync::Arc;

use server::store::{
    Document, Kept, LARGEST_REVISION_BYTES, NewScenario, Revision, Store, StoreError,
    StoredRevision,
};
use time::OffsetDateTime;

/// Makes a test of each database from one function.
macro_rules! contract {
    ($($(#[$doc:meta])* $name:ident;)*) => {
        mod sqlite {
            $($(#[$doc])* #[tokio::test] async fn $name() { super::$name(&crate::Database::sqlite()).await; })*
        }
        mod postgres {
            $($(#[$doc])* #[tokio::test] async fn $name() {
                let Some(database) = crate::Database::postgres(stringify!($name)).await else { return };
                super::$name(&database).await;
                database.drop().await;
            })*
        }
    };
}
use contract;

contract! {
    what_is_saved_comes_back_to_the_byte;
    any_text_may_be_saved;
    what_is_unknown_is_none;
    an_id_is_used_once;
    a_large_document_fits;
    writers_do_not_hinder_each_other;
    programs_may_start_together;
    what_is_saved_survives_a_restart;
    a_locked_database_is_unavailable_and_recovers;
    a_vanished_database_is_unavailable_and_recovers;
}

const CREATED_AT_MS: i64 = 1_795_428_000_123;

fn moment(milliseconds: i64) -> OffsetDateTime {
    OffsetDateTime::from_unix_timestamp_nanos(i128::from(milliseconds) * 1_000_000)
        .expect("a moment")
}

fn document(text: &str) -> Document {
    Document::pack(text)
}

/// What is there now, of one revision or the newest.
async fn read(store: &Arc<dyn Store>, id: &str, revision: Option<u32>) -> Option<StoredRevision> {
    match store.read(id, revision, moment(CREATED_AT_MS)).await {
        Ok(Some(Kept::There(stored))) => Some(stored),
        Ok(Some(Kept::Gone)) => panic!("{id} is gone"),
        Ok(None) => None,
        Err(error) => panic!("{id}: {error}"),
    }
}

fn scenario(id: &str) -> NewScenario {
    NewScenario {
        id: id.to_owned(),
        name: "Shop".to_owned(),
        owner_token_hash: [7; 32],
        browser_hash: Some([8; 32]),
        client_hash: Some([9; 32]),
        expires_at: None,
        copied_from: None,
        first: Revision {
            revision: 1,
            system: document(r#"{"version":1}"#),
            evaluation: document(r#"{"monthly_usd":0.1000000000000000055}"#),
            headline: Some("Serverless, \"about\" $41.20\0".to_owned()),
            price_book: "2026-11-23".to_owned(),
            model_version: "1.0.0".to_owned(),
            created_at: moment(CREATED_AT_MS),
        },
    }
}

async fn what_is_saved_comes_back_to_the_byte(database: &Database) {
    let store = database.open().await;
    let mut saved = scenario("one");
    saved.expires_at = Some(moment(CREATED_AT_MS + 1));
    saved.copied_from = Some("another".to_owned());
    store.create(&saved, None).await.expect("saved");
    for revision in [None, Some(1)] {
        let stored = read(&store, "one", revision).await.expect("there");
        assert_eq!(stored.head.id, "one");
        assert_eq!(stored.head.name, "Shop");
        assert_eq!(stored.head.expires_at, saved.expires_at);
        assert_eq!(stored.head.copied_from, saved.copied_from);
        assert_eq!(stored.head.owner_token_hash, [7; 32]);
        assert_eq!(stored.head.browser_hash, Some([8; 32]));
        assert_eq!(stored.revision, saved.first);
    }
}

async fn any_text_may_be_saved(database: &Database) {
    let store = database.open().await;
    let texts = [
        "",
        "'; DROP TABLE scenarios; --",
        "\"\\\"",
        "Käse 🧀 \u{202e}",
        "nul\0byte",
        "tab\tline\n",
        "%_$1?",
    ];
    for (index, text) in texts.into_iter().enumerate() {
        let mut saved = scenario(&format!("text{index}"));
        text.clone_into(&mut saved.name);
        // In JSON a null byte is written as an escape.
        saved.first.system = document(&serde_json::json!({ "notes": text }).to_string());
        store.create(&saved, None).await.expect(text);
        let stored = read(&store, &saved.id, None).await.expect("there");
        assert_eq!(
            (stored.head.name.as_str(), stored.revision),
            (text, saved.first)
        );
    }
}

async fn what_is_unknown_is_none(database: &Database) {
    let store = database.open().await;
    store.create(&scenario("one"), None).await.expect("saved");
    for (id, revision) in [
        ("two", None),
        ("", None),
        ("ONE", None),
        ("one'", None),
        ("one", Some(2)),
        ("one", Some(0)),
        ("one", Some(u32::MAX)),
    ] {
        assert_eq!(
            read(&store, id, revision).await,
            None,
            "{id:?} {revision:?}"
        );
    }
}

async fn an_id_is_used_once(database: &Database) {
    let store = database.open().await;
    store.create(&scenario("one"), None).await.expect("saved");
    let mut second = scenario("one");
    "Thief".clone_into(&mut second.name);
    let refused = store.create(&second, None).await;
    assert!(
        matches!(refused, Err(StoreError::Unexpected(_))),
        "{refused:?}"
    );
    assert_eq!(
        read(&store, "one", None).await.expect("there").head.name,
        "Shop"
    );
}

async fn a_large_document_fits(database: &Database) {
    let store = database.open().await;
    // Nothing in it repeats, so it is not packed to nothing.
    let mut number = 1_u64;
    let text: String = std::iter::repeat_with(|| {
        number = number
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1);
        char::from(b'a' + u8::try_from((number >> 33) % 26).expect("a letter"))
    })
    .take(1_000_000)
    .collect();
    let mut saved = scenario("large");
    saved.first.evaluation = document(&text);
    assert!(saved.first.bytes() > LARGEST_REVISION_BYTES);
    store.create(&saved, None).await.expect("saved");
    let stored = read(&store, "large", None).await.expect("there");
    assert_eq!(stored.revision.evaluation.json().as_deref(), Ok(&*text));
}

async fn writers_do_not_hinder_each_other(database: &Database) {
    const EACH: usize = 25;
    let (first, second) = (database.open().await, database.open().await);
    let write = |store: Arc<dyn Store>, writer: &'static str| async move {
        for index in 0..EACH {
            store
                .create(&scenario(&format!("{writer}{index}")), None)
                .await
                .expect("saved");
        }
    };
    let writing = [
        tokio::spawn(write(first.clone(), "a")),
        tokio::spawn(write(first.clone(), "b")),
        tokio::spawn(write(second.clone(), "c")),
    ];
    for writer in writing {
        writer.await.expect("written");
    }
    for writer in ["a", "b", "c"] {
        for index in 0..EACH {
            let id = format!("{writer}{index}");
            for store in [&first, &second] {
                assert!(read(store, &id, None).await.is_some(), "{id}");
            }
        }
    }
}

async fn programs_may_start_together(database: &Database) {
    let starting: Vec<_> = (0..4)
        .map(|_| {
            let url = database.url();
            tokio::spawn(async move { server::store::open(&url).await })
        })
        .collect();
    for start in starting {
        let store = start.await.expect("started").expect("opened");
        store.ready().await.expect("ready");
    }
}

async fn what_is_saved_survives_a_restart(database: &Database) {
    let store = database.open().await;
    store.create(&scenario("one"), None).await.expect("saved");
    store.close().await;
    assert!(
        matches!(store.ready().await, Err(StoreError::Unavailable(_))),
        "closed"
    );
    let store = database.open().await;
    assert!(read(&store, "one", None).await.is_some());
}

async fn a_locked_database_is_unavailable_and_recovers(database: &Database) {
    let store = database.open().await;
    store
        .create(&scenario("before"), None)
        .await
        .expect("saved");
    let lock = database.forbid_writing().await;
    let refused = store.create(&scenario("during"), None).await;
    assert!(
        matches!(refused, Err(StoreError::Unavailable(_))),
        "{refused:?}"
    );
    assert!(store.ready().await.is_err());
    assert!(
        read(&store, "before", None).await.is_some(),
        "reading goes on"
    );
    database.allow_writing(lock).await;
    store.ready().await.expect("ready again");
    store
        .create(&scenario("during"), None)
        .await
        .expect("saved");
}

async fn a_vanished_database_is_unavailable_and_recovers(database: &Database) {
    let store = database.open().await;
    store
        .create(&scenario("before"), None)
        .await
        .expect("saved");
    database.hide().await;
    let refused = store.create(&scenario("during"), None).await;
    assert!(
        matches!(refused, Err(StoreError::Unavailable(_))),
        "{refused:?}"
    );
    let unread = store.read("before", None, moment(CREATED_AT_MS)).await;
    assert!(
        matches!(unread, Err(StoreError::Unavailable(_))),
        "{unread:?}"
    );
    assert!(store.ready().await.is_err());
    database.show().await;
    store.ready().await.expect("ready again");
    assert!(read(&store, "before", None).await.is_some());
    assert!(read(&store, "during", None).await.is_none());
    store
        .create(&scenario("during"), None)
        .await
        .expect("saved");
}

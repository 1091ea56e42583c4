//! Changing, deleting, expiring; whose it is; keys, lists, quotas and the secret.

use std::sync::Arc;

use server::store::{
    Amendment, Change, Created, Head, Idempotency, Kept, MOST_REVISIONS, Owner, Revision, Store,
};
use time::OffsetDateTime;

use crate::databases::Database;
use crate::{CREATED_AT_MS, contract, document, moment, read, scenario};

contract! {
    a_revision_is_added_and_the_older_ones_stay;
    of_two_writers_one_is_told_that_it_is_late;
    a_scenario_has_at_most_a_hundred_revisions;
    a_name_and_a_date_are_changed_apart;
    what_is_deleted_leaves_its_id_behind;
    what_has_expired_is_gone_before_and_after_the_sweep;
    a_token_and_a_list_are_handed_over;
    a_list_moves_to_another_browser;
    a_list_holds_what_its_browser_saved;
    a_repeated_request_finds_what_the_first_one_saved;
    of_many_requests_with_one_key_one_saves;
    bytes_are_counted_by_client_and_in_all;
    copies_agree_on_one_secret;
}

fn now() -> OffsetDateTime {
    moment(CREATED_AT_MS)
}

fn revision(number: u32) -> Revision {
    Revision {
        system: document(&format!("{{\"version\":1,\"notes\":\"{number}\"}}")),
        created_at: moment(CREATED_AT_MS + i64::from(number)),
        ..scenario("any").first
    }
}

async fn head(store: &Arc<dyn Store>, id: &str) -> Head {
    match store.head(id, now()).await.expect("read") {
        Some(Kept::There(head)) => head,
        other => panic!("{id}: {other:?}"),
    }
}

async fn save(store: &Arc<dyn Store>, id: &str) {
    let created = store.create(&scenario(id), None).await.expect("saved");
    assert_eq!(created, Created::New);
}

async fn a_revision_is_added_and_the_older_ones_stay(database: &Database) {
    let store = database.open().await;
    save(&store, "one").await;
    let done = store.revise("one", 0, &revision(2)).await.expect("revised");
    assert_eq!(
        done,
        Change::Done {
            changes: 1,
            newest: 2
        }
    );
    let newest = read(&store, "one", None).await.expect("there");
    assert_eq!((newest.revision.revision, newest.head.newest), (2, 2));
    assert_eq!(newest.revision.system, revision(2).system);
    let first = read(&store, "one", Some(1)).await.expect("there");
    assert_eq!(first.revision, scenario("one").first);
    let history = store.history("one", now()).await.expect("read");
    let numbers: Vec<u32> = history.iter().map(|line| line.revision).collect();
    assert_eq!(numbers, [1, 2]);
    assert_eq!(history[1].headline, revision(2).headline);
    assert!(store.history("two", now()).await.expect("read").is_empty());
}

async fn of_two_writers_one_is_told_that_it_is_late(database: &Database) {
    const WRITERS: u32 = 8;
    let (one, other) = (database.open().await, database.open().await);
    save(&one, "one").await;
    let writing: Vec<_> = (0..WRITERS)
        .map(|number| {
            let store = Arc::clone(if number % 2 == 0 { &one } else { &other });
            tokio::spawn(async move { store.revise("one", 0, &revision(number)).await })
        })
        .collect();
    let mut done = 0;
    for writer in writing {
        match writer.await.expect("written").expect("answered") {
            Change::Done { changes, newest } => {
                assert_eq!((changes, newest), (1, 2));
                done += 1;
            }
            other => assert_eq!(other, Change::Stale),
        }
    }
    assert_eq!(done, 1);
    assert_eq!(head(&one, "one").await.newest, 2);
    let unknown = one.revise("two", 0, &revision(2)).await.expect("answered");
    assert_eq!(unknown, Change::Stale);
}

async fn a_scenario_has_at_most_a_hundred_revisions(database: &Database) {
    let store = database.open().await;
    save(&store, "one").await;
    for changes in 0..MOST_REVISIONS - 1 {
        let done = store.revise("one", changes, &revision(2)).await;
        assert!(matches!(done, Ok(Change::Done { .. })), "{done:?}");
    }
    let before = head(&store, "one").await;
    assert_eq!(before.newest, MOST_REVISIONS);
    let refused = store.revise("one", before.changes, &revision(2)).await;
    assert_eq!(refused.expect("answered"), Change::Full);
    assert_eq!(head(&store, "one").await, before, "nothing has changed");
}

async fn a_name_and_a_date_are_changed_apart(database: &Database) {
    let store = database.open().await;
    save(&store, "one").await;
    let later = moment(CREATED_AT_MS + 1_000);
    let cases = [
        (
            Some("nul\0, 'q', \u{202e}"),
            None,
            "nul\0, 'q', \u{202e}",
            None,
        ),
        (None, Some(Some(later)), "nul\0, 'q', \u{202e}", Some(later)),
        (Some(""), None, "", Some(later)),
        (None, Some(None), "", None),
    ];
    for (changes, (name, expires_at, named, expires)) in (0..).zip(cases) {
        let amendment = Amendment {
            name: name.map(str::to_owned),
            expires_at,
        };
        let done = store.amend("one", changes, &amendment).await.expect("done");
        assert_eq!(
            done,
            Change::Done {
                changes: changes + 1,
                newest: 1
            }
        );
        let head = head(&store, "one").await;
        assert_eq!((head.name.as_str(), head.expires_at), (named, expires));
    }
    let stale = store.amend("one", 0, &Amendment::default()).await;
    assert_eq!(stale.expect("answered"), Change::Stale);
}

async fn what_is_deleted_leaves_its_id_behind(database: &Database) {
    let store = database.open().await;
    save(&store, "one").await;
    let stale = store.remove("one", 7).await.expect("answered");
    assert_eq!(stale, Change::Stale);
    assert!(read(&store, "one", None).await.is_some());
    let done = store.remove("one", 0).await.expect("deleted");
    assert!(matches!(done, Change::Done { .. }));
    for revision in [None, Some(1), Some(9)] {
        let gone = store.read("one", revision, now()).await.expect("read");
        assert_eq!(gone, Some(Kept::Gone), "{revision:?}");
    }
    assert_eq!(
        store.head("one", now()).await.expect("read"),
        Some(Kept::Gone)
    );
    assert!(store.history("one", now()).await.expect("read").is_empty());
    assert!(
        store
            .of_browser([8; 32], now(), 10)
            .await
            .expect("read")
            .is_empty()
    );
    assert_eq!(store.bytes(None).await.expect("counted"), 0);
    for change in [
        store.remove("one", 1).await,
        store.revise("one", 1, &revision(2)).await,
        store.amend("one", 1, &Amendment::default()).await,
    ] {
        assert_eq!(change.expect("answered"), Change::Stale);
    }
}

async fn what_has_expired_is_gone_before_and_after_the_sweep(database: &Database) {
    let store = database.open().await;
    let (soon, later) = (moment(CREATED_AT_MS + 1), moment(CREATED_AT_MS + 2));
    for (id, expires_at) in [
        ("never", None),
        ("soon", Some(soon)),
        ("later", Some(later)),
    ] {
        let mut saved = scenario(id);
        saved.expires_at = expires_at;
        store.create(&saved, None).await.expect("saved");
    }
    let listed = |moment| {
        let store = Arc::clone(&store);
        async move {
            let list = store.of_browser([8; 32], moment, 10).await.expect("read");
            let mut ids: Vec<String> = list.into_iter().map(|line| line.id).collect();
            ids.sort();
            ids
        }
    };
    assert_eq!(listed(now()).await, ["later", "never", "soon"]);
    assert_eq!(listed(soon).await, ["later", "never"]);
    let gone = |id| store.head(id, soon);
    assert_eq!(gone("soon").await.expect("read"), Some(Kept::Gone));
    assert!(store.history("soon", soon).await.expect("read").is_empty());
    let before = store.bytes(None).await.expect("counted");
    assert_eq!(store.sweep(soon, soon).await.expect("swept").scenarios, 1);
    assert_eq!(store.sweep(soon, soon).await.expect("swept").scenarios, 0);
    // Asked as of a time at which it had not expired: it is swept all the same.
    assert_eq!(
        store.head("soon", now()).await.expect("read"),
        Some(Kept::Gone)
    );
    assert_eq!(store.bytes(None).await.expect("counted"), before / 3 * 2);
    assert_eq!(listed(soon).await, ["later", "never"]);
}

async fn a_token_and_a_list_are_handed_over(database: &Database) {
    let store = database.open().await;
    save(&store, "one").await;
    let before = head(&store, "one").await;
    let token = store.hand_over("one", Owner::Token([1; 32])).await;
    token.expect("handed over");
    let list = store.hand_over("one", Owner::Browser([2; 32])).await;
    list.expect("handed over");
    let after = head(&store, "one").await;
    assert_eq!(
        (after.owner_token_hash, after.browser_hash),
        ([1; 32], Some([2; 32]))
    );
    assert_eq!(
        after.changes, before.changes,
        "what it says has not changed"
    );
}

async fn a_list_moves_to_another_browser(database: &Database) {
    let store = database.open().await;
    for id in ["one", "two"] {
        save(&store, id).await;
    }
    assert_eq!(store.move_list([8; 32], [5; 32]).await.expect("moved"), 2);
    assert_eq!(store.move_list([8; 32], [5; 32]).await.expect("moved"), 0);
    for (browser, many) in [([8; 32], 0), ([5; 32], 2)] {
        let list = store.of_browser(browser, now(), 10).await.expect("read");
        assert_eq!(list.len(), many);
    }
}

async fn a_list_holds_what_its_browser_saved(database: &Database) {
    let store = database.open().await;
    for (index, browser) in [Some([8; 32]), Some([8; 32]), Some([4; 32]), None]
        .into_iter()
        .enumerate()
    {
        let mut saved = scenario(&format!("id{index}"));
        saved.browser_hash = browser;
        saved.first.created_at = moment(CREATED_AT_MS + i64::try_from(index).expect("small"));
        store.create(&saved, None).await.expect("saved");
    }
    store
        .revise("id0", 0, &revision(100))
        .await
        .expect("revised");
    let list = store.of_browser([8; 32], now(), 10).await.expect("read");
    let lines: Vec<(&str, u32, u32)> = list
        .iter()
        .map(|line| (line.id.as_str(), line.newest.revision, line.changes))
        .collect();
    assert_eq!(lines, [("id0", 2, 1), ("id1", 1, 0)], "the latest first");
    assert_eq!(list[0].name, "Shop");
    assert_eq!(
        store
            .of_browser([8; 32], now(), 1)
            .await
            .expect("read")
            .len(),
        1
    );
    assert!(
        store
            .of_browser([0; 32], now(), 10)
            .await
            .expect("read")
            .is_empty()
    );
}

const fn key(key: u8, request: u8, at: OffsetDateTime) -> Idempotency {
    Idempotency {
        key_hash: [key; 32],
        request_hash: [request; 32],
        at,
    }
}

async fn a_repeated_request_finds_what_the_first_one_saved(database: &Database) {
    let store = database.open().await;
    let first = store
        .create(&scenario("one"), Some(&key(1, 1, now())))
        .await;
    assert_eq!(first.expect("saved"), Created::New);
    let mut again = scenario("two");
    again.owner_token_hash = [6; 32];
    let second = store.create(&again, Some(&key(1, 1, now()))).await;
    match second.expect("answered") {
        Created::Before(head) => {
            assert_eq!((head.id.as_str(), head.owner_token_hash), ("one", [6; 32]));
        }
        other => panic!("{other:?}"),
    }
    assert!(read(&store, "two", None).await.is_none());
    let reused = store.create(&again, Some(&key(1, 2, now()))).await;
    assert_eq!(reused.expect("answered"), Created::KeyReused);
    let other = store.create(&again, Some(&key(2, 1, now()))).await;
    assert_eq!(other.expect("saved"), Created::New);
    // A day later the key is forgotten.
    let swept = store.sweep(now(), moment(CREATED_AT_MS + 1)).await;
    assert_eq!(swept.expect("swept").keys, 2);
    let anew = store
        .create(&scenario("three"), Some(&key(1, 1, now())))
        .await;
    assert_eq!(anew.expect("saved"), Created::New);
}

async fn of_many_requests_with_one_key_one_saves(database: &Database) {
    let (one, other) = (database.open().await, database.open().await);
    let asking: Vec<_> = (0..8)
        .map(|number| {
            let store = Arc::clone(if number % 2 == 0 { &one } else { &other });
            tokio::spawn(async move {
                let scenario = scenario(&format!("id{number}"));
                store.create(&scenario, Some(&key(1, 1, now()))).await
            })
        })
        .collect();
    let mut new = 0;
    let mut found = Vec::new();
    for request in asking {
        match request.await.expect("asked").expect("answered") {
            Created::New => new += 1,
            Created::Before(head) => found.push(head.id),
            Created::KeyReused => panic!("the request was the same"),
        }
    }
    assert_eq!(new, 1);
    found.dedup();
    assert_eq!(found.len(), 1, "{found:?}");
    let list = one.of_browser([8; 32], now(), 10).await.expect("read");
    assert_eq!(list.len(), 1);
}

async fn bytes_are_counted_by_client_and_in_all(database: &Database) {
    let store = database.open().await;
    let each = scenario("any").first.bytes() as u64;
    for (id, client) in [("a", Some([9; 32])), ("b", Some([1; 32])), ("c", None)] {
        let mut saved = scenario(id);
        saved.client_hash = client;
        store.create(&saved, None).await.expect("saved");
    }
    store
        .revise("a", 0, &scenario("any").first)
        .await
        .expect("revised");
    let bytes = |client| store.bytes(client);
    assert_eq!(bytes(None).await.expect("counted"), 4 * each);
    assert_eq!(bytes(Some([9; 32])).await.expect("counted"), 2 * each);
    assert_eq!(bytes(Some([5; 32])).await.expect("counted"), 0);
}

async fn copies_agree_on_one_secret(database: &Database) {
    let (one, other) = (database.open().await, database.open().await);
    let first = one.secret([1; 32]).await.expect("a secret");
    assert_eq!(first, [1; 32]);
    for store in [&one, &other] {
        assert_eq!(store.secret([2; 32]).await.expect("a secret"), first);
    }
}

//! Simulations: what is asked, signs of life, one end, and no trace after they have expired.

use server::store::{NewSimulation, SimulationEnd, SimulationState};

use crate::databases::Database;
use crate::{CREATED_AT_MS, contract, document, moment};

contract! {
    a_simulation_is_asked_for_lives_and_ends_once;
    a_cancelled_simulation_stays_cancelled;
    an_expired_simulation_is_gone;
}

fn new(id: &str) -> NewSimulation {
    NewSimulation {
        id: id.to_owned(),
        question: document(r#"{"system":{"version":1}}"#),
        progress: r#"{"percent":0}"#.to_owned(),
        created_at: moment(CREATED_AT_MS),
        expires_at: moment(CREATED_AT_MS + 1_000),
    }
}

async fn a_simulation_is_asked_for_lives_and_ends_once(database: &Database) {
    let (store, other) = (database.open().await, database.open().await);
    let now = moment(CREATED_AT_MS + 10);
    store.begin_simulation(&new("one")).await.expect("kept");
    assert!(
        store.begin_simulation(&new("one")).await.is_err(),
        "an id is used once"
    );
    let found = other
        .simulation("one", now)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(
        (found.state, found.result.is_none()),
        (SimulationState::Queued, true)
    );
    assert_eq!(found.question, new("one").question);
    assert_eq!(found.beat_at, moment(CREATED_AT_MS));

    let beat = store.beat_simulation("one", SimulationState::Running, "half, \"about\" \0", now);
    assert!(beat.await.expect("written"));
    let found = other
        .simulation("one", now)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(
        (found.state, found.beat_at),
        (SimulationState::Running, now)
    );
    assert_eq!(found.progress, "half, \"about\" \0");

    let done = SimulationEnd::Done(document(r#"{"runs":[]}"#));
    assert!(
        store
            .end_simulation("one", &done, now)
            .await
            .expect("written")
    );
    assert!(
        !store
            .end_simulation("one", &SimulationEnd::Cancelled, now)
            .await
            .expect("written")
    );
    let found = other
        .simulation("one", now)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(found.state, SimulationState::Done);
    assert_eq!(found.result, Some(document(r#"{"runs":[]}"#)));
    assert!(
        store
            .simulation("nobody", now)
            .await
            .expect("read")
            .is_none()
    );
}

/// Cancelled in one program, it is heard by the one that computes it, whose result comes too late.
async fn a_cancelled_simulation_stays_cancelled(database: &Database) {
    let (computes, cancels) = (database.open().await, database.open().await);
    let now = moment(CREATED_AT_MS + 10);
    computes.begin_simulation(&new("one")).await.expect("kept");
    assert!(
        cancels
            .end_simulation("one", &SimulationEnd::Cancelled, now)
            .await
            .expect("written")
    );
    let beat = computes.beat_simulation("one", SimulationState::Running, "", now);
    assert!(!beat.await.expect("written"));
    let late = SimulationEnd::Done(document("{}"));
    assert!(
        !computes
            .end_simulation("one", &late, now)
            .await
            .expect("written")
    );
    let found = cancels
        .simulation("one", now)
        .await
        .expect("read")
        .expect("there");
    assert_eq!(
        (found.state, found.result),
        (SimulationState::Cancelled, None)
    );
}

async fn an_expired_simulation_is_gone(database: &Database) {
    let store = database.open().await;
    let later = moment(CREATED_AT_MS + 1_000);
    store.begin_simulation(&new("one")).await.expect("kept");
    assert!(
        store
            .simulation("one", later)
            .await
            .expect("read")
            .is_none()
    );
    let swept = store
        .sweep(later, moment(CREATED_AT_MS))
        .await
        .expect("swept");
    assert_eq!(swept.simulations, 1);
    let swept = store
        .sweep(later, moment(CREATED_AT_MS))
        .await
        .expect("swept");
    assert_eq!(swept.simulations, 0);
}

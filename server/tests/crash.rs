//! What is acknowledged stays, whatever dies: the program, one of two programs, the database.
//!
//! The programs here are the built ones, on a SQLite file and on PostgreSQL (`scripts/with-postgres`). One test at a
//! time, because one of them stops the database server.

#[path = "store_contract/databases.rs"]
#[expect(
    dead_code,
    reason = "shared with the contract of the stores, which uses more of it"
)]
mod databases;
#[path = "crash/program.rs"]
mod program;

use std::collections::HashSet;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::Duration;

use databases::Database;
use program::{Outcome, Program, save};
use sqlx::{Connection as _, PgConnection, SqliteConnection};
use tokio::sync::{Mutex, mpsc};

static ONE_AT_A_TIME: Mutex<()> = Mutex::const_new(());

const SAVES: usize = 1_000;
/// So many are acknowledged when it is killed, with the rest under way.
const BEFORE_THE_KILL: usize = 200;

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_when_it_is_killed_on_sqlite() {
    let _alone = ONE_AT_A_TIME.lock().await;
    killed_while_saving(&Database::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn nothing_acknowledged_is_lost_when_it_is_killed_on_postgres() {
    let _alone = ONE_AT_A_TIME.lock().await;
    let Some(database) = Database::postgres("kill -9").await else {
        return;
    };
    killed_while_saving(&database).await;
    database.drop().await;
}

async fn killed_while_saving(database: &Database) {
    let mut program = Program::start(&database.url());
    // Once computed, the result is known, and what remains is saving.
    save(&program.address).await.expect("the first");
    let (saved, mut acknowledged) = mpsc::unbounded_channel();
    for _ in 0..SAVES {
        let (address, saved) = (program.address.clone(), saved.clone());
        tokio::spawn(async move {
            let mut outcome = save(&address).await;
            // A thousand at once are more than it takes at once.
            while matches!(outcome, Ok(Outcome::TryAgain)) {
                tokio::time::sleep(Duration::from_millis(100)).await;
                outcome = save(&address).await;
            }
            if let Ok(Outcome::Saved(id)) = outcome {
                let _the_test_has_ended = saved.send(id);
            }
        });
    }
    drop(saved);
    let mut ids = HashSet::new();
    while ids.len() < BEFORE_THE_KILL {
        ids.insert(acknowledged.recv().await.expect("more are acknowledged"));
    }
    program.kill();
    // What was on its way to us when it died counts too.
    while let Some(id) = acknowledged.recv().await {
        ids.insert(id);
    }
    assert!(ids.len() < SAVES, "it was killed after the work was done");

    let program = Program::start(&database.url());
    all_are_there(&program, &ids).await;
    let (scenarios, halves) = halves(&database.url()).await;
    assert_eq!(
        halves, 0,
        "scenarios without their first revision, or the other way round"
    );
    assert!(scenarios > ids.len(), "{scenarios}");
}

/// How many scenarios there are, and how many halves: a scenario without a revision, or a revision without one.
async fn halves(url: &str) -> (usize, usize) {
    const COUNT: &str = "SELECT (SELECT count(*) FROM scenarios), \
        (SELECT count(*) FROM scenarios WHERE id NOT IN (SELECT scenario_id FROM revisions)) \
        + (SELECT count(*) FROM revisions WHERE scenario_id NOT IN (SELECT id FROM scenarios))";
    let counts: (i64, i64) = if url.starts_with("sqlite") {
        let mut connection = SqliteConnection::connect(url).await.expect("a connection");
        sqlx::query_as(COUNT)
            .fetch_one(&mut connection)
            .await
            .expect("counted")
    } else {
        let mut connection = PgConnection::connect(url).await.expect("a connection");
        sqlx::query_as(COUNT)
            .fetch_one(&mut connection)
            .await
            .expect("counted")
    };
    let count = |number| usize::try_from(number).expect("a count");
    (count(counts.0), count(counts.1))
}

async fn all_are_there(program: &Program, ids: &HashSet<String>) {
    for id in ids {
        let record = program.record(id).await;
        assert_eq!(record["id"], id.as_str());
        assert_eq!(record["revision"], 1);
        let options = record["evaluation"]["components"][0]["options"].as_array();
        assert!(
            options.is_some_and(|options| options.len() > 5),
            "{id} is whole"
        );
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn of_two_programs_on_one_database_the_other_goes_on() {
    let _alone = ONE_AT_A_TIME.lock().await;
    let Some(database) = Database::postgres("two programs").await else {
        return;
    };
    let mut programs = [
        Program::start(&database.url()),
        Program::start(&database.url()),
    ];
    let addresses = programs.each_ref().map(|program| program.address.clone());
    for address in &addresses {
        save(address).await.expect("the first");
    }
    let load = Load::start(&addresses);
    tokio::time::sleep(Duration::from_secs(2)).await;
    programs[0].kill();
    tokio::time::sleep(Duration::from_secs(2)).await;
    let seen = load.stop().await;
    let [before, after] = [&seen[0], &seen[1]].map(|seen| seen.saved.len());
    assert!(before > 0 && after > before, "{before} and {after}");
    assert_eq!(seen[1].refused, 0, "the other one refuses nothing");
    for seen in &seen {
        all_are_there(&programs[1], &seen.saved).await;
    }
    drop(programs);
    assert_eq!(halves(&database.url()).await.1, 0);
    database.drop().await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_database_that_goes_away_gives_503_and_comes_back_by_itself() {
    let _alone = ONE_AT_A_TIME.lock().await;
    let Some(database) = Database::postgres("stop and start").await else {
        return;
    };
    let Ok(control) = std::env::var("BREAKEVEN_TEST_POSTGRES_CONTROL") else {
        panic!("scripts/with-postgres says how to stop the server");
    };
    let programs = [
        Program::start(&database.url()),
        Program::start(&database.url()),
    ];
    let addresses = programs.each_ref().map(|program| program.address.clone());
    for address in &addresses {
        save(address).await.expect("the first");
    }
    let load = Load::start(&addresses);
    tokio::time::sleep(Duration::from_secs(1)).await;
    program::run(&control, "stop");
    let refused = save(&addresses[0]).await.expect("an answer");
    assert!(matches!(refused, Outcome::TryAgain), "{refused:?}");
    assert_eq!(programs[0].status("/readyz").await, 503);
    assert_eq!(programs[0].status("/healthz").await, 200);
    assert_eq!(
        programs[0].status("/method").await,
        200,
        "what needs no database goes on"
    );
    program::run(&control, "start");
    let back = tokio::time::timeout(Duration::from_secs(20), async {
        while !matches!(save(&addresses[0]).await, Ok(Outcome::Saved(_))) {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
    });
    back.await.expect("it comes back by itself");
    tokio::time::sleep(Duration::from_secs(1)).await;
    let seen = load.stop().await;
    for (program, seen) in programs.iter().zip(&seen) {
        assert!(seen.refused > 0 && !seen.saved.is_empty());
        all_are_there(program, &seen.saved).await;
    }
    drop(programs);
    assert_eq!(halves(&database.url()).await.1, 0);
    database.drop().await;
}

/// Clients that save without pause until they are stopped.
struct Load {
    stop: Arc<AtomicBool>,
    clients: Vec<(usize, tokio::task::JoinHandle<Seen>)>,
}

/// What the clients of one program saw.
#[derive(Default)]
struct Seen {
    saved: HashSet<String>,
    refused: usize,
}

impl Load {
    const CLIENTS_EACH: usize = 8;

    fn start(addresses: &[String]) -> Self {
        let stop = Arc::new(AtomicBool::new(false));
        let clients = addresses.iter().enumerate().flat_map(|(index, address)| {
            let (stop, address) = (Arc::clone(&stop), address.clone());
            (0..Self::CLIENTS_EACH).map(move |_| {
                let client = saving(Arc::clone(&stop), address.clone());
                (index, tokio::spawn(client))
            })
        });
        let clients = clients.collect();
        Self { stop, clients }
    }

    async fn stop(self) -> [Seen; 2] {
        self.stop.store(true, Ordering::Relaxed);
        let mut all = [Seen::default(), Seen::default()];
        for (index, client) in self.clients {
            let seen = client.await.expect("a client");
            all[index].saved.extend(seen.saved);
            all[index].refused += seen.refused;
        }
        all
    }
}

async fn saving(stop: Arc<AtomicBool>, address: String) -> Seen {
    let mut seen = Seen::default();
    while !stop.load(Ordering::Relaxed) {
        match save(&address).await {
            Ok(Outcome::Saved(id)) => {
                seen.saved.insert(id);
            }
            Ok(Outcome::TryAgain) => seen.refused += 1,
            // The program is dead: nobody answers any more.
            Err(_) => tokio::time::sleep(Duration::from_millis(50)).await,
        }
    }
    seen
}

/// A job of a program that was killed is told as interrupted by the next one, and never as running for ever.
#[tokio::test(flavor = "multi_thread")]
async fn a_simulation_of_a_killed_program_is_interrupted_on_sqlite() {
    let _alone = ONE_AT_A_TIME.lock().await;
    killed_while_simulating(&Database::sqlite()).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn a_simulation_of_a_killed_program_is_interrupted_on_postgres() {
    let _alone = ONE_AT_A_TIME.lock().await;
    let Some(database) = Database::postgres("kill -9 of a simulation").await else {
        return;
    };
    killed_while_simulating(&database).await;
    database.drop().await;
}

async fn killed_while_simulating(database: &Database) {
    let mut program = Program::start(&database.url());
    let id = program.simulate().await;
    begins(&program, &id).await;
    program.kill();
    let program = Program::start(&database.url());
    // It may still live elsewhere, until it has been silent for long enough.
    let mut found = program.simulation(&id).await;
    for _ in 0..60 {
        if found["state"] == "interrupted" {
            break;
        }
        tokio::time::sleep(Duration::from_millis(500)).await;
        found = program.simulation(&id).await;
    }
    assert_eq!(found["state"], "interrupted", "{found}");
    assert!(found["result"].is_null());
    // The queue of the new program is empty: the next one is computed.
    let next = program.simulate().await;
    begins(&program, &next).await;
}

/// Waits until a simulation runs.
async fn begins(program: &Program, id: &str) {
    for _ in 0..500 {
        if program.simulation(id).await["state"] == "running" {
            return;
        }
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    panic!("{id} does not begin");
}

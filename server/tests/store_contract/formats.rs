//! What was ever written is read for ever: `tests/stored` holds a fixture of each form.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use model::evaluation::Evaluation;
use model::system::System;
use serde_json::Value;

use crate::databases::Database;
use crate::{contract, document, read};

contract! {
    what_the_first_version_wrote_is_read;
    what_was_written_packed_is_read;
}

fn fixture(format: u32) -> Value {
    let file = format!(
        "{}/tests/stored/format-{format}.json",
        env!("CARGO_MANIFEST_DIR")
    );
    let text = std::fs::read_to_string(&file).expect("a fixture");
    serde_json::from_str(&text).expect("JSON")
}

/// The fixture's scenario is there, with its answers and result, and can be read as what they are.
async fn check(database: &Database, format: u32) {
    let (store, expected) = (database.open().await, fixture(1));
    let id = format!("format-{format}");
    let stored = read(&store, &id, Some(1)).await.expect("there");
    assert_eq!(stored.head.name, "K\u{e4}se & Co");
    let system = stored.revision.system.json().expect("whole");
    let evaluation = stored.revision.evaluation.json().expect("whole");
    assert_eq!(system, expected["system"], "to the byte");
    assert_eq!(evaluation, expected["evaluation"], "to the byte");
    System::from_json(system.as_bytes()).expect("answers");
    let evaluation: Evaluation = serde_json::from_str(&evaluation).expect("a result");
    assert_eq!(
        evaluation.verdict.monthly_usd,
        expected["monthly_usd"].as_f64()
    );
}

async fn what_the_first_version_wrote_is_read(database: &Database) {
    let fixture = fixture(1);
    database.first_version(&fixture).await;
    check(database, 1).await;
    let store = database.open().await;
    let history = store
        .history("format-1", time::OffsetDateTime::UNIX_EPOCH)
        .await;
    assert_eq!(history.expect("read")[0].headline, None);
}

async fn what_was_written_packed_is_read(database: &Database) {
    // Made and migrated, and then written past the store.
    database.open().await.close().await;
    let fixture = fixture(2);
    let bytes = |name: &str| {
        STANDARD
            .decode(fixture[name].as_str().expect("text"))
            .expect("base64")
    };
    database
        .second_version(&bytes("system"), &bytes("evaluation"))
        .await;
    check(database, 2).await;
}

/// Writes the second fixture anew, from the first: `BREAKEVEN_BLESS=1 cargo test .. --test store_contract fixture`.
#[test]
fn a_fixture_of_the_second_form_is_there() {
    let (first, file) = (
        fixture(1),
        format!("{}/tests/stored/format-2.json", env!("CARGO_MANIFEST_DIR")),
    );
    let packed =
        |name: &str| STANDARD.encode(document(first[name].as_str().expect("text")).bytes());
    let text =
        serde_json::json!({ "system": packed("system"), "evaluation": packed("evaluation") });
    if std::env::var_os("BREAKEVEN_BLESS").is_some() && !std::path::Path::new(&file).exists() {
        std::fs::write(&file, format!("{text:#}\n")).expect("written");
    }
    // Another library may pack otherwise one day; what matters is that the old form is read.
    assert!(std::path::Path::new(&file).exists(), "{file} is missing");
}

//! What a system says of itself in JSON.

use serde_json::{Value, json};

use super::{Burst, System};

/// The only burst of a system that gives it so.
fn burst(given: &Value) -> Result<Burst, super::InvalidSystem> {
    let system = System::from_value(json!({
        "version": 1,
        "components": [{
            "traffic": { "requests_per_month": 1, "bursts": [given] },
            "work": { "duration_ms": 1 }
        }]
    }))?;
    Ok(system.components[0]
        .traffic
        .bursts
        .as_deref()
        .unwrap_or_default()[0])
}

fn given(announced: Option<&Value>) -> Value {
    let mut value =
        json!({ "height": 40.0, "minutes": 15.0, "per_week": 1.0, "arrives_within_s": 60.0 });
    if let Some(announced) = announced {
        value["announced"] = announced.clone();
    }
    value
}

#[test]
fn a_burst_comes_unannounced_unless_it_says_otherwise() {
    let silent = burst(&given(None)).expect("a burst");
    assert!(!silent.announced);
    assert_eq!(silent, burst(&given(Some(&json!(false)))).expect("a burst"));
    assert_ne!(silent, burst(&given(Some(&json!(true)))).expect("a burst"));
}

#[test]
fn a_burst_survives_its_own_json_and_writes_no_default() {
    for announced in [None, Some(json!(true))] {
        let wanted = given(announced.as_ref());
        let written = serde_json::to_value(burst(&wanted).expect("a burst")).expect("JSON");
        assert_eq!(written, wanted);
    }
}

#[test]
fn an_announcement_is_yes_or_no() {
    let error = burst(&given(Some(&json!("soon")))).expect_err("not a yes or no");
    assert_eq!(
        error.errors[0].path,
        "components[0].traffic.bursts[0].announced"
    );
}

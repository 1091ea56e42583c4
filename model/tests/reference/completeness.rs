//! What follows from a cold start outcome by Little's law, the reaction of a fleet, and that no
//! vector of `tests/reference` is left unread.
#![expect(
    clippy::disallowed_methods,
    reason = "a test lists the files of the folder"
)]

use std::collections::BTreeSet;
use std::path::Path;

use model::behavior::Behavior;
use model::units::{Milliseconds, SECONDS_PER_HOUR};
use serde_json::Value;

use super::report::Report;
use super::{cold_start_of, id, number, rows};
use model::latency::percentile::{Spread, WarmAndCold};

/// Of busy environments, idle ones, the life of one, and cold starts an hour.
fn what_follows(row: &Value) -> [(&'static str, f64); 4] {
    let rate = number(row, "arrival_rate_per_s");
    let outcome = cold_start_of(row);
    let running = rate * number(row, "service_time_s");
    let cold_per_s = rate * outcome.cold_start_probability;
    [
        ("avg_running", running),
        ("avg_idle", outcome.instances - running),
        ("lifespan_s", outcome.instances / cold_per_s),
        ("cold_per_hour", cold_per_s * SECONDS_PER_HOUR),
    ]
}

#[test]
fn what_follows_from_a_cold_start_outcome_agrees_with_simulation() {
    let rows = rows(include_str!("cold_start.json"));
    let mut report = Report::default();
    let mut checked = 0;
    for row in rows.iter().filter(|row| row["daily_wave"].is_null()) {
        for (name, ours) in what_follows(row) {
            for expected in row["expected"].as_array().expect("a list") {
                let Some(theirs) = expected["also"][name].as_f64() else {
                    continue;
                };
                match expected["also_tolerance"][name].as_f64() {
                    Some(limit) => {
                        report.check(id(row), name, ours, theirs, limit);
                        checked += 1;
                    }
                    None => report.compare(id(row), name, ours, theirs),
                }
            }
        }
    }
    report.finish(checked, 7);
}

#[test]
fn a_fleet_on_fast_metrics_reacts_as_its_maker_measured() {
    let rows = rows(include_str!("simulation.json"));
    let row = rows
        .iter()
        .find(|row| id(row) == "ecs-react-20s")
        .expect("the benchmark of ECS");
    let scaling = Behavior::embedded().scaling();
    let trigger = scaling.ecs_trigger_20s.value;
    let mut report = Report::default();
    let expected = &row["expected"];
    report.check(
        id(row),
        "trigger",
        trigger,
        number(expected, "trigger_s"),
        1e-9,
    );
    let total = trigger + scaling.ecs_provision.value;
    let theirs = number(expected, "total_to_provisioned_s");
    report.check(id(row), "to a running task", total, theirs, 1e-9);
    report.finish(1, 1);
}

#[test]
fn cold_starts_rarer_than_one_in_a_thousand_leave_even_p999_warm() {
    let row = serde_json::json!({
        "arrival_rate_per_s": 3, "service_time_s": 0.06, "keep_alive_s": 420
    });
    let cold_start_probability = cold_start_of(&row).cold_start_probability;
    assert!(
        (cold_start_probability / 3e-4 - 1.0).abs() < 0.15,
        "{cold_start_probability} is not 0.03 %"
    );
    let spread = |p50, p95| Spread {
        p50: Milliseconds::new(p50),
        p95: Milliseconds::new(p95),
    };
    let (warm, spring) = (spread(50.0, 120.0), spread(5_300.0, 5_900.0));
    let p999 = |cold_start_probability| {
        let answers = WarmAndCold {
            warm,
            cold: spring,
            cold_start_probability,
        };
        let mixture = answers.mixture().expect("a shape");
        mixture.quantile(0.999).expect("not empty").get()
    };
    assert!(p999(cold_start_probability) < 1_000.0);
    assert!(p999(10.0 * cold_start_probability) > 5_000.0);
}

#[test]
fn every_vector_is_named_once_with_its_source_and_read_by_a_test() {
    let tests = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let code: String = [
        "reference_values.rs",
        "fleet_reference.rs",
        "reference/completeness.rs",
    ]
    .iter()
    .map(|name| std::fs::read_to_string(tests.join(name)).expect("a test"))
    .collect();
    let mut seen = BTreeSet::new();
    for entry in std::fs::read_dir(tests.join("reference")).expect("the folder") {
        let path = entry.expect("an entry").path();
        if path.extension().is_none_or(|extension| extension != "json") {
            continue;
        }
        let name = path
            .file_name()
            .and_then(|name| name.to_str())
            .expect("a name");
        assert!(code.contains(&format!("{name}\"")), "no test reads {name}");
        for row in rows(&std::fs::read_to_string(&path).expect("a file")) {
            assert!(
                !row["source"].as_str().expect("a source").is_empty(),
                "{row}"
            );
            assert!(
                seen.insert(id(&row).to_owned()),
                "{} stands twice",
                id(&row)
            );
        }
    }
    assert!(seen.len() >= 86, "{} vectors", seen.len());
}

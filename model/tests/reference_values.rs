//! The latency equations against reference values: published, simulated and
//! exact, each with its source and its tolerance in `tests/reference/*.json`.
#[path = "reference/completeness.rs"]
mod completeness;
#[path = "reference/report.rs"]
mod report;

use model::latency::burst::Ramp;
use model::latency::cold_start::{ColdStart, ColdStartOutcome, over_hours};
use model::latency::percentile::{Spread, WarmAndCold};
use model::latency::queue::{Mmc, Queue, constant_service_share, erlang_b, erlang_c};
use model::units::{Milliseconds, RequestsPerSecond, Seconds};
use report::Report;
use serde_json::Value;

fn rows(json: &str) -> Vec<Value> {
    serde_json::from_str(json).expect("a list of vectors")
}

#[track_caller]
fn number(row: &Value, name: &str) -> f64 {
    row[name]
        .as_f64()
        .unwrap_or_else(|| panic!("{name} of {}", row["id"]))
}

fn whole(row: &Value, name: &str) -> u32 {
    u32::try_from(row[name].as_u64().expect("a whole number")).expect("a small number")
}

fn id(row: &Value) -> &str {
    row["id"].as_str().expect("an id")
}

fn cold_start_of(row: &Value) -> ColdStartOutcome {
    let at = |arrival_rate| {
        let service_time = Seconds::new(number(row, "service_time_s"));
        let keep_alive = Seconds::new(number(row, "keep_alive_s"));
        ColdStart {
            arrival_rate,
            service_time,
            keep_alive,
        }
        .outcome()
    };
    let wave = &row["daily_wave"];
    if wave.is_null() {
        return at(RequestsPerSecond::new(number(row, "arrival_rate_per_s")));
    }
    let minutes = (0..1440_u32).map(|minute| {
        let angle = (f64::from(minute) + 0.5) / 1440.0 * std::f64::consts::TAU;
        let rate = number(wave, "mean_rate_per_s")
            * (1.0 + number(wave, "amplitude") * model::math::sin(angle));
        (RequestsPerSecond::new(rate), 1.0)
    });
    over_hours(minutes, at)
}

#[test]
fn cold_starts_agree_with_simulation_and_with_the_exact_form() {
    let rows = rows(include_str!("reference/cold_start.json"));
    let mut report = Report::default();
    for row in &rows {
        let ours = cold_start_of(row);
        for expected in row["expected"].as_array().expect("a list") {
            let by = expected["by"].as_str().expect("who says so");
            let pairs = [
                (
                    "cold_start_probability",
                    ours.cold_start_probability,
                    "probability_tolerance",
                ),
                ("instances", ours.instances, "instances_tolerance"),
            ];
            for (name, value, tolerance) in pairs {
                match (expected[name].as_f64(), expected[tolerance].as_f64()) {
                    (None, _) => {}
                    (Some(theirs), None) => {
                        report.compare(id(row), &format!("{name} by {by}"), value, theirs);
                    }
                    (Some(theirs), Some(limit)) => {
                        report.check(id(row), &format!("{name} by {by}"), value, theirs, limit);
                    }
                }
            }
        }
    }
    report.finish(rows.len(), 39);
}

#[test]
fn cold_starts_lie_as_near_to_measured_ones_as_the_published_simulator() {
    let rows = rows(include_str!("reference/cold_start.json"));
    let (mut count, mut probability, mut instances) = (0.0, 0.0, 0.0);
    for row in rows.iter().filter(|row| id(row).starts_with("aws-exp")) {
        let ours = cold_start_of(row);
        let measured = row["expected"]
            .as_array()
            .expect("a list")
            .iter()
            .find(|e| e["by"] == "AWS Lambda, measured 2020")
            .expect("a measurement");
        count += 1.0;
        probability +=
            (ours.cold_start_probability / number(measured, "cold_start_probability") - 1.0).abs();
        instances += (ours.instances / number(measured, "instances") - 1.0).abs();
    }
    let (probability, instances) = (probability / count, instances / count);
    println!(
        "mean absolute error over {count} rows: probability {probability:.4}, instances {instances:.4}"
    );
    assert!(
        probability < 0.13 && instances < 0.035,
        "probability {probability} instances {instances}"
    );
}

#[test]
fn erlang_formulas_have_their_exact_values() {
    let rows = rows(include_str!("reference/erlang.json"));
    let mut report = Report::default();
    for row in &rows {
        let (servers, load, limit) = (
            number(row, "servers"),
            number(row, "offered_erlangs"),
            number(row, "tolerance"),
        );
        let queue = Mmc::new(
            RequestsPerSecond::new(load),
            Seconds::new(1.0),
            whole(row, "servers"),
        )
        .expect("stable");
        report.check(
            id(row),
            "B",
            erlang_b(servers, load),
            number(row, "erlang_B"),
            limit,
        );
        report.check(
            id(row),
            "C",
            erlang_c(servers, load),
            number(row, "erlang_C"),
            limit,
        );
        report.check(
            id(row),
            "Wq/S",
            queue.mean_wait().get(),
            number(row, "wq_over_service"),
            limit,
        );
        report.check(
            id(row),
            "Lq",
            queue.mean_wait().get() * load,
            number(row, "lq"),
            limit,
        );
    }
    report.finish(rows.len(), 6);
}

#[test]
fn the_common_queue_has_its_published_and_exact_values() {
    let rows = rows(include_str!("reference/mmc_queue.json"));
    let mut report = Report::default();
    for row in &rows {
        let rate = if row["arrivals"].is_null() {
            number(row, "arrival_rate_per_s")
        } else {
            number(row, "arrivals") / number(row, "per_s")
        };
        let queue = Mmc::new(
            RequestsPerSecond::new(rate),
            Seconds::new(number(row, "service_time_s")),
            whole(row, "servers"),
        )
        .expect("stable");
        let wait = queue.wait();
        for (name, theirs) in row["expected"].as_object().expect("values") {
            let ours = match name.as_str() {
                "offered" => rate * number(row, "service_time_s"),
                "utilisation" => queue.utilization(),
                "erlang_C" => queue.wait_probability(),
                "mean_wait_s" | "wq_mean_s" => queue.mean_wait().get(),
                "service_level" => 1.0 - wait.survival(Seconds::new(number(row, "target_wait_s"))),
                "wait_p50" => wait.percentile(0.50).get(),
                "wait_p95" => wait.percentile(0.95).get(),
                "wait_p99" => wait.percentile(0.99).get(),
                "response_mean_s" => queue.mean_response().get(),
                "response_p50" => queue.response_percentile(0.50).get(),
                "response_p95" => queue.response_percentile(0.95).get(),
                "response_p99" => queue.response_percentile(0.99).get(),
                other => panic!("{other} is not computed"),
            };
            report.check(
                id(row),
                name,
                ours,
                theirs.as_f64().expect("a number"),
                number(row, "tolerance"),
            );
        }
    }
    report.finish(rows.len(), 6);
}

#[test]
fn constant_service_lies_near_the_exact_wait() {
    let rows = rows(include_str!("reference/mdc_queue.json"));
    let mut report = Report::default();
    for row in &rows {
        let (load, servers) = (number(row, "rho"), whole(row, "servers"));
        let arrival_rate = RequestsPerSecond::new(load * f64::from(servers));
        let queue = Queue {
            arrival_rate,
            service_time: Seconds::new(1.0),
            servers,
            service_cv: 0.0,
        };
        let wait = queue.wait().expect("stable").mean().get();
        let pooled = number(row, "mmc_wq");
        report.check(
            id(row),
            "M/M/c",
            Queue {
                service_cv: 1.0,
                ..queue
            }
            .wait()
            .expect("stable")
            .mean()
            .get(),
            pooled,
            1e-9,
        );
        report.check(
            id(row),
            "Cosmetatos",
            pooled * constant_service_share(load, servers),
            number(row, "cosmetatos_wq"),
            1e-9,
        );
        report.check(
            id(row),
            "M/D/c exact",
            wait,
            number(row, "mdc_exact_wq"),
            number(row, "cosmetatos_tolerance_of_exact"),
        );
        report.compare(
            id(row),
            "M/D/c Allen-Cunneen",
            wait,
            number(row, "allen_cunneen_wq"),
        );
    }
    report.finish(rows.len(), 7);
}

#[test]
fn general_service_lies_near_simulation() {
    let rows = rows(include_str!("reference/mgc_queue.json"));
    let mut report = Report::default();
    for row in &rows {
        let servers = whole(row, "servers");
        let arrival_rate = RequestsPerSecond::new(number(row, "rho") * f64::from(servers));
        let service_cv = number(row, "service_cv");
        let wait = Queue {
            arrival_rate,
            service_time: Seconds::new(1.0),
            servers,
            service_cv,
        }
        .wait()
        .expect("stable");
        let simulated = &row["expected"];
        report.check(
            id(row),
            "mean",
            wait.mean().get(),
            number(simulated, "wq"),
            number(row, "mean_tolerance"),
        );
        report.check(
            id(row),
            "p99",
            wait.percentile(0.99).get(),
            number(simulated, "wait_p99"),
            number(row, "p99_tolerance"),
        );
        report.compare(
            id(row),
            "p95",
            wait.percentile(0.95).get(),
            number(simulated, "wait_p95"),
        );
        report.compare(
            id(row),
            "share that waits",
            wait.probability(),
            number(simulated, "p_wait"),
        );
        report.compare(
            id(row),
            "mean by Allen-Cunneen",
            wait.mean().get(),
            number(row, "allen_cunneen_wq"),
        );
    }
    report.finish(rows.len(), 4);
}

#[test]
fn mixtures_of_warm_and_cold_have_their_exact_percentiles() {
    let rows = rows(include_str!("reference/mixture.json"));
    let mut report = Report::default();
    for row in &rows {
        let spread = |base: f64, p50: &str, p95: &str| Spread {
            p50: Milliseconds::new(base + number(row, p50)),
            p95: Milliseconds::new(base + number(row, p95)),
        };
        let question = WarmAndCold {
            warm: spread(0.0, "warm_p50_ms", "warm_p95_ms"),
            cold: spread(
                number(row, "warm_p50_ms"),
                "cold_extra_p50_ms",
                "cold_extra_p95_ms",
            ),
            cold_start_probability: number(row, "p_cold"),
        };
        let mixture = question.mixture().expect("a shape");
        for (p, theirs) in row["percentiles_ms"].as_object().expect("percentiles") {
            let ours = mixture
                .quantile(p.parse().expect("a number"))
                .expect("not empty")
                .get();
            report.check(
                id(row),
                p,
                ours,
                theirs.as_f64().expect("a number"),
                number(row, "tolerance"),
            );
        }
        report.check(
            id(row),
            "mean",
            mixture.mean().expect("not empty").get(),
            number(row, "mean_ms"),
            number(row, "tolerance"),
        );
    }
    report.finish(rows.len(), 3);
}

#[test]
fn the_ramp_reaches_its_target_when_the_rule_says() {
    let rows = rows(include_str!("reference/ramp.json"));
    let mut report = Report::default();
    for row in &rows {
        let ramp = Ramp {
            at_once: number(row, "initial_bucket"),
            per_second: number(row, "refill_per_s"),
        };
        let seconds = ramp
            .time_to(number(row, "target_concurrency"))
            .expect("reached")
            .get();
        report.check(
            id(row),
            "seconds",
            seconds,
            number(row, "seconds_to_reach"),
            number(row, "tolerance"),
        );
    }
    report.finish(rows.len(), 5);
}

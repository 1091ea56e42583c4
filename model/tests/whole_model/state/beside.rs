//! What stands beside the bill: limits, delivery, the services named, warnings and advice.

use model::PriceBook;
use model::behavior::Behavior;
use model::state::{Side, StateServices, batching, limits, services, warnings};
use model::tariff::Tariffs;
use model::units::RequestsPerMonth;
use serde_json::{Value, json};

use super::{close, everything, workload};

use Side::{Containers, Serverless};

#[test]
fn limits_are_those_of_the_data_with_what_the_workload_needs() {
    let check = |component: Value, side, requests: f64, expected: &[(&str, f64)]| {
        let limits = limits(&workload(&component), side, RequestsPerMonth::new(requests));
        assert_eq!(limits.len(), expected.len(), "{component}");
        for ((id, value), (wanted, needed)) in limits.iter().zip(expected) {
            assert_eq!(id, wanted);
            assert!(close(*value, *needed), "{id}: {value}");
            assert!(Behavior::embedded().find_limit(id).is_some(), "{id}");
        }
    };
    // 100 messages a second of 0.1 s, ten in a batch.
    let month = 100.0 * model::units::SECONDS_PER_MONTH;
    let worker = json!({ "kind": "queue_worker", "traffic": { "batch_size": 10 },
                         "work": { "payload_in_kb": 512 } });
    let message = ("aws-sqs/message", 0.5);
    check(
        worker.clone(),
        Serverless,
        month,
        &[message, ("aws-sqs/in-flight", 100.0)],
    );
    check(
        worker,
        Containers,
        month,
        &[message, ("aws-sqs/in-flight", 10.0)],
    );
    let steps = json!({ "kind": "workflow", "state": { "workflow_steps": 2 },
                        "work": { "max_duration_ms": 60_000, "payload_in_kb": 1,
                                  "payload_out_kb": 300 } });
    check(
        steps,
        Containers,
        month,
        &[
            ("aws-step-functions/payload", 300.0),
            ("aws-step-functions/standard-duration", 60.0),
        ],
    );
    // 100 records a second of 0.45 s: five shards of nine.
    let stream = json!({ "kind": "stream",
        "work": { "duration_ms": 450, "payload_in_kb": 10.24 } });
    check(
        stream,
        Serverless,
        month,
        &[
            ("aws-kinesis/shard-write", 0.2),
            ("aws-kinesis/shard-read", 0.2),
            ("aws-kinesis/parallelization", 9.0),
        ],
    );
    let event = json!({ "work": { "payload_in_kb": 200 }, "state": { "events": 2 } });
    check(
        event,
        Serverless,
        month,
        &[("aws-eventbridge/event", 200.0)],
    );
    let items = json!({ "work": { "payload_in_kb": 90 }, "state": { "key_value_writes": 1 } });
    check(items, Serverless, month, &[("aws-dynamodb/item", 90.0)]);
}

#[test]
fn delivery_is_that_of_the_event_source() {
    let median = |component: Value| {
        let workload = workload(&component);
        let both = [Serverless, Containers].map(|side| {
            let mut tariffs = Tariffs::new(PriceBook::embedded(), &workload);
            let services = StateServices::new(&mut tariffs, &workload, side);
            services
                .delivery()
                .map(|delivery| delivery.quantile(0.5).get())
        });
        (both[0], both[1])
    };
    let figure = |id: &str| {
        let latency = Behavior::embedded().service_latency(id);
        latency.expect("a measured service").p50_ms
    };
    let same = |kind: &str, id: &str| {
        let (here, there) = median(json!({ "kind": kind }));
        assert!(close(here.expect("a delivery"), figure(id)), "{kind}");
        assert_eq!(here, there);
    };
    same("queue_worker", "state/sqs_to_lambda");
    same("event", "state/eventbridge_to_lambda");
    same("stream", "state/kinesis_to_lambda");
    same("workflow", "state/step_functions_standard");
    let short = json!({ "kind": "workflow", "state": { "workflow_steps": 5 } });
    let (express, standard) = median(short);
    let express = express.expect("a delivery");
    assert!(close(express, figure("state/step_functions_express")));
    assert!(standard.expect("a delivery") > express);
    for kind in ["http_api", "web_app", "scheduled_batch", "websocket"] {
        assert_eq!(median(json!({ "kind": kind })), (None, None), "{kind}");
    }
}

#[test]
fn each_need_names_its_services_with_numbers() {
    let mut workload = workload(&everything("stream"));
    workload.requests = RequestsPerMonth::new(2e6);
    let services = services(&workload);
    let needs: Vec<&str> = services
        .iter()
        .map(|service| service.need.as_str())
        .collect();
    let all = [
        "cache",
        "events",
        "key_value",
        "objects",
        "queue",
        "relational",
        "stream",
        "websocket",
        "workflow",
    ];
    assert_eq!(needs, all);
    for service in &services {
        assert!(
            service.reason.contains(|c: char| c.is_ascii_digit()),
            "{service:?}"
        );
    }
    let of = |need: &str| {
        services
            .iter()
            .find(|service| service.need == need)
            .expect("a need")
    };
    assert_eq!(of("workflow").serverless, "AWS Step Functions, express");
    assert!(
        of("workflow").reason.contains("standard would cost $150"),
        "{:?}",
        of("workflow")
    );
    assert!(
        of("relational")
            .serverless
            .contains("db.t4g.micro with RDS Proxy")
    );
    assert!(
        of("relational")
            .reason
            .contains("112 connections where 100")
    );
    assert!(of("cache").containers.contains("cache.t4g.small"));
}

#[test]
fn warnings_come_with_the_numbers_of_the_workload() {
    // 38 requests a second of 1 s: 38 + 2.326 sqrt(38), rounded up.
    let mut busy = workload(&json!({ "state": { "relational_connections": 50 },
                                     "work": { "duration_ms": 1000 } }));
    busy.requests = RequestsPerMonth::new(38.0 * model::units::SECONDS_PER_MONTH);
    let crowded = warnings(&busy);
    assert!(
        crowded
            .iter()
            .any(|text| text.contains("53 function environments")),
        "{crowded:?}"
    );
    assert!(crowded.iter().any(|text| text.contains("private network")));
    busy.private_network = true;
    busy.state.relational_connections = 1e4;
    let many = warnings(&busy);
    assert!(many.iter().all(|text| !text.contains("private network")));
    assert!(
        many.iter().any(|text| text.contains("allows 5,000")),
        "{many:?}"
    );
    let upload = json!({ "work": { "payload_in_kb": 5000 }, "state": { "queue_messages": 1 } });
    assert!(warnings(&workload(&upload))[0].contains("5,000 KB is more than a queue message"));
    let image = json!({ "work": { "payload_in_kb": 300 }, "state": { "events": 1 } });
    assert!(warnings(&workload(&image))[0].contains("300 KB is more than an event"));
    let kept = json!({ "work": { "payload_in_kb": 5000 },
                       "state": { "queue_messages": 1, "object_writes": 1 } });
    assert_eq!(warnings(&workload(&kept)), Vec::<String>::new());
}

#[test]
fn batches_are_advised_where_they_save() {
    let advice = |component: Value| batching(&workload(&component), PriceBook::embedded());
    let worker = |batch: u32| {
        json!({ "kind": "queue_worker",
                "traffic": { "batch_size": batch, "requests_per_month": 100_000_000 } })
    };
    // $18 of invocations, and the calls that receive and delete nine in ten: $72 less what
    // is polled in vain instead.
    let saved = advice(worker(1));
    assert!(
        saved[0]
            .text
            .starts_with("10 messages an invocation instead of 1 would save $")
    );
    let dollars = saved[0].text.split('$').nth(1).expect("an amount");
    let digits = dollars
        .split(' ')
        .next()
        .expect("a number")
        .replace(',', "");
    let usd: f64 = digits.parse().expect("a number");
    assert!((85.0..=90.0).contains(&usd), "{usd}");
    assert!(advice(worker(10)).is_empty());
    assert!(advice(json!({ "kind": "http_api" })).is_empty());
    let stream = json!({ "kind": "stream", "work": { "duration_ms": 5 },
        "traffic": { "batch_size": 2, "requests_per_month": 262_800_000 } });
    assert!(advice(stream)[0].text.contains("10 records keep up"));
}

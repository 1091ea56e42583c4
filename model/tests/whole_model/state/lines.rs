//! The lines of each service, from price ids and quantities worked out by hand.

use model::state::{Side, stream_batch, stream_environments, stream_shards};
use model::units::{HOURS_PER_MONTH, RequestsPerMonth, SECONDS_PER_MONTH};
use model::workload::Workload;
use serde_json::{Value, json};

use super::{bill, bought, check, close, with, workload};
use crate::common::system;

use Side::{Containers, Serverless};

const GET: &str = "amazon-dynamodb/on-demand/read";
const PUT: &str = "amazon-dynamodb/on-demand/write";
const SQS: &str = "amazon-sqs/request/standard";
const SHARD: &str = "amazon-kinesis/shard/hour";
const RECORD: &str = "amazon-kinesis/put-payload/unit";
const STEP: &str = "aws-step-functions/standard/transition";
const RUN: &str = "aws-step-functions/express/request";
const RUN_TIME: &str = "aws-step-functions/express/duration";
const SMALL_NODE: &str = "amazon-elasticache/valkey-node/cache.t4g.small";
const LARGE_NODE: &str = "amazon-elasticache/valkey-node/cache.r7g.large";
const CACHED: &str = "amazon-elasticache/serverless-storage/valkey";
const CACHE_UNIT: &str = "amazon-elasticache/serverless-processing/valkey";
const MICRO: &str = "amazon-rds/postgresql-instance/db.t4g.micro";
const MESSAGE: &str = "amazon-api-gateway/websocket-api/message";
const MINUTE: &str = "amazon-api-gateway/websocket-api/connection";

#[test]
fn items_are_read_in_halves_of_four_kb_and_written_by_the_kb() {
    let needs = json!({ "state": { "key_value_reads": 2, "key_value_writes": 1 } });
    for side in [Serverless, Containers] {
        // 2 reads x half a unit; 1 write of 1 KB.
        check(&needs, side, 1e6, &[(GET, 1e6), (PUT, 1e6)]);
    }
    // 9 KB read twice: 4.5 KB are two units, halved. 2.5 KB written: three units.
    let sized = json!({
        "work": { "payload_in_kb": 2.5, "payload_out_kb": 9 },
        "state": { "key_value_reads": 2, "key_value_writes": 1 }
    });
    check(&sized, Serverless, 1e6, &[(GET, 2e6), (PUT, 3e6)]);
    // A megabyte is no item: it is an object that the item refers to.
    let large = json!({ "work": { "payload_in_kb": 1024 }, "state": { "key_value_writes": 1 } });
    check(&large, Containers, 1e6, &[(PUT, 1e6)]);
}

#[test]
fn stored_data_is_billed_once() {
    let kept = |state: Value| json!({ "state": state });
    check(
        &kept(json!({ "storage_gb": 100, "key_value_reads": 1, "object_reads": 1 })),
        Serverless,
        1e6,
        &[
            (GET, 5e5),
            ("amazon-s3/request/get", 1e6),
            ("amazon-s3/storage/standard", 100.0),
        ],
    );
    check(
        &kept(json!({ "storage_gb": 100, "key_value_reads": 1 })),
        Containers,
        1e6,
        &[(GET, 5e5), ("amazon-dynamodb/storage/standard", 100.0)],
    );
    check(
        &kept(json!({ "storage_gb": 100, "relational_connections": 50 })),
        Containers,
        1e6,
        &[
            (MICRO, HOURS_PER_MONTH),
            ("amazon-rds/gp3-storage/single-az", 100.0),
        ],
    );
    check(
        &kept(json!({ "storage_gb": 600_000, "object_writes": 2 })),
        Containers,
        1e6,
        &[
            ("amazon-s3/request/put", 2e6),
            ("amazon-s3/storage/standard", 600_000.0),
        ],
    );
}

#[test]
fn a_message_costs_three_calls_for_each_64_kb_but_its_deletion_one() {
    let sent = json!({ "state": { "queue_messages": 1 } });
    check(&sent, Serverless, 1e6, &[(SQS, 3e6)]);
    let large = json!({ "work": { "payload_in_kb": 128 }, "state": { "queue_messages": 1 } });
    check(&large, Containers, 1e6, &[(SQS, 2e6 + 2e6 + 1e6)]);
}

#[test]
fn a_message_is_received_on_one_bill_only() {
    let mut worker = json!({ "name": "worker", "kind": "queue_worker",
        "traffic": { "requests_per_month": 1_000_000, "shape": "steady" },
        "work": { "duration_ms": 100 } });
    let sender = |worker: &Value| {
        let system = system(|value| {
            value["components"][0]["state"] = json!({ "queue_messages": 1 });
            let components = value["components"].as_array_mut().expect("a list");
            components.push(worker.clone());
        });
        bought(&bill(&Workload::typical(&system, 0).0, Serverless, 1e6).0)[SQS]
    };
    assert!(close(sender(&worker), 1e6), "only sent");
    worker["kind"] = json!("http_api");
    assert!(close(sender(&worker), 3e6), "sent, received, deleted");
}

/// Empty receives of a steady month, from the formula at the head of `state/queue.rs`.
fn empty(requests: f64, batch: f64, pollers: f64) -> f64 {
    let x = requests / SECONDS_PER_MONTH / batch * 20.0 / pollers;
    SECONDS_PER_MONTH * pollers / 20.0 * x / (model::math::exp(x) - 1.0)
}

#[test]
fn a_worker_polls_also_when_nothing_comes() {
    let worker = json!({ "kind": "queue_worker", "traffic": { "batch_size": 10 } });
    check(
        &worker,
        Serverless,
        0.0,
        &[(SQS, 5.0 * SECONDS_PER_MONTH / 20.0)],
    );
    check(&worker, Containers, 0.0, &[(SQS, SECONDS_PER_MONTH / 20.0)]);
    let calls = |requests: f64, pollers| 2.0 * requests / 10.0 + empty(requests, 10.0, pollers);
    check(&worker, Serverless, 1e6, &[(SQS, calls(1e6, 5.0))]);
    check(&worker, Containers, 1e6, &[(SQS, calls(1e6, 1.0))]);
    // Ten messages of 30 KB are 300 KB: five requests to receive them.
    let large = json!({ "kind": "queue_worker", "traffic": { "batch_size": 10 },
                        "work": { "payload_in_kb": 30 } });
    let received = 1e6 / 10.0 * 5.0 + 1e6 / 10.0 + empty(1e6, 10.0, 5.0);
    check(&large, Serverless, 1e6, &[(SQS, received)]);
    let alone = json!({ "kind": "queue_worker", "traffic": { "batch_size": 1 } });
    check(
        &alone,
        Serverless,
        1e6,
        &[(SQS, 2e6 + empty(1e6, 1.0, 5.0))],
    );
}

#[test]
fn more_messages_never_cost_less() {
    let workload = workload(&json!({ "kind": "queue_worker" }));
    let mut last = 0.0;
    for step in 0..200 {
        let usd = bill(
            &workload,
            Serverless,
            1e4 * model::math::pow(1.1, f64::from(step)),
        )
        .0
        .monthly_usd;
        assert!(usd >= last, "step {step}");
        last = usd;
    }
}

#[test]
fn events_count_by_64_kb() {
    let events = json!({ "work": { "payload_in_kb": 100 }, "state": { "events": 3 } });
    check(
        &events,
        Serverless,
        1e6,
        &[("amazon-eventbridge/event/custom", 6e6)],
    );
}

#[test]
fn workflows_take_the_cheaper_kind_that_fits() {
    // One second of 64 MB is 0.0625 GB-seconds: less than five transitions.
    let short = json!({ "kind": "workflow", "state": { "workflow_steps": 5 },
        "work": { "duration_ms": 1000, "duration_p99_ms": 1000, "max_duration_ms": 1000 } });
    check(&short, Serverless, 1e6, &[(RUN, 1e6), (RUN_TIME, 62_500.0)]);
    // Steps that wait for tasks of their own are standard.
    check(&short, Containers, 1e6, &[(STEP, 5e6)]);
    let web = json!({ "kind": "http_api", "state": { "workflow_steps": 5 },
        "work": { "duration_ms": 1000, "duration_p99_ms": 1000, "max_duration_ms": 1000 } });
    check(&web, Containers, 1e6, &[(RUN, 1e6), (RUN_TIME, 62_500.0)]);
    // A tenth of a step costs $2.50 a million, an express run $1 and its 100 s $104.
    let long = json!({ "kind": "workflow", "state": { "workflow_steps": 0.1 },
        "work": { "duration_ms": 100_000, "max_duration_ms": 100_000 } });
    check(&long, Serverless, 1e6, &[(STEP, 1e5)]);
    let too_long = json!({ "kind": "workflow", "state": { "workflow_steps": 5 },
        "work": { "duration_ms": 1000, "max_duration_ms": 300_001 } });
    check(&too_long, Serverless, 1e6, &[(STEP, 5e6)]);
}

#[test]
fn express_runs_are_held_as_in_the_example_of_the_price_page() {
    // https://aws.amazon.com/step-functions/pricing/: 100 million runs of 10 s.
    let runs = json!({ "kind": "workflow", "state": { "workflow_steps": 400 },
        "work": { "duration_ms": 10_000, "duration_p99_ms": 10_000, "max_duration_ms": 10_000,
                  "payload_in_kb": 12_800, "payload_out_kb": 0 } });
    check(
        &runs,
        Serverless,
        1e8,
        &[(RUN, 1e8), (RUN_TIME, 62_500_000.0)],
    );
}

#[test]
fn a_cache_is_billed_by_use_or_by_node_whichever_is_less() {
    let cache = |gb: f64| json!({ "state": { "cache_gb": gb } });
    let hours = HOURS_PER_MONTH;
    // A tenth of a GB is the least.
    check(
        &cache(0.05),
        Serverless,
        1e6,
        &[(CACHED, 0.1 * hours), (CACHE_UNIT, 1e6)],
    );
    check(&cache(1.0), Serverless, 1e6, &[(SMALL_NODE, hours)]);
    check(&cache(1.0), Containers, 1e6, &[(SMALL_NODE, hours)]);
    // Three shards of 13.07 GB, a quarter kept free.
    check(&cache(29.0), Containers, 1e6, &[(LARGE_NODE, 3.0 * hours)]);
    let values = json!({ "work": { "payload_out_kb": 3.2 }, "state": { "cache_gb": 0.05 } });
    check(
        &values,
        Serverless,
        1e6,
        &[(CACHED, 0.1 * hours), (CACHE_UNIT, 3.2e6)],
    );
}

#[test]
fn nodes_stand_in_every_zone() {
    let three = with(
        &json!({ "state": { "cache_gb": 1 } }),
        &json!({ "operations": { "availability": "three_zones" } }),
    );
    let (bill, _) = bill(&Workload::typical(&three, 0).0, Containers, 1e6);
    assert!(close(bought(&bill)[SMALL_NODE], 3.0 * HOURS_PER_MONTH));
}

#[test]
fn a_database_has_a_proxy_beside_functions_only() {
    let database = json!({ "state": { "relational_connections": 112 } });
    let own = [
        (MICRO, HOURS_PER_MONTH),
        ("amazon-rds/gp3-storage/single-az", 20.0),
    ];
    check(&database, Containers, 1e6, &own);
    let proxied = [
        own[0],
        own[1],
        ("amazon-rds/proxy/vcpu", 2.0 * HOURS_PER_MONTH),
    ];
    check(&database, Serverless, 1e6, &proxied);
    // 1,000 connections need 9.5 GB: the class with 16 GB and four vCPUs.
    check(
        &json!({ "state": { "relational_connections": 1000 } }),
        Serverless,
        1e6,
        &[
            (
                "amazon-rds/postgresql-instance/db.m7g.xlarge",
                HOURS_PER_MONTH,
            ),
            ("amazon-rds/gp3-storage/single-az", 20.0),
            ("amazon-rds/proxy/vcpu", 4.0 * HOURS_PER_MONTH),
        ],
    );
}

#[test]
fn shards_carry_the_busiest_hour() {
    let per_second = |records: f64| records * SECONDS_PER_MONTH;
    let stream = |kb: f64, ms: f64| json!({ "kind": "stream", "work": { "duration_ms": ms, "payload_in_kb": kb } });
    // 2,500 small records a second: three shards by number, 25 million put units and so on.
    let month = per_second(2500.0);
    check(
        &stream(0.2, 1.0),
        Containers,
        month,
        &[(SHARD, 3.0 * HOURS_PER_MONTH), (RECORD, month)],
    );
    // 100 records of 60 KB a second are 5.9 MB/s: six shards; three units each.
    let month = per_second(100.0);
    check(
        &stream(60.0, 1.0),
        Containers,
        month,
        &[(SHARD, 6.0 * HOURS_PER_MONTH), (RECORD, 3.0 * month)],
    );
    // 100 records a second of 0.45 s keep 45 environments busy: five shards of nine.
    let slow = workload(&stream(1.0, 450.0));
    let requests = RequestsPerMonth::new(month);
    assert!(close(stream_shards(&slow, Serverless, requests), 5.0));
    assert!(close(stream_shards(&slow, Containers, requests), 1.0));
    assert!(close(stream_environments(&slow, requests), 45.0));
    // One environment takes ten invocations a second: 100 records a second need tens.
    let quick = workload(&stream(1.0, 5.0));
    assert!(close(stream_environments(&quick, requests), 1.0));
    assert!(close(stream_batch(&quick, requests), 10.0));
}

#[test]
fn gateways_bill_pushed_messages_beyond_the_requests() {
    let socket = json!({ "kind": "websocket", "work": { "payload_in_kb": 1, "payload_out_kb": 33 },
        "state": { "websocket_connections": 1000, "websocket_messages_per_s": 10 } });
    // The front door bills the requests and the connections; a push of 33 KB counts twice.
    let pushed = 2.0 * (10.0 * SECONDS_PER_MONTH - 1e6);
    check(&socket, Serverless, 1e6, &[(MESSAGE, pushed)]);
    check(&socket, Serverless, 1e9, &[]);
    check(&socket, Containers, 1e6, &[]);
    let page = json!({ "kind": "web_app", "work": { "payload_out_kb": 1 },
        "state": { "websocket_connections": 1000, "websocket_messages_per_s": 10 } });
    let minutes = 1000.0 * HOURS_PER_MONTH * 60.0;
    let messages = 10.0 * SECONDS_PER_MONTH;
    check(
        &page,
        Serverless,
        1e6,
        &[(MESSAGE, messages), (MINUTE, minutes)],
    );
}

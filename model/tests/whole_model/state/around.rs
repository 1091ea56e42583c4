//! What goes with the lines: nothing for no need, gaps, ranges, exclusions, extremes.

use model::PriceBook;
use model::bill::{Bill, Charges, Group, Line, Total};
use model::state::{Side, StateServices, batching, limits, services, warnings};
use model::tariff::Tariffs;
use model::units::RequestsPerMonth;
use model::workload::{Workload, Z_95};
use serde_json::{Value, json};

use super::{bill, close, everything, with, workload};

use Side::{Containers, Serverless};

const KINDS: [&str; 8] = [
    "http_api",
    "web_app",
    "event",
    "queue_worker",
    "scheduled_batch",
    "workflow",
    "stream",
    "websocket",
];

#[test]
fn no_need_gives_no_line_and_looks_nothing_up() {
    for kind in [
        "http_api",
        "web_app",
        "event",
        "scheduled_batch",
        "workflow",
        "websocket",
    ] {
        // In a region where most services have no price a look-up would be missed.
        let plain = with(
            &json!({ "kind": kind }),
            &json!({ "region": "ap-southeast-1" }),
        );
        let workload = Workload::typical(&plain, 0).0;
        for side in [Serverless, Containers] {
            let (bill, missing) = bill(&workload, side, 1e9);
            assert_eq!(bill, Bill::default(), "{kind}");
            assert_eq!(missing, Vec::<String>::new(), "{kind}");
        }
        assert_eq!(services(&workload), [], "{kind}");
        assert_eq!(warnings(&workload), Vec::<String>::new(), "{kind}");
    }
}

#[test]
fn every_kind_with_every_need_stays_finite_from_none_to_ten_trillion_requests() {
    for kind in KINDS {
        let workload = workload(&everything(kind));
        for side in [Serverless, Containers] {
            let mut last = 0.0;
            for requests in [0.0, 1.0, 1e6, 1e9, 1e13] {
                let (bill, missing) = bill(&workload, side, requests);
                assert_eq!(missing, Vec::<String>::new());
                let usd = bill.monthly_usd;
                assert!(usd.is_finite() && usd >= last, "{kind} {requests}: {usd}");
                assert!(bill.lines.iter().all(|line| line.amount_usd >= 0.0));
                last = usd;
            }
            let mut far = Workload {
                requests: RequestsPerMonth::new(1e13),
                ..workload.clone()
            };
            for (id, value) in limits(&far, side, far.requests) {
                assert!(value.is_finite() && value >= 0.0, "{id}");
            }
            for advice in batching(&far, PriceBook::embedded()) {
                assert!(!advice.text.contains("inf") && !advice.text.contains("NaN"));
            }
            far.requests = RequestsPerMonth::ZERO;
            assert!(
                services(&far)
                    .iter()
                    .all(|service| !service.reason.contains("NaN"))
            );
        }
    }
}

#[test]
fn a_price_missing_in_the_region_is_named() {
    let missing = |component: Value, region: &str, zones: &str, side| {
        let whole = json!({ "region": region, "operations": { "availability": zones } });
        bill(
            &Workload::typical(&with(&component, &whole), 0).0,
            side,
            1e6,
        )
        .1
    };
    let state = |state: Value| json!({ "state": state });
    let events = state(json!({ "events": 1 }));
    assert_eq!(
        missing(events, "eu-west-1", "one_zone", Containers),
        ["amazon-eventbridge/event/custom"]
    );
    let database = |n: u32| state(json!({ "relational_connections": n }));
    assert_eq!(
        missing(database(100), "eu-west-1", "two_zones", Serverless),
        ["amazon-rds/postgresql-multi-az-instance/db.t4g.micro"]
    );
    assert_eq!(
        missing(database(3000), "us-east-1", "one_zone", Containers),
        ["amazon-rds/postgresql-instance/db.m7g.2xlarge"]
    );
    // In Frankfurt only one class is priced in two zones, and it holds a hundred.
    assert_eq!(
        missing(database(100), "eu-central-1", "two_zones", Serverless),
        Vec::<String>::new()
    );
    // Serverless caches are priced in one region, nodes in all: a cache is never missing.
    let cache = state(json!({ "cache_gb": 0.05 }));
    assert_eq!(
        missing(cache, "eu-west-1", "one_zone", Serverless),
        Vec::<String>::new()
    );
}

#[test]
fn an_own_rate_for_an_id_nobody_knows_makes_nothing_free() {
    let unknown = "amazon-rds/postgresql-instance/db.m7g.2xlarge";
    let whole = json!({ "rates": { (unknown): 0.7 } });
    let component = json!({ "state": { "relational_connections": 3000 } });
    let workload = Workload::typical(&with(&component, &whole), 0).0;
    assert_eq!(bill(&workload, Containers, 1e6).1, [unknown]);
}

#[test]
fn own_rates_and_exclusions_hold_for_services() {
    let component = json!({ "state": { "events": 1, "storage_gb": 10, "object_reads": 1 } });
    let own = json!({ "rates": { "amazon-eventbridge/event/custom": 0.5 } });
    let usd = |whole: &Value| {
        let workload = Workload::typical(&with(&component, whole), 0).0;
        bill(&workload, Serverless, 1e6).0
    };
    let listed = usd(&json!({}));
    let dearer = usd(&own);
    assert!(close(
        dearer.monthly_usd - listed.monthly_usd,
        1e6 * (0.5 - 0.000_001)
    ));
    let without = usd(&json!({ "exclude": ["state"] }));
    assert!(
        without
            .lines
            .iter()
            .all(|line| line.group == Group::Storage)
    );
    assert!(close(
        without.monthly_usd,
        listed.group_usd(Group::Storage).get()
    ));
}

#[test]
fn free_quantities_are_credited_when_switched_on() {
    let component = json!({ "state": { "queue_messages": 1, "workflow_steps": 1,
        "key_value_reads": 1, "storage_gb": 30 }, "work": { "max_duration_ms": 600_000 } });
    let free = json!({ "purchase": { "free_tier": true } });
    let workload = Workload::typical(&with(&component, &free), 0).0;
    let bill = bill(&workload, Serverless, 1e6).0;
    let book = PriceBook::embedded();
    let credited = |id: &str| book.allowance(id).expect("an allowance").quantity;
    let wanted = [
        (
            "amazon-dynamodb/storage/standard",
            credited("amazon-dynamodb/free-tier/storage"),
        ),
        (
            "amazon-sqs/request/standard",
            credited("amazon-sqs/free-tier/requests"),
        ),
        (
            "aws-step-functions/standard/transition",
            credited("aws-step-functions/free-tier/transitions"),
        ),
    ];
    for (id, quantity) in wanted {
        let lines = bill.lines.iter().filter(|line| line.price_id == id);
        let negative: f64 = lines.map(|line| line.quantity.min(0.0)).sum();
        assert!(close(negative, -quantity), "{id}: {negative}");
    }
}

#[test]
fn a_range_moves_the_cost() {
    let reads = json!({ "low": 1, "typical": 2, "high": 8 });
    let component = json!({ "state": { "key_value_reads": reads } });
    let system = with(&component, &json!({}));
    let typical = Workload::typical(&system, 0).0;
    let usd = |workload: &Workload| bill(workload, Serverless, 1e6).0.monthly_usd;
    let at = |z: f64| Workload::sampled(&system, 0, &typical, &mut |_| z);
    assert!(close(usd(&at(0.0)), usd(&typical)));
    assert!(close(usd(&at(-Z_95)), usd(&typical) / 2.0));
    assert!(close(usd(&at(Z_95)), usd(&typical) * 4.0));
}

/// Lines that are counted through a trait object.
#[derive(Default)]
struct Counted(usize);

impl Charges for Counted {
    fn line(&mut self, _line: &Line<'_>) {
        self.0 += 1;
    }
}

#[test]
fn a_bill_may_be_a_trait_object_and_a_total_equals_it() {
    let workload = workload(&everything("queue_worker"));
    let mut tariffs = Tariffs::new(PriceBook::embedded(), &workload);
    let services = StateServices::new(&mut tariffs, &workload, Serverless);
    let requests = RequestsPerMonth::new(1e7);
    let mut lines = Counted::default();
    let object: &mut dyn Charges = &mut lines;
    services.charge(object, requests);
    let mut total = Total::default();
    services.charge(&mut total, requests);
    let mut bill = Bill::default();
    services.charge(&mut bill, requests);
    assert_eq!(lines.0, bill.lines.len());
    assert!(close(total.usd().get(), bill.monthly_usd));
}

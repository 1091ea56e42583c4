//! The services of state and event sources: their lines, limits, delivery and advice.

mod around;
mod beside;
mod lines;
mod published;

use std::collections::BTreeMap;

use model::bill::Bill;
use model::state::{Side, StateServices};
use model::tariff::Tariffs;
use model::units::RequestsPerMonth;
use model::workload::Workload;
use model::{PriceBook, Region, System};
use serde_json::{Value, json};

use crate::common::system;

/// Lays `changes` over the object at a path such as `components/0`.
fn lay_over(target: &mut Value, changes: &Value) {
    match (target, changes) {
        (Value::Object(target), Value::Object(changes)) => {
            for (key, change) in changes {
                lay_over(target.entry(key).or_insert(Value::Null), change);
            }
        }
        (target, changes) => *target = changes.clone(),
    }
}

/// A system whose only component is changed by `component`, in one zone unless said.
fn with(component: &Value, whole: &Value) -> System {
    system(|value| {
        value["operations"] = json!({ "availability": "one_zone" });
        lay_over(&mut value["components"][0], component);
        lay_over(value, whole);
    })
}

fn workload(component: &Value) -> Workload {
    Workload::typical(&with(component, &json!({})), 0).0
}

/// The bill of the services and the ids of the prices that are missing.
fn bill(workload: &Workload, side: Side, requests: f64) -> (Bill, Vec<String>) {
    let mut tariffs = Tariffs::new(PriceBook::embedded(), workload);
    let services = StateServices::new(&mut tariffs, workload, side);
    let mut bill = Bill::default();
    services.charge(&mut bill, RequestsPerMonth::new(requests));
    let missing = tariffs.missing().into_iter().map(|note| note.price_id);
    (bill, missing.collect())
}

/// What is bought: quantity by price id, credits apart.
fn bought(bill: &Bill) -> BTreeMap<&str, f64> {
    let mut bought = BTreeMap::new();
    for line in bill.lines.iter().filter(|line| line.quantity > 0.0) {
        *bought.entry(line.price_id.as_str()).or_default() += line.quantity;
    }
    bought
}

fn close(left: f64, right: f64) -> bool {
    (left - right).abs() <= 1e-9 * left.abs().max(right.abs())
}

/// The lines of one case: each price id with its quantity, and the total to the cent.
fn check(component: &Value, side: Side, requests: f64, expected: &[(&str, f64)]) {
    let workload = workload(component);
    let (bill, missing) = bill(&workload, side, requests);
    assert_eq!(missing, Vec::<String>::new(), "{component}");
    let bought = bought(&bill);
    let ids: Vec<&str> = bought.keys().copied().collect();
    let mut wanted: Vec<&str> = expected.iter().map(|(id, _)| *id).collect();
    wanted.sort_unstable();
    assert_eq!(ids, wanted, "{component}");
    let mut total = 0.0;
    for (id, quantity) in expected {
        assert!(
            close(bought[id], *quantity),
            "{id}: {} instead of {quantity}",
            bought[id]
        );
        let price = PriceBook::embedded().price(id, Region::UsEast1);
        total += price.expect("a price of us-east-1").amount(*quantity).get();
    }
    assert!((bill.monthly_usd - total).abs() < 0.005, "{component}");
}

/// Every need at once.
fn everything(kind: &str) -> Value {
    json!({ "kind": kind, "state": {
        "key_value_reads": 1, "key_value_writes": 1, "queue_messages": 1, "workflow_steps": 3,
        "events": 1, "object_reads": 1, "object_writes": 1, "storage_gb": 10, "cache_gb": 1,
        "relational_connections": 100, "websocket_connections": 10,
        "websocket_messages_per_s": 1 } })
}

//! Front doors, private networks, images, traffic between zones, free quantities, quotas.

use super::{close, priced, quantity, usd};
use crate::common::{evaluate, lines_usd, option, system};
use model::evaluation::PlatformOption;
use model::price::PriceBook;
use model::rules::Rules;
use model::{Parts, System};
use serde_json::{Value, json};

/// KB in a GB.
const KB_PER_GB: f64 = 1024.0 * 1024.0;

fn private(outbound_gb: f64) -> impl Fn(&mut Value) {
    move |value| {
        value["components"][0]["network"] = json!({ "private": true, "outbound_gb": outbound_gb });
        value["components"][0]["work"]["logs_kb"] = json!(10);
    }
}

#[test]
fn endpoints_carry_what_a_private_network_needs_when_nothing_leaves() {
    let fargate = priced("aws-fargate", private(0.0));
    close(quantity(&fargate, "Interface endpoint hours"), 6.0 * 730.0);
    let logs_gb = 1e6 * 10.0 / KB_PER_GB;
    close(quantity(&fargate, "Interface endpoint data"), logs_gb);
    close(quantity(&fargate, "NAT gateway"), 0.0);
    close(quantity(&fargate, "Public IPv4 of the tasks"), 0.0);
    let lambda = priced("aws-lambda", private(0.0));
    close(quantity(&lambda, "Interface endpoint"), 0.0);
    close(quantity(&lambda, "NAT gateway"), 0.0);
}

#[test]
fn traffic_that_leaves_needs_a_gateway_in_each_zone() {
    let fargate = priced("aws-fargate", private(500.0));
    close(quantity(&fargate, "NAT gateway hours"), 2.0 * 730.0);
    let logs_gb = 1e6 * 10.0 / KB_PER_GB;
    close(quantity(&fargate, "NAT gateway data"), 500.0 + logs_gb);
    close(quantity(&fargate, "Interface endpoint"), 0.0);
    let lambda = priced("aws-lambda", private(500.0));
    close(quantity(&lambda, "NAT gateway hours"), 2.0 * 730.0);
    close(quantity(&lambda, "NAT gateway data"), 500.0);
}

/// Fargate with a book that lacks one price everywhere.
fn lacking(price_id: &str, change: impl Fn(&mut Value)) -> PlatformOption {
    let renamed = format!("{price_id}-elsewhere");
    let files: Vec<(&str, String)> = PriceBook::embedded_files()
        .iter()
        .map(|(name, text)| (*name, text.replace(price_id, &renamed)))
        .collect();
    let files: Vec<(&str, &str)> = files
        .iter()
        .map(|(name, text)| (*name, text.as_str()))
        .collect();
    let book = PriceBook::parse(&files).expect("a book");
    let parts: Parts = "bill".parse().expect("a part");
    let evaluation = model::evaluate(&system(change), &book, &parts);
    option(&evaluation.components[0], "aws-fargate").clone()
}

#[test]
fn without_endpoint_prices_there_are_gateways() {
    let fargate = lacking("amazon-vpc/interface-endpoint/hour", private(0.0));
    close(quantity(&fargate, "NAT gateway hours"), 2.0 * 730.0);
}

#[test]
fn dear_endpoints_give_way_to_gateways() {
    let fargate = priced("aws-fargate", |value| {
        private(0.0)(value);
        value["rates"] = json!({ "amazon-vpc/interface-endpoint/hour": 1 });
    });
    close(quantity(&fargate, "NAT gateway hours"), 2.0 * 730.0);
}

#[test]
fn an_image_is_stored_for_containers_and_image_functions_only() {
    let stored = |platform, image: bool| {
        let option = priced(platform, |value| {
            value["components"][0]["runtime"] = json!({ "package_mb": 437, "image": image });
        });
        quantity(&option, "Container image")
    };
    let gb = (437.0 + Rules::embedded().container_base_image_mb) / 1024.0;
    close(stored("aws-fargate", false), gb);
    close(stored("aws-lambda", true), gb);
    close(stored("aws-lambda", false), 0.0);
}

#[test]
fn an_image_price_that_is_lacking_is_left_out_and_named() {
    let option = lacking("amazon-ecr/storage/standard", |_| {});
    close(quantity(&option, "Container image"), 0.0);
    assert!(
        option
            .missing_prices
            .iter()
            .any(|price| { price.price_id == "amazon-ecr/storage/standard" && price.left_out })
    );
}

/// The second of two components, called by the first, on a platform.
fn called(calls: f64, kind: &str, platform: &str, change: impl Fn(&mut Value)) -> PlatformOption {
    let mut value = json!({
        "version": 1, "region": "us-east-1",
        "components": [
            { "name": "web", "traffic": { "requests_per_month": 1_000_000 }, "work": { "duration_ms": 50 } },
            { "name": "inner", "kind": kind, "traffic": { "requests_per_month": 1_000_000 },
              "work": { "duration_ms": 50, "payload_in_kb": 4, "payload_out_kb": 12 } }
        ],
        "links": [{ "from": "web", "to": "inner", "calls_per_request": calls }]
    });
    change(&mut value);
    let system = System::from_value(value).expect("a valid system");
    let evaluation = evaluate(&system, &"bill".parse().expect("a part"));
    option(&evaluation.components[1], platform).clone()
}

const BETWEEN: &str = "Calls from other components between zones";

#[test]
fn calls_of_other_components_cross_zones_and_no_others_do() {
    let crossing =
        |calls, kind, platform| quantity(&called(calls, kind, platform, |_| {}), BETWEEN);
    // Two million calls of 16 KB, half of them to the other zone, charged at both ends.
    close(
        crossing(2.0, "http_api", "aws-fargate"),
        2e6 * 16.0 * 0.5 * 2.0 / KB_PER_GB,
    );
    close(crossing(0.0, "http_api", "aws-fargate"), 0.0);
    close(crossing(2.0, "http_api", "aws-lambda"), 0.0);
    close(crossing(2.0, "queue_worker", "aws-fargate"), 0.0);
    let one_zone = called(2.0, "http_api", "aws-fargate", |value| {
        value["operations"] = json!({ "availability": "one_zone" });
    });
    close(quantity(&one_zone, BETWEEN), 0.0);
}

#[test]
fn the_gateways_quota_counts_all_components() {
    let lambda = called(0.0, "http_api", "aws-lambda", |value| {
        for component in value["components"].as_array_mut().expect("components") {
            component["traffic"] = json!({ "requests_per_month": 20e9, "shape": "steady" });
        }
    });
    let mut limits = lambda.fit.limits.iter();
    let row = limits.find(|limit| limit.limit.starts_with("Requests per second through"));
    let row = row.expect("the gateway's quota");
    // Each of the two is within the 10,000, both together are not.
    close(row.workload_value, 2.0 * 20e9 / (730.0 * 3600.0));
    assert!(!row.ok && row.workload_value / 2.0 < row.limit_value);
}

/// Capacity units an hour behind a balancer in a steady week.
fn lcus(change: impl FnOnce(&mut Value)) -> f64 {
    quantity(&priced("aws-fargate", change), "Load balancer capacity") / 730.0
}

/// A steady API at a rate, with answers of a size.
fn api(per_second: f64, payload_out_kb: f64) -> impl FnOnce(&mut Value) {
    move |value| {
        let component = &mut value["components"][0];
        component["traffic"]["requests_per_month"] = json!(per_second * 730.0 * 3600.0);
        component["work"] =
            json!({ "duration_ms": 20, "payload_in_kb": 0, "payload_out_kb": payload_out_kb });
    }
}

#[test]
fn capacity_units_follow_the_largest_of_four_dimensions() {
    let rules = Rules::embedded();
    // Small answers: 1,000 requests a second open 100 connections and keep 6,000.
    let connections = 1_000.0 / rules.requests_per_connection;
    let new = connections / rules.lcu_new_connections_per_s;
    let open = connections * rules.connection_seconds / rules.lcu_active_connections;
    close(lcus(api(1_000.0, 0.0)), new.max(open));
    // Large answers: a megabyte each.
    close(
        lcus(api(10.0, 1024.0)),
        10.0 * 3600.0 / 1024.0 / rules.lcu_gb_per_hour,
    );
    // The rules of one component stay within the free ones.
    assert!(rules.alb_rules <= rules.alb_rules_free);
}

#[test]
fn open_websocket_connections_fill_capacity_units() {
    let rules = Rules::embedded();
    let open = lcus(|value| {
        value["components"][0]["kind"] = json!("websocket");
        value["components"][0]["state"] = json!({ "websocket_connections": 30_000 });
        value["components"][0]["work"] =
            json!({ "duration_ms": 20, "payload_in_kb": 0, "payload_out_kb": 0 });
    });
    close(open, 30_000.0 / rules.lcu_active_connections);
}

#[test]
fn a_websocket_api_counts_messages_both_ways_in_steps_of_32_kb() {
    let messages = |received: f64, sent: f64| {
        let option = priced("aws-lambda", |value| {
            value["components"][0]["kind"] = json!("websocket");
            value["components"][0]["work"] =
                json!({ "duration_ms": 20, "payload_in_kb": received, "payload_out_kb": sent });
        });
        quantity(&option, "WebSocket API messages")
    };
    close(messages(1.0, 0.0), 1e6);
    close(messages(1.0, 1.0), 2e6);
    close(messages(33.0, 65.0), 5e6);
}

#[test]
fn messages_and_connections_that_a_websocket_api_does_not_take_are_named() {
    let broken = |connections: f64, sent: f64| {
        let option = priced("aws-lambda", |value| {
            value["components"][0]["kind"] = json!("websocket");
            value["components"][0]["state"] = json!({ "websocket_connections": connections });
            value["components"][0]["work"] = json!({ "duration_ms": 20, "payload_out_kb": sent });
        });
        let limits = option.fit.limits.into_iter().filter(|limit| !limit.ok);
        limits.map(|limit| limit.limit).collect::<Vec<_>>()
    };
    assert!(broken(1e6, 128.0).is_empty());
    assert_eq!(broken(1e6, 129.0), ["One WebSocket message"]);
    // 500 a second for two hours are 3.6 million.
    assert_eq!(
        broken(4e6, 1.0),
        ["New WebSocket connections per second, per account and region"]
    );
}

#[test]
fn the_free_tier_takes_its_egress_and_logs_off() {
    let free = |value: &mut Value| {
        value["components"][0]["work"] =
            json!({ "duration_ms": 20, "egress_kb": 400, "logs_kb": 20 });
        value["purchase"] = json!({ "free_tier": true });
    };
    let option = priced("aws-fargate", free);
    close(quantity(&option, "Free tier: data to the internet"), -100.0);
    close(quantity(&option, "Free tier: logs"), -5.0);
}

#[test]
fn every_new_line_can_be_excluded_and_repriced() {
    let all = |value: &mut Value| {
        private(500.0)(value);
        value["rates"] = json!({
            "amazon-ecr/storage/standard": 0, "amazon-vpc/nat-gateway/hour": 0,
            "amazon-vpc/nat-gateway/data": 0, "amazon-eks/cluster/hour": 0
        });
    };
    let lines = ["Container image", "NAT gateway", "Cluster control plane"];
    let repriced = priced("aws-eks-fargate", all);
    close(lines_usd(&repriced, &lines), 0.0);
    assert!(lines.iter().all(|line| quantity(&repriced, line) > 0.0));
    let excluded = priced("aws-eks-fargate", |value| {
        private(500.0)(value);
        value["exclude"] = json!(["storage", "network", "compute"]);
    });
    assert!(
        lines
            .iter()
            .all(|line| quantity(&excluded, line).abs() < 1e-12)
    );
    assert!(usd(&excluded) > 0.0);
    let linked = called(2.0, "http_api", "aws-fargate", |value| {
        value["rates"] = json!({ "aws-data-transfer/inter-zone/each-way": 0 });
    });
    close(lines_usd(&linked, &[BETWEEN]), 0.0);
    assert!(quantity(&linked, BETWEEN) > 0.0);
}

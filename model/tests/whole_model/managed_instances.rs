//! Lambda Managed Instances: what always stands, what is paid, what throttles, what is offered.

use model::behavior::Behavior;
use model::evaluation::PlatformOption;
use model::price::{PriceBook, Region};
use serde_json::json;

use crate::common::lines_usd;
use crate::instances::{close, hours, on, price};

const MANAGED: &str = "aws-lambda-managed-instances";

#[test]
fn managed_instances_are_three_at_least_and_pay_the_fee_on_the_price_on_demand() {
    for commitment in ["none", "savings_plan_1y"] {
        let option = on(MANAGED, |value| {
            value["components"][0]["runtime"] = json!({ "language": "java" });
            value["components"][0]["pin"] = json!({ "instance_type": "m7g.large" });
            value["purchase"] = json!({ "commitment": commitment });
        });
        assert!(option.fit.ok, "{:?}", option.fit);
        assert_eq!(option.configuration.count_min, Some(3.0));
        let fee = PriceBook::embedded()
            .share("aws-lambda/managed-instances/fee", Region::UsEast1)
            .expect("the fee")
            .fraction;
        let running = 3.0 * model::units::HOURS_PER_MONTH;
        close(
            lines_usd(&option, &["Managed Instances fee"]),
            running * price("aws-ec2/instance/m7g.large") * fee,
        );
        let committed = option.configuration.count_committed.unwrap_or(0.0);
        close(committed, if commitment == "none" { 0.0 } else { 3.0 });
        close(lines_usd(&option, &["Duration", "Initialization"]), 0.0);
    }
}

fn limit_row(option: &PlatformOption, id: &str) -> Option<model::evaluation::LimitCheck> {
    let what = &Behavior::embedded().limit(id).what;
    let mut rows = option.fit.limits.iter();
    rows.find(|row| row.limit == *what).cloned()
}

fn check_growth(
    arrives_within_s: f64,
    requests: f64,
    pinned: Option<f64>,
    ok: bool,
    carried: bool,
) {
    let option = on(MANAGED, |value| {
        value["components"][0]["kind"] = json!("http_api");
        value["components"][0]["runtime"] = json!({ "language": "java" });
        value["components"][0]["traffic"]["requests_per_month"] = json!(requests);
        value["components"][0]["traffic"]["bursts"] = json!([{
            "height": 10, "minutes": 5, "per_week": 1, "arrives_within_s": arrives_within_s
        }]);
        value["components"][0]["pin"] = json!({ "instance_count": pinned });
    });
    let row = limit_row(&option, "aws-lambda-managed-instances/growth").expect("a row");
    assert_eq!((row.ok, option.fit.ok), (ok, ok), "{row:?}");
    let said = limit_row(&option, "aws-lambda-managed-instances/growth-carried");
    assert_eq!(said.is_some(), carried);
}

#[test]
fn a_load_that_doubles_too_fast_is_carried_by_standing_instances() {
    check_growth(30.0, 3e9, None, true, true);
}

#[test]
fn a_pinned_fleet_throttles_a_load_that_doubles_too_fast() {
    check_growth(30.0, 3e9, Some(3.0), false, false);
}

#[test]
fn a_load_that_grows_over_hours_needs_nothing() {
    check_growth(36_000.0, 3e9, None, true, false);
}

#[test]
fn standing_instances_are_billed() {
    let of = |height: f64| {
        on(MANAGED, |value| {
            value["components"][0]["kind"] = json!("http_api");
            value["components"][0]["runtime"] = json!({ "language": "java" });
            value["components"][0]["traffic"]["requests_per_month"] = json!(3e9);
            value["components"][0]["traffic"]["bursts"] = json!([{
                "height": height, "minutes": 5, "per_week": 1, "arrives_within_s": 30
            }]);
            value["components"][0]["pin"] = json!({ "instance_type": "c7g.large" });
        })
    };
    let (within, beyond) = (of(2.0), of(20.0));
    assert!(hours(&beyond, "Instance hours") > 9.0 * hours(&within, "Instance hours"));
}

#[test]
fn managed_instances_do_not_offer_go() {
    let option = on(MANAGED, |value| {
        value["components"][0]["runtime"] = json!({ "language": "go" });
    });
    assert!(!option.fit.ok);
}

#[test]
fn managed_instances_offer_no_burstable_type() {
    let option = on(MANAGED, |value| {
        value["components"][0]["pin"] = json!({ "instance_type": "t4g.small" });
    });
    assert!(!option.fit.ok);
}

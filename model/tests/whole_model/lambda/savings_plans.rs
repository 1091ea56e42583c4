//! Savings plans over functions.

use super::{PROVISIONED, busy, evaluated, lines_quantity_exact, near, of, quantity, usd};
use crate::common::lines_usd;
use model::PriceBook;
use serde_json::{Value, json};

#[test]
fn a_savings_plan_covers_the_base_only() {
    let wave = [
        ("traffic.shape", json!("daily_wave")),
        ("traffic.peak_to_mean", json!(4)),
        ("traffic.requests_per_month", json!(2e8)),
    ];
    let bought = |term: &str| json!({ "commitment": term });
    let with = |purchase: Value| {
        let mut given = wave.to_vec();
        given.push(("system.purchase", purchase));
        evaluated(&busy(&given))
    };
    let (plain, saved) = (with(bought("none")), with(bought("savings_plan_1y")));
    for platform in ["aws-lambda", PROVISIONED] {
        let (plain, saved) = (of(&plain, platform), of(&saved, platform));
        assert!(usd(&saved) < usd(&plain), "{platform}");
        assert!(quantity(&saved, "Savings plan") > 0.0, "{platform}");
        assert!(
            lines_usd(&saved, &["Duration"]) > 0.0,
            "peaks stay on demand"
        );
    }
    let reserved = of(&with(bought("reserved_1y")), "aws-lambda");
    near(usd(&reserved), usd(&of(&plain, "aws-lambda")), 1e-12);
}

#[test]
fn a_steady_function_is_committed_whole_at_the_price_of_the_plan() {
    let plan = json!({ "commitment": "savings_plan_1y" });
    let option = of(
        &evaluated(&busy(&[("system.purchase", plan)])),
        "aws-lambda",
    );
    let book = PriceBook::embedded();
    let region = "us-east-1".parse().expect("a region");
    let price = book
        .price("aws-lambda/duration-savings-plan-1y/x86-64", region)
        .expect("a price")
        .first_usd();
    let paid = quantity(&option, "Savings plan: duration");
    near(
        lines_usd(&option, &["Savings plan: duration"]),
        paid * price,
        1e-9,
    );
    assert!(lines_quantity_exact(&option, "Duration") <= 0.0);
}

#[test]
fn a_plan_without_a_price_in_the_region_is_named_and_stays_on_demand() {
    let given = busy(&[
        ("system.region", json!("eu-central-1")),
        (
            "system.purchase",
            json!({ "commitment": "savings_plan_1y" }),
        ),
    ]);
    let option = of(&evaluated(&given), "aws-lambda");
    assert!(option.bill.is_some());
    if quantity(&option, "Savings plan") <= 0.0 {
        assert!(option.missing_prices.iter().any(|note| note.left_out));
    }
}

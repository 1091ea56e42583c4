//! What differs between two systems and between their evaluations.

use std::sync::LazyLock;

use model::comparison::{Cause, Comparison, OptionComparison, evaluations, inputs};
use model::{Evaluation, Parts, System};
use proptest::prelude::*;
use serde_json::{Value, json};

use crate::common::{evaluate, system};

/// Without samples and flips: nothing here depends on them.
const PARTS: Parts = Parts {
    bill: true,
    latency: true,
    break_even: true,
    ..Parts::NONE
};

fn evaluated(system: &System) -> Evaluation {
    evaluate(system, &PARTS)
}

fn compared(left: &System, right: &System) -> Comparison {
    evaluations(&evaluated(left), &evaluated(right))
}

fn of_platform<'a>(comparison: &'a Comparison, platform: &str) -> &'a OptionComparison {
    let mut options = comparison.components[0].options.iter();
    options
        .find(|option| option.platform == platform)
        .expect("a listed platform")
}

/// The paths at which two systems differ.
fn check(left: impl FnOnce(&mut Value), right: impl FnOnce(&mut Value), expected: &[&str]) {
    let found = inputs(&system(left), &system(right));
    let paths: Vec<_> = found.iter().map(|one| one.path.as_str()).collect();
    assert_eq!(paths, expected);
}

fn same(_: &mut Value) {}

fn two(value: &mut Value) {
    value["components"] = json!([
        { "name": "web", "traffic": { "requests_per_month": 1_000_000 }, "work": { "duration_ms": 100 } },
        { "name": "mail", "traffic": { "requests_per_month": 1000 }, "work": { "duration_ms": 500 } }
    ]);
    value["links"] = json!([{ "from": "web", "to": "mail", "calls_per_request": 0.1 }]);
    value["provenance"] = json!({ "components[1].work.duration_ms": "measured" });
}

#[test]
fn answers_of_the_same_meaning_are_the_same() {
    check(same, same, &[]);
    check(
        |left| {
            left["name"] = json!(" Shop ");
            left["components"][0]["work"]["cpu_ms"] =
                json!({ "low": 30, "typical": 30, "high": 30 });
            left["components"][0]["needs"] = json!(["windows", "gpu"]);
            left["components"][0]["traffic"]["bursts"] = json!([]);
            left["exclude"] = json!(["logs", "network"]);
            left["operations"] = json!({ "environments": [{ "name": "production", "hours_per_week": 168, "scale": 1 }] });
            left["purchase"] = json!({});
            left["provenance"] = json!({ "components[0].work.cpu_ms": "stated" });
        },
        |right| {
            right["name"] = json!("Shop");
            right["components"][0]["work"]["cpu_ms"] = json!(30.0);
            right["components"][0]["needs"] = json!(["gpu", "windows"]);
            right["exclude"] = json!(["network", "logs", "network"]);
        },
        &[],
    );
}

#[test]
fn every_kind_of_answer_is_found_by_its_path() {
    check(
        same,
        |right| {
            right["name"] = json!("Shop");
            right["notes"] = json!("after the move");
            right["region"] = json!("eu-west-1");
            right["rates"] = json!({ "aws-lambda/request/standard": 0.1 });
            right["purchase"] = json!({ "spot": true });
            right["horizon_months"] = json!({ "low": 12, "typical": 24, "high": 36 });
            right["operations"] = json!({ "environments": [
                { "name": "production", "hours_per_week": 168, "scale": 1 }, { "name": "test", "hours_per_week": 40, "scale": 0.5 }
            ] });
            right["provenance"] = json!({ "components[0].work.duration_ms": "measured" });
            right["components"][0]["traffic"]["shape"] = json!({ "hourly": vec![1; 24] });
            right["components"][0]["purchase"] = json!({});
            right["components"][0]["needs"] = json!(["gpu"]);
        },
        &[
            "horizon_months",
            "name",
            "notes",
            "provenance.components[0].work.duration_ms",
            "purchase.spot",
            "rates.aws-lambda/request/standard",
            "region",
            "operations.environments[1]",
            "components[0].needs",
            "components[0].purchase",
            "components[0].traffic.shape",
        ],
    );
}

#[test]
fn both_values_of_an_answer_are_told() {
    let right = system(|value| {
        value["components"][0]["work"]["cpu_ms"] = json!({ "low": 1, "typical": 2, "high": 3 });
    });
    let found = inputs(&system(same), &right);
    assert_eq!(found.len(), 1);
    assert_eq!(
        (&found[0].left, found[0].path.as_str()),
        (&None, "components[0].work.cpu_ms")
    );
    assert_eq!(
        found[0].right,
        Some(json!({ "low": 1.0, "typical": 2.0, "high": 3.0 }))
    );
}

#[test]
fn components_are_the_same_by_name_and_what_speaks_of_them_follows() {
    let swapped = |value: &mut Value| {
        two(value);
        value["components"]
            .as_array_mut()
            .expect("a list")
            .reverse();
        value["provenance"] = json!({ "components[0].work.duration_ms": "measured" });
    };
    check(two, swapped, &[]);
    let renamed = |value: &mut Value| {
        two(value);
        value["components"][1]["name"] = json!("post");
        value["links"][0]["to"] = json!("post");
    };
    check(two, renamed, &["components[1].name"]);
    let less = |value: &mut Value| {
        two(value);
        value["components"].as_array_mut().expect("a list").pop();
        value["links"] = json!([]);
        value["provenance"] = json!({});
    };
    check(two, less, &["links[0]", "components[1]"]);
    check(less, two, &["links[0]", "components[1]"]);
    let busier = |value: &mut Value| {
        two(value);
        value["links"][0]["calls_per_request"] = json!(0.2);
    };
    check(two, busier, &["links[0].calls_per_request"]);
}

#[test]
fn of_the_same_system_twice_nothing_differs() {
    let left = system(same);
    let compared = compared(&left, &left);
    assert!(!compared.differs());
    assert!(!compared.verdict.differs());
    for option in &compared.components[0].options {
        assert!(
            option
                .bill
                .as_ref()
                .is_none_or(|bill| bill.changed.is_empty()),
            "{}",
            option.platform
        );
    }
}

#[test]
fn a_changed_price_is_the_cause() {
    let priced =
        |usd: f64| system(|value| value["rates"] = json!({ "aws-lambda/request/standard": usd }));
    let compared = compared(&priced(2e-7), &priced(4e-7));
    let lambda = of_platform(&compared, "aws-lambda");
    let bill = lambda.bill.as_ref().expect("priced");
    let [line] = &bill.changed[..] else {
        panic!("one line: {:?}", bill.changed)
    };
    assert_eq!((line.cause, line.name.as_str()), (Cause::Price, "Requests"));
    assert!((line.difference_usd - 0.2).abs() < 1e-9, "{line:?}");
    assert!(!bill.unchanged.is_empty());
    assert!(compared.differs());
    let ec2 = of_platform(&compared, "aws-ec2");
    assert!(!ec2.differs(), "{ec2:?}");
}

#[test]
fn double_the_traffic_is_double_the_quantity() {
    let busy = |requests: u32| {
        system(|value| value["components"][0]["traffic"]["requests_per_month"] = json!(requests))
    };
    let compared = compared(&busy(1_000_000), &busy(2_000_000));
    let bill = of_platform(&compared, "aws-lambda")
        .bill
        .as_ref()
        .expect("priced");
    let requests = bill
        .changed
        .iter()
        .find(|line| line.name == "Requests")
        .expect("a line");
    assert_eq!(requests.cause, Cause::Quantity);
    let (left, right) = (
        requests.charge.left.expect("bought"),
        requests.charge.right.expect("bought"),
    );
    assert!((right.quantity - 2.0 * left.quantity).abs() < 1e-6);
    // The volumes at which the order flips do not depend on where one stands.
    assert!(
        compared.components[0]
            .break_even
            .iter()
            .any(|flip| flip.at.left.is_some() && flip.at.right.is_some())
    );
}

#[test]
fn what_is_bought_on_one_side_only_says_so() {
    let logs = |value: &mut Value| value["exclude"] = json!(["logs"]);
    let cause = |left: &System, right: &System| {
        let compared = compared(left, right);
        let bill = of_platform(&compared, "aws-lambda")
            .bill
            .clone()
            .expect("priced");
        let causes: Vec<_> = bill.changed.iter().map(|line| line.cause).collect();
        causes
    };
    assert!(cause(&system(logs), &system(same)).contains(&Cause::OnlyRight));
    assert!(cause(&system(same), &system(logs)).contains(&Cause::OnlyLeft));
}

#[test]
fn a_removed_component_has_no_right_side() {
    let less = system(|value| {
        two(value);
        value["components"].as_array_mut().expect("a list").pop();
        value["links"] = json!([]);
        value["provenance"] = json!({});
    });
    let compared = compared(&system(two), &less);
    let [web, mail] = &compared.components[..] else {
        panic!("two: {:?}", compared.components.len())
    };
    assert_eq!((web.index.left, web.index.right), (Some(0), Some(0)));
    assert_eq!((mail.index.left, mail.index.right), (Some(1), None));
    assert_eq!(
        (mail.name.left.as_str(), mail.name.right.as_str()),
        ("mail", "")
    );
    assert!(mail.differs() && mail.verdict.right.is_none());
    for option in &mail.options {
        assert!(option.bill.is_none() && option.monthly_usd.difference.is_none());
    }
}

#[test]
fn an_option_that_no_longer_fits_says_so() {
    let slow = system(|value| value["components"][0]["work"]["max_duration_ms"] = json!(2_000_000));
    let compared = compared(&system(same), &slow);
    let lambda = of_platform(&compared, "aws-lambda");
    assert_eq!(
        (lambda.fits.left, lambda.fits.right),
        (Some(true), Some(false))
    );
    assert!(lambda.differs() && lambda.can_be_chosen());
}

#[test]
fn a_comparison_survives_its_own_json() {
    let compared = compared(&system(two), &system(same));
    let text = serde_json::to_string(&compared).expect("JSON");
    assert_eq!(
        serde_json::from_str::<Comparison>(&text).expect("the same"),
        compared
    );
}

static EXAMPLES: LazyLock<Vec<Evaluation>> = LazyLock::new(|| {
    let examples = model::example::all().iter();
    examples
        .map(|example| {
            evaluate(
                &example.system,
                &Parts {
                    bill: true,
                    ..Parts::NONE
                },
            )
        })
        .collect()
});

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    #[test]
    fn differences_of_lines_add_up_to_that_of_the_totals(one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        let (left, right) = (one.get(&EXAMPLES), other.get(&EXAMPLES));
        for component in evaluations(left, right).components {
            for option in component.options {
                let Some(bill) = option.bill else { continue };
                let sum: f64 = bill.changed.iter().map(|line| line.difference_usd).sum();
                let difference = option.monthly_usd.difference.expect("both are priced");
                let scale = option.monthly_usd.left.unwrap_or(0.0).max(option.monthly_usd.right.unwrap_or(0.0));
                prop_assert!((sum - difference).abs() <= 1e-9 * scale.max(1.0), "{}: {} {}", option.platform, sum, difference);
            }
        }
    }

    #[test]
    fn seen_from_the_other_side_every_difference_has_the_other_sign(one in any::<prop::sample::Index>(), other in any::<prop::sample::Index>()) {
        let (left, right) = (one.get(&EXAMPLES), other.get(&EXAMPLES));
        let (there, back) = (evaluations(left, right), evaluations(right, left));
        prop_assert_eq!(there.monthly_usd.difference, back.monthly_usd.difference.map(|usd| -usd));
        prop_assert_eq!(there.differs(), back.differs());
    }
}

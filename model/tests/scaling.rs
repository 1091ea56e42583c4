//! The forms of every option's bill against the model, at volumes that they were not made from.

use model::evaluation::PlatformOption;
use model::scaling::{self, HALF_A_CENT, Scaling};
use model::system::System;
use model::{Parts, PriceBook, evaluate};
use serde_json::{Value, json};

/// Requests against the stated ones.
const TIMES: [f64; 3] = [0.31, 2.03, 9.3];
/// Its pools follow the load in steps that have no formula.
const NOT_LIVE: &str = "aws-lambda-provisioned";

const BILLS: Parts = Parts {
    bill: true,
    ..Parts::NONE
};

fn at(system: &System, index: usize, requests: f64) -> System {
    let mut system = system.clone();
    system.components[index].traffic.requests_per_month = Some(requests.into());
    system
}

fn usd(system: &System, index: usize, platform: &str) -> f64 {
    let evaluation = evaluate(system, PriceBook::embedded(), &BILLS);
    let mut options = evaluation.components[index].options.iter();
    let option = options.find(|option| option.platform == platform);
    let bill = option.and_then(|option| option.bill.as_ref());
    bill.expect("a bill").monthly_usd
}

/// Every option that has a bill, with its forms.
fn each(system: &System, mut check: impl FnMut(usize, &PlatformOption, &Scaling)) {
    let book = PriceBook::embedded();
    let evaluation = evaluate(system, book, &BILLS);
    for (index, component) in evaluation.components.iter().enumerate() {
        let priced = component
            .options
            .iter()
            .filter(|option| option.bill.is_some());
        for option in priced {
            check(index, option, &scaling::of(system, index, option, book));
        }
    }
}

/// The total follows the model's with the configuration pinned; returns which lines are held.
fn check_total(
    what: &str,
    system: &System,
    index: usize,
    option: &PlatformOption,
    scaling: &Scaling,
) -> Vec<String> {
    let at_option = format!("{what}, component {index}, {}", option.platform);
    let stated = option.bill.as_ref().expect("a bill").monthly_usd;
    let found = scaling.total(scaling.requests);
    assert!(
        (found - stated).abs() < HALF_A_CENT,
        "{at_option}: {found} instead of {stated}"
    );
    let held = scaling.lines.iter().filter(|line| line.form.is_held());
    let held: Vec<String> = held.map(|line| line.name.clone()).collect();
    let pinned = scaling::pinned(system, index, option);
    let of = if scaling.pinned { &pinned } else { system };
    for times in TIMES.iter().filter(|_| held.is_empty()) {
        let requests = scaling.requests * times;
        if requests < scaling.range.0 || requests > scaling.range.1 {
            continue;
        }
        let wanted = usd(&at(of, index, requests), index, &option.platform);
        let found = scaling.total(requests);
        assert!(
            (found - wanted).abs() < HALF_A_CENT,
            "{at_option} x {times}: {found} instead of {wanted}"
        );
    }
    held
}

fn check_examples(part: usize, parts: usize) {
    for example in model::example::all().iter().skip(part).step_by(parts) {
        each(&example.system, |index, option, scaling| {
            let held = check_total(&example.slug, &example.system, index, option, scaling);
            assert!(
                scaling.pinned,
                "{}, {}: not pinned",
                example.slug, option.platform
            );
            assert!(
                held.is_empty() || option.platform == NOT_LIVE,
                "{}, {}: {held:?} held",
                example.slug,
                option.platform
            );
        });
    }
}

#[test]
fn the_first_examples_follow_the_model() {
    check_examples(0, 2);
}

#[test]
fn the_other_examples_follow_the_model() {
    check_examples(1, 2);
}

fn check_changed(slug: &str, change: impl Fn(&mut Value), most_held: usize) {
    let mut value =
        serde_json::to_value(&model::example::example(slug).expect("an example").system)
            .expect("a value");
    change(&mut value);
    let system = System::from_value(value).expect("a system");
    each(&system, |index, option, scaling| {
        let held = check_total(slug, &system, index, option, scaling);
        assert!(
            held.len() <= most_held || option.platform == NOT_LIVE,
            "{slug}, {}: {held:?} held",
            option.platform
        );
    });
}

#[test]
fn commitments_spot_and_a_discount_are_followed() {
    for commitment in ["savings_plan_1y", "reserved_3y"] {
        let terms = json!({ "commitment": commitment, "spot": true, "discount_pct": 7.5 });
        check_changed("steady-api", |system| system["purchase"] = terms.clone(), 0);
        check_changed(
            "day-and-night-api",
            |system| system["purchase"] = terms.clone(),
            0,
        );
    }
}

#[test]
fn the_free_tier_is_followed() {
    let terms = json!({ "free_tier": true });
    check_changed("webhooks", |system| system["purchase"] = terms.clone(), 0);
}

#[test]
fn other_environments_are_followed() {
    let environments = json!([
        { "name": "production", "hours_per_week": 168, "scale": 1 },
        { "name": "test", "hours_per_week": 45, "scale": 0.1 }
    ]);
    check_changed(
        "steady-api",
        |system| system["operations"]["environments"] = environments.clone(),
        0,
    );
}

#[test]
fn without_requests_everything_is_held() {
    let change =
        |system: &mut Value| system["components"][0]["traffic"]["requests_per_month"] = json!(0);
    check_changed("steady-api", change, usize::MAX);
}

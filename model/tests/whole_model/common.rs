//! What the tests of the whole model share.

use model::evaluation::{ComponentEvaluation, Evaluation, PlatformOption};
use model::{Parts, PriceBook, System};
use serde_json::{Value, json};

/// A system of one component with only the required answers, changed by `change`.
pub(crate) fn system(change: impl FnOnce(&mut Value)) -> System {
    let mut value = json!({
        "version": 1,
        "region": "us-east-1",
        "components": [{
            "name": "part",
            "traffic": { "requests_per_month": 1_000_000, "shape": "steady" },
            "work": { "duration_ms": 100 }
        }]
    });
    change(&mut value);
    System::from_value(value).expect("a valid system")
}

#[expect(
    clippy::trivially_copy_pass_by_ref,
    reason = "as the function it calls"
)]
/// The whole evaluation with today's book.
pub(crate) fn evaluate(system: &System, parts: &Parts) -> Evaluation {
    model::evaluate(system, PriceBook::embedded(), parts)
}

/// The option of a platform.
pub(crate) fn option<'a>(component: &'a ComponentEvaluation, platform: &str) -> &'a PlatformOption {
    component
        .options
        .iter()
        .find(|option| option.platform == platform)
        .expect("a listed platform")
}

/// The sum of the bill lines whose names start so.
pub(crate) fn lines_usd(option: &PlatformOption, names: &[&str]) -> f64 {
    let bill = option.bill.as_ref().expect("a priced option");
    let wanted = bill
        .lines
        .iter()
        .filter(|line| names.iter().any(|name| line.name.starts_with(name)));
    wanted.map(|line| line.amount_usd).sum()
}

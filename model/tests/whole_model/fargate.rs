//! Fargate and its relatives, fleets with bursts, and the lines that all platforms share.

mod buying;
mod shared_lines;

use crate::common::{evaluate, option, system};
use model::evaluation::PlatformOption;
use serde_json::Value;

/// One platform of a system with one component changed by `change`.
pub(crate) fn priced(platform: &str, change: impl FnOnce(&mut Value)) -> PlatformOption {
    let evaluation = evaluate(&system(change), &"bill".parse().expect("a part"));
    option(&evaluation.components[0], platform).clone()
}

/// The same with its response times.
pub(crate) fn with_latency(platform: &str, change: impl FnOnce(&mut Value)) -> PlatformOption {
    let evaluation = evaluate(&system(change), &"latency".parse().expect("a part"));
    option(&evaluation.components[0], platform).clone()
}

/// The quantity of all lines whose names start so.
pub(crate) fn quantity(option: &PlatformOption, name: &str) -> f64 {
    let bill = option.bill.as_ref().expect("a priced option");
    let lines = bill.lines.iter().filter(|line| line.name.starts_with(name));
    lines.map(|line| line.quantity).sum()
}

/// The whole bill.
pub(crate) fn usd(option: &PlatformOption) -> f64 {
    option.bill.as_ref().expect("a priced option").monthly_usd
}

#[track_caller]
pub(crate) fn close(found: f64, expected: f64) {
    assert!(
        (found - expected).abs() <= 1e-9 * expected.abs().max(1.0),
        "{found} instead of {expected}"
    );
}

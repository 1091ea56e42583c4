//! Functions in all their forms: pools, snapshots, Web Functions, savings plans, quotas, bursts,
//! and what else could be done about their response times.

mod limits;
mod mitigations;
mod pools;
mod savings_plans;
mod snapshots;
mod web_functions;

use serde_json::{Value, json};

use crate::common::{evaluate, option, system};
use model::evaluation::{Evaluation, PlatformOption};
use model::{Parts, System};

const PROVISIONED: &str = "aws-lambda-provisioned";
const SNAPSTART: &str = "aws-lambda-snapstart";
const WEB: &str = "aws-lambda-web-functions";

fn parts() -> Parts {
    "bill,latency".parse().expect("parts")
}

fn set(value: &mut Value, path: &str, to: Value) {
    let at = format!("/components/0/{}", path.replace('.', "/"));
    let (parent, name) = at.rsplit_once('/').expect("a path");
    if value.pointer(parent).is_none() {
        let (above, section) = parent.rsplit_once('/').expect("a section");
        value.pointer_mut(above).expect("a component")[section] = json!({});
    }
    value.pointer_mut(parent).expect("a section")[name] = to;
}

/// One component with these answers beside the required ones.
fn answers(answers: &[(&str, Value)]) -> System {
    system(|value| {
        for (path, answer) in answers {
            match path.strip_prefix("system.") {
                Some(shared) => value[shared] = answer.clone(),
                None => set(value, path, answer.clone()),
            }
        }
    })
}

fn evaluated(given: &[(&str, Value)]) -> Evaluation {
    evaluate(&answers(given), &parts())
}

fn of(evaluation: &Evaluation, platform: &str) -> PlatformOption {
    option(&evaluation.components[0], platform).clone()
}

fn usd(option: &PlatformOption) -> f64 {
    option.bill.as_ref().expect("a priced option").monthly_usd
}

fn quantity(option: &PlatformOption, name: &str) -> f64 {
    let lines = &option.bill.as_ref().expect("a priced option").lines;
    let named = lines.iter().filter(|line| line.name.starts_with(name));
    named.map(|line| line.quantity).sum()
}

fn cold(option: &PlatformOption) -> f64 {
    let latency = option.latency.as_ref().expect("a latency");
    latency.cold_start_probability
}

fn limit<'a>(option: &'a PlatformOption, what: &str) -> &'a model::evaluation::LimitCheck {
    let mut limits = option.fit.limits.iter();
    limits
        .find(|limit| limit.limit.starts_with(what))
        .unwrap_or_else(|| panic!("no limit {what} in {:?}", option.fit.limits))
}

fn near(left: f64, right: f64, share: f64) {
    assert!(
        (left - right).abs() <= share * left.abs().max(right.abs()),
        "{left} and {right}"
    );
}

/// Ten requests a second round the clock, of 100 ms each at a pinned size on x86.
fn busy(more: &[(&'static str, Value)]) -> Vec<(&'static str, Value)> {
    let mut given = vec![
        ("traffic.requests_per_month", json!(26_280_000)),
        ("work.cpu_ms", json!(50)),
        ("work.duration_p99_ms", json!(300)),
        ("pin.lambda_memory_mb", json!(512)),
        ("pin.architecture", json!("x86_64")),
    ];
    given.retain(|(path, _)| more.iter().all(|(other, _)| other != path));
    given.extend(more.iter().cloned());
    given
}

fn lines_quantity_exact(option: &PlatformOption, name: &str) -> f64 {
    let lines = &option.bill.as_ref().expect("a priced option").lines;
    let named = lines.iter().filter(|line| line.name == name);
    named.map(|line| line.quantity).sum()
}

fn java(framework: &str, disk_mb: f64) -> Evaluation {
    evaluated(&[
        ("runtime.language", json!("java")),
        ("runtime.framework", json!(framework)),
        ("work.local_disk_mb", json!(disk_mb)),
        ("pin.lambda_memory_mb", json!(1024)),
    ])
}

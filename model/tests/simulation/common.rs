//! Plans, runs and comparisons that all tests of the simulation share.
use std::ops::ControlFlow;

use model::simulation::{
    FleetRules, FunctionRules, Interval, KeepAlive, Outcome, Plan, Rules, Scaling, Span, Traffic,
    Variation, replications, run,
};
use serde_json::Value;

/// The seed of all tests; any other should do.
pub(crate) const SEED: u64 = 20_261_128;

#[track_caller]
pub(crate) fn outcome(plan: &Plan) -> Outcome {
    run(plan, &mut |_| ControlFlow::Continue(())).expect("a valid plan")
}

/// A figure of `n` independent runs, with what it may be off.
#[track_caller]
pub(crate) fn interval(plan: &Plan, n: u32, figure: impl Fn(&Outcome) -> f64) -> Interval {
    let plans = replications(plan, n);
    let figures: Vec<f64> = plans.iter().map(|plan| figure(&outcome(plan))).collect();
    Interval::of(&figures).expect("several runs")
}

pub(crate) fn exponential(mean_s: f64) -> Span {
    Span::new(mean_s, Variation::Exponential)
}

/// Functions kept for so long.
pub(crate) fn kept(service: Span, keep_alive_s: f64) -> FunctionRules {
    FunctionRules {
        keep_alive: KeepAlive::Fixed { s: keep_alive_s },
        ..FunctionRules::new(service)
    }
}

/// A plan of functions in a flat week of Poisson arrivals.
pub(crate) fn functions(rules: FunctionRules, rate_per_s: f64, seconds: f64) -> Plan {
    Plan {
        seed: SEED,
        ..Plan::new(
            Rules::Functions(rules),
            Traffic::poisson(rate_per_s),
            seconds,
        )
    }
}

/// A plan of a fixed fleet in a flat week of Poisson arrivals: work that is all processor time.
pub(crate) fn fleet(units: u32, work: Span, rate_per_s: f64, seconds: f64) -> (FleetRules, Plan) {
    let scaling = Scaling::Fixed { units };
    let rules = FleetRules {
        timeout_s: 1e7,
        ..FleetRules::new(work.mean_s, work.mean_s, work.variation, scaling)
    };
    let plan = of_fleet(&rules, rate_per_s, seconds);
    (rules, plan)
}

/// A plan of a fleet in a flat week of Poisson arrivals.
pub(crate) fn of_fleet(rules: &FleetRules, rate_per_s: f64, seconds: f64) -> Plan {
    Plan {
        seed: SEED,
        ..Plan::new(
            Rules::Fleet(rules.clone()),
            Traffic::poisson(rate_per_s),
            seconds,
        )
    }
}

/// The shape with this coefficient of variation: constant, exponential at 1, else lognormal.
pub(crate) fn variation_of(cv: f64) -> Variation {
    if cv == 0.0 {
        return Variation::Constant;
    }
    if (cv - 1.0).abs() < 1e-9 {
        return Variation::Exponential;
    }
    let sigma = model::math::sqrt(model::math::ln_1p(cv * cv));
    Variation::LogNormal { sigma }
}

/// A week of these weights, with mean 1, and the mean they had.
pub(crate) fn week(weights: impl Fn(usize) -> f64) -> (Vec<f64>, f64) {
    let mean = (0..168).map(&weights).sum::<f64>() / 168.0;
    ((0..168).map(|hour| weights(hour) / mean).collect(), mean)
}

/// Counts are far below `2^53`.
#[expect(clippy::cast_precision_loss, reason = "counts of a test")]
pub(crate) fn f(count: u64) -> f64 {
    count as f64
}

pub(crate) fn cold_share(outcome: &Outcome) -> f64 {
    f(outcome.cold_starts) / f(outcome.requests)
}

/// The rows of a file of reference values.
pub(crate) fn rows(json: &str) -> Vec<Value> {
    serde_json::from_str(json).expect("a list of vectors")
}

#[track_caller]
pub(crate) fn number(row: &Value, name: &str) -> f64 {
    let number = row[name].as_f64();
    number.unwrap_or_else(|| panic!("{name} of {}", row["id"]))
}

#[track_caller]
pub(crate) fn check(id: &str, what: &str, ours: f64, theirs: f64, tolerance: f64) {
    let off = ours / theirs - 1.0;
    println!(
        "{id:28} {what:24} {ours:<12.6} {theirs:<12.6} {:+.2} %",
        100.0 * off
    );
    assert!(
        off.abs() <= tolerance,
        "{id}: {what} is {ours}, not {theirs}: {:+.2} % off",
        100.0 * off
    );
}

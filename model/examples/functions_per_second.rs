//! How many requests a second the simulation takes on one core, with the load that `SimFaaS` publishes: 0.9 requests a
//! second of 1.991 s, kept for 600 s. Prints one number; `scripts/simfaas` compares it with `SimFaaS` itself.

#![expect(
    clippy::disallowed_types,
    reason = "an example measures; the model itself knows no clock"
)]

use std::ops::ControlFlow;
use std::time::Instant;

use model::simulation::{
    ColdStartRules, FunctionRules, KeepAlive, Plan, Rules, Span, Traffic, Variation, run,
};

const RATE_PER_S: f64 = 0.9;
const WARM_S: f64 = 1.991;
const COLD_S: f64 = 2.244;
const KEPT_S: f64 = 600.0;
/// A few seconds of one core.
const SIMULATED_S: f64 = 4e7;

fn main() {
    let rules = FunctionRules {
        cold_start: ColdStartRules {
            extra: Span::constant(COLD_S - WARM_S),
            ..ColdStartRules::default()
        },
        keep_alive: KeepAlive::Fixed { s: KEPT_S },
        ..FunctionRules::new(Span::new(WARM_S, Variation::Exponential))
    };
    let traffic = Traffic::poisson(RATE_PER_S);
    let plan = Plan::new(Rules::Functions(rules), traffic, SIMULATED_S);
    let started = Instant::now();
    let outcome = run(&plan, &mut |_| ControlFlow::Continue(())).expect("a valid plan");
    let requests = model::replay::count(outcome.requests);
    println!("{:.0}", requests / started.elapsed().as_secs_f64());
}

//! How many requests a second the simulation takes, single-threaded, and as replications on all
//! cores. Items are requests.
//!
//! Recorded 2026-11-28 on one core of a shared EPYC server that was busy otherwise, medians, in
//! million requests a second; the best samples lie some 10 % above.
//!
//! | what | exponential | lognormal |
//! |---|---|---|
//! | functions, 8 environments alive | 12 to 16 | 10 to 12 |
//! | functions, 140 alive | 10 to 12 | 8.4 |
//! | functions, 1,100 alive | 7.6 | 6.9 |
//! | functions, 10,000 alive | 5.4 | 5.1 |
//!
//! | fleet of tasks at 60 % | 2 tasks | 100 tasks |
//! |---|---|---|
//! | in turns | 15 | 14 |
//! | fewest outstanding | 9 | 3 |
use std::ops::ControlFlow;

use divan::Bencher;
use divan::counter::ItemsCount;
use model::simulation::{
    Balancer, FleetRules, FunctionRules, Outcome, Plan, Rules, Scaling, Span, Traffic, Variation,
    replications, run,
};

fn main() {
    divan::main();
}

const REQUESTS: u32 = 1_000_000;

fn plan(rules: Rules, rate_per_s: f64) -> Plan {
    Plan {
        seed: 1,
        ..Plan::new(
            rules,
            Traffic::poisson(rate_per_s),
            f64::from(REQUESTS) / rate_per_s,
        )
    }
}

fn outcome(plan: &Plan) -> Outcome {
    run(plan, &mut |_| ControlFlow::Continue(())).expect("a valid plan")
}

fn bench(bencher: Bencher, plan: &Plan) {
    bencher
        .counter(ItemsCount::new(REQUESTS))
        .bench(|| outcome(divan::black_box(plan)));
}

/// Functions: environments alive, requests a second and seconds each.
mod functions {
    use super::{Bencher, FunctionRules, Plan, Rules, Span, Variation, bench, plan};

    /// Alive, arrival rate, service time.
    const LOADS: [(u32, f64, f64); 4] = [
        (8, 0.9, 1.991),
        (140, 50.0, 2.0),
        (1_100, 1_000.0, 1.0),
        (10_000, 10_000.0, 0.95),
    ];

    fn of(load: (u32, f64, f64), variation: Variation) -> Plan {
        let (_, rate, service_s) = load;
        let rules = FunctionRules::new(Span::new(service_s, variation));
        plan(Rules::Functions(rules), rate)
    }

    #[divan::bench(args = LOADS, sample_count = 10)]
    fn exponential(bencher: Bencher, load: (u32, f64, f64)) {
        bench(bencher, &of(load, Variation::Exponential));
    }

    #[divan::bench(args = LOADS, sample_count = 10)]
    fn lognormal(bencher: Bencher, load: (u32, f64, f64)) {
        bench(bencher, &of(load, Variation::LogNormal { sigma: 0.8 }));
    }
}

/// Fleets of tasks of one processor at 60 %.
mod fleets {
    use super::{Balancer, Bencher, FleetRules, Rules, Scaling, Variation, bench, plan};

    fn fleet(bencher: Bencher, units: u32, balancer: Balancer) {
        let scaling = Scaling::Fixed { units };
        let rules = FleetRules {
            balancer,
            ..FleetRules::new(0.1, 0.3, Variation::Exponential, scaling)
        };
        bench(bencher, &plan(Rules::Fleet(rules), 6.0 * f64::from(units)));
    }

    #[divan::bench(args = [2, 100], sample_count = 10)]
    fn round_robin(bencher: Bencher, units: u32) {
        fleet(bencher, units, Balancer::RoundRobin);
    }

    #[divan::bench(args = [2, 100], sample_count = 10)]
    fn least_outstanding(bencher: Bencher, units: u32) {
        fleet(bencher, units, Balancer::LeastOutstanding);
    }
}

/// Eight replications, one after another and on all cores.
mod replicated {
    use super::{
        Bencher, FunctionRules, ItemsCount, Outcome, Plan, REQUESTS, Rules, Span, Variation,
        outcome, plan, replications,
    };

    fn plans() -> Vec<Plan> {
        let rules = FunctionRules::new(Span::new(1.991, Variation::Exponential));
        replications(&plan(Rules::Functions(rules), 0.9), 8)
    }

    #[divan::bench(sample_count = 3)]
    fn one_after_another(bencher: Bencher) {
        let plans = plans();
        bencher
            .counter(ItemsCount::new(8 * REQUESTS))
            .bench(|| -> Vec<Outcome> { plans.iter().map(outcome).collect() });
    }

    #[divan::bench(sample_count = 3)]
    fn on_all_cores(bencher: Bencher) {
        let plans = plans();
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let each = plans.len().div_ceil(cores);
        bencher
            .counter(ItemsCount::new(8 * REQUESTS))
            .bench(|| -> Vec<Outcome> {
                std::thread::scope(|scope| {
                    let shares = plans.chunks(each);
                    let running: Vec<_> = shares
                        .map(|plans| scope.spawn(|| plans.iter().map(outcome).collect::<Vec<_>>()))
                        .collect();
                    let done = running.into_iter().map(std::thread::ScopedJoinHandle::join);
                    done.flat_map(|outcomes| outcomes.expect("no panic"))
                        .collect()
                })
            });
    }
}

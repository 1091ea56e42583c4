//! Laws that hold for any plan.
use model::math::{exp, ln};
use model::simulation::{
    Balancer, FleetRules, FunctionRules, KeepAlive, Outcome, Plan, Provisioned, Refused, Routing,
    Scaling, Span, StartRamp, Variation, WhenFull,
};
use proptest::prelude::*;

use crate::common::{f, functions, of_fleet, outcome};

/// A positive number whose logarithm is spread evenly.
fn positive(low: f64, high: f64) -> impl Strategy<Value = f64> {
    (ln(low)..ln(high)).prop_map(exp)
}

fn variation() -> impl Strategy<Value = Variation> {
    prop_oneof![
        Just(Variation::Constant),
        Just(Variation::Exponential),
        (0.0..2.0).prop_map(|sigma| Variation::LogNormal { sigma }),
    ]
}

prop_compose! {
    fn function_rules()(
        service_s in positive(1e-3, 50.0),
        variation in variation(),
        keep_alive_s in positive(0.1, 2000.0),
        lifetime in proptest::option::of(positive(10.0, 1e4)),
        places in 1..4_u32,
        routing in prop_oneof![Just(Routing::NewestFirst), Just(Routing::MostRecentlyUsed), Just(Routing::OldestFirst)],
        concurrency in proptest::option::of(5..50_u32),
        ramp in proptest::option::of(positive(1.0, 50.0)),
        pool in proptest::option::of(1..5_u32),
        retries in any::<bool>(),
    ) -> FunctionRules {
        FunctionRules {
            keep_alive: KeepAlive::Fixed { s: keep_alive_s },
            environment_lifetime_s: lifetime,
            requests_per_environment: places,
            routing,
            account_concurrency: concurrency,
            ramp: ramp.map(|at_once| StartRamp { at_once, per_second: 0.1 }),
            provisioned: pool.map(|environments| Provisioned { environments, requests_per_s: Some(10.0),
            by_hour: Vec::new(), }),
            refused: if retries { Refused::Retry { after_s: 7.0, give_up_s: 100.0 } } else { Refused::Drop },
            ..FunctionRules::new(Span::new(service_s, variation))
        }
    }
}

prop_compose! {
    fn fleet_rules()(
        cpu_s in positive(1e-3, 2.0),
        waits in 0.0..5.0,
        variation in variation(),
        units in 1..10_u32,
        queues in 1..4_u32,
        servers in 1..4_u32,
        cap in proptest::option::of(1..20_u32),
        throttle in any::<bool>(),
        counting in any::<bool>(),
        timeout_s in positive(0.1, 100.0),
    ) -> FleetRules {
        FleetRules {
            queues_per_unit: queues,
            servers_per_queue: servers,
            concurrency_cap: cap,
            when_full: if throttle && cap.is_some() { WhenFull::Throttle } else { WhenFull::Wait },
            timeout_s,
            balancer: if counting { Balancer::LeastOutstanding } else { Balancer::RoundRobin },
            ..FleetRules::new(cpu_s, cpu_s + waits, variation, Scaling::Fixed { units })
        }
    }
}

/// What holds for every outcome.
fn laws(outcome: &Outcome) {
    let of_timeline = |part: fn(&model::simulation::Bucket) -> u64| {
        outcome.timeline.iter().map(part).sum::<u64>()
    };
    assert_eq!(
        outcome.requests,
        outcome.completed + outcome.throttled + outcome.failed
    );
    assert!(outcome.cold_starts <= outcome.completed && outcome.queued <= outcome.completed);
    assert_eq!(of_timeline(|bucket| bucket.requests), outcome.requests);
    assert_eq!(
        of_timeline(|bucket| bucket.cold_starts),
        outcome.cold_starts
    );
    assert_eq!(of_timeline(|bucket| bucket.throttled), outcome.throttled);
    assert_eq!(of_timeline(|bucket| bucket.failed), outcome.failed);
    assert!(outcome.timeline.len() <= 700);
    assert_eq!(outcome.latency.is_some(), outcome.completed > 0);
    for latency in outcome.latency.iter().chain(&outcome.cold_latency) {
        let rising = [
            0.0,
            latency.p50_ms,
            latency.p90_ms,
            latency.p95_ms,
            latency.p99_ms,
            latency.p999_ms,
            latency.max_ms,
        ];
        assert!(rising.is_sorted(), "{latency:?}");
        assert!(latency.mean_ms <= latency.max_ms && latency.max_ms.is_finite());
    }
    let running = &outcome.instances;
    let bounds = f64::from(running.least)..=f64::from(running.most);
    assert!(running.mean <= *bounds.end() + 1e-9 && running.mean >= *bounds.start() - 1e-9);
    if !running.shares.is_empty() {
        let shares: f64 = running.shares.iter().map(|share| share.share).sum();
        assert!((shares - 1.0).abs() < 1e-9, "{shares}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(96))]

    #[test]
    fn functions_keep_the_laws(rules in function_rules(), load in positive(1e-3, 20.0), seed in any::<u64>()) {
        let rate = load / rules.service.mean_s;
        let seconds = (20_000.0 / rate).max(1.0);
        let plan = Plan { seed, warm_up_s: 0.2 * seconds, ..functions(rules.clone(), rate, seconds) };
        let outcome = outcome(&plan);
        laws(&outcome);
        prop_assert!(outcome.usage.launches >= outcome.cold_starts);
        let places = f64::from(rules.requests_per_environment);
        let pool = outcome.usage.provisioned_seconds;
        prop_assert!(outcome.usage.busy_seconds <= places * outcome.usage.environment_seconds + pool + 1e-6);
        if rules.refused == Refused::Drop {
            prop_assert_eq!(outcome.failed, 0);
        }
    }

    #[test]
    fn fleets_keep_the_laws(rules in fleet_rules(), load in positive(0.01, 2.0), seed in any::<u64>()) {
        let processors = match rules.scaling {
            Scaling::Fixed { units } => f64::from(units * rules.queues_per_unit * rules.servers_per_queue),
            _ => 1.0,
        };
        let rate = load * processors / rules.cpu_s;
        let seconds = (20_000.0 / rate).max(1.0);
        let plan = Plan { seed, ..of_fleet(&rules, rate, seconds) };
        let outcome = outcome(&plan);
        laws(&outcome);
        prop_assert!(outcome.usage.busy_seconds <= processors * outcome.seconds + 1e-6);
        prop_assert!(outcome.mean_wait_ms <= 1000.0 * rules.timeout_s + 1e-6);
    }

    /// `L = lambda W`, for what is at work.
    #[test]
    fn as_many_are_at_work_as_little_says(load in positive(0.1, 20.0), service_s in positive(0.01, 10.0), seed in any::<u64>()) {
        let rate = load / service_s;
        let rules = FunctionRules::new(Span::new(service_s, Variation::Constant));
        let plan = Plan {
            seed,
            warm_up_s: 10.0 * service_s,
            ..functions(rules, rate, 20_000.0 / rate)
        };
        let outcome = outcome(&plan);
        let came = f(outcome.requests) / outcome.seconds;
        let at_work = outcome.usage.busy_seconds / outcome.seconds;
        // What the edges of the run cut off is a few services at most.
        let edges = (load + 10.0 * load.sqrt() + 10.0) * service_s / outcome.seconds;
        prop_assert!((at_work - came * service_s).abs() <= edges, "{at_work} {}", came * service_s);
    }
}

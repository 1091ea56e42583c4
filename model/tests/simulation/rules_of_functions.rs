//! Single rules of functions: what is billed, how long environments live, how many share one.
use model::simulation::{ColdStartRules, FunctionRules, KeepAlive, Plan, Process, Span, Variation};

use crate::common::{check, cold_share, exponential, f, functions, interval, kept, outcome};

#[test]
fn starting_is_billed_with_its_request_and_rounded_once() {
    // One start of 0.6 s, of which 0.25 s are billed as init and 0.1 s as a slower handler.
    let rules = FunctionRules {
        cold_start: ColdStartRules {
            extra: Span::constant(0.6),
            billed_init_s: 0.2503,
            billed_handler_s: 0.1002,
        },
        front_door: Some(Span::constant(0.01)),
        ..kept(Span::constant(0.0201), 300.0)
    };
    let mut plan = functions(rules, 0.1, 1000.0);
    plan.traffic.process = Process::Even;
    let ours = outcome(&plan);
    assert_eq!((ours.requests, ours.cold_starts), (100, 1));
    assert_eq!(ours.usage.billed_ms, 99 * 21 + 371);
    assert!((ours.usage.init_ms - 250.3).abs() < 1e-9);
    let (all, cold) = (ours.latency.expect("all"), ours.cold_latency.expect("cold"));
    assert!((cold.max_ms - 630.1).abs() < 1e-6, "{cold:?}");
    assert!((all.p50_ms / 30.1 - 1.0).abs() < 0.004, "{all:?}");
    let busy = 100.0 * 0.0201 + 0.6;
    assert!((ours.usage.busy_seconds - busy).abs() < 1e-9);
}

#[test]
fn the_parts_of_a_cold_start_vary_together() {
    let rules = FunctionRules {
        cold_start: ColdStartRules {
            extra: Span::new(0.5, Variation::LogNormal { sigma: 0.5 }),
            billed_init_s: 0.25,
            billed_handler_s: 0.0,
        },
        ..kept(Span::constant(0.01), 0.0)
    };
    let ours = outcome(&functions(rules, 1.0, 50_000.0));
    assert_eq!(ours.cold_starts, ours.completed);
    let cold = ours.cold_latency.expect("cold ones");
    check("cold", "mean ms", cold.mean_ms, 510.0, 0.01);
    let sigma: f64 = 0.5;
    let median = 500.0 * model::math::exp(-sigma * sigma / 2.0);
    check("cold", "p50 ms", cold.p50_ms, median + 10.0, 0.02);
    let p99 = median * model::math::exp(sigma * 2.326_348);
    check("cold", "p99 ms", cold.p99_ms, p99 + 10.0, 0.03);
    check(
        "cold",
        "init ms",
        ours.usage.init_ms / f(ours.cold_starts),
        250.0,
        0.01,
    );
}

#[test]
fn environments_are_replaced_at_the_end_of_their_life() {
    // Busy for ever: without an end of life there would be one start.
    let rules = FunctionRules {
        environment_lifetime_s: Some(100.0),
        ..kept(Span::constant(0.5), 1e6)
    };
    let mut plan = functions(rules, 1.0, 10_000.0);
    plan.traffic.process = Process::Even;
    let ours = outcome(&plan);
    assert_eq!(ours.cold_starts, 100);
    assert_eq!(ours.instances.most, 1);
}

#[test]
fn lives_that_vary_around_a_mean_start_more_environments() {
    let share = |keep_alive| {
        let rules = FunctionRules {
            keep_alive,
            ..FunctionRules::new(Span::constant(0.01))
        };
        interval(&functions(rules, 0.005, 2e6), 5, cold_share)
    };
    let fixed = share(KeepAlive::Fixed { s: 400.0 });
    // exp(-rate x keep-alive), and its mean over the normal: exp(-m + s^2/2) with m = 2, s = 0.5.
    let expected = model::math::exp(-2.0);
    assert!(
        (fixed.mean - expected).abs() <= fixed.half_width,
        "{fixed:?} {expected}"
    );
    let varied = share(KeepAlive::Normal {
        mean_s: 400.0,
        sd_s: 100.0,
    });
    let expected = model::math::exp(-2.0 + 0.125);
    let off = (varied.mean - expected).abs();
    assert!(off <= varied.half_width.max(0.01), "{varied:?} {expected}");
}

#[test]
fn environments_with_many_places_are_fewer() {
    let with = |places| {
        let rules = FunctionRules {
            requests_per_environment: places,
            ..kept(exponential(1.0), 300.0)
        };
        outcome(&functions(rules, 20.0, 20_000.0))
    };
    let (one, ten) = (with(1), with(10));
    assert!(ten.cold_starts < one.cold_starts);
    assert!(
        ten.instances.mean < 0.25 * one.instances.mean,
        "{:?}",
        ten.instances
    );
    assert!(ten.instances.mean >= 2.0, "{:?}", ten.instances);
    let same = one.usage.busy_seconds / ten.usage.busy_seconds - 1.0;
    assert!(same.abs() < 0.01, "{same}");
}

#[test]
fn places_of_a_starting_environment_are_not_there_yet() {
    // Two at the same instant, then nothing until both are done: each starts one.
    let rules = FunctionRules {
        requests_per_environment: 2,
        cold_start: ColdStartRules {
            extra: Span::constant(1.0),
            ..ColdStartRules::default()
        },
        ..kept(Span::constant(0.1), 300.0)
    };
    let mut plan = functions(rules, 0.2, 100.0);
    plan.traffic.process = Process::Even;
    plan.traffic.batch = 2;
    let ours = outcome(&plan);
    assert_eq!((ours.cold_starts, ours.instances.most), (2, 2));
}

#[test]
fn bursts_of_two_states_cost_more_cold_starts_than_a_steady_rate() {
    use model::simulation::TwoState;
    let steady = functions(kept(exponential(0.2), 300.0), 5.0, 400_000.0);
    let bursty = Plan {
        traffic: model::simulation::Traffic {
            process: Process::TwoState(TwoState {
                high: 10.0,
                high_s: 60.0,
                low_s: 1140.0,
            }),
            ..steady.traffic.clone()
        },
        ..steady.clone()
    };
    let (steady, bursty) = (outcome(&steady), outcome(&bursty));
    let rate = f(bursty.requests) / f(steady.requests);
    assert!((rate - 1.0).abs() < 0.1, "{rate}");
    assert!(
        bursty.cold_starts > 5 * steady.cold_starts,
        "{}",
        bursty.cold_starts
    );
}

#[test]
fn ten_thousand_environments_work_like_ten() {
    // a = 9,000 erlangs of constant requests: by insensitivity as many are busy.
    let rules = kept(Span::constant(1.0), 600.0);
    let ours = outcome(&Plan {
        warm_up_s: 10.0,
        ..functions(rules, 9_000.0, 60.0)
    });
    check(
        "10,000",
        "busy",
        ours.usage.busy_seconds / ours.seconds,
        9_000.0,
        0.01,
    );
    assert!((9_000..10_000).contains(&ours.instances.most));
    assert_eq!(ours.throttled, 0);
}

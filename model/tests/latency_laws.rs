//! Laws that cold starts, queues and bursts keep for any input: shares within
//! 0..=1, longer waits at higher load, finite numbers throughout.
use model::latency::burst::{Burst, Ramp};
use model::latency::cold_start::{
    ColdStart, ColdStartOutcome, recycled_probability, spill_probability,
};
use model::latency::queue::{Fleet, Mmc, Queue, QueueError, Wait, erlang_b};
use model::math::{exp, ln};
use model::units::{RequestsPerSecond, Seconds};
use proptest::prelude::*;

/// A positive number whose logarithm is spread evenly.
fn positive(low: f64, high: f64) -> impl Strategy<Value = f64> {
    (ln(low)..ln(high)).prop_map(exp)
}

fn cold_start(rate: f64, service_time: f64, keep_alive: f64) -> ColdStart {
    ColdStart {
        arrival_rate: RequestsPerSecond::new(rate),
        service_time: Seconds::new(service_time),
        keep_alive: Seconds::new(keep_alive),
    }
}

fn fleet(load: f64, tasks: u32, servers_per_task: u32, service_cv: f64) -> Fleet {
    let arrival_rate =
        RequestsPerSecond::new(load * f64::from(tasks) * f64::from(servers_per_task));
    Fleet {
        arrival_rate,
        tasks,
        servers_per_task,
        service_time: Seconds::new(1.0),
        service_cv,
    }
}

proptest! {
    #[test]
    fn a_cold_start_outcome_is_a_share_and_a_finite_fleet(
        rate in positive(1e-9, 1e5), service_time in positive(1e-5, 1e3), keep_alive in positive(1e-2, 1e4),
    ) {
        let question = cold_start(rate, service_time, keep_alive);
        let outcome = question.outcome();
        prop_assert!((0.0..=1.0).contains(&outcome.cold_start_probability), "{outcome:?}");
        let busy = rate * service_time;
        prop_assert!(outcome.instances.is_finite() && outcome.instances >= 0.0);
        prop_assert!(!question.in_range() || outcome.instances >= busy * (1.0 - 1e-6), "{outcome:?} for {busy} busy");
    }

    #[test]
    fn a_longer_keep_alive_never_makes_more_cold_starts(
        rate in positive(1e-5, 1e3), service_time in positive(1e-3, 10.0), keep_alive in positive(10.0, 1e3), factor in 1.0..5.0_f64,
    ) {
        let short = cold_start(rate, service_time, keep_alive).outcome();
        let long = cold_start(rate, service_time, keep_alive * factor).outcome();
        prop_assert!(long.cold_start_probability <= short.cold_start_probability * (1.0 + 1e-6));
        prop_assert!(long.instances >= short.instances * (1.0 - 1e-6));
    }

    #[test]
    fn a_larger_pool_never_spills_more(rate in positive(1e-3, 1e3), service_time in positive(1e-3, 1.0), pool in 0..300_u32) {
        let question = cold_start(rate, service_time, 420.0);
        let (small, large) = (question.outcome_above(pool), question.outcome_above(pool + 1));
        prop_assert!(large.cold_start_probability <= small.cold_start_probability * (1.0 + 1e-9) + 1e-300);
        let spilled = spill_probability(question.arrival_rate, question.service_time, pool);
        prop_assert!(small.cold_start_probability <= spilled * (1.0 + 1e-9) + 1e-300, "{small:?} of {spilled}");
    }

    #[test]
    fn the_common_table_is_within_one_percent(
        load in positive(1e-9, 1e4), service_time in positive(1e-4, 900.0), kept in positive(0.1, 1e7),
    ) {
        let question = cold_start(load / service_time, service_time, service_time * kept);
        let (quick, exact) = (question.tabulated(), question.outcome());
        let off = quick.cold_start_probability - exact.cold_start_probability;
        prop_assert!(
            off.abs() <= 0.01 * exact.cold_start_probability.max(1e-9),
            "{} instead of {}", quick.cold_start_probability, exact.cold_start_probability
        );
        prop_assert!((quick.instances / exact.instances - 1.0).abs() < 0.01);
        prop_assert!((0.0..=1.0).contains(&quick.cold_start_probability));
    }

    #[test]
    fn the_common_table_has_its_limits_outside(
        rate in any::<f64>(), service_time in any::<f64>(), keep_alive in any::<f64>(),
    ) {
        let outcome = cold_start(rate, service_time, keep_alive).tabulated();
        prop_assert!((0.0..=1.0).contains(&outcome.cold_start_probability), "{outcome:?}");
        prop_assert!(outcome.instances.is_finite() && outcome.instances >= 0.0, "{outcome:?}");
    }

    #[test]
    fn the_smallest_pool_keeps_the_bound_and_the_next_smaller_misses_it(
        load in positive(1e-5, 1e5), service_time in positive(1e-3, 60.0), bound in positive(1e-12, 0.9),
    ) {
        let question = cold_start(load / service_time, service_time, 420.0);
        let pool = question.provisioned_for(bound);
        let cold = |pool| question.outcome_above(pool).cold_start_probability;
        prop_assert!(cold(pool) <= bound * (1.0 + 1e-6), "{pool} keeps {} of {bound}", cold(pool));
        if let Some(smaller) = pool.checked_sub(1) {
            prop_assert!(cold(smaller) >= bound * (1.0 - 1e-6), "{smaller} would do for {bound}");
        }
    }

    #[test]
    fn erlang_b_is_its_recursion(servers in 1..400_u32, load in positive(0.1, 500.0)) {
        let recursion = (1..=servers).fold(1.0, |b, n| load * b / (f64::from(n) + load * b));
        let direct = erlang_b(f64::from(servers), load);
        prop_assert!((direct - recursion).abs() <= 1e-10 * recursion + 1e-299, "{direct} {recursion}");
    }

    #[test]
    fn more_load_never_shortens_a_wait(
        servers in prop_oneof![1..10_u32, 1..2000_u32], cv in 0.0..4.0_f64, load in 0.01..0.98_f64, more in 0.0001..0.01_f64, tasks in 1..50_u32,
    ) {
        let (calm, busy) = (fleet(load, tasks, servers, cv), fleet(load + more, tasks, servers, cv));
        let waits = [calm.per_task_wait().expect("stable"), busy.per_task_wait().expect("stable")];
        prop_assert!(waits[0].mean().get() <= waits[1].mean().get() * (1.0 + 1e-9), "{waits:?}");
        for wait in waits {
            prop_assert!((0.0..=1.0).contains(&wait.probability()) && wait.mean().get().is_finite());
            let row = [0.5, 0.95, 0.99, 0.999].map(|p| wait.percentile(p).get());
            prop_assert!(row.iter().all(|t| t.is_finite()) && row.windows(2).all(|pair| pair[0] <= pair[1]));
        }
    }

    #[test]
    fn own_queues_wait_longer_than_a_common_one(tasks in 2..40_u32, load in 0.1..0.95_f64, cv in 0.5..2.0_f64) {
        let fleet = fleet(load, tasks, 1, cv);
        let pooled = Queue { arrival_rate: fleet.arrival_rate, service_time: fleet.service_time, servers: tasks, service_cv: cv };
        prop_assert!(fleet.per_task_wait().expect("stable").mean().get() >= pooled.wait().expect("stable").mean().get());
    }

    #[test]
    fn no_input_of_a_queue_gives_nonsense(rate in any::<f64>(), time in any::<f64>(), servers in any::<u32>(), cv in any::<f64>()) {
        let queue = Queue { arrival_rate: RequestsPerSecond::new(rate), service_time: Seconds::new(time), servers, service_cv: cv };
        if let Ok(wait) = queue.wait() {
            let s = wait.summary();
            prop_assert!([s.wait_probability, s.mean_wait_s, s.p50_wait_s, s.p95_wait_s, s.p99_wait_s].iter().all(|x| *x >= 0.0));
        }
        let outcome = cold_start(rate, time, cv).outcome();
        prop_assert!((0.0..=1.0).contains(&outcome.cold_start_probability) && outcome.instances >= 0.0);
    }
}

#[test]
fn an_overloaded_queue_says_how_overloaded() {
    let queue = Queue {
        arrival_rate: RequestsPerSecond::new(30.0),
        service_time: Seconds::new(0.1),
        servers: 2,
        service_cv: 1.0,
    };
    assert_eq!(queue.wait(), Err(QueueError::Unstable { utilization: 1.5 }));
    assert_eq!(
        Queue {
            servers: 0,
            ..queue
        }
        .wait(),
        Err(QueueError::OutOfRange { input: "servers" })
    );
    assert_eq!(
        Queue {
            service_cv: -1.0,
            servers: 9,
            ..queue
        }
        .wait(),
        Err(QueueError::OutOfRange {
            input: "service_cv"
        })
    );
}

#[test]
fn an_idle_queue_waits_for_nothing() {
    let queue = Queue {
        arrival_rate: RequestsPerSecond::ZERO,
        service_time: Seconds::new(0.1),
        servers: 2,
        service_cv: 0.0,
    };
    assert_eq!(queue.wait(), Ok(Wait::new(0.0, Seconds::ZERO)));
}

#[test]
fn a_huge_fleet_of_servers_is_quick_and_finite() {
    let queue =
        Mmc::new(RequestsPerSecond::new(99_900.0), Seconds::new(1.0), 100_000).expect("stable");
    assert!(queue.wait_probability() > 0.0 && queue.wait_probability() < 1.0);
    assert!(queue.response_percentile(0.999).get() > queue.response_percentile(0.5).get());
}

#[test]
fn the_jump_of_the_model_page_has_its_cold_starts() {
    for (init, published, simulated) in [(0.25, 56.0, 56.0), (0.5, 96.0, 93.0), (5.3, 864.0, 896.0)]
    {
        let burst = Burst {
            arrival_rate: RequestsPerSecond::new(200.0),
            service_time: Seconds::new(0.1),
            init_duration: Seconds::new(init),
            alive: 4.0,
        };
        let ours = burst.cold_starts();
        assert!(
            (ours / published - 1.0_f64).abs() < 1e-9,
            "init {init}: {ours} for {published}"
        );
        assert!(
            (ours / simulated - 1.0_f64).abs() < 0.04,
            "init {init}: {ours} against {simulated}"
        );
    }
}

#[test]
fn a_ramp_that_does_not_grow_never_arrives() {
    assert_eq!(
        Ramp {
            at_once: 10.0,
            per_second: 0.0
        }
        .time_to(11.0),
        None
    );
    assert_eq!(
        Ramp {
            at_once: 10.0,
            per_second: 0.0
        }
        .time_to(10.0),
        Some(Seconds::ZERO)
    );
}

#[test]
fn replacing_environments_dominates_at_high_rates() {
    let outcome = cold_start(1000.0, 0.1, 420.0).outcome();
    let recycled = |outcome, rate: f64| {
        let rate = RequestsPerSecond::new(rate);
        recycled_probability(outcome, Seconds::new(7200.0), rate)
    };
    // Of each life of two hours there is one start, and a few fall idle before.
    let expected = outcome.instances / (7200.0 * 1000.0);
    let found = recycled(outcome, 1000.0);
    assert!(
        (1.0..1.25).contains(&(found / expected)),
        "{found} against {outcome:?}"
    );
    // Environments that fall idle long before are not replaced.
    let rare = cold_start(0.002, 0.5, 420.0).outcome();
    let found = recycled(rare, 0.002);
    assert!(
        (found / rare.cold_start_probability - 1.0).abs() < 1e-3,
        "{found} against {rare:?}"
    );
    let none = ColdStartOutcome {
        cold_start_probability: 0.25,
        instances: 5.0,
    };
    assert_eq!(recycled(none, 0.0).to_bits(), 0.25_f64.to_bits());
}

#[test]
fn a_pool_for_an_impossible_bound_is_large_and_for_a_certain_one_empty() {
    let question = cold_start(100.0, 0.1, 420.0);
    assert_eq!(question.provisioned_for(1.0), 0);
    let least = question.provisioned_for(-1.0);
    assert!(least > question.provisioned_for(1e-9), "{least}");
    assert!(question.outcome_above(least).cold_start_probability <= 0.0);
    assert_eq!(cold_start(1e13, 1e3, 420.0).provisioned_for(0.0), u32::MAX);
    assert_eq!(cold_start(0.0, 0.1, 420.0).provisioned_for(0.5), 1);
}

#[test]
fn nothing_arrives_and_nothing_lives() {
    let outcome = cold_start(0.0, 0.1, 420.0).outcome();
    assert!(
        (outcome.cold_start_probability - 1.0).abs() < 1e-15 && outcome.instances.abs() < 1e-15
    );
}

//! The waits of fleets against exact queues and the vectors of `tests/reference`.
use model::latency::queue::Mmc;
use model::simulation::{Balancer, FleetRules, Outcome, Plan, Scaling, Span, Variation, WhenFull};
use model::units::{RequestsPerSecond, Seconds};

use crate::common::{
    check, exponential, f, fleet, interval, number, of_fleet, outcome, rows, variation_of,
};

const FLEET: &str = include_str!("../reference/fleet.json");
const MDC: &str = include_str!("../reference/mdc_queue.json");
const MGC: &str = include_str!("../reference/mgc_queue.json");
const MMC: &str = include_str!("../reference/mmc_queue.json");

fn wait_s(outcome: &Outcome) -> f64 {
    outcome.mean_wait_ms / 1000.0
}

/// One common queue with so many processors.
fn pooled(servers: u32, work: Span, utilization: f64, requests: f64) -> Plan {
    let rate = utilization * f64::from(servers) / work.mean_s;
    let (rules, _) = fleet(1, work, rate, 1.0);
    let rules = FleetRules {
        servers_per_queue: servers,
        ..rules
    };
    Plan {
        warm_up_s: 0.1 * requests / rate,
        ..of_fleet(&rules, rate, requests / rate)
    }
}

#[test]
fn one_queue_waits_as_erlang_says() {
    for (servers, service_s, utilization) in [
        (1, 0.1, 0.8),
        (4, 0.1, 0.8),
        (8, 0.2, 0.9),
        (16, 0.05, 0.9),
        (55, 240.0, 48.0 / 55.0),
    ] {
        let plan = pooled(servers, exponential(service_s), utilization, 200_000.0);
        let ours = interval(&plan, 8, wait_s);
        let exact = Mmc::new(
            RequestsPerSecond::new(plan.traffic.rate_per_s),
            Seconds::new(service_s),
            servers,
        );
        let exact = exact.expect("a stable queue").mean_wait().get();
        println!("M/M/{servers}: {ours:?}, exact {exact}");
        assert!(
            ours.contains(exact),
            "M/M/{servers}: {ours:?}, exact {exact}"
        );
        assert!(ours.half_width < 0.12 * exact, "{ours:?}");
    }
}

#[test]
fn responses_have_the_percentiles_of_the_exact_queue() {
    let mut checked = 0;
    for row in rows(MMC) {
        let Some(rate) = row["arrival_rate_per_s"].as_f64() else {
            continue;
        };
        let servers = u32::try_from(row["servers"].as_u64().expect("a count")).expect("few");
        let service_s = number(&row, "service_time_s");
        let utilization = rate * service_s / f64::from(servers);
        let plan = pooled(servers, exponential(service_s), utilization, 200_000.0);
        let ms = |name| 1000.0 * number(&row["expected"], name);
        for (name, figure) in [
            (
                "response_p50",
                (|l| l.p50_ms) as fn(&model::simulation::LatencySummary) -> f64,
            ),
            ("response_p95", |l| l.p95_ms),
            ("response_p99", |l| l.p99_ms),
            ("response_mean_s", |l| l.mean_ms),
        ] {
            let ours = interval(&plan, 6, |o| figure(&o.latency.expect("latencies")));
            let off = (ours.mean - ms(name)).abs();
            // The sketch may add its own 0.4 %.
            assert!(
                off <= ours.half_width + 0.004 * ms(name),
                "{name} {ours:?} {}",
                ms(name)
            );
        }
        checked += 1;
    }
    assert_eq!(checked, 4);
}

#[test]
fn constant_work_waits_as_crommelin_says() {
    for row in rows(MDC) {
        let servers = u32::try_from(row["servers"].as_u64().expect("a count")).expect("few");
        let plan = pooled(servers, Span::constant(1.0), number(&row, "rho"), 200_000.0);
        let ours = interval(&plan, 8, wait_s);
        let exact = number(&row, "mdc_exact_wq");
        println!("M/D/{servers}: {ours:?}, exact {exact}");
        assert!(
            ours.contains(exact),
            "M/D/{servers}: {ours:?}, exact {exact}"
        );
    }
}

#[test]
fn general_work_waits_as_another_simulator_says() {
    for row in rows(MGC) {
        let servers = u32::try_from(row["servers"].as_u64().expect("a count")).expect("few");
        let variation = match row["service_cv"].as_f64() {
            Some(cv) => variation_of(cv),
            None => Variation::Exponential,
        };
        let work = Span::new(1.0, variation);
        let plan = pooled(servers, work, number(&row, "rho"), 400_000.0);
        let ours = interval(&plan, 8, wait_s);
        let theirs = number(&row["expected"], "wq");
        println!("{}: {ours:?}, theirs {theirs}", row["id"]);
        let off = (ours.mean - theirs).abs();
        assert!(off <= ours.half_width + 0.02 * theirs, "{row}: {ours:?}");
    }
}

#[test]
fn queues_of_tasks_wait_as_another_simulator_says() {
    for row in rows(FLEET) {
        let count = |name: &str| u32::try_from(row[name].as_u64().expect("a count")).expect("few");
        let (tasks, servers) = (count("tasks"), count("servers_per_task"));
        let work = Span::new(1.0, variation_of(number(&row, "service_cv")));
        let rate = number(&row, "utilization") * f64::from(tasks * servers);
        let requests = 400_000.0;
        let (rules, _) = fleet(tasks, work, rate, 1.0);
        let rules = FleetRules {
            servers_per_queue: servers,
            ..rules
        };
        let plan = Plan {
            warm_up_s: 0.1 * requests / rate,
            ..of_fleet(&rules, rate, requests / rate)
        };
        let ours = interval(&plan, 6, wait_s);
        let theirs = number(&row["expected"], "mean_wait");
        println!("{}: {ours:?}, theirs {theirs}", row["id"]);
        // Theirs is a run of 1.5 million requests: some 2 % by itself.
        let off = (ours.mean - theirs).abs();
        assert!(off <= ours.half_width + 0.02 * theirs, "{row}: {ours:?}");
    }
}

#[test]
fn the_balancer_that_counts_beats_the_one_that_takes_turns() {
    let (rules, turns) = fleet(8, exponential(1.0), 4.8, 50_000.0);
    let counts = FleetRules {
        balancer: Balancer::LeastOutstanding,
        ..rules
    };
    let counts = outcome(&of_fleet(&counts, 4.8, 50_000.0));
    let turns = outcome(&turns);
    assert!(counts.mean_wait_ms < 0.5 * turns.mean_wait_ms);
}

#[test]
fn only_the_processor_part_of_a_request_queues() {
    let scaling = Scaling::Fixed { units: 1 };
    let rules = FleetRules::new(0.1, 2.1, Variation::Constant, scaling);
    let ours = outcome(&of_fleet(&rules, 5.0, 100_000.0));
    // M/D/1 at one half: half a service time.
    check("M/D/1", "wait ms", ours.mean_wait_ms, 50.0, 0.03);
    let latency = ours.latency.expect("latencies");
    check("M/D/1", "latency ms", latency.mean_ms, 2150.0, 0.005);
    check(
        "M/D/1",
        "busy",
        ours.usage.busy_seconds / ours.seconds,
        0.5,
        0.01,
    );
}

#[test]
fn a_cap_lets_in_no_more_than_its_places() {
    // With one place a request holds it for its whole wall time: M/D/1 with S = 0.4 s.
    let scaling = Scaling::Fixed { units: 1 };
    let rules = FleetRules {
        concurrency_cap: Some(1),
        ..FleetRules::new(0.1, 0.4, Variation::Constant, scaling)
    };
    let ours = outcome(&of_fleet(&rules, 1.25, 200_000.0));
    check("cap", "wait ms", ours.mean_wait_ms, 200.0, 0.03);
    // Throttled instead of waiting: Erlang's loss with one server and half an erlang.
    let throttling = FleetRules {
        when_full: WhenFull::Throttle,
        ..rules
    };
    let ours = outcome(&of_fleet(&throttling, 1.25, 200_000.0));
    check(
        "cap",
        "throttled",
        f(ours.throttled) / f(ours.requests),
        1.0 / 3.0,
        0.02,
    );
    assert!(ours.mean_wait_ms <= 0.0);
}

#[test]
fn an_overloaded_fleet_fails_what_would_wait_too_long() {
    let (rules, _) = fleet(2, Span::constant(1.0), 1.0, 1.0);
    let rules = FleetRules {
        timeout_s: 30.0,
        ..rules
    };
    let ours = outcome(&of_fleet(&rules, 10.0, 50_000.0));
    check(
        "overload",
        "completed",
        f(ours.completed) / ours.seconds,
        2.0,
        0.01,
    );
    assert_eq!(ours.completed + ours.failed, ours.requests);
    let longest = ours.latency.expect("latencies").max_ms;
    assert!((30_000.0..=31_000.1).contains(&longest), "{longest}");
}

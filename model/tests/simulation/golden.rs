//! The same plan gives the same bits, everywhere and with every version that does not mean to
//! change them.
use model::simulation::{
    Balancer, ColdStartRules, FleetRules, FunctionRules, KeepAlive, ManagedInstancesRules, Metric,
    Plan, Process, Provisioned, Refused, Rules, Scaling, Series, Span, Spot, StartRamp,
    TargetTracking, Traffic, TwoState, Variation, replications,
};
use model::system::Burst;

use crate::common::outcome;

/// 64 bits of a text, by FNV-1a.
fn fingerprint(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3)
    })
}

fn lognormal(mean_s: f64) -> Span {
    Span::new(mean_s, Variation::LogNormal { sigma: 0.7 })
}

/// Functions with every rule switched on.
pub(crate) fn all_of_functions() -> Plan {
    let rules = FunctionRules {
        cold_start: ColdStartRules {
            extra: lognormal(0.6),
            billed_init_s: 0.3,
            billed_handler_s: 0.1,
        },
        keep_alive: KeepAlive::Normal {
            mean_s: 420.0,
            sd_s: 60.0,
        },
        environment_lifetime_s: Some(7200.0),
        requests_per_environment: 2,
        account_concurrency: Some(60),
        ramp: Some(StartRamp {
            at_once: 10.0,
            per_second: 1.0,
        }),
        requests_per_concurrency: Some(10.0),
        provisioned: Some(Provisioned {
            environments: 3,
            requests_per_s: Some(10.0),
            by_hour: Vec::new(),
        }),
        refused: Refused::Retry {
            after_s: 20.0,
            give_up_s: 60.0,
        },
        front_door: Some(lognormal(0.02)),
        ..FunctionRules::new(lognormal(0.4))
    };
    let mut profile = vec![0.5; 168];
    profile[8..18].fill(0.5 + 84.0 / 10.0);
    let traffic = Traffic {
        process: Process::TwoState(TwoState {
            high: 3.0,
            high_s: 30.0,
            low_s: 300.0,
        }),
        profile,
        bursts: vec![Burst {
            height: 100.0,
            minutes: 3.0,
            per_week: 40.0,
            arrives_within_s: 30.0,
            announced: false,
        }],
        ..Traffic::poisson(3.0)
    };
    Plan {
        seed: 7,
        warm_up_s: 5000.0,
        ..Plan::new(Rules::Functions(rules), traffic, 86_400.0)
    }
}

/// A fleet with every rule switched on.
pub(crate) fn all_of_fleets() -> Plan {
    let scaling = Scaling::TargetTracking(TargetTracking {
        target: 0.6,
        metric: Metric::Busier,
        metric_period_s: 60.0,
        metric_delay_s: 20.0,
        periods_out: 3,
        periods_in: 15,
        scale_out_cooldown_s: 60.0,
        scale_in_cooldown_s: 60.0,
        min: 2,
        max: 40,
    });
    let rules = FleetRules {
        queues_per_unit: 2,
        servers_per_queue: 2,
        concurrency_cap: Some(8),
        timeout_s: 5.0,
        balancer: Balancer::LeastOutstanding,
        start_delay_s: 35.0,
        health_check_s: 20.0,
        minimum_billed_s: 60.0,
        spot: Some(Spot {
            interruptions_per_hour: 0.2,
            notice_s: 120.0,
            replacement_delay_s: 10.0,
        }),
        front_door: Some(lognormal(0.005)),
        ..FleetRules::new(0.05, 0.2, Variation::LogNormal { sigma: 0.7 }, scaling)
    };
    let counts = (0..1440_u32)
        .map(|minute| 1500 + minute * 185 % 20_001)
        .collect();
    let traffic = Traffic {
        process: Process::Series(Series::new(60.0, counts)),
        ..Traffic::poisson(0.0)
    };
    Plan {
        seed: 8,
        warm_up_s: 100.0,
        ..Plan::new(Rules::Fleet(rules), traffic, 7_200.0)
    }
}

/// Managed instances under a wave.
pub(crate) fn managed() -> Plan {
    let rules = ManagedInstancesRules {
        environments_per_instance: 4,
        vcpus_per_environment: 1,
        requests_per_environment: 10,
        cpu_s: 0.1,
        wall_s: 0.2,
        variation: Variation::Exponential,
        growth: 2.0,
        within_s: 300.0,
        min: 3,
        max: 100,
        front_door: None,
    };
    let mut profile = vec![0.2; 168];
    profile[3..27].fill(0.2 + 0.8 * 7.0);
    Plan {
        seed: 9,
        ..Plan::new(
            Rules::ManagedInstances(rules),
            Traffic {
                profile,
                ..Traffic::poisson(15.0)
            },
            25_000.0,
        )
    }
}

#[track_caller]
fn check(plan: &Plan, expected: u64) {
    let text = serde_json::to_string(&outcome(plan)).expect("an outcome is JSON");
    let again = serde_json::to_string(&outcome(plan)).expect("an outcome is JSON");
    assert_eq!(text, again);
    let hash = fingerprint(&text);
    assert_eq!(
        hash,
        expected,
        "{hash:#018x}: {}",
        &text[..text.len().min(900)]
    );
}

#[test]
fn functions_are_reproduced_to_the_bit() {
    check(&all_of_functions(), 0x0b06_6064_a1eb_9fb2);
}

#[test]
fn fleets_are_reproduced_to_the_bit() {
    check(&all_of_fleets(), 0x266a_915b_0636_d5d4);
}

#[test]
fn managed_instances_are_reproduced_to_the_bit() {
    check(&managed(), 0xc892_d445_1f2c_b3df);
}

#[test]
fn a_plan_survives_its_json() {
    for plan in [all_of_functions(), all_of_fleets(), managed()] {
        let text = serde_json::to_string(&plan).expect("a plan is JSON");
        let back: Plan = serde_json::from_str(&text).expect("its own JSON");
        assert_eq!(back, plan);
    }
}

#[test]
fn replications_share_nothing_but_the_plan() {
    let plans = replications(&all_of_functions(), 3);
    let outcomes: Vec<_> = plans.iter().map(outcome).collect();
    assert_ne!(outcomes[0], outcomes[1]);
    assert_ne!(outcomes[1], outcomes[2]);
    assert_eq!(outcomes[0], outcome(&all_of_functions()));
    // Threads change nothing.
    let threaded: Vec<_> = std::thread::scope(|scope| {
        let running: Vec<_> = plans
            .iter()
            .map(|plan| scope.spawn(|| outcome(plan)))
            .collect();
        running
            .into_iter()
            .map(|run| run.join().expect("no panic"))
            .collect()
    });
    assert_eq!(outcomes, threaded);
}

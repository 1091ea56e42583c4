//! What changes the number of units: an autoscaler with its delays, a schedule, Spot, and managed
//! instances.
use model::simulation::{
    FleetRules, ManagedInstancesRules, Metric, Outcome, Plan, Rules, Scaling, Schedule, Spot,
    TargetTracking, Traffic, Variation,
};

use crate::common::{check, f, number, of_fleet, outcome, rows, week};

/// One unit does 10 requests a second; the step asks for 4 of them at the target.
fn tracking() -> TargetTracking {
    TargetTracking {
        target: 0.5,
        metric: Metric::Processors,
        metric_period_s: 60.0,
        metric_delay_s: 26.0,
        periods_out: 3,
        periods_in: 15,
        scale_out_cooldown_s: 0.0,
        scale_in_cooldown_s: 0.0,
        min: 1,
        max: 50,
    }
}

fn followed(rules: TargetTracking) -> FleetRules {
    FleetRules {
        start_delay_s: 35.0,
        health_check_s: 20.0,
        ..FleetRules::new(
            0.1,
            0.1,
            Variation::Constant,
            Scaling::TargetTracking(rules),
        )
    }
}

/// Traffic that steps up at a full hour, when a period of the metric begins.
fn step(rules: &FleetRules, before: f64, after: f64, hours_after: usize) -> Plan {
    let high = 1..=hours_after;
    let (profile, mean) = week(|hour| if high.contains(&hour) { after } else { before });
    let mut plan = of_fleet(rules, mean, 3600.0 * 4.0);
    plan.traffic.profile = profile;
    plan.traffic.process = model::simulation::Process::Even;
    plan
}

/// When the number of units that are paid for first reaches so many, in seconds.
fn reached(outcome: &Outcome, units: u32) -> f64 {
    let mut buckets = outcome.timeline.iter();
    let bucket = buckets.find(|bucket| bucket.alive_most >= units);
    bucket.expect("so many units").start_s
}

#[test]
fn an_autoscaler_reacts_after_the_sum_of_its_delays() {
    let rules = followed(tracking());
    let mut plan = step(&rules, 4.0, 9.0, 2);
    // Buckets of one second.
    plan.seconds = 3600.0;
    plan.warm_up_s = 0.0;
    let mut late = plan.clone();
    late.seconds = 3600.0 + 690.0;
    let ours = outcome(&late);
    // Three periods and the delay of the metric after the step, one more unit is launched.
    let launched = reached(&ours, 2);
    let bucket = ours.timeline[1].start_s;
    let expected = 3600.0 + 3.0 * 60.0 + 26.0;
    assert!(
        (launched - expected).abs() <= bucket,
        "{launched} {expected}"
    );
    // It serves when it has started and passed its health check: until then the queue grows.
    let serves = expected + 35.0 + 20.0;
    let busy = |from: f64| {
        let after = ours
            .timeline
            .iter()
            .find(|b| b.start_s >= from)
            .expect("a bucket");
        after.busy_mean
    };
    assert!(
        busy(serves - 2.0 * bucket) < 1.01,
        "{}",
        busy(serves - 2.0 * bucket)
    );
    assert!((busy(serves + 2.0 * bucket) - 0.9).abs() < 0.1);
}

#[test]
fn fast_metrics_launch_tasks_as_soon_as_their_maker_measured() {
    let row = rows(include_str!("../reference/simulation.json"));
    let row = row
        .iter()
        .find(|row| row["id"] == "ecs-react-20s")
        .expect("the benchmark");
    let trigger_s = number(&row["expected"], "trigger_s");
    let total_s = number(&row["expected"], "total_to_provisioned_s");
    let rule = TargetTracking {
        metric_period_s: 20.0,
        metric_delay_s: trigger_s - 60.0,
        ..tracking()
    };
    let rules = FleetRules {
        start_delay_s: total_s - trigger_s,
        health_check_s: 0.0,
        ..followed(rule)
    };
    let mut plan = step(&rules, 4.0, 9.0, 2);
    plan.seconds = 4200.0;
    let ours = outcome(&plan);
    let launched = reached(&ours, 2) - 3600.0;
    assert!(
        (launched - trigger_s).abs() <= ours.timeline[1].start_s,
        "{launched}"
    );
}

#[test]
fn a_fleet_follows_its_load_up_and_down_again() {
    let rules = FleetRules {
        timeout_s: 3600.0,
        ..followed(tracking())
    };
    let ours = outcome(&step(&rules, 4.0, 30.0, 1));
    // 4 of 10 a second at 50 % ask for one unit, 30 a second for six.
    assert!(ours.instances.most >= 6, "{:?}", ours.instances);
    let last = ours.timeline.last().expect("buckets");
    assert_eq!(last.alive_most, 1, "{last:?}");
    assert_eq!(ours.usage.interruptions, 0);
    assert!(ours.failed == 0 && ours.usage.launches >= 5);
}

#[test]
fn drained_tasks_finish_their_work_and_are_billed_to_the_end() {
    // A request holds its task for ten minutes; the schedule takes the task away meanwhile.
    let mut units = vec![1; 168];
    units[0] = 3;
    let scaling = Scaling::Schedule(Schedule { units, standing: 0 });
    let rules = FleetRules::new(0.01, 600.0, Variation::Constant, scaling);
    let mut plan = of_fleet(&rules, 0.01, 7200.0);
    plan.traffic.process = model::simulation::Process::Even;
    let ours = outcome(&plan);
    assert_eq!((ours.failed, ours.completed), (0, 72));
    // The last requests of the first hour came 50 s to 250 s before its end, one to each task.
    let extra: f64 = [550.0, 450.0, 350.0].iter().sum::<f64>() - 350.0;
    let units_s = 3.0 * 3600.0 + 3600.0 + extra;
    assert!(
        (ours.usage.unit_seconds - units_s).abs() <= 200.0,
        "{}",
        ours.usage.unit_seconds
    );
}

#[test]
fn a_schedule_has_its_units_in_service_when_their_hour_begins() {
    let units: Vec<u32> = (0..168).map(|hour| 1 + hour % 3).collect();
    let scaling = Scaling::Schedule(Schedule { units, standing: 2 });
    let rules = FleetRules {
        start_delay_s: 240.0,
        health_check_s: 60.0,
        ..FleetRules::new(0.1, 0.1, Variation::Constant, scaling)
    };
    let ours = outcome(&of_fleet(&rules, 1.0, 24.0 * 3600.0));
    // 3, 4, 5 units; the lead of 300 s before each of the two rises is paid for.
    let expected = 8.0 * (3.0 + 4.0 + 5.0) * 3600.0;
    let lead = 8.0 * 2.0 * 300.0 - 8.0 * 2.0 * 300.0;
    let paid = ours.usage.unit_seconds;
    assert!((paid - expected - lead).abs() < 20.0, "{paid} {expected}");
    assert_eq!((ours.instances.least, ours.instances.most), (3, 5));
}

#[test]
fn a_short_life_is_billed_for_the_minimum() {
    let spot = |minimum_billed_s| FleetRules {
        minimum_billed_s,
        spot: Some(Spot {
            interruptions_per_hour: 60.0,
            notice_s: 0.0,
            replacement_delay_s: 0.0,
        }),
        ..FleetRules::new(0.01, 0.01, Variation::Constant, Scaling::Fixed { units: 1 })
    };
    let billed = |rules: FleetRules| {
        let ours = outcome(&of_fleet(&rules, 1.0, 360_000.0));
        ours.usage.unit_seconds / f(ours.usage.launches)
    };
    // Lives are exponential with a mean of a minute: E max(X, 60) = 60 (1 + 1/e).
    check("life", "billed s", billed(spot(0.0)), 60.0, 0.03);
    let longer = 60.0 * (1.0 + model::math::exp(-1.0));
    check("life", "billed s", billed(spot(60.0)), longer, 0.03);
}

#[test]
fn spot_takes_units_and_others_replace_them() {
    let rules = FleetRules {
        start_delay_s: 60.0,
        spot: Some(Spot {
            interruptions_per_hour: 0.5,
            notice_s: 120.0,
            replacement_delay_s: 30.0,
        }),
        ..FleetRules::new(
            0.1,
            200.0,
            Variation::Constant,
            Scaling::Fixed { units: 10 },
        )
    };
    let ours = outcome(&of_fleet(&rules, 1.0, 500.0 * 3600.0));
    let rate = f(ours.usage.interruptions) / 500.0;
    assert!((4.7..5.1).contains(&rate), "{rate} interruptions an hour");
    assert!(ours.usage.launches >= ours.usage.interruptions);
    assert_eq!(ours.completed + ours.failed, ours.requests);
    // Of 20 requests a unit works on, those of its last 80 s before the notice are lost: 0.1 x 80.
    let lost = f(ours.failed) / f(ours.usage.interruptions);
    assert!((lost - 8.0).abs() < 1.0, "{lost} lost per interruption");
}

#[test]
fn managed_instances_take_a_doubling_and_throttle_more() {
    let rules = ManagedInstancesRules {
        environments_per_instance: 1,
        vcpus_per_environment: 2,
        requests_per_environment: 5,
        cpu_s: 0.05,
        wall_s: 0.1,
        variation: Variation::Exponential,
        growth: 2.0,
        within_s: 300.0,
        min: 3,
        max: 1000,
        front_door: None,
    };
    let throttled = |factor: f64| {
        let (profile, mean) = week(|hour| if hour == 1 { factor } else { 1.0 });
        let plan = Plan {
            seed: 5,
            warm_up_s: 900.0,
            traffic: Traffic {
                profile,
                ..Traffic::poisson(200.0 * mean)
            },
            ..Plan::new(
                Rules::ManagedInstances(rules),
                Traffic::poisson(1.0),
                5400.0,
            )
        };
        let ours = outcome(&plan);
        assert!(ours.instances.least >= 3);
        assert_eq!(ours.requests, ours.completed + ours.throttled + ours.failed);
        f(ours.throttled) / f(ours.requests)
    };
    // At the very double the processors are full, and chance fills the places now and then.
    let doubling = throttled(1.6);
    assert!(doubling < 1e-3, "{doubling}");
    let doubling = throttled(1.9);
    assert!(doubling < 0.02, "{doubling}");
    let more = throttled(6.0);
    // Four of six are refused for some five minutes of the hour.
    assert!((0.01..0.2).contains(&more), "{more}");
}

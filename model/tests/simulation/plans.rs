//! Plans that cannot be run, plans at the edge, and runs that someone ends.
use std::ops::ControlFlow;

use model::simulation::{
    FunctionRules, KeepAlive, Outcome, Plan, Process, Progress, Provisioned, Refused, Rules,
    Scaling, Schedule, Series, Span, Step, Stopped, Traffic, Variation, run,
};

use crate::common::{exponential, fleet, functions, kept, outcome};
use crate::golden::{all_of_fleets, all_of_functions, managed};

fn simple() -> Plan {
    functions(kept(exponential(0.1), 300.0), 1.0, 3600.0)
}

/// The paths of what is wrong with a plan.
fn wrong(mut plan: Plan, change: impl FnOnce(&mut Plan)) -> Vec<String> {
    change(&mut plan);
    match run(&plan, &mut |_| ControlFlow::Continue(())) {
        Err(Stopped::Invalid(errors)) => errors.into_iter().map(|error| error.path).collect(),
        other => panic!("{other:?}"),
    }
}

fn of_functions(plan: &mut Plan) -> &mut FunctionRules {
    match &mut plan.rules {
        Rules::Functions(rules) => rules,
        other => panic!("{other:?}"),
    }
}

#[test]
fn every_bad_value_is_named_by_its_path() {
    let bad = [f64::NAN, f64::INFINITY, -1.0];
    for value in bad {
        assert_eq!(wrong(simple(), |p| p.seconds = value), ["seconds"]);
        assert_eq!(wrong(simple(), |p| p.warm_up_s = value), ["warm_up_s"]);
        let rate = wrong(simple(), |p| p.traffic.rate_per_s = value);
        assert_eq!(rate, ["traffic.rate_per_s"]);
        let mean = wrong(simple(), |p| of_functions(p).service.mean_s = value);
        assert_eq!(mean[0], "rules.functions.service.mean_s");
        let kept = |p: &mut Plan| of_functions(p).keep_alive = KeepAlive::Fixed { s: value };
        assert_eq!(
            wrong(simple(), kept),
            ["rules.functions.keep_alive.fixed.s"]
        );
        let sigma = wrong(simple(), |p| {
            of_functions(p).service.variation = Variation::LogNormal { sigma: value };
        });
        assert_eq!(
            sigma,
            ["rules.functions.service.variation.log_normal.sigma"]
        );
    }
    let pool = wrong(simple(), |p| {
        let rules = of_functions(p);
        rules.account_concurrency = Some(5);
        rules.provisioned = Some(Provisioned {
            environments: 6,
            requests_per_s: None,
            by_hour: Vec::new(),
        });
    });
    assert_eq!(pool, ["rules.functions.provisioned.environments"]);
    let places = wrong(simple(), |p| of_functions(p).requests_per_environment = 0);
    assert_eq!(places, ["rules.functions.requests_per_environment"]);
    let retry = wrong(simple(), |p| {
        of_functions(p).refused = Refused::Retry {
            after_s: 0.5,
            give_up_s: 1.0,
        };
    });
    assert_eq!(retry, ["rules.functions.refused.retry.after_s"]);
}

#[test]
fn bad_fleets_and_series_are_named_by_their_path() {
    let (rules, plan) = fleet(2, exponential(0.1), 1.0, 3600.0);
    let with = |scaling| {
        let rules = model::simulation::FleetRules {
            scaling,
            ..rules.clone()
        };
        wrong(plan.clone(), |p| p.rules = Rules::Fleet(rules))
    };
    assert_eq!(
        with(Scaling::Fixed { units: 0 }),
        ["rules.fleet.scaling.fixed.units"]
    );
    let schedule = Schedule {
        units: vec![1; 24],
        standing: 0,
    };
    assert_eq!(
        with(Scaling::Schedule(schedule)),
        ["rules.fleet.scaling.schedule.units"]
    );
    let mut slow = rules.clone();
    slow.cpu_s = 2.0 * slow.wall_s;
    let cpu = wrong(plan.clone(), |p| p.rules = Rules::Fleet(slow));
    assert_eq!(cpu, ["rules.fleet.cpu_s"]);
    let series = wrong(plan, |p| {
        p.traffic.process = Process::Series(Series::new(1.0, vec![1, 2_000_000_000]));
    });
    assert_eq!(series, ["traffic.process.series.counts[1]"]);
}

#[test]
fn a_plan_that_is_too_large_is_not_begun() {
    let mut plan = simple();
    plan.traffic.rate_per_s = 1e12 / (730.0 * 3600.0);
    plan.seconds = 730.0 * 3600.0;
    match run(&plan, &mut |_| panic!("it began")) {
        Err(Stopped::TooLarge { requests, limit }) => {
            assert!((requests / 1e12 - 1.0).abs() < 1e-9 && limit < requests);
        }
        other => panic!("{other:?}"),
    }
}

#[test]
fn the_observer_sees_every_hour_and_may_end_the_run() {
    let mut seen: Vec<Progress> = Vec::new();
    let quiet = functions(kept(exponential(0.1), 300.0), 1e-4, 86_400.0);
    let ended = run(&quiet, &mut |progress| {
        seen.push(progress);
        ControlFlow::Continue(())
    });
    assert!(ended.is_ok() && seen.len() >= 24, "{} reports", seen.len());
    assert!(seen.windows(2).all(|pair| pair[0].share < pair[1].share));
    assert!(
        seen.last()
            .is_some_and(|last| (last.share - 1.0).abs() < 1e-12)
    );
    let mut reports = 0;
    let busy = functions(kept(exponential(0.001), 300.0), 1e5, 60.0);
    let ended = run(&busy, &mut |progress| {
        reports += 1;
        assert!(progress.requests <= reports * 65_536);
        if reports == 10 {
            ControlFlow::Break(())
        } else {
            ControlFlow::Continue(())
        }
    });
    assert_eq!((ended, reports), (Err(Stopped::Cancelled), 10));
}

/// Finite numbers throughout, and no request lost.
fn sound(outcome: &Outcome) {
    let text = serde_json::to_string(outcome).expect("JSON");
    let whole = !text.contains("null") || outcome.completed == 0 || outcome.cold_starts == 0;
    assert!(whole, "not finite: {text}");
    assert_eq!(
        outcome.requests,
        outcome.completed + outcome.throttled + outcome.failed
    );
}

#[test]
fn no_traffic_at_all_is_an_outcome() {
    for mut plan in [simple(), all_of_functions(), all_of_fleets(), managed()] {
        plan.traffic = Traffic::poisson(0.0);
        let outcome = outcome(&plan);
        sound(&outcome);
        assert_eq!((outcome.requests, outcome.usage.billed_ms), (0, 0));
        assert!(outcome.latency.is_none() && outcome.usage.busy_seconds <= 0.0);
        if !matches!(plan.rules, Rules::Functions(_)) {
            assert!(outcome.usage.unit_seconds >= outcome.seconds);
        }
    }
}

#[test]
fn one_request_is_cold_and_nothing_else() {
    let mut plan = simple();
    plan.traffic.process = Process::Series(Series::new(3600.0, vec![1]));
    let outcome = outcome(&plan);
    sound(&outcome);
    assert_eq!((outcome.requests, outcome.cold_starts), (1, 1));
    assert_eq!((outcome.instances.least, outcome.instances.most), (0, 1));
    assert!(outcome.usage.environment_seconds > 300.0);
}

#[test]
fn a_table_of_counts_is_replayed_over_and_over() {
    let table = "time;requests\r\n2026-11-02T00:00:00Z;120\r\n2026-11-02T00:01:00Z;0\r\n";
    let series = Series::parse(table, Step::Second).expect("a table");
    assert!((series.step_s() - 60.0).abs() < 1e-9);
    let mut plan = simple();
    plan.traffic.process = Process::Series(series);
    plan.seconds = 600.0;
    plan.warm_up_s = 240.0;
    let outcome = outcome(&plan);
    sound(&outcome);
    assert_eq!(outcome.requests, 5 * 120);
    let in_quiet_minutes = outcome
        .timeline
        .iter()
        .filter(|b| b.start_s % 120.0 >= 60.0);
    assert_eq!(
        in_quiet_minutes.map(|bucket| bucket.requests).sum::<u64>(),
        0
    );
}

#[test]
fn hours_without_requests_stay_empty() {
    let mut plan = simple();
    plan.traffic.profile = vec![0.0; 168];
    plan.traffic.profile[1] = 168.0;
    plan.seconds = 3.0 * 3600.0;
    let outcome = outcome(&plan);
    sound(&outcome);
    let requests = |hours: std::ops::Range<f64>| {
        let buckets = outcome.timeline.iter();
        let inside = buckets.filter(|b| hours.contains(&(b.start_s / 3600.0)));
        inside.map(|bucket| bucket.requests).sum::<u64>()
    };
    assert_eq!((requests(0.0..1.0), requests(2.0..3.0)), (0, 0));
    assert!(requests(1.0..2.0) > 100_000);
}

#[test]
fn extreme_times_stay_finite() {
    for service in [
        Span::constant(1e7),
        Span::new(1e7, Variation::LogNormal { sigma: 6.0 }),
        Span::constant(0.0),
        Span::new(1e-9, Variation::Exponential),
    ] {
        let plan = functions(kept(service, 0.0), 0.5, 3600.0);
        sound(&outcome(&plan));
        let (mut rules, _) = fleet(3, service, 1.0, 1.0);
        rules.scaling = match all_of_fleets().rules {
            Rules::Fleet(all) => all.scaling,
            other => panic!("{other:?}"),
        };
        rules.concurrency_cap = Some(2);
        rules.timeout_s = 30.0;
        let plan = crate::common::of_fleet(&rules, 0.5, 7200.0);
        sound(&outcome(&plan));
    }
}

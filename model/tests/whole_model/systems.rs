//! What components share: links, environments, discounts.

use crate::common::{evaluate, option, system};
use model::{Parts, System};
use serde_json::json;

/// Two components, the first of which calls the second.
fn linked(calls: f64) -> serde_json::Value {
    json!({
        "version": 1, "region": "us-east-1",
        "components": [
            { "name": "web", "traffic": { "requests_per_month": 1_000_000 }, "work": { "duration_ms": 50 } },
            { "name": "thumbnails", "kind": "event", "traffic": { "requests_per_month": 0 }, "work": { "duration_ms": 120 } }
        ],
        "links": [{ "from": "web", "to": "thumbnails", "calls_per_request": calls }]
    })
}

#[test]
fn links_bring_the_called_component_its_requests() {
    let evaluation = evaluate(
        &System::from_value(linked(0.2)).expect("a valid system"),
        &Parts::ALL,
    );
    let lambda = option(&evaluation.components[1], "aws-lambda");
    let requests = lambda.bill.as_ref().expect("a bill").lines.iter();
    let requests: f64 = requests
        .filter(|line| line.name == "Requests")
        .map(|line| line.quantity)
        .sum();
    assert!((requests - 200_000.0).abs() < 1e-6, "{requests}");
}

#[test]
fn links_that_close_a_circle_are_refused() {
    let mut value = linked(0.2);
    value["links"]
        .as_array_mut()
        .expect("links")
        .push(json!({ "from": "thumbnails", "to": "web", "calls_per_request": 1 }));
    let error = System::from_value(value).expect_err("a circle");
    assert_eq!(error.errors[0].path, "links[1]");
}

#[test]
fn links_that_bring_more_than_the_model_takes_are_refused() {
    let mut value = linked(1e6);
    value["components"][0]["traffic"]["requests_per_month"] = json!(1e9);
    let error = System::from_value(value).expect_err("too many requests");
    assert_eq!(
        error.errors[0].path,
        "components[1].traffic.requests_per_month"
    );
}

#[test]
fn an_own_discount_comes_off_every_line() {
    let plain = evaluate(&system(|_| {}), &Parts::ALL);
    let reduced = evaluate(
        &system(|value| value["purchase"] = json!({ "discount_pct": 12 })),
        &Parts::ALL,
    );
    for (plain, reduced) in plain.components[0]
        .options
        .iter()
        .zip(&reduced.components[0].options)
    {
        let (Some(plain), Some(reduced)) = (&plain.bill, &reduced.bill) else {
            continue;
        };
        assert!((plain.monthly_usd * 0.88 - reduced.monthly_usd).abs() < 1e-9 * plain.monthly_usd);
        assert_eq!(
            reduced.lines.last().map(|line| line.group.name()),
            Some("commitment")
        );
    }
}

#[test]
fn another_environment_costs_its_hours_at_its_scale() {
    let change = |value: &mut serde_json::Value| {
        value["components"][0]["kind"] = json!("event");
        value["components"][0]["pin"] =
            json!({ "lambda_memory_mb": 512, "architecture": "x86_64" });
    };
    let alone = evaluate(&system(change), &Parts::ALL);
    let both = evaluate(
        &system(|value| {
            change(value);
            value["operations"] = json!({ "environments": [
                { "name": "production", "hours_per_week": 168, "scale": 1 },
                { "name": "test", "hours_per_week": 42, "scale": 0.5 }
            ] });
        }),
        &Parts::ALL,
    );
    let of = |evaluation: &model::Evaluation, group: &str| -> f64 {
        let option = option(&evaluation.components[0], "aws-lambda");
        let lines = option.bill.as_ref().expect("a bill").lines.iter();
        lines
            .filter(|line| line.group.name() == group && !line.name.contains("Initialization"))
            .map(|line| line.amount_usd)
            .sum()
    };
    let duration = of(&alone, "compute") + of(&alone, "requests") + of(&alone, "logs");
    let test = of(&both, "environments");
    assert!(
        (test - duration * 0.5 * 0.25).abs() < 1e-9,
        "{test} {duration}"
    );
}

/// Three steady APIs that are cheap in containers, behind one balancer.
fn three_apis() -> System {
    let api = |name: &str| {
        json!({
            "name": name, "kind": "http_api",
            "traffic": { "requests_per_month": 60_000_000, "shape": "steady" },
            "work": { "duration_ms": 100, "cpu_ms": 10 }
        })
    };
    System::from_value(json!({
        "version": 1, "region": "us-east-1", "components": [api("a"), api("b"), api("c")]
    }))
    .expect("a valid system")
}

#[test]
fn components_in_containers_pay_for_one_load_balancer() {
    let evaluation = evaluate(&three_apis(), &Parts::ALL);
    let plan = evaluation
        .totals
        .iter()
        .find(|plan| plan.plan == "all_containers")
        .expect("a plan");
    let mut alone = 0.0;
    let mut shared: Vec<f64> = Vec::new();
    for (component, platform) in evaluation.components.iter().zip(&plan.platforms) {
        let bill = option(component, platform).bill.as_ref().expect("a bill");
        alone += bill.monthly_usd;
        let lines = bill.lines.iter();
        let once = lines.filter(|line| {
            line.name == "Load balancer hours" || line.name == "Public IPv4 of the load balancer"
        });
        shared.push(once.map(|line| line.amount_usd).sum());
    }
    assert!(shared.iter().all(|usd| *usd > 0.0), "{shared:?}");
    let saved = shared.iter().sum::<f64>() - shared[0];
    let total = plan.monthly_usd.expect("a cost");
    assert!((total - (alone - saved)).abs() < 1e-9 * alone);
    assert!((plan.saved_by_sharing_usd - saved).abs() < 1e-9 * alone);
}

#[test]
fn the_plan_of_all_platforms_is_no_dearer_than_a_pure_one() {
    for example in model::example::all() {
        let evaluation = evaluate(&example.system, &"hybrid".parse().expect("a part"));
        let cost = |name: &str| {
            let mut plans = evaluation.totals.iter();
            plans
                .find(|plan| plan.plan == name)
                .and_then(|plan| plan.monthly_usd)
        };
        let hybrid = cost("hybrid").expect("a plan");
        let in_time = |platforms: &[String]| {
            let pairs = evaluation.components.iter().zip(platforms);
            pairs
                .map(|(component, platform)| option(component, platform))
                .all(|option| option.meets_target)
        };
        for plan in &evaluation.totals {
            if let Some(usd) = plan.monthly_usd.filter(|_| in_time(&plan.platforms)) {
                // Of two nearly equal bills of a family a component takes the lighter to operate.
                let band = model::rules::Rules::embedded().same_family_band;
                assert!(
                    hybrid <= usd * (1.0 + band),
                    "{}: {hybrid} {usd}",
                    example.slug
                );
            }
        }
    }
}

#[test]
fn growth_names_the_month_in_which_another_platform_takes_over() {
    let growing = |change: &dyn Fn(&mut serde_json::Value)| {
        let system = system(|value| {
            value["components"][0]["kind"] = json!("http_api");
            value["components"][0]["traffic"] = json!({
                "requests_per_month": 10_000_000, "shape": "steady", "growth_per_month_pct": 25
            });
            value["horizon_months"] = json!(24);
            change(value);
        });
        evaluate(&system, &"growth".parse().expect("a part"))
    };
    let free = growing(&|_| {});
    let switch = free.switch.as_ref().expect("a switch");
    let winner = |month: u32| {
        let mut months = free.growth.iter();
        months
            .find(|entry| entry.month == month)
            .and_then(|entry| entry.winner.clone())
    };
    assert_eq!(winner(switch.month), Some(switch.to.clone()));
    assert_ne!(winner(switch.month - 1), Some(switch.to.clone()));
    assert!(switch.saved_usd > 0.0 && switch.pays_back_months == Some(0));

    let dear = growing(&|value| value["migration_usd"] = json!(1e9));
    let switch = dear.switch.expect("a switch");
    assert!(switch.saved_usd < 0.0 && switch.pays_back_months.is_none());

    let committed =
        growing(&|value| value["purchase"] = json!({ "commitment": "savings_plan_1y" }));
    if let Some(switch) = committed.switch {
        assert!(switch.month >= 12 && switch.commitment_ends == Some(12));
    }
}

#[test]
fn probabilities_of_all_platforms_sum_to_one() {
    let evaluation = evaluate(&system(|_| {}), &"confidence".parse().expect("a part"));
    let options = evaluation.components[0].options.iter();
    let sum: f64 = options
        .filter_map(|option| option.probability_cheapest)
        .sum();
    assert!((sum - 1.0).abs() < 1e-9, "{sum}");
}

#[test]
fn a_stated_range_of_the_target_moves_the_odds() {
    let at = |target: serde_json::Value| {
        let system = system(|value| {
            value["components"][0]["kind"] = json!("http_api");
            value["components"][0]["runtime"] =
                json!({ "language": "java", "framework": "spring" });
            value["components"][0]["traffic"]["requests_per_month"] = json!(100_000);
            value["components"][0]["latency"] = json!({ "percentile": "p99", "target_ms": target });
        });
        let evaluation = evaluate(&system, &"confidence".parse().expect("a part"));
        let options = evaluation.components[0].options.iter();
        let mut odds: Vec<_> = options
            .map(|option| (option.platform.clone(), option.probability_cheapest))
            .collect();
        odds.sort_by(|left, right| left.0.cmp(&right.0));
        odds
    };
    assert_ne!(
        at(json!(700)),
        at(json!({ "low": 100, "typical": 700, "high": 7_000 }))
    );
}

#[test]
fn break_evens_over_another_input_are_where_the_totals_agree() {
    let api = system(|value| {
        value["components"][0]["kind"] = json!("http_api");
        value["components"][0]["traffic"]["requests_per_month"] = json!(30_000_000);
    });
    let book = model::PriceBook::embedded();
    let over = model::over_input(&api, 0, "work.duration_ms", book).expect("a known input");
    let flip = over
        .break_even
        .iter()
        .find(|flip| flip.between == ["aws-fargate", "aws-lambda"])
        .expect("a flip");
    let costs = |duration: f64| {
        let mut moved = api.clone();
        moved.components[0].work.duration_ms = Some(duration.into());
        let (workload, _) = model::workload::Workload::typical(&moved, 0);
        let quotes = model::quotes(&workload, book);
        let cost = |id: &str| {
            let mut quotes = quotes.iter();
            quotes
                .find(|quote| quote.platform == id)
                .and_then(|quote| quote.usd)
                .expect("a cost")
        };
        cost("aws-fargate") < cost("aws-lambda")
    };
    assert_ne!(costs(flip.at * 0.999), costs(flip.at * 1.001));
    assert!(model::over_input(&api, 0, "work.nothing", book).is_err());
    assert!(model::over_input(&api, 7, "work.cpu_ms", book).is_err());
}

#[test]
fn one_component_may_stand_on_a_base_with_functions_for_the_bursts() {
    let system = system(|value| {
        let component = &mut value["components"][0];
        component["kind"] = json!("http_api");
        component["traffic"] = json!({
            "requests_per_month": 80_000_000, "shape": "spiky", "peak_to_mean": 20
        });
        component["work"] = json!({ "duration_ms": 60, "cpu_ms": 20 });
    });
    let evaluation = evaluate(&system, &"hybrid".parse().expect("a part"));
    let split = evaluation.components[0]
        .base_and_burst
        .as_ref()
        .expect("a split");
    let (first, last) = (
        split.splits.first().expect("none"),
        split.splits.last().expect("all"),
    );
    assert!(first.base_units.abs() < 1e-9 && (first.burst_share - 1.0).abs() < 1e-9);
    assert!(last.burst_share.abs() < 1e-9);
    let in_time = split.splits.iter().filter(|other| other.meets_target);
    let cheapest = in_time
        .map(|other| other.monthly_usd)
        .fold(f64::INFINITY, f64::min);
    assert!((split.best.monthly_usd - cheapest).abs() < 1e-9);
    assert_eq!(split.mechanism, "weighted_target_group");
    let shares: Vec<f64> = split.splits.iter().map(|split| split.burst_share).collect();
    assert!(
        shares.windows(2).all(|pair| pair[0] >= pair[1]),
        "a larger base leaves less: {shares:?}"
    );
}

/// A component with everything on its bill.
fn rich(exclude: &str) -> System {
    System::from_value(json!({
        "version": 1, "region": "us-east-1",
        "components": [{
            "name": "all", "kind": "http_api",
            "traffic": { "requests_per_month": 50_000_000, "shape": "daily_wave" },
            "work": { "duration_ms": 100, "cpu_ms": 20, "logs_kb": 2, "egress_kb": 20, "local_disk_mb": 2000 },
            "runtime": { "language": "java", "image": false, "package_mb": 40 },
            "network": { "private": true, "outbound_gb": 10 },
            "state": { "key_value_reads": 1, "queue_messages": 0.1, "events": 0.1, "object_reads": 0.1,
                       "storage_gb": 50, "cache_gb": 1, "relational_connections": 50, "workflow_steps": 0.01 }
        }],
        "purchase": { "commitment": "savings_plan_1y", "free_tier": true, "discount_pct": 5, "spot": true },
        "operations": { "environments": [
            { "name": "production", "hours_per_week": 168, "scale": 1 },
            { "name": "test", "hours_per_week": 50, "scale": 0.1 }
        ] },
        "exclude": if exclude.is_empty() { json!([]) } else { json!([exclude]) }
    }))
    .expect("a valid system")
}

#[test]
fn every_group_of_the_bill_can_be_left_out() {
    let groups = |system: &System| {
        let evaluation = evaluate(system, &"bill".parse().expect("a part"));
        let options = evaluation.components[0].options.clone();
        let bills = options.into_iter().filter_map(|option| option.bill);
        let lines = bills.flat_map(|bill| bill.lines);
        lines
            .map(|line| line.group)
            .collect::<std::collections::BTreeSet<_>>()
    };
    let all = groups(&rich(""));
    for group in model::bill::Group::ALL {
        assert!(all.contains(&group), "{group} is on no bill");
        assert!(
            !groups(&rich(group.name())).contains(&group),
            "{group} is left out and there"
        );
    }
}

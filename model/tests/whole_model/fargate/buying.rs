//! Commitments, Spot, pods, bursts, jobs, and a constant base.

use super::{close, priced, quantity, usd, with_latency};
use crate::common::lines_usd;
use model::platform::commitment_note;
use model::system::Commitment;
use serde_json::{Value, json};

const FARGATE: [&str; 3] = ["aws-eks-fargate", "aws-fargate", "aws-fargate-spot"];

/// A busy API whose days are ten times its nights.
fn wavy(value: &mut Value) {
    let component = &mut value["components"][0];
    component["traffic"] =
        json!({ "requests_per_month": 200_000_000, "shape": "daily_wave", "peak_to_mean": 3 });
    component["work"]["cpu_ms"] = json!(40);
    component["pin"] = json!({ "task_vcpu": 1, "task_memory_gb": 2, "architecture": "arm64" });
}

fn committed(commitment: &str) -> impl Fn(&mut Value) {
    move |value| {
        wavy(value);
        value["purchase"] = json!({ "commitment": commitment });
    }
}

#[test]
fn a_savings_plan_covers_the_base_and_leaves_the_peaks() {
    let plain = priced("aws-fargate", wavy);
    let reduced = priced("aws-fargate", committed("savings_plan_1y"));
    assert!(usd(&reduced) < usd(&plain));
    let configuration = &reduced.configuration;
    let base = configuration.count_committed.expect("a committed base");
    let (least, most) = (configuration.count_min, configuration.count_max);
    assert!(base >= least.expect("a minimum") && base < most.expect("a maximum"));
    close(quantity(&reduced, "Savings plan, task vCPU"), base * 730.0);
    close(
        quantity(&reduced, "Savings plan, task memory"),
        base * 2.0 * 730.0,
    );
    // What is committed and not used is paid as well.
    let bought = quantity(&reduced, "Task vCPU") + base * 730.0;
    assert!(bought >= quantity(&plain, "Task vCPU"));
    close(
        quantity(&reduced, "Public IPv4 of the tasks"),
        quantity(&plain, "Public IPv4 of the tasks"),
    );
    assert!(plain.configuration.count_committed.is_none());
}

#[test]
fn three_years_commit_more_than_one() {
    let base = |commitment| {
        let option = priced("aws-fargate", committed(commitment));
        option.configuration.count_committed.expect("a base")
    };
    assert!(base("savings_plan_3y") > base("savings_plan_1y"));
}

#[test]
fn a_region_without_a_savings_plan_names_it_and_stays_on_demand() {
    let there = |value: &mut Value| value["region"] = json!("eu-west-1");
    let plain = priced("aws-fargate", |value| {
        wavy(value);
        there(value);
    });
    let reduced = priced("aws-fargate", |value| {
        committed("savings_plan_1y")(value);
        there(value);
    });
    close(usd(&reduced), usd(&plain));
    let mut missing = reduced.missing_prices.iter();
    assert!(
        missing.any(
            |price| price.price_id == "aws-fargate/savings-plan-1y/discount" && price.left_out
        )
    );
}

#[test]
fn reservations_do_nothing_for_fargate_and_a_note_says_so() {
    let reserved = priced("aws-fargate", committed("reserved_3y"));
    close(usd(&reserved), usd(&priced("aws-fargate", wavy)));
    assert!(commitment_note(Commitment::Reserved3y).is_some());
    assert!(commitment_note(Commitment::SavingsPlan3y).is_none());
}

#[test]
fn an_excluded_commitment_and_an_own_rate_are_heeded() {
    let plain = usd(&priced("aws-fargate", wavy));
    let excluded = priced("aws-fargate", |value| {
        committed("savings_plan_1y")(value);
        value["exclude"] = json!(["commitment"]);
    });
    close(usd(&excluded), plain);
    let free = priced("aws-fargate", |value| {
        committed("savings_plan_1y")(value);
        value["rates"] = json!({
            "aws-fargate/vcpu-savings-plan-1y/arm64": 0,
            "aws-fargate/memory-savings-plan-1y/arm64": 0
        });
    });
    close(quantity(&free, "Task vCPU"), 0.0);
    close(lines_usd(&free, &["Savings plan"]), 0.0);
}

fn spot(value: &mut Value) {
    value["purchase"] = json!({ "spot": true });
}

#[test]
fn spot_is_a_choice_only_where_interruptions_are_accepted() {
    let refused = priced("aws-fargate-spot", wavy);
    assert!(!refused.fit.ok && refused.bill.is_some());
    let row = refused.fit.limits.iter().find(|limit| !limit.ok);
    let row = row.expect("a broken condition");
    assert_eq!(row.limit, "Interruptions are accepted (purchase.spot)");
    assert!(row.source.starts_with("https://docs.aws.amazon.com/"));
    let accepted = priced("aws-fargate-spot", |value| {
        wavy(value);
        spot(value);
    });
    assert!(accepted.fit.ok);
    assert!(usd(&accepted) < usd(&priced("aws-fargate", wavy)));
}

#[test]
fn the_zone_minimum_stays_on_demand_while_somebody_waits() {
    let api = priced("aws-fargate-spot", wavy);
    close(quantity(&api, "Task vCPU"), 2.0 * 730.0);
    assert!(quantity(&api, "Spot task vCPU") > 0.0);
    let worker = priced("aws-fargate-spot", |value| {
        wavy(value);
        value["components"][0]["kind"] = json!("queue_worker");
    });
    close(quantity(&worker, "Task vCPU"), 0.0);
    assert!(quantity(&worker, "Spot task vCPU") > 0.0);
}

#[test]
fn a_savings_plan_covers_no_spot_task() {
    let plan = priced("aws-fargate-spot", committed("savings_plan_3y"));
    close(plan.configuration.count_committed.expect("a base"), 2.0);
    close(quantity(&plan, "Task vCPU"), 0.0);
}

#[test]
fn spot_without_a_price_names_it_and_an_own_rate_fills_the_gap() {
    let there = |value: &mut Value| {
        wavy(value);
        value["region"] = json!("ap-northeast-1");
    };
    let option = priced("aws-fargate-spot", there);
    assert!(option.bill.is_none());
    let ids = option.missing_prices.iter().filter(|price| !price.left_out);
    let ids: Vec<&str> = ids.map(|price| price.price_id.as_str()).collect();
    assert_eq!(
        ids,
        [
            "aws-fargate/vcpu-spot/arm64",
            "aws-fargate/memory-spot/arm64"
        ]
    );
    let option = priced("aws-fargate-spot", |value| {
        there(value);
        value["rates"] = json!({
            "aws-fargate/vcpu-spot/arm64": 0.01, "aws-fargate/memory-spot/arm64": 0.001
        });
    });
    close(
        lines_usd(&option, &["Spot task vCPU"]),
        quantity(&option, "Spot task vCPU") * 0.01,
    );
}

#[test]
fn pods_are_tasks_in_a_private_network_with_a_cluster() {
    let private = |value: &mut Value| {
        wavy(value);
        value["components"][0]["network"] = json!({ "private": true });
    };
    let tasks = priced("aws-fargate", private);
    let pods = priced("aws-eks-fargate", wavy);
    let cluster = lines_usd(&pods, &["Cluster"]);
    close(usd(&pods) - cluster, usd(&tasks));
    close(quantity(&pods, "Cluster control plane"), 730.0);
    close(lines_usd(&pods, &["Cluster control plane"]), 73.0);
    close(quantity(&pods, "Cluster DNS vCPU"), 2.0 * 0.25 * 730.0);
    close(quantity(&pods, "Public IPv4 of the tasks"), 0.0);
}

#[test]
fn a_pod_holds_256_mb_more_than_its_containers() {
    let sized = |process_mb: f64| {
        move |value: &mut Value| {
            value["components"][0]["work"] = json!({
                "duration_ms": 100, "cpu_ms": 5,
                "process_memory_mb": process_mb, "request_memory_mb": 16
            });
            value["components"][0]["latency"] = json!({ "target_ms": 10_000 });
        }
    };
    let memory = |platform, process_mb| {
        let option = priced(platform, sized(process_mb));
        option.configuration.task_memory_gb.expect("a task")
    };
    // 512 MB less 256 leave no room for 240 and 64 MB of requests at work.
    close(memory("aws-fargate", 200.0), 0.5);
    close(memory("aws-eks-fargate", 200.0), 0.5);
    close(memory("aws-fargate", 250.0), 0.5);
    close(memory("aws-eks-fargate", 250.0), 1.0);
}

#[test]
fn a_job_in_a_cluster_is_billed_like_a_task() {
    let nightly = |value: &mut Value| {
        let component = &mut value["components"][0];
        component["kind"] = json!("scheduled_batch");
        component["traffic"]["requests_per_month"] = json!(300);
        component["work"] =
            json!({ "duration_ms": 600_000, "process_memory_mb": 1500, "request_memory_mb": 64 });
    };
    let (task, pod) = (
        priced("aws-fargate", nightly),
        priced("aws-eks-fargate", nightly),
    );
    assert!(task.configuration.runs_and_stops && pod.configuration.runs_and_stops);
    close(
        lines_usd(&task, &["Task vCPU", "Task memory"]),
        lines_usd(&pod, &["Task vCPU", "Task memory"]),
    );
    let spot = priced("aws-fargate-spot", nightly);
    close(quantity(&spot, "Task"), 0.0);
    close(
        quantity(&spot, "Spot task vCPU"),
        quantity(&task, "Task vCPU"),
    );
}

#[test]
fn a_pinned_number_of_tasks_stands_where_jobs_would_be_cheaper() {
    let idle = |pinned: Value| {
        priced("aws-fargate", |value| {
            let component = &mut value["components"][0];
            component["kind"] = json!("queue_worker");
            component["traffic"]["requests_per_month"] = json!(100);
            component["latency"] = json!({ "target_ms": null });
            component["pin"] = json!({ "task_count": pinned });
        })
    };
    assert!(idle(Value::Null).configuration.runs_and_stops);
    let pinned = idle(json!(3)).configuration;
    close(pinned.count_mean.expect("standing tasks"), 3.0);
}

#[test]
fn jobs_that_start_faster_than_fargate_starts_tasks_are_warned_of() {
    let rate = |per_month: f64| {
        let option = priced("aws-fargate", |value| {
            value["components"][0]["kind"] = json!("workflow");
            value["components"][0]["traffic"]["requests_per_month"] = json!(per_month);
        });
        let mut limits = option.fit.limits.into_iter();
        let row = limits.find(|limit| limit.limit == "Tasks started per second");
        row.expect("the launch rate")
    };
    // 20 a second all month are 52.56 million.
    assert!(rate(50e6).ok);
    assert!(!rate(60e6).ok);
}

/// Task-hours with one burst a week to ten times the mean, for half an hour.
fn with_burst(arrives_within_s: Option<f64>) -> f64 {
    let option = priced("aws-fargate", |value| {
        wavy(value);
        value["components"][0]["traffic"]["shape"] = json!("steady");
        value["components"][0]["traffic"]["peak_to_mean"] = json!(1);
        if let Some(seconds) = arrives_within_s {
            value["components"][0]["traffic"]["bursts"] = json!([
                { "height": 10, "minutes": 30, "per_week": 1, "arrives_within_s": seconds }
            ]);
        }
    });
    quantity(&option, "Task vCPU")
}

#[test]
fn a_slow_burst_costs_its_minutes_and_a_sudden_one_stands_all_month() {
    let (none, slow, sudden) = (
        with_burst(None),
        with_burst(Some(3_600.0)),
        with_burst(Some(10.0)),
    );
    let (usual, most) = (none / 730.0, sudden / 730.0);
    assert!(most > 5.0 * usual);
    close(slow, none + (most - usual) * 730.0 / 168.0 / 2.0);
}

#[test]
fn a_fleet_is_in_time_just_where_its_percentile_is() {
    for target_ms in [90, 130, 200, 400, 1_000] {
        for requests in [1e3, 7e6, 3e8, 1e11] {
            for bursts in [
                json!([]),
                json!([{ "height": 30, "minutes": 20, "per_week": 3, "arrives_within_s": 900 }]),
            ] {
                let option = with_latency("aws-fargate", |value| {
                    let component = &mut value["components"][0];
                    component["traffic"] = json!({
                        "requests_per_month": requests, "shape": "daily_wave", "bursts": bursts
                    });
                    component["work"] = json!({ "duration_ms": 100, "cpu_ms": 20 });
                    component["latency"] = json!({ "percentile": "p99", "target_ms": target_ms });
                });
                let p99 = option.latency.expect("a running fleet").percentiles.p99_ms;
                let kept = p99 <= f64::from(target_ms) * 1.001;
                assert_eq!(
                    option.meets_target, kept,
                    "{p99} of {target_ms} at {requests}"
                );
            }
        }
    }
}

#[test]
fn no_requests_and_ten_trillion_are_answered_on_every_fargate() {
    for platform in FARGATE {
        for requests in [0.0, 1.0, 1e13] {
            let option = priced(platform, |value| {
                value["components"][0]["traffic"]["requests_per_month"] = json!(requests);
                value["purchase"] = json!({ "commitment": "savings_plan_3y", "spot": true });
            });
            assert!(usd(&option).is_finite(), "{platform} {requests}");
        }
    }
}

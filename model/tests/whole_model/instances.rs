//! Platforms on EC2 instances: how capacity is bought, how tasks are packed, and graphics
//! processors. Expected figures come from the data.

use model::Parts;
use model::behavior::Behavior;
use model::bill::Group;
use model::evaluation::PlatformOption;
use model::price::{PriceBook, Region};
use model::rules::Rules;
use serde_json::{Value, json};

use crate::common::{evaluate, lines_usd, option, system};

pub(crate) fn on(platform: &str, change: impl FnOnce(&mut Value)) -> PlatformOption {
    let parts: Parts = "bill,latency".parse().expect("parts");
    let evaluation = evaluate(&system(change), &parts);
    option(&evaluation.components[0], platform).clone()
}

pub(crate) fn price(id: &str) -> f64 {
    let price = PriceBook::embedded().price(id, Region::UsEast1);
    price.expect("a price of the book").first_usd()
}

pub(crate) fn hours(option: &PlatformOption, name: &str) -> f64 {
    let bill = option.bill.as_ref().expect("a priced option");
    let lines = bill.lines.iter().filter(|line| line.name.starts_with(name));
    lines.map(|line| line.quantity).sum()
}

pub(crate) fn close(left: f64, right: f64) {
    assert!(
        (left - right).abs() <= 1e-9 * left.abs().max(right.abs()).max(1.0),
        "{left} instead of {right}"
    );
}

/// A busy API on one type, with a base and a peak.
fn busy(kind: &str) -> impl FnOnce(&mut Value) {
    let kind = kind.to_owned();
    move |value| {
        value["components"][0]["kind"] = json!("http_api");
        value["components"][0]["traffic"] = json!({
            "requests_per_month": 300_000_000, "shape": "office_hours", "peak_to_mean": 4
        });
        value["components"][0]["pin"] = json!({ "instance_type": kind });
    }
}

fn check_committed(kind: &str, commitment: &str, own: Option<&str>, share: &str) {
    let option = on("aws-ec2", |value| {
        busy(kind)(value);
        value["purchase"] = json!({ "commitment": commitment });
    });
    let bill = option.bill.as_ref().expect("a priced option");
    let line = bill
        .lines
        .iter()
        .find(|line| line.group == Group::Commitment)
        .expect("a commitment");
    assert!(line.name.ends_with(kind), "{}", line.name);
    let on_demand = price(&format!("aws-ec2/instance/{kind}"));
    let expected = own.map_or_else(
        || {
            let share = PriceBook::embedded().share(share, Region::UsEast1);
            on_demand * (1.0 - share.expect("a share").fraction)
        },
        price,
    );
    close(line.unit_price_usd, expected);
    // Only a share that was read for other types is an assumption, and says so.
    assert_eq!(line.note.is_some(), own.is_none(), "{:?}", line.note);
    let configuration = &option.configuration;
    let committed = configuration.count_committed.expect("committed instances");
    close(line.quantity, committed * model::units::HOURS_PER_MONTH);
    assert!(committed >= configuration.count_min.expect("a count"));
    assert!(
        committed < configuration.count_max.expect("a count"),
        "the base only"
    );
    assert!(hours(&option, "Instance hours") > 0.0, "the peak");
}

#[test]
fn a_reservation_covers_the_base_at_the_price_of_the_type() {
    check_committed(
        "m7g.large",
        "reserved_1y",
        Some("aws-ec2/reserved-1y-standard/m7g.large"),
        "aws-ec2/reserved-1y/discount",
    );
}

#[test]
fn a_type_without_a_price_of_its_own_takes_the_share_and_says_that_it_is_assumed() {
    check_committed(
        "c7g.large",
        "reserved_1y",
        None,
        "aws-ec2/reserved-1y/discount",
    );
}

#[test]
fn a_savings_plan_covers_the_base() {
    check_committed(
        "m7g.large",
        "savings_plan_3y",
        Some("aws-ec2/savings-plan-3y/m7g.large"),
        "aws-ec2/savings-plan-3y/discount",
    );
}

#[test]
fn cpu_credits_are_never_discounted() {
    let of = |commitment: &str| {
        on("aws-ec2", |value| {
            busy("t4g.small")(value);
            value["purchase"] = json!({ "commitment": commitment });
        })
    };
    let (none, reserved) = (of("none"), of("reserved_1y"));
    let credits = lines_usd(&none, &["CPU credits"]);
    assert!(credits > 0.0);
    close(lines_usd(&reserved, &["CPU credits"]), credits);
}

#[test]
fn a_commitment_that_the_region_lacks_is_named_and_stays_on_demand() {
    let option = on("aws-ec2", |value| {
        value["region"] = json!("ap-southeast-1");
        value["components"][0]["pin"] = json!({ "instance_type": "c7g.large" });
        value["purchase"] = json!({ "commitment": "reserved_3y" });
    });
    let missing = &option.missing_prices;
    let named = missing
        .iter()
        .any(|note| note.price_id == "aws-ec2/reserved-3y/discount" && note.left_out);
    // Once the book has the share of that region there is nothing to name.
    let book = PriceBook::embedded();
    let known = book
        .share("aws-ec2/reserved-3y/discount", Region::ApSoutheast1)
        .is_ok();
    assert!(named || known, "{missing:?}");
    assert_eq!(option.configuration.count_committed.is_some(), known);
    assert!(option.bill.is_some());
}

#[test]
fn where_somebody_waits_the_zone_minimum_is_not_on_spot() {
    let option = on("aws-ec2", |value| {
        busy("c7g.large")(value);
        value["purchase"] = json!({ "spot": true });
    });
    let minimum = 2.0 * model::units::HOURS_PER_MONTH;
    close(hours(&option, "Instance hours"), minimum);
    let spot = option.configuration.count_spot.expect("instances on Spot");
    let mean = option.configuration.count_mean.expect("a count");
    close(spot, mean - 2.0);
    close(
        lines_usd(&option, &["Spot: c7g.large"]),
        hours(&option, "Spot") * price("aws-ec2/spot/c7g.large"),
    );
}

#[test]
fn a_queue_worker_is_on_spot_whole_and_commits_nothing() {
    let option = on("aws-ecs-ec2", |value| {
        busy("c7g.large")(value);
        value["components"][0]["kind"] = json!("queue_worker");
        value["purchase"] = json!({ "spot": true, "commitment": "reserved_1y" });
    });
    close(hours(&option, "Instance hours"), 0.0);
    assert!(hours(&option, "Spot") > 0.0);
    assert!(option.configuration.count_committed.is_none());
}

/// Tasks of a pinned size on a pinned type: `min(by CPU, by memory)` after the host's part.
fn check_packed(platform: &str, kind: &str, vcpu: f64, memory_gb: f64) {
    let option = on(platform, |value| {
        value["components"][0]["work"]["process_memory_mb"] = json!(64);
        value["components"][0]["work"]["request_memory_mb"] = json!(8);
        value["components"][0]["pin"] =
            json!({ "instance_type": kind, "task_vcpu": vcpu, "task_memory_gb": memory_gb });
    });
    let behavior = Behavior::embedded();
    let (reserve, kind) = (
        behavior.host_reserve(platform).expect("a reserve"),
        behavior.instance_type(kind).expect("a type"),
    );
    let by_cpu = (reserve.vcpu_left(kind) / vcpu).floor();
    let by_memory = (reserve.memory_left_mb(kind) / (memory_gb * 1024.0)).floor();
    assert_eq!(
        option.configuration.tasks_per_instance,
        Some(by_cpu.min(by_memory)),
        "{kind:?}"
    );
}

#[test]
fn tasks_are_packed_by_cpu() {
    check_packed("aws-ecs-ec2", "m7g.2xlarge", 1.5, 0.5);
}

#[test]
fn tasks_are_packed_by_memory() {
    check_packed("aws-ecs-ec2", "c7g.xlarge", 0.25, 2.0);
}

#[test]
fn pods_are_packed_by_memory_after_the_kubelet() {
    check_packed("aws-eks-ec2", "c7g.large", 0.25, 1.0);
}

#[test]
fn pods_are_limited_by_the_addresses_of_the_instance() {
    let option = on("aws-eks-ec2", |value| {
        value["components"][0]["runtime"] = json!({ "language": "nodejs" });
        value["components"][0]["work"]["process_memory_mb"] = json!(64);
        value["components"][0]["work"]["request_memory_mb"] = json!(8);
        value["components"][0]["pin"] = json!({ "instance_type": "t3.micro" });
    });
    let kind = Behavior::embedded().instance_type("t3.micro");
    let pods = kind.expect("a type").max_pods - Rules::embedded().eks_system_pods;
    assert!(pods < kind.expect("a type").vcpu, "the addresses bind");
    assert_eq!(option.configuration.tasks_per_instance, Some(pods));
}

/// Instances for a pinned number of tasks, one of a rolling deployment beside.
fn check_room(tasks: f64, instances: f64) {
    let option = on("aws-ecs-ec2", |value| {
        value["components"][0]["kind"] = json!("http_api");
        value["components"][0]["pin"] = json!({
            "instance_type": "m7g.xlarge", "task_vcpu": 1.9, "task_memory_gb": 1.0, "task_count": tasks
        });
    });
    assert_eq!(option.configuration.tasks_per_instance, Some(2.0));
    assert_eq!(option.configuration.count_max, Some(instances));
}

#[test]
fn a_rolling_deployment_finds_a_free_place() {
    check_room(3.0, 2.0);
}

#[test]
fn a_full_fleet_gets_one_instance_more_for_a_rolling_deployment() {
    check_room(4.0, 3.0);
}

#[test]
fn one_task_still_stands_in_each_zone() {
    check_room(1.0, 2.0);
}

#[test]
fn eks_pays_its_control_plane_beside_the_nodes() {
    let option = on("aws-eks-ec2", |_| {});
    close(
        lines_usd(&option, &["EKS control plane"]),
        price("amazon-eks/cluster/hour") * model::units::HOURS_PER_MONTH,
    );
}

#[test]
fn more_instances_pinned_than_needed_hold_their_tasks() {
    let option = on("aws-ecs-ec2", |value| {
        value["components"][0]["pin"] = json!({ "instance_count": 5 });
    });
    assert!(option.fit.ok, "{:?}", option.fit);
    assert_eq!(option.configuration.count_min, Some(5.0));
}

/// The GPU options of a region, with own rates.
fn check_gpu(region: &str, rates: &Value, priced: bool) {
    for platform in ["aws-ec2", "aws-ecs-ec2"] {
        let option = on(platform, |value| {
            value["region"] = json!(region);
            value["components"][0]["needs"] = json!(["gpu"]);
            value["rates"] = rates.clone();
        });
        assert!(option.fit.ok, "{platform}: {:?}", option.fit);
        assert_eq!(option.bill.is_some(), priced, "{platform} in {region}");
        let name = option.configuration.instance_type.clone();
        if priced {
            let kind = Behavior::embedded()
                .instance_type(&name.expect("a type"))
                .cloned();
            assert!(kind.expect("a known type").gpu > 0.0);
        } else {
            let named = option.missing_prices.iter();
            assert!(
                named
                    .filter(|note| !note.left_out)
                    .any(|note| note.price_id.starts_with("aws-ec2/instance/g")),
                "{:?}",
                option.missing_prices
            );
        }
    }
}

#[test]
fn a_gpu_is_priced_where_the_book_has_its_price() {
    check_gpu("us-east-1", &json!({}), true);
}

#[test]
fn a_gpu_without_a_price_in_the_region_is_listed_and_the_price_named() {
    check_gpu("eu-west-1", &json!({}), false);
}

#[test]
fn a_gpu_is_priced_by_an_own_rate() {
    check_gpu(
        "eu-west-1",
        &json!({ "aws-ec2/instance/g5.xlarge": 1.123 }),
        true,
    );
}

#[test]
fn without_the_need_no_gpu_type_is_taken() {
    let option = on("aws-ec2", |value| {
        value["rates"] = json!({ "aws-ec2/instance/g5.xlarge": 0.000_1 });
    });
    let name = option.configuration.instance_type.expect("a type");
    assert_ne!(name, "g5.xlarge");
}

#[test]
fn windows_fits_without_a_price_and_is_priced_by_an_own_rate() {
    let windows = |rates: Value| {
        on("aws-ec2", |value| {
            value["components"][0]["needs"] = json!(["windows"]);
            value["rates"] = rates;
        })
    };
    let unpriced = windows(json!({}));
    assert!(unpriced.fit.ok && unpriced.bill.is_none());
    assert_eq!(
        unpriced.missing_prices[0].price_id,
        "aws-ec2/windows-license/vcpu"
    );
    let priced = windows(json!({ "aws-ec2/windows-license/vcpu": 0.05 }));
    let kind = priced.configuration.instance_type.clone().expect("a type");
    let vcpu = Behavior::embedded()
        .instance_type(&kind)
        .expect("known")
        .vcpu;
    let running = priced.configuration.count_mean.expect("a count") * model::units::HOURS_PER_MONTH;
    close(
        lines_usd(&priced, &["Windows licence"]),
        running * vcpu * 0.05,
    );
}

#[test]
fn nothing_and_ten_trillion_requests_are_finite_on_instances() {
    for platform in [
        "aws-ec2",
        "aws-ecs-ec2",
        "aws-eks-ec2",
        "aws-lambda-managed-instances",
    ] {
        for requests in [0.0, 1e13] {
            let option = on(platform, |value| {
                value["components"][0]["traffic"]["requests_per_month"] = json!(requests);
                value["purchase"] = json!({ "commitment": "reserved_1y", "spot": true });
            });
            let usd = option.bill.expect("a bill").monthly_usd;
            assert!(usd.is_finite() && usd > 0.0, "{platform}: {usd}");
        }
    }
}

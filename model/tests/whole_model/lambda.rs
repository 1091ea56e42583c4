//! Functions in all their forms: pools, snapshots, Web Functions, savings plans, quotas, bursts,
//! and what else could be done about their response times.

use serde_json::{Value, json};

use crate::common::{evaluate, lines_usd, option, system};
use model::evaluation::{Evaluation, PlatformOption};
use model::latency::cold_start::{ColdStart, spill_probability};
use model::mitigation::mitigations;
use model::units::{RequestsPerSecond, Seconds};
use model::workload::Workload;
use model::{Parts, PriceBook, System};

const PROVISIONED: &str = "aws-lambda-provisioned";
const SNAPSTART: &str = "aws-lambda-snapstart";
const WEB: &str = "aws-lambda-web-functions";

fn parts() -> Parts {
    "bill,latency".parse().expect("parts")
}

fn set(value: &mut Value, path: &str, to: Value) {
    let at = format!("/components/0/{}", path.replace('.', "/"));
    let (parent, name) = at.rsplit_once('/').expect("a path");
    if value.pointer(parent).is_none() {
        let (above, section) = parent.rsplit_once('/').expect("a section");
        value.pointer_mut(above).expect("a component")[section] = json!({});
    }
    value.pointer_mut(parent).expect("a section")[name] = to;
}

/// One component with these answers beside the required ones.
fn answers(answers: &[(&str, Value)]) -> System {
    system(|value| {
        for (path, answer) in answers {
            match path.strip_prefix("system.") {
                Some(shared) => value[shared] = answer.clone(),
                None => set(value, path, answer.clone()),
            }
        }
    })
}

fn evaluated(given: &[(&str, Value)]) -> Evaluation {
    evaluate(&answers(given), &parts())
}

fn of(evaluation: &Evaluation, platform: &str) -> PlatformOption {
    option(&evaluation.components[0], platform).clone()
}

fn usd(option: &PlatformOption) -> f64 {
    option.bill.as_ref().expect("a priced option").monthly_usd
}

fn quantity(option: &PlatformOption, name: &str) -> f64 {
    let lines = &option.bill.as_ref().expect("a priced option").lines;
    let named = lines.iter().filter(|line| line.name.starts_with(name));
    named.map(|line| line.quantity).sum()
}

fn cold(option: &PlatformOption) -> f64 {
    let latency = option.latency.as_ref().expect("a latency");
    latency.cold_start_probability
}

fn limit<'a>(option: &'a PlatformOption, what: &str) -> &'a model::evaluation::LimitCheck {
    let mut limits = option.fit.limits.iter();
    limits
        .find(|limit| limit.limit.starts_with(what))
        .unwrap_or_else(|| panic!("no limit {what} in {:?}", option.fit.limits))
}

fn near(left: f64, right: f64, share: f64) {
    assert!(
        (left - right).abs() <= share * left.abs().max(right.abs()),
        "{left} and {right}"
    );
}

/// Ten requests a second round the clock, of 100 ms each at a pinned size on x86.
fn busy(more: &[(&'static str, Value)]) -> Vec<(&'static str, Value)> {
    let mut given = vec![
        ("traffic.requests_per_month", json!(26_280_000)),
        ("work.cpu_ms", json!(50)),
        ("work.duration_p99_ms", json!(300)),
        ("pin.lambda_memory_mb", json!(512)),
        ("pin.architecture", json!("x86_64")),
    ];
    given.retain(|(path, _)| more.iter().all(|(other, _)| other != path));
    given.extend(more.iter().cloned());
    given
}

#[test]
fn what_spills_and_what_starts_cold_follow_the_formulas() {
    for pool in [1_u32, 2, 4, 8] {
        let evaluation = evaluated(&busy(&[("pin.provisioned_concurrency", json!(pool))]));
        let option = of(&evaluation, PROVISIONED);
        let rate = RequestsPerSecond::new(10.0);
        let spill = spill_probability(rate, Seconds::new(0.1), pool);
        let inside = quantity(&option, "Duration on provisioned concurrency");
        let outside = lines_quantity_exact(&option, "Duration");
        near(outside / (inside + outside), spill, 1e-6);
        near(
            quantity(&option, "Provisioned concurrency"),
            f64::from(pool) * 0.5 * 2_628_000.0,
            1e-9,
        );
        let asked = ColdStart {
            arrival_rate: rate,
            service_time: Seconds::new(0.1),
            keep_alive: Seconds::new(420.0),
        };
        near(
            cold(&option),
            asked.outcome_above(pool).cold_start_probability,
            1e-9,
        );
        assert!(cold(&option) < spill, "not all that spills is cold");
    }
}

fn lines_quantity_exact(option: &PlatformOption, name: &str) -> f64 {
    let lines = &option.bill.as_ref().expect("a priced option").lines;
    let named = lines.iter().filter(|line| line.name == name);
    named.map(|line| line.quantity).sum()
}

#[test]
fn ten_requests_a_second_is_all_that_one_environment_takes() {
    let short = busy(&[
        ("work.duration_ms", json!(10)),
        ("work.duration_p99_ms", json!(30)),
        ("work.cpu_ms", json!(5)),
        ("pin.provisioned_concurrency", json!(1)),
    ]);
    let option = of(&evaluated(&short), PROVISIONED);
    let inside = quantity(&option, "Duration on provisioned concurrency");
    let outside = lines_quantity_exact(&option, "Duration");
    // a = 10/s x 0.1 s = 1: B(1, 1) = 1/2, though the work itself would fill a tenth.
    near(outside / (inside + outside), 0.5, 1e-6);
}

#[test]
fn the_pool_is_the_cheapest_of_all_pools() {
    for requests in [2e6, 2.628e7, 2e8] {
        let given = |more: &[(&'static str, Value)]| {
            let mut all = vec![("traffic.requests_per_month", json!(requests))];
            all.extend(more.iter().cloned());
            evaluated(&busy(&all))
        };
        let found = of(&given(&[]), PROVISIONED);
        let chosen = found.configuration.provisioned_concurrency.expect("a pool");
        let cost = |pool: f64| {
            let pinned = given(&[("pin.provisioned_concurrency", json!(pool))]);
            usd(&of(&pinned, PROVISIONED))
        };
        near(cost(chosen), usd(&found), 1e-9);
        for other in [
            chosen - 2.0,
            chosen - 1.0,
            chosen + 1.0,
            chosen + 2.0,
            2.0 * chosen,
        ] {
            if other >= 1.0 {
                let dearer = cost(other);
                assert!(
                    usd(&found) <= dearer * (1.0 + 1e-4),
                    "{requests}: {chosen} costs {}, {other} {dearer}",
                    usd(&found)
                );
            }
        }
    }
}

#[test]
fn with_a_target_the_pool_is_the_smallest_that_keeps_it() {
    // A request every two minutes: about every fifth is a cold start of seconds on demand.
    let given = |more: &[(&'static str, Value)]| {
        let mut all = vec![
            ("traffic.requests_per_month", json!(20_000)),
            ("work.duration_ms", json!(2000)),
            ("work.duration_p99_ms", json!(4000)),
            ("runtime.language", json!("java")),
            ("runtime.framework", json!("spring")),
            ("runtime.keep_alive_s", json!(300)),
            ("latency", json!({ "percentile": "p99", "target_ms": 4500 })),
        ];
        all.extend(more.iter().cloned());
        evaluated(&busy(&all))
    };
    let evaluation = given(&[]);
    assert!(!of(&evaluation, "aws-lambda").meets_target);
    let found = of(&evaluation, PROVISIONED);
    assert!(found.meets_target, "{found:?}");
    let chosen = found.configuration.provisioned_concurrency.expect("a pool");
    let smaller = given(&[("pin.provisioned_concurrency", json!(chosen - 1.0))]);
    let smaller = of(&smaller, PROVISIONED);
    assert!(
        chosen >= 2.0 && !smaller.meets_target,
        "{chosen}: {smaller:?}"
    );
}

#[test]
fn at_high_steady_use_a_pool_is_cheaper_and_at_low_use_it_is_not() {
    let busy_all_day = evaluated(&busy(&[("traffic.requests_per_month", json!(2e8))]));
    assert!(usd(&of(&busy_all_day, PROVISIONED)) < usd(&of(&busy_all_day, "aws-lambda")));
    let idle = evaluated(&busy(&[("traffic.requests_per_month", json!(1e5))]));
    assert!(usd(&of(&idle, PROVISIONED)) > usd(&of(&idle, "aws-lambda")));
}

#[test]
fn the_pool_follows_the_week_and_a_pin_does_not() {
    let wave = [
        ("traffic.shape", json!("daily_wave")),
        ("traffic.peak_to_mean", json!(3)),
        ("traffic.requests_per_month", json!(2e8)),
    ];
    let found = of(&evaluated(&busy(&wave)), PROVISIONED).configuration;
    assert!(found.count_min < found.count_mean && found.count_mean < found.count_max);
    let mut pinned = wave.to_vec();
    pinned.push(("pin.provisioned_concurrency", json!(7)));
    let held = of(&evaluated(&busy(&pinned)), PROVISIONED).configuration;
    assert_eq!((held.count_min, held.count_max), (Some(7.0), Some(7.0)));
    assert!(held.pinned.contains(&"provisioned_concurrency".to_owned()));
}

#[test]
fn test_environments_do_not_keep_functions_initialized() {
    let environments = json!({ "environments": [
        { "name": "production", "hours_per_week": 168, "scale": 1 },
        { "name": "test", "hours_per_week": 40, "scale": 0.01 }
    ] });
    let given = busy(&[
        ("system.operations", environments),
        ("pin.provisioned_concurrency", json!(3)),
    ]);
    let option = of(&evaluated(&given), PROVISIONED);
    let lines = &option.bill.as_ref().expect("a bill").lines;
    let of_test = |what: &str| {
        let mut names = lines.iter().map(|line| &line.name);
        names.any(|name| name.starts_with("test: ") && name.contains(what))
    };
    assert!(of_test("Duration") && !of_test("provisioned") && !of_test("Provisioned"));
}

fn java(framework: &str, disk_mb: f64) -> Evaluation {
    evaluated(&[
        ("runtime.language", json!("java")),
        ("runtime.framework", json!(framework)),
        ("work.local_disk_mb", json!(disk_mb)),
        ("pin.lambda_memory_mb", json!(1024)),
    ])
}

#[test]
fn a_snapshot_is_slower_for_a_small_function_and_faster_for_a_framework() {
    let start = |evaluation: &Evaluation, platform: &str| {
        let latency = of(evaluation, platform).latency.expect("a latency");
        latency.cold_start_p50_ms.expect("a cold start")
    };
    let (small, spring) = (java("none", 0.0), java("spring", 0.0));
    assert!(start(&small, SNAPSTART) > start(&small, "aws-lambda"));
    assert!(start(&spring, SNAPSTART) < start(&spring, "aws-lambda"));
    assert!(usd(&of(&spring, SNAPSTART)) < usd(&of(&spring, "aws-lambda")));
    for free in ["SnapStart cache", "SnapStart restores"] {
        assert!(
            quantity(&of(&spring, SNAPSTART), free) <= 0.0,
            "free for Java"
        );
    }
}

#[test]
fn python_pays_for_the_snapshot_and_for_each_restore() {
    let evaluation = evaluated(&[
        ("runtime.language", json!("python")),
        ("pin.lambda_memory_mb", json!(1024)),
    ]);
    let option = of(&evaluation, SNAPSTART);
    near(quantity(&option, "SnapStart cache"), 2_628_000.0, 1e-9);
    near(
        quantity(&option, "SnapStart restores"),
        cold(&option) * 1e6,
        1e-9,
    );
}

#[test]
fn where_there_is_no_snapshot_the_fit_says_so() {
    let out = |given: &[(&str, Value)], what: &str| {
        let option = of(&evaluated(given), SNAPSTART);
        assert!(!option.fit.ok && option.bill.is_none(), "{option:?}");
        assert!(!limit(&option, what).ok);
        assert!(option.missing_prices.is_empty());
    };
    out(
        &[("runtime.language", json!("nodejs"))],
        "SnapStart for Node.js",
    );
    out(
        &[
            ("runtime.language", json!("java")),
            ("runtime.image", json!(true)),
        ],
        "SnapStart for container images",
    );
    let crowded = of(&java("spring", 2048.0), SNAPSTART);
    assert!(!crowded.fit.ok && !limit(&crowded, "Local disk with SnapStart").ok);
}

fn web(more: &[(&'static str, Value)]) -> Evaluation {
    let mut all = vec![
        ("kind", json!("http_api")),
        ("runtime.language", json!("nodejs")),
        ("work.cpu_ms", json!(5)),
        ("work.request_memory_mb", json!(4)),
        ("traffic.requests_per_month", json!(1e8)),
    ];
    all.extend(more.iter().cloned());
    evaluated(&all)
}

#[test]
fn web_functions_have_no_bill_until_the_user_gives_rates() {
    let option = of(&web(&[]), WEB);
    assert!(option.fit.ok && option.latency.is_some() && option.bill.is_none());
    assert_eq!(
        option.missing_prices.len(),
        3,
        "{:?}",
        option.missing_prices
    );
    let rates = json!({
        "aws-lambda-web-functions/cpu/arm64": 1e-5,
        "aws-lambda-web-functions/memory/arm64": 1e-6,
        "aws-lambda-web-functions/request/standard": 2e-7
    });
    let evaluation = web(&[("system.rates", rates)]);
    let priced = of(&evaluation, WEB);
    near(
        lines_usd(&priced, &["Active CPU"]),
        1e8 * 0.005 * 1e-5,
        1e-9,
    );
    near(lines_usd(&priced, &["Requests"]), 20.0, 1e-9);
    let mean = priced.configuration.count_mean.expect("environments");
    near(
        lines_usd(&priced, &["Memory of environments"]),
        mean * 2.0 * 2_628_000.0 * 1e-6,
        1e-9,
    );
    assert!(
        !evaluation
            .warnings
            .iter()
            .any(|text| text.contains("rates.")),
        "the ids are known: {:?}",
        evaluation.warnings
    );
}

#[test]
fn one_web_environment_per_request_is_an_event_function() {
    let one = web(&[
        ("work.max_requests_per_instance", json!(1)),
        ("traffic.requests_per_month", json!(1e6)),
    ]);
    let option = of(&one, WEB);
    let asked = ColdStart {
        arrival_rate: RequestsPerSecond::new(1e6 / 2_628_000.0),
        service_time: Seconds::new(0.1),
        keep_alive: Seconds::new(420.0),
    };
    let exact = asked.outcome();
    near(
        option.configuration.count_mean.expect("environments"),
        exact.instances,
        1e-6,
    );
    let many = of(&web(&[("traffic.requests_per_month", json!(1e6))]), WEB);
    assert!(many.configuration.count_mean < option.configuration.count_mean);
    assert!(cold(&many) < cold(&option));
}

#[test]
fn web_functions_serve_http_on_node_only() {
    for given in [
        ("kind", json!("queue_worker")),
        ("runtime.language", json!("python")),
        ("runtime.image", json!(true)),
        ("pin.architecture", json!("x86_64")),
    ] {
        let named = format!("{given:?}");
        let option = of(&web(&[given]), WEB);
        assert!(!option.fit.ok && option.bill.is_none(), "{named}");
    }
}

#[test]
fn a_savings_plan_covers_the_base_only() {
    let wave = [
        ("traffic.shape", json!("daily_wave")),
        ("traffic.peak_to_mean", json!(4)),
        ("traffic.requests_per_month", json!(2e8)),
    ];
    let bought = |term: &str| json!({ "commitment": term });
    let with = |purchase: Value| {
        let mut given = wave.to_vec();
        given.push(("system.purchase", purchase));
        evaluated(&busy(&given))
    };
    let (plain, saved) = (with(bought("none")), with(bought("savings_plan_1y")));
    for platform in ["aws-lambda", PROVISIONED] {
        let (plain, saved) = (of(&plain, platform), of(&saved, platform));
        assert!(usd(&saved) < usd(&plain), "{platform}");
        assert!(quantity(&saved, "Savings plan") > 0.0, "{platform}");
        assert!(
            lines_usd(&saved, &["Duration"]) > 0.0,
            "peaks stay on demand"
        );
    }
    let reserved = of(&with(bought("reserved_1y")), "aws-lambda");
    near(usd(&reserved), usd(&of(&plain, "aws-lambda")), 1e-12);
}

#[test]
fn a_steady_function_is_committed_whole_at_the_price_of_the_plan() {
    let plan = json!({ "commitment": "savings_plan_1y" });
    let option = of(
        &evaluated(&busy(&[("system.purchase", plan)])),
        "aws-lambda",
    );
    let book = PriceBook::embedded();
    let region = "us-east-1".parse().expect("a region");
    let price = book
        .price("aws-lambda/duration-savings-plan-1y/x86-64", region)
        .expect("a price")
        .first_usd();
    let paid = quantity(&option, "Savings plan: duration");
    near(
        lines_usd(&option, &["Savings plan: duration"]),
        paid * price,
        1e-9,
    );
    assert!(lines_quantity_exact(&option, "Duration") <= 0.0);
}

#[test]
fn a_plan_without_a_price_in_the_region_is_named_and_stays_on_demand() {
    let given = busy(&[
        ("system.region", json!("eu-central-1")),
        (
            "system.purchase",
            json!({ "commitment": "savings_plan_1y" }),
        ),
    ]);
    let option = of(&evaluated(&given), "aws-lambda");
    assert!(option.bill.is_some());
    if quantity(&option, "Savings plan") <= 0.0 {
        assert!(option.missing_prices.iter().any(|note| note.left_out));
    }
}

#[test]
fn quotas_of_the_account_are_shared_by_all_components() {
    let alone = of(&evaluated(&busy(&[])), "aws-lambda");
    let two = system(|value| {
        for (path, answer) in busy(&[]) {
            set(value, path, answer);
        }
        let mut other = value["components"][0].clone();
        other["name"] = json!("other");
        value["components"]
            .as_array_mut()
            .expect("a list")
            .push(other);
    });
    let evaluation = evaluate(&two, &parts());
    let together = of(&evaluation, "aws-lambda");
    for what in [
        "Environments running at once",
        "Requests per second for each",
    ] {
        let (own, all) = (limit(&alone, what), limit(&together, what));
        near(all.workload_value, 2.0 * own.workload_value, 1e-9);
        assert!(
            all.limit.ends_with("shared by all components"),
            "{}",
            all.limit
        );
    }
}

fn launched(height: f64, arrives_within_s: f64) -> Evaluation {
    evaluated(&busy(&[
        (
            "system.operations",
            json!({ "account_concurrency": 100_000 }),
        ),
        ("work.duration_ms", json!(1000)),
        ("work.duration_p99_ms", json!(2000)),
        (
            "traffic.bursts",
            json!([{ "height": height, "minutes": 10, "per_week": 3, "arrives_within_s": arrives_within_s }]),
        ),
    ]))
}

#[test]
fn a_burst_that_outruns_the_ramp_is_throttled_and_slow() {
    const RAMP: &str = "Environments started by the time";
    let (slow, fast) = (launched(500.0, 300.0), launched(500.0, 1.0));
    let (slow, fast) = (of(&slow, "aws-lambda"), of(&fast, "aws-lambda"));
    assert!(limit(&slow, RAMP).ok && !limit(&fast, RAMP).ok);
    assert!(fast.fit.ok, "it throttles, it does not take out");
    // 5,000 requests/s of one second against 1,000 at once and 100 a second.
    near(limit(&fast, RAMP).limit_value, 1100.0, 1e-9);
    near(limit(&fast, RAMP).workload_value, 5000.0, 0.02);
    let p99 = |option: &PlatformOption| option.latency.as_ref().expect("a latency").percentiles;
    assert!(p99(&fast).p99_ms > p99(&slow).p99_ms + 10_000.0);
}

#[test]
fn a_pool_that_covers_a_burst_keeps_the_target_that_the_burst_breaks() {
    let given = busy(&[
        ("runtime.language", json!("java")),
        ("runtime.framework", json!("spring")),
        ("pin.lambda_memory_mb", json!(1024)),
        ("latency", json!({ "percentile": "p99", "target_ms": 1500 })),
        (
            "traffic.bursts",
            json!([{ "height": 40, "minutes": 1, "per_week": 60, "arrives_within_s": 1 }]),
        ),
    ]);
    let evaluation = evaluated(&given);
    let (plain, pool) = (of(&evaluation, "aws-lambda"), of(&evaluation, PROVISIONED));
    assert!(
        !plain.meets_target && cold(&plain) > 0.01,
        "{}",
        cold(&plain)
    );
    assert!(pool.meets_target, "{pool:?}");
    assert!(pool.configuration.count_min.expect("a pool") >= 40.0);
}

#[test]
fn limits_of_functions_name_value_source_and_date() {
    let evaluation = java("spring", 0.0);
    for platform in ["aws-lambda", PROVISIONED, SNAPSTART] {
        let option = of(&evaluation, platform);
        assert!(option.fit.limits.len() >= 9, "{platform}");
        for limit in &option.fit.limits {
            assert!(limit.source.starts_with("https://"), "{platform} {limit:?}");
            assert!(limit.as_of.starts_with("20") && limit.headroom.is_finite());
        }
    }
    assert!(
        !of(&evaluation, "aws-lambda")
            .fit
            .limits
            .iter()
            .any(|limit| !limit.ok)
    );
    assert!(limit(&of(&evaluation, SNAPSTART), "Init ahead").ok);
}

#[test]
fn zero_and_huge_volumes_are_finite() {
    for requests in [0.0, 1.0, 1e13] {
        let evaluation = evaluated(&[
            ("kind", json!("http_api")),
            ("traffic.requests_per_month", json!(requests)),
            ("latency", json!({ "percentile": "p99", "target_ms": 300 })),
        ]);
        for platform in ["aws-lambda", PROVISIONED, SNAPSTART, WEB] {
            let option = of(&evaluation, platform);
            if let Some(bill) = &option.bill {
                assert!(bill.monthly_usd.is_finite() && bill.monthly_usd >= 0.0);
            }
            for limit in &option.fit.limits {
                assert!(limit.workload_value.is_finite(), "{platform} {limit:?}");
            }
        }
    }
}

fn slow_starter() -> Vec<(&'static str, Value)> {
    vec![
        ("traffic.requests_per_month", json!(20_000)),
        ("work.duration_p99_ms", json!(300)),
        ("work.cpu_ms", json!(50)),
        ("runtime.language", json!("java")),
        ("runtime.framework", json!("spring")),
        ("runtime.package_mb", json!(80)),
        ("network.private", json!(true)),
    ]
}

#[test]
fn a_mitigation_is_the_evaluation_of_the_changed_system() {
    let book = PriceBook::embedded();
    let given = answers(&slow_starter());
    let found = mitigations(&Workload::typical(&given, 0).0, book, "aws-lambda");
    let check = |change: &str, platform: &str, path: &str, to: Value| {
        let named = found.iter().find(|found| found.change.starts_with(change));
        let named = named.unwrap_or_else(|| panic!("no {change} in {found:?}"));
        let mut changed = slow_starter();
        changed.retain(|(other, _)| *other != path);
        changed.push((Box::leak(path.to_owned().into_boxed_str()), to));
        let option = of(&evaluated(&changed), platform);
        let latency = option.latency.as_ref().expect("a latency");
        near(named.p99_ms, latency.percentiles.p99_ms, 1e-9);
        near(named.monthly_usd, usd(&option), 1e-9);
    };
    check(
        "Start from a snapshot",
        SNAPSTART,
        "network.private",
        json!(true),
    );
    check(
        "Leave the private",
        "aws-lambda",
        "network.private",
        json!(false),
    );
    assert!(found.iter().any(|found| found.change.contains("Python")));
    let kept = found.iter().find(|found| found.change.starts_with("Keep "));
    let kept = kept.expect("a pool");
    let now = of(&evaluate(&given, &parts()), "aws-lambda");
    let p99 = now.latency.as_ref().expect("a latency").percentiles.p99_ms;
    assert!(
        kept.p99_ms < 0.5 * p99 && kept.monthly_usd > usd(&now),
        "{kept:?}"
    );
}

#[test]
fn nothing_is_offered_that_changes_nothing() {
    let book = PriceBook::embedded();
    for example in model::example::all() {
        let (workload, _) = Workload::typical(&example.system, 0);
        for platform in ["aws-lambda", "aws-fargate", "aws-ec2"] {
            for found in mitigations(&workload, book, platform) {
                assert!(found.p99_ms.is_finite() && found.monthly_usd.is_finite());
                assert!(!found.change.is_empty(), "{}", example.slug);
            }
        }
    }
}

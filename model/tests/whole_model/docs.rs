//! `docs/limits.md` and the tables of `docs/model.md` are made from the data.
#![expect(
    clippy::disallowed_methods,
    reason = "the test compares a file of the repository and may rewrite it"
)]

use std::fmt::Write as _;

use model::PriceBook;
use model::behavior::{Behavior, DefaultEntry, DefaultValue};
use model::rules::Rules;

const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/model.md");
const LIMITS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/limits.md");

fn defaults() -> String {
    let mut table =
        "| answer | where | default | 5..95 % | unit | why |\n|---|---|---|---|---|---|\n"
            .to_owned();
    for entry in Behavior::embedded().defaults() {
        let kinds = entry.kinds.join(", ");
        let row = [&value(entry), &range(entry), &entry.unit, &entry.reason]
            .map(|cell| cell.replace('|', "\\|"));
        writeln!(
            table,
            "| `{}` | {kinds} | {} |",
            entry.path,
            row.join(" | ")
        )
        .expect("a string takes all");
    }
    table
}

fn value(entry: &DefaultEntry) -> String {
    let plain = entry.value.as_ref().map(plain);
    match (entry.factor, &entry.factor_of) {
        (Some(factor), Some(of)) => {
            let times = format!("{factor} x `{of}`");
            plain.map_or_else(
                || times.clone(),
                |least| format!("{times}, at least {least}"),
            )
        }
        _ => plain.unwrap_or_else(|| "none".to_owned()),
    }
}

fn plain(value: &DefaultValue) -> String {
    match value {
        DefaultValue::Flag(flag) => flag.to_string(),
        DefaultValue::Number(number) => number.to_string(),
        DefaultValue::Text(text) if text.is_empty() => "empty".to_owned(),
        DefaultValue::Text(text) => text.clone(),
        DefaultValue::List(_) => "none".to_owned(),
    }
}

fn range(entry: &DefaultEntry) -> String {
    match (entry.low, entry.high) {
        (Some(low), Some(high)) if entry.factor.is_some() => format!("{low}..{high} x"),
        (Some(low), Some(high)) => format!("{low}..{high}"),
        _ => String::new(),
    }
}

fn rules() -> String {
    let mut table = "| rule | value | unit | source | as of |\n|---|---|---|---|---|\n".to_owned();
    for (name, rule) in Rules::embedded().all() {
        let values: Vec<String> = rule.value.iter().map(ToString::to_string).collect();
        writeln!(
            table,
            "| `{name}` | {} | {} | [{}]({}) | {} |",
            values.join(", "),
            rule.unit,
            rule.source,
            rule.url,
            rule.as_of
        )
        .expect("a string takes all");
    }
    table
}

/// The document with the table between the two marks replaced.
fn with_table(document: &str, name: &str, table: &str) -> String {
    let (open, close) = (
        format!("<!-- {name}: made from the data -->\n"),
        format!("<!-- end of {name} -->\n"),
    );
    let (before, rest) = document.split_once(&open).expect("the first mark");
    let (_, after) = rest.split_once(&close).expect("the second mark");
    format!("{before}{open}\n{table}\n{close}{after}")
}

#[test]
fn the_tables_of_the_model_page_are_fresh() {
    let written = std::fs::read_to_string(DOCUMENT).expect("docs/model.md");
    let fresh = with_table(
        &with_table(&written, "defaults", &defaults()),
        "rules",
        &rules(),
    );
    if std::env::var_os("BREAKEVEN_BLESS").is_some() {
        std::fs::write(DOCUMENT, &fresh).expect("a writable document");
        return;
    }
    assert!(
        written == fresh,
        "docs/model.md is stale: run this test with BREAKEVEN_BLESS=1"
    );
}

#[test]
fn the_page_of_limits_is_fresh() {
    let fresh = Behavior::embedded().limits_markdown(PriceBook::embedded().version());
    if std::env::var_os("BREAKEVEN_BLESS").is_some() {
        std::fs::write(LIMITS, &fresh).expect("a writable document");
    }
    let written = std::fs::read_to_string(LIMITS).unwrap_or_default();
    assert!(
        written == fresh,
        "docs/limits.md is stale: run this test with BREAKEVEN_BLESS=1"
    );
}

#[test]
fn the_page_of_limits_has_every_limit_and_marks_what_is_old_or_doubtful() {
    let behavior = Behavior::embedded();
    let page = behavior.limits_markdown(PriceBook::embedded().version());
    for limit in behavior.limits() {
        let row = page
            .lines()
            .find(|line| line.contains(&format!("| `{}` |", limit.id)))
            .unwrap_or_else(|| panic!("no row for {}", limit.id));
        assert_eq!(row.matches(" | ").count(), 8, "{row}");
        let doubtful = limit.provisional(PriceBook::embedded().version());
        assert_eq!(row.contains("*provisional*"), doubtful, "{row}");
    }
    let later = behavior.limits_markdown("2099-01-01");
    assert!(later.matches("*provisional*").count() > behavior.limits().len());
}

/// The rules by which AWS's own guides take a platform out of the running.
const RULES_THAT_REMOVE: &[(&str, f64)] = &[
    ("aws-lambda/timeout", 900.0),
    ("aws-lambda-web-functions/timeout", 900.0),
    ("aws-lambda-managed-instances/timeout", 900.0),
    ("aws-lambda-managed-instances/async-timeout", 5_400.0),
    ("aws-lambda-microvms/session", 28_800.0),
    ("aws-lambda-durable-functions/duration", 31_622_400.0),
    ("aws-step-functions/standard-duration", 31_536_000.0),
    ("aws-lambda/memory", 10_240.0),
    ("aws-lambda-managed-instances/memory", 32.0),
    ("aws-lambda-microvms/memory", 32.0),
    ("aws-fargate/memory", 120.0),
    ("aws-fargate/vcpu", 16.0),
    ("aws-lambda/payload-in", 6.0),
    ("aws-lambda/payload-out", 6.0),
    ("aws-lambda/async-payload", 1.0),
    ("aws-api-gateway/rest-timeout", 29.0),
    ("aws-api-gateway/http-timeout", 30.0),
    ("aws-api-gateway/websocket-duration", 7_200.0),
    ("aws-api-gateway/websocket-message", 128.0),
    ("aws-lambda/disk", 10_240.0),
    ("aws-fargate/disk", 200.0),
    ("aws-lambda-managed-instances/thread-safe-requests", 2.0),
    ("aws-lambda-managed-instances/instances-minimum", 3.0),
    ("aws-fargate/tasks-minimum", 1.0),
    ("aws-lambda-managed-instances/growth", 2.0),
    ("aws-lambda-managed-instances/worthwhile", 50_000_000.0),
    ("aws-app-runner/new-customers", 0.0),
    ("aws-lambda/account-concurrency", 1_000.0),
    ("aws-lambda/requests-per-concurrency", 10.0),
    ("aws-lambda-web-functions/package", 512.0),
    ("aws-lambda-web-functions/disk", 512.0),
    ("aws-lambda-web-functions/init", 10.0),
    ("aws-lambda-web-functions/requests", 10_000.0),
    ("aws-lambda-web-functions/account-requests", 100_000.0),
    ("aws-lambda-web-functions/account-vcpu", 2_000.0),
];

#[test]
fn every_rule_that_removes_a_platform_is_in_the_data() {
    let behavior = Behavior::embedded();
    for (id, value) in RULES_THAT_REMOVE {
        let limit = behavior
            .find_limit(id)
            .unwrap_or_else(|| panic!("no limit {id}"));
        assert!((limit.value - value).abs() < f64::EPSILON, "{id}");
    }
    for (platform, need) in [
        ("aws-lambda", "gpu"),
        ("aws-fargate", "gpu"),
        ("aws-lambda-managed-instances", "gpu"),
        ("aws-lambda", "raw_tcp"),
        ("aws-lambda-web-functions", "raw_tcp"),
        ("aws-lambda", "persistent_disk"),
        ("aws-fargate", "privileged"),
    ] {
        assert!(
            behavior.lacks(platform, need).is_some(),
            "{platform} {need}"
        );
    }
}

#[test]
fn every_product_of_the_limits_has_a_title() {
    let behavior = Behavior::embedded();
    let page = behavior.limits_markdown(PriceBook::embedded().version());
    for limit in behavior.limits() {
        let bare = format!("\n## {}\n", limit.product());
        assert!(
            !page.contains(&bare),
            "limits.toml: no product {}",
            limit.product()
        );
    }
}

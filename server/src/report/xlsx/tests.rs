//! Workbooks, recalculated by another program: their totals against the server's and the API's.

mod libre_office;

use std::collections::BTreeMap;

use model::evaluation::{Decision, Evaluation, PlatformOption};
use model::scaling;
use model::{Parts, PriceBook, System, evaluate};

use super::plan::Plan;
use super::{Hook, Subject, write};
use libre_office::{Workbook, recalculated};

/// Requests against the stated ones.
const TIMES: [f64; 3] = [0.5, 2.0, 7.0];
/// What rounds to the same cent.
const CENT: f64 = 0.005;
/// Names that other programs have taken for something else.
const HOSTILE: [&str; 8] = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "@SUM(A1:A9)",
    "-2+3",
    "https://example.com/?a=\"b\"&c='d'",
    "'“‘«»’”\"`",
    "\u{202e}مرحبا بالعالم \u{200f}🦀👩‍👩‍👧",
    "{=A1}_x0041_<b>&amp;",
];

fn evaluated(system: &System) -> Evaluation {
    let parts = Parts {
        bill: true,
        latency: true,
        break_even: true,
        ..Parts::NONE
    };
    evaluate(system, PriceBook::embedded(), &parts)
}

fn subject<'a>(system: &'a System, evaluation: &'a Evaluation) -> Subject<'a> {
    Subject {
        system,
        evaluation,
        book: PriceBook::embedded(),
        link: "https://breakeven.example/answer?x=1",
        saved: None,
    }
}

fn example(slug: &str) -> System {
    model::example::example(slug)
        .expect("an example")
        .system
        .clone()
}

fn workbook(name: String, system: &System, times: Option<f64>) -> Workbook {
    let evaluation = evaluated(system);
    let hook = Hook {
        times,
        wrong_results: true,
    };
    let bytes = write(&subject(system, &evaluation), hook).expect("a workbook");
    Workbook { name, bytes }
}

/// The live totals of a recalculated workbook, by sheet.
fn totals(sheets: &BTreeMap<String, Vec<Vec<String>>>) -> BTreeMap<String, f64> {
    let total = |rows: &Vec<Vec<String>>| {
        let row = rows.iter().find(|row| {
            row.get(1)
                .is_some_and(|cell| cell == "Estimated total a month")
        })?;
        Some(row[5].parse().expect("a number"))
    };
    sheets
        .iter()
        .filter_map(|(name, rows)| Some((name.clone(), total(rows)?)))
        .collect()
}

/// What the API answers for an option with its configuration pinned, at other requests.
fn pinned_usd(system: &System, component: usize, platform: &str, times: f64) -> Option<f64> {
    let mut system = system.clone();
    let requests = &mut system.components[component].traffic.requests_per_month;
    *requests = requests.map(|answer| (answer.typical() * times).into());
    let parts = Parts {
        bill: true,
        ..Parts::NONE
    };
    let evaluation = evaluate(&system, PriceBook::embedded(), &parts);
    let mut options = evaluation.components[component].options.iter();
    let option = options.find(|option| option.platform == platform)?;
    option.bill.as_ref().map(|bill| bill.monthly_usd)
}

const SYSTEMS: [&str; 7] = [
    "steady-api",
    "day-and-night-api",
    "article-c5-large",
    "nightly-batch",
    "event-stream",
    "java-service",
    "shop-system",
];

fn terms(slug: &str, purchase: serde_json::Value, environments: serde_json::Value) -> System {
    let mut value = serde_json::to_value(example(slug)).expect("a value");
    value["purchase"] = purchase;
    value["operations"]["environments"] = environments;
    System::from_value(value).expect("a system")
}

/// Commitments, Spot, the free tier, a discount, another environment: every rule of a bill.
fn with_terms() -> Vec<(String, System)> {
    let committed = serde_json::json!({ "commitment": "savings_plan_3y", "spot": true, "free_tier": true, "discount_pct": 7.5 });
    let free = serde_json::json!({ "free_tier": true });
    let test = serde_json::json!([
        { "name": "production", "hours_per_week": 168, "scale": 1 },
        { "name": "=test", "hours_per_week": 45, "scale": 0.1 }
    ]);
    vec![
        (
            "committed".to_owned(),
            terms("steady-api", committed, serde_json::Value::Null),
        ),
        (
            "free".to_owned(),
            terms("webhooks", free, serde_json::Value::Null),
        ),
        (
            "environments".to_owned(),
            terms("day-and-night-api", serde_json::json!({}), test),
        ),
    ]
}

fn systems() -> Vec<(String, System)> {
    let examples = SYSTEMS.map(|slug| (slug.to_owned(), example(slug)));
    let mut systems: Vec<_> = examples.into();
    systems.extend(with_terms());
    systems
}

#[test]
fn recalculated_totals_are_the_servers_and_follow_the_requests_as_the_api_does() {
    let systems = systems();
    let mut workbooks = Vec::new();
    for (slug, system) in &systems {
        workbooks.push(workbook(slug.clone(), system, None));
        for times in TIMES {
            workbooks.push(workbook(format!("{slug}_{times}"), system, Some(times)));
        }
    }
    let Some(found) = recalculated("xlsx totals", &workbooks) else {
        return;
    };
    let (mut compared, mut held) = (0, 0);
    for (slug, system) in &systems {
        let evaluation = evaluated(system);
        let subject = subject(system, &evaluation);
        let plan = Plan::new(&subject);
        for (component, billed) in plan.options() {
            let stated = billed.option.bill.as_ref().expect("a bill").monthly_usd;
            let at = format!("{slug}, {}", billed.sheet);
            let sheet = &found[slug][&billed.sheet];
            let best = billed.place == component.options[0].place;
            assert_eq!(
                sheet[3][0] == "The best of those that fit.",
                best,
                "{at}: {}",
                sheet[3][0]
            );
            let live = totals(&found[slug])[&billed.sheet];
            assert!(
                (live - stated).abs() < CENT,
                "{at}: {live} instead of {stated}"
            );
            for times in TIMES {
                let requests = component.requests * times;
                let (low, high) = billed.scaling.range;
                if !billed.scaling.is_live() || requests < low || requests > high {
                    held += 1;
                    continue;
                }
                let held_system = if billed.scaling.pinned {
                    scaling::pinned(system, component.index, billed.option)
                } else {
                    system.clone()
                };
                let wanted = pinned_usd(
                    &held_system,
                    component.index,
                    &billed.option.platform,
                    times,
                );
                let wanted = wanted.expect("a bill");
                let live = totals(&found[&format!("{slug}_{times}")])[&billed.sheet];
                assert!(
                    (live - wanted).abs() < CENT,
                    "{at} x {times}: {live} instead of {wanted}"
                );
                compared += 1;
            }
        }
    }
    let warns = |rows: &Vec<Vec<String>>| {
        let cell = rows.get(3).and_then(|row| row.first());
        cell.is_some_and(|cell| cell.starts_with("Would no longer be the best"))
    };
    let flips = found
        .values()
        .flat_map(BTreeMap::values)
        .filter(|rows| warns(rows));
    assert!(flips.count() > 0, "no workbook warns");
    println!("{compared} totals compared, {held} not live");
    assert!(compared > 250, "{compared} totals compared");
}

/// The rows of the sheet of the first option.
fn of_first<'f>(
    found: &'f BTreeMap<String, libre_office::Sheets>,
    case: &str,
    system: &System,
) -> &'f Vec<Vec<String>> {
    let evaluation = evaluated(system);
    let subject = subject(system, &evaluation);
    &found[case][&Plan::new(&subject).components[0].options[0].sheet]
}

#[test]
fn the_first_sheet_says_what_its_option_is() {
    let mut system = example("steady-api");
    system.region = None;
    system.components[0].latency.target_ms = None;
    let mut as_is = evaluated(&system);
    let is_target = |input: &str| input.ends_with("latency.target_ms");
    as_is
        .assumptions
        .retain(|assumption| !is_target(&assumption.input));
    let changed = |change: fn(&mut PlatformOption)| {
        let mut evaluation = as_is.clone();
        evaluation.components[0].options.iter_mut().for_each(change);
        evaluation
    };
    let none_fits = changed(|option| option.fit.ok = false);
    let all_late = changed(|option| option.meets_target = false);
    let mut stay = as_is.clone();
    stay.verdict.decision = Decision::Stay;
    let late = "None keeps the latency target; the best of those that fit.";
    let stays = "The best of those that fit; the advice is to stay.";
    let cases = [
        ("as-is", as_is.clone(), "The best of those that fit."),
        ("unfit", none_fits, "No option fits; these are bills only."),
        ("late", all_late, late),
        ("stay", stay, stays),
    ];
    let hook = Hook {
        times: None,
        wrong_results: true,
    };
    let workbooks = cases.each_ref().map(|(name, evaluation, _)| Workbook {
        name: (*name).to_owned(),
        bytes: write(&subject(&system, evaluation), hook).expect("a workbook"),
    });
    let Some(found) = recalculated("xlsx standings", &workbooks) else {
        return;
    };
    for (name, _, expected) in &cases {
        assert_eq!(of_first(&found, name, &system)[3][0], *expected, "{name}");
    }
    let summary = &found["as-is"]["Summary"];
    let cell = |row: usize, column: usize| summary[row][column].as_str();
    assert_eq!(cell(4, 1), "US East (N. Virginia)");
    assert_eq!(cell(12, 5), "no target");
    let p99: f64 = cell(12, 3).parse().expect("a number");
    assert!(p99 > 0.0, "{p99}");
}

#[test]
fn names_stay_texts() {
    let mut system = example("shop-system");
    let names = HOSTILE.iter().cycle();
    for (component, name) in system.components.iter_mut().zip(names.clone()) {
        component.name = (*name).to_owned();
    }
    system.links.clear();
    let mut all: Vec<Workbook> = Vec::new();
    let long: String = "=HYPERLINK(\"https://evil.example\")"
        .chars()
        .cycle()
        .take(500)
        .collect();
    for (place, name) in HOSTILE.iter().copied().chain([long.as_str()]).enumerate() {
        system.name = name.to_owned();
        system.components[0].name = name.to_owned();
        all.push(workbook(format!("hostile-{place}"), &system, None));
    }
    let Some(found) = recalculated("xlsx names", &all) else {
        return;
    };
    for (place, name) in HOSTILE.iter().copied().chain([long.as_str()]).enumerate() {
        let sheets = &found[&format!("hostile-{place}")];
        let title = &sheets["Summary"][0][0];
        assert!(
            title.starts_with(name),
            "{title:?} does not begin with {name:?}"
        );
        let inputs = &sheets["Inputs"];
        assert!(
            inputs.iter().any(|row| row[0] == name),
            "{name:?} is not on the inputs"
        );
    }
}

#[test]
fn the_same_answer_gives_the_same_bytes() {
    let system = example("steady-api");
    let evaluation = evaluated(&system);
    let subject = subject(&system, &evaluation);
    let start = std::time::Instant::now();
    let first = super::workbook(&subject).expect("a workbook");
    println!("{} bytes in {:?}", first.len(), start.elapsed());
    assert_eq!(first, super::workbook(&subject).expect("a workbook"));
}

#[test]
fn names_of_sheets_are_short_allowed_and_unique() {
    let mut taken = Vec::new();
    for label in [
        "AWS Lambda",
        "AWS Lambda",
        "Summary",
        "a/b:c*d?[e]'",
        "",
        &"x".repeat(60),
        &"x".repeat(60),
    ] {
        let name = super::plan::sheet_name("", label, &taken);
        assert!(!name.is_empty() && name.chars().count() <= 31, "{name:?}");
        assert!(
            !name.contains(['/', ':', '*', '?', '[', ']', '\'', '\\']),
            "{name:?}"
        );
        assert!(!taken.contains(&name), "{name:?}");
        taken.push(name);
    }
}

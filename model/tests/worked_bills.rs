//! Bills worked out by others, reproduced to the cent: AWS's own examples, Infracost's golden files,
//! case studies. A case gives inputs and formulas; quantities are computed here, never typed.
//!
//! Bills of other clouds (Cloud Run, Azure Functions, Cloudflare Workers) are left out: the book has no price for them.
#![expect(
    clippy::disallowed_methods,
    reason = "a test lists the files of the folder"
)]

use std::collections::BTreeMap;

use model::bill::{Bill, Charges, Group};
use model::price::{Price, PriceBook, Region, is_iso_date};
use serde::Deserialize;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    id: String,
    url: String,
    as_of: String,
    region: Region,
    #[serde(default)]
    note: String,
    inputs: BTreeMap<String, f64>,
    /// Ids of the allowances the bill subtracts; the examples of AWS leave some out.
    free_tier: Vec<String>,
    lines: Vec<CaseLine>,
    rounding: Rounding,
    /// Decimal places of the expected amounts.
    places: u32,
    expected: BTreeMap<String, Expected>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CaseLine {
    name: String,
    #[serde(default)]
    price_id: String,
    /// Formula over the inputs.
    #[serde(default)]
    quantity: String,
    /// The case's own rate, where it uses an older price or one the book does not have.
    usd: Option<f64>,
    /// A fee that is this share of the price.
    share: Option<String>,
    /// An amount the case states without its parts, as a formula over the inputs.
    given_usd: Option<String>,
}

#[derive(Deserialize, Clone, Copy, PartialEq)]
#[serde(rename_all = "snake_case")]
enum Rounding {
    /// The total is the sum of rounded lines, as on AWS pages.
    Lines,
    /// Only the total is rounded, as by Infracost.
    Total,
}

#[derive(Deserialize)]
#[serde(untagged)]
enum Expected {
    Amount(f64),
    /// One amount for each tier reached.
    Tiers(Vec<f64>),
}

#[test]
fn lambda_bills_are_reproduced() {
    check(include_str!("worked_bills/lambda.json"), 31);
}

#[test]
fn fargate_ecs_eks_and_ec2_bills_are_reproduced() {
    check(include_str!("worked_bills/containers.json"), 14);
}

#[test]
fn api_gateway_nat_and_egress_bills_are_reproduced() {
    check(include_str!("worked_bills/network.json"), 10);
}

#[test]
fn queue_table_workflow_and_database_bills_are_reproduced() {
    check(include_str!("worked_bills/state.json"), 10);
}

#[test]
fn whole_architectures_are_reproduced() {
    check(include_str!("worked_bills/architectures.json"), 4);
}

#[test]
fn no_file_of_bills_is_left_unread_and_no_bill_stands_twice() {
    let tests = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("tests");
    let read = std::fs::read_to_string(tests.join("worked_bills.rs")).expect("this file");
    let mut seen = std::collections::BTreeSet::new();
    for entry in std::fs::read_dir(tests.join("worked_bills")).expect("the folder") {
        let path = entry.expect("an entry").path();
        let name = path.file_name().and_then(|name| name.to_str());
        let name = name.expect("a name");
        assert!(read.contains(&format!("worked_bills/{name}\"")), "{name}");
        let text = std::fs::read_to_string(&path).expect("a file");
        let cases: Vec<Case> = serde_json::from_str(&text).expect("cases");
        for case in cases {
            assert!(!case.expected.is_empty(), "{} expects nothing", case.id);
            assert!(seen.insert(case.id.clone()), "{} stands twice", case.id);
        }
    }
    assert!(seen.len() >= 69, "{} bills", seen.len());
}

/// Reproduces each case of a file, which has at least so many.
fn check(cases: &str, at_least: usize) {
    let cases: Vec<Case> = serde_json::from_str(cases).expect("the cases are well formed");
    assert!(cases.len() >= at_least, "{} cases", cases.len());
    let wrong: Vec<String> = cases.iter().flat_map(reproduce).collect();
    assert!(wrong.is_empty(), "\n{}", wrong.join("\n"));
}

/// What differs from the expected amounts.
fn reproduce(case: &Case) -> Vec<String> {
    assert!(
        case.url.starts_with("https://") && is_iso_date(&case.as_of),
        "{}: {} {}",
        case.id,
        case.url,
        case.as_of
    );
    let amounts = amounts(case);
    let round = |usd: f64| rounded(usd, case.places);
    let by_name: BTreeMap<&str, f64> = amounts
        .iter()
        .map(|(name, parts)| (name.as_str(), parts.iter().sum()))
        .collect();
    let total = match case.rounding {
        Rounding::Lines => by_name.values().map(|usd| round(*usd)).sum::<f64>(),
        Rounding::Total => by_name.values().sum::<f64>(),
    };
    let mut wrong = Vec::new();
    for (name, expected) in &case.expected {
        let (got, want): (Vec<f64>, Vec<f64>) = match expected {
            Expected::Amount(want) if name == "total" => (vec![total], vec![*want]),
            Expected::Amount(want) => (
                vec![by_name.get(name.as_str()).copied().unwrap_or(f64::NAN)],
                vec![*want],
            ),
            Expected::Tiers(want) => (amounts.get(name).cloned().unwrap_or_default(), want.clone()),
        };
        let agree = got.len() == want.len()
            && got
                .iter()
                .zip(&want)
                .all(|(got, want)| (round(*got) - want).abs() < 1e-7);
        if !agree {
            wrong.push(format!(
                "{}: {name} is {got:?}, expected {want:?} ({} {})",
                case.id, case.url, case.note
            ));
        }
    }
    wrong
}

/// The amounts of each named line after the free tier, tier by tier.
fn amounts(case: &Case) -> BTreeMap<String, Vec<f64>> {
    let book = PriceBook::embedded();
    let mut left: BTreeMap<&str, f64> = case
        .free_tier
        .iter()
        .map(|id| {
            (
                id.as_str(),
                book.allowance(id)
                    .unwrap_or_else(|| panic!("{id}"))
                    .quantity,
            )
        })
        .collect();
    let mut amounts: BTreeMap<String, Vec<f64>> = BTreeMap::new();
    for line in &case.lines {
        let parts = amounts.entry(line.name.clone()).or_default();
        if let Some(given) = &line.given_usd {
            parts.push(Formula::value(given, &case.inputs));
            continue;
        }
        let price = price(book, case, line);
        let quantity = Formula::value(&line.quantity, &case.inputs);
        let mut bill = Bill::default();
        bill.charge(Group::Compute, &line.name, &price, quantity);
        for (id, left) in &mut left {
            if book
                .allowance(id)
                .expect("looked up above")
                .applies_to
                .contains(&line.price_id)
            {
                *left = bill.credit(&line.name, &price, quantity, *left);
            }
        }
        let lines: f64 = bill.lines.iter().map(|line| line.amount_usd).sum();
        assert!(
            (lines - bill.monthly_usd).abs() < 1e-6,
            "{}: a bill is the sum of its lines",
            case.id
        );
        parts.extend(bill.lines.iter().map(|line| line.amount_usd));
    }
    amounts
}

fn price(book: &PriceBook, case: &Case, line: &CaseLine) -> Price {
    if let Some(usd) = line.usd {
        return book
            .own_rate(&line.price_id, case.region, usd)
            .unwrap_or_else(|| panic!("{}", line.price_id));
    }
    let mut price = book
        .price(&line.price_id, case.region)
        .unwrap_or_else(|missing| panic!("{}: {missing}", case.id))
        .clone();
    if let Some(share) = &line.share {
        let fraction = book
            .share(share, case.region)
            .unwrap_or_else(|missing| panic!("{missing}"))
            .fraction;
        for tier in &mut price.tiers {
            tier.usd *= fraction;
        }
    }
    price
}

/// Halves away from zero, with the nudge of `Usd::rounded_to_cents` for what floating point leaves just under one.
fn rounded(usd: f64, places: u32) -> f64 {
    let scale = (0..places).fold(1.0, |scale, _| scale * 10.0);
    (usd * scale + 1e-6).round() / scale
}

/// `requests * duration_ms / 1000 * (disk_mb - 512) / 1024` over named inputs; `ceil(..)` rounds up.
struct Formula<'a> {
    rest: &'a str,
    inputs: &'a BTreeMap<String, f64>,
}

impl<'a> Formula<'a> {
    fn value(text: &'a str, inputs: &'a BTreeMap<String, f64>) -> f64 {
        let mut formula = Self { rest: text, inputs };
        let value = formula.sum();
        assert!(
            formula.rest.trim().is_empty() && value.is_finite(),
            "{text}: {:?} left over",
            formula.rest
        );
        value
    }

    fn next_is(&mut self, sign: char) -> bool {
        let rest = self.rest.trim_start();
        let found = rest.starts_with(sign);
        self.rest = if found { &rest[1..] } else { rest };
        found
    }

    fn sum(&mut self) -> f64 {
        let mut value = self.product();
        loop {
            if self.next_is('+') {
                value += self.product();
            } else if self.next_is('-') {
                value -= self.product();
            } else {
                return value;
            }
        }
    }

    fn product(&mut self) -> f64 {
        let mut value = self.factor();
        loop {
            if self.next_is('*') {
                value *= self.factor();
            } else if self.next_is('/') {
                value /= self.factor();
            } else {
                return value;
            }
        }
    }

    fn factor(&mut self) -> f64 {
        if self.next_is('(') {
            let value = self.sum();
            assert!(self.next_is(')'), "{:?}: no closing bracket", self.rest);
            return value;
        }
        let end = self
            .rest
            .find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '.'))
            .unwrap_or(self.rest.len());
        let (word, rest) = self.rest.split_at(end);
        self.rest = rest;
        if word == "ceil" {
            return self.factor().ceil();
        }
        word.parse()
            .ok()
            .or_else(|| self.inputs.get(word).copied())
            .unwrap_or_else(|| panic!("{word:?} is no input"))
    }
}

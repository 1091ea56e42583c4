//! Ten odd workloads, answered: `docs/verdicts.md` is computed, and fresh.
//!
//! `BREAKEVEN_BLESS=1 cargo test -p model --test verdicts` rewrites it.
#![expect(
    clippy::disallowed_methods,
    reason = "the test compares a file of the repository and may rewrite it"
)]

use std::fmt::Write as _;

use model::evaluation::{ComponentEvaluation, Evaluation, PlatformOption};
use model::wording;
use model::{Parts, PriceBook, System, evaluate};
use serde::Deserialize;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/verdicts");
const DOCUMENT: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/../docs/verdicts.md");

/// One workload with what an architect would say.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Case {
    title: String,
    what: String,
    view: String,
    system: System,
}

fn cases() -> Vec<Case> {
    let mut paths: Vec<_> = std::fs::read_dir(FOLDER)
        .expect("the folder")
        .map(|entry| entry.expect("an entry").path())
        .collect();
    paths.sort();
    let read = |path: &std::path::PathBuf| {
        let text = std::fs::read_to_string(path).expect("a readable file");
        let case: Case =
            toml::from_str(&text).unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        case.system
            .check()
            .unwrap_or_else(|error| panic!("{}: {error}", path.display()));
        case
    };
    paths.iter().map(read).collect()
}

fn answered(case: &Case, number: usize) -> String {
    let evaluation = evaluate(&case.system, PriceBook::embedded(), &Parts::ALL);
    let component = &evaluation.components[0];
    let mut text = format!("## {number}. {}\n\n{}\n\n", case.title, case.what);
    writeln!(text, "> {}\n", evaluation.verdict.headline).expect("a string takes all");
    text.push_str(&in_short(&evaluation));
    text.push_str(&options(component));
    text.push_str(&bill(component));
    list(
        &mut text,
        "Reasons",
        component
            .verdict
            .reasons
            .iter()
            .map(|reason| format!("{} ([{}]({}))", reason.text, reason.rule, reason.source)),
    );
    list(
        &mut text,
        "What would flip it",
        component.flips.iter().map(|flip| {
            format!(
                "`{}` from {} to {}: {}",
                flip.input,
                wording::short(flip.now),
                wording::short(flip.at),
                flip.winner
            )
        }),
    );
    list(
        &mut text,
        "To know beside the numbers",
        evaluation.warnings.iter().cloned(),
    );
    writeln!(
        text,
        "**An architect's view.** {}\n",
        case.view.replace('\n', " ")
    )
    .expect("a string takes all");
    text
}

fn in_short(evaluation: &Evaluation) -> String {
    let verdict = &evaluation.verdict;
    let range = verdict
        .monthly_usd_low
        .zip(verdict.monthly_usd_high)
        .map_or_else(String::new, |(low, high)| {
            format!(
                ", {} to {} over the ranges",
                wording::usd(low),
                wording::usd(high)
            )
        });
    let sure = verdict.confidence.map_or_else(String::new, |sure| {
        format!(", confidence {}", wording::percent(sure))
    });
    let mut text = format!(
        "Decision: **{}**, family {}{range}{sure}.\n\n",
        word(&verdict.decision),
        word(&verdict.family)
    );
    list(
        &mut text,
        "On condition",
        verdict.conditions.iter().cloned(),
    );
    text
}

/// The JSON name of a decision or a family.
fn word(value: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(value).expect("JSON");
    value.as_str().expect("a name").to_owned()
}

fn options(component: &ComponentEvaluation) -> String {
    let mut text =
        "| option | a month | P50 | P99 | cold starts | why not |\n|---|---:|---:|---:|---:|---|\n"
            .to_owned();
    for option in &component.options {
        let at = |pick: &dyn Fn(&model::evaluation::LatencyEstimate) -> String| {
            option.latency.as_ref().map_or_else(|| "-".to_owned(), pick)
        };
        writeln!(
            text,
            "| {} | {} | {} | {} | {} | {} |",
            option.label,
            option.bill.as_ref().map_or_else(
                || "not priced".to_owned(),
                |bill| format!("${:.2}", bill.monthly_usd)
            ),
            at(&|latency| wording::milliseconds(latency.percentiles.p50_ms)),
            at(&|latency| wording::milliseconds(latency.percentiles.p99_ms)),
            at(&|latency| wording::percent(latency.cold_start_probability)),
            option.why_not
        )
        .expect("a string takes all");
    }
    text.push('\n');
    text
}

fn bill(component: &ComponentEvaluation) -> String {
    let Some((option, bill)) = component
        .options
        .first()
        .and_then(|option| Some((option, option.bill.as_ref()?)))
    else {
        return String::new();
    };
    let mut text = format!(
        "The bill of {} ({}):\n\n| line | quantity | unit | unit price | amount |\n|---|---:|---|---:|---:|\n",
        option.label,
        configuration(option)
    );
    for line in &bill.lines {
        writeln!(
            text,
            "| {} | {} | {} | {} | {:.2} |",
            line.name,
            wording::short(line.quantity),
            line.unit,
            line.unit_price_usd,
            line.amount_usd
        )
        .expect("a string takes all");
    }
    text.push('\n');
    text
}

fn configuration(option: &PlatformOption) -> String {
    let value = serde_json::to_value(&option.configuration).expect("JSON");
    let fields = value.as_object().expect("an object").iter();
    let words = fields.map(|(name, value)| {
        let value = match value.as_f64() {
            Some(number) => wording::short(number),
            None => value
                .as_str()
                .map_or_else(|| value.to_string(), str::to_owned),
        };
        format!("{} {value}", name.replace('_', " "))
    });
    words.collect::<Vec<_>>().join(", ")
}

fn list(text: &mut String, title: &str, items: impl Iterator<Item = String>) {
    let items: Vec<String> = items.collect();
    if !items.is_empty() {
        writeln!(text, "{title}:\n").expect("a string takes all");
        for item in items {
            writeln!(text, "- {item}").expect("a string takes all");
        }
        text.push('\n');
    }
}

#[test]
fn the_ten_verdicts_are_fresh() {
    let mut text = format!(
        "# Ten odd workloads, answered\n\n\
         <!-- Computed: `BREAKEVEN_BLESS=1 cargo test -p model --test verdicts` rewrites it. -->\n\n\
         What the model says of workloads that trip calculators, with prices of {}. The inputs are the files of\n\
         `model/tests/verdicts`; all that is not in them takes its default. Every figure is computed. The view at the end\n\
         of each is what an experienced architect says of it; it was argued with until figures and view agreed.\n\n",
        PriceBook::embedded().version()
    );
    for (index, case) in cases().iter().enumerate() {
        text.push_str(&answered(case, index + 1));
    }
    let text = format!("{}\n", text.trim_end());
    if std::env::var_os("BREAKEVEN_BLESS").is_some() {
        std::fs::write(DOCUMENT, &text).expect("a writable document");
    }
    let written = std::fs::read_to_string(DOCUMENT).expect("docs/verdicts.md");
    assert!(
        written == text,
        "docs/verdicts.md is not fresh: BREAKEVEN_BLESS=1 cargo test -p model --test verdicts"
    );
}

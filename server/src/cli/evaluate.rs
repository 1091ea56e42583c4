//! `breakeven evaluate FILE|-`.

use std::io::Read as _;
use std::path::{Path, PathBuf};

use clap::{Args, ValueEnum};
use model::Parts;
use model::evaluation::{ComponentEvaluation, Evaluation, PlatformOption};
use model::system::System;

use super::table::{Column, table};
use super::{Book, Failure, print};

#[derive(Args, Debug)]
pub(super) struct Evaluate {
    /// A file with a system as JSON, or - for standard input
    file: PathBuf,
    /// How to write the evaluation
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    #[command(flatten)]
    book: Book,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
pub(super) enum Format {
    /// As the API answers
    Json,
    /// For reading
    Table,
}

impl Evaluate {
    pub(super) fn run(self) -> Result<(), Failure> {
        let system = read_system(&self.file)?;
        let evaluation = model::evaluate(&system, &self.book.open()?, &Parts::ALL);
        print(&match self.format {
            Format::Json => format!("{:#}\n", serde_json::json!(evaluation)),
            Format::Table => text(&evaluation),
        })
    }
}

/// The system in a file, or on standard input; a bad one names its file and field.
pub(super) fn read_system(file: &Path) -> Result<System, Failure> {
    let name = file.display();
    let json = read(file).map_err(|error| Failure::BadInput(format!("{name}: {error}")))?;
    System::from_json(&json).map_err(|invalid| {
        let lines: Vec<String> = invalid
            .errors
            .iter()
            .map(|error| format!("{name}: {}: {}", error.path, error.message))
            .collect();
        Failure::BadInput(lines.join("\n"))
    })
}

fn read(file: &Path) -> std::io::Result<Vec<u8>> {
    if file.as_os_str() != "-" {
        return std::fs::read(file);
    }
    let mut json = Vec::new();
    std::io::stdin().read_to_end(&mut json)?;
    Ok(json)
}

fn text(evaluation: &Evaluation) -> String {
    let headline = one_line(&evaluation.verdict.headline);
    let components: String = evaluation.components.iter().map(options).collect();
    let warnings: String = evaluation
        .warnings
        .iter()
        .map(|warning| one_line(warning))
        .fold(String::new(), |notes, warning| {
            notes + "\nNote: " + &warning
        });
    let (prices, model) = (&evaluation.price_book, &evaluation.model_version);
    format!("{headline}\n{components}{warnings}\nPrices of {prices}, model {model}\n")
}

fn options(component: &ComponentEvaluation) -> String {
    let columns = [
        Column::left("platform"),
        Column::right("USD a month"),
        Column::right("P50"),
        Column::right("P95"),
        Column::right("P99"),
        Column::right("cold"),
        Column::left("why not"),
    ];
    let rows = table(&columns, component.options.iter().map(row));
    format!("\n{}\n{rows}", one_line(&component.name))
}

fn row(option: &PlatformOption) -> Vec<String> {
    let absent = || "-".to_owned();
    let cost = option
        .bill
        .as_ref()
        .map_or_else(absent, |bill| app::format::usd_cents(bill.monthly_usd));
    let latency = option.latency.as_ref();
    let ms = |value: Option<f64>| value.map_or_else(absent, app::format::ms);
    vec![
        one_line(&option.label),
        cost,
        ms(latency.map(|latency| latency.percentiles.p50_ms)),
        ms(latency.map(|latency| latency.percentiles.p95_ms)),
        ms(latency.map(|latency| latency.percentiles.p99_ms)),
        latency.map_or_else(absent, |latency| {
            app::format::percent(latency.cold_start_probability)
        }),
        one_line(&option.why_not),
    ]
}

/// Nothing that a terminal would obey.
pub(super) fn one_line(text: &str) -> String {
    text.chars()
        .map(|character| {
            if character.is_control() {
                ' '
            } else {
                character
            }
        })
        .collect()
}

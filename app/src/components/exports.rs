//! The export bar: the answer as files, its charts as pictures, its thresholds as alarms.

use std::fmt::Write as _;

use leptos::prelude::*;
use model::{Evaluation, System};

use crate::charts::{self, Subject};
use crate::components::options::arranged;
use crate::format;
use crate::islands::TakeAway;
use crate::markup::{IntoMarkup as _, Markup};

/// Files for people, then files for programs.
const REPORTS: [(&str, &str, &str); 5] = [
    ("PDF", "report.pdf", ""),
    ("PDF on Letter paper", "report.pdf", "paper=letter"),
    ("Markdown decision record", "report.md", ""),
    ("Spreadsheet with live formulas", "report.xlsx", ""),
    ("JSON", "report.json", ""),
];
const TABLES: [(&str, &str, &str); 2] = [
    ("CSV of all bills", "report.csv", ""),
    ("CSV of the break-even curves", "report.break-even.csv", ""),
];
const TRIPWIRES: [(&str, &str, &str); 3] = [
    ("CloudFormation", "tripwires.yaml", ""),
    ("Terraform", "tripwires.tf", ""),
    ("Prometheus", "tripwires.rules.yaml", ""),
];

/// Everything that can be taken away from a page.
#[component]
pub fn Exports(
    /// The page.
    base: String,
    /// Its query; empty for a saved scenario.
    query: String,
    /// The answers.
    system: System,
    /// What came of them.
    evaluation: Evaluation,
) -> impl IntoView {
    let link = |(name, file, wish): (&'static str, &'static str, &'static str)| {
        let href = address(&base, file, &[&query, wish]);
        view! { <li><a href=href>{name}</a></li> }
    };
    let pictures = pictures(&base, &query, &system, &evaluation);
    let pictures =
        (!pictures.is_empty()).then(|| view! { <dt>"Charts"</dt> <dd><ul>{pictures}</ul></dd> });
    view! {
        <div class="exports">
            <h3>"Take it away"</h3>
            <dl>
                <dt>"Report"</dt>
                <dd><ul>{REPORTS.map(link).collect_view()}</ul></dd>
                <dt>"Numbers"</dt>
                <dd><ul>{TABLES.map(link).collect_view()}</ul></dd>
                {pictures}
                <dt>"Tripwires"</dt>
                <dd>
                    <ul>{TRIPWIRES.map(link).collect_view()}</ul>
                    <span class="aside">"Alarms at the thresholds of “when to look again”."</span>
                </dd>
            </dl>
            <TakeAway table=markdown_table(&evaluation)/>
        </div>
    }
}

/// Each chart that there is to draw, as SVG and as PNG.
fn pictures(base: &str, query: &str, system: &System, evaluation: &Evaluation) -> Vec<Markup> {
    let mut found = Vec::new();
    let several = evaluation.components.len() > 1;
    for (index, component) in evaluation.components.iter().enumerate() {
        let subject = Subject {
            system,
            evaluation,
            index,
        };
        let of = if several {
            format!("{}: ", component.name)
        } else {
            String::new()
        };
        for chart in charts::all() {
            // The same lines without their bands, and what concerns the whole system, are no pictures of their own.
            let again = chart.id == "break_even_lines" || (chart.id == "growth" && index > 0);
            if again || chart.of_evaluation(&subject).is_none() {
                continue;
            }
            let which = format!("component={index}");
            let href = |ending: &str| {
                address(
                    base,
                    &format!("charts/{}.{ending}", chart.id),
                    &[query, &which],
                )
            };
            found.push(
                view! {
                    <li>
                        {format!("{of}{} ", chart.name)} <a href=href("svg") aria-label=format!("{of}{}, SVG", chart.name)>"SVG"</a>
                        " " <a href=href("png") aria-label=format!("{of}{}, PNG", chart.name)>"PNG"</a>
                    </li>
                }
                .into_markup(),
            );
        }
    }
    found
}

fn address(base: &str, file: &str, query: &[&str]) -> String {
    let parts: Vec<&str> = query
        .iter()
        .copied()
        .filter(|part| !part.is_empty())
        .collect();
    if parts.is_empty() {
        format!("{base}/{file}")
    } else {
        format!("{base}/{file}?{}", parts.join("&"))
    }
}

/// The options side by side as a Markdown table, for a chat or an issue.
#[must_use]
pub fn markdown_table(evaluation: &Evaluation) -> String {
    let mut text = String::new();
    for component in &evaluation.components {
        if evaluation.components.len() > 1 {
            let _fits = writeln!(text, "{}\n", escaped(&component.name));
        }
        text.push_str("| Option | Estimate a month | P50 | P95 | P99 | Cold starts |\n");
        text.push_str("| --- | --: | --: | --: | --: | --: |\n");
        let (able, rest) = arranged(component);
        for option in able.into_iter().chain(rest) {
            let bill = option.bill.as_ref();
            let cost = bill.map_or_else(
                || "not priced".to_owned(),
                |bill| format::usd_cents(bill.monthly_usd),
            );
            let times = option
                .latency
                .as_ref()
                .map_or([const { String::new() }; 4], |latency| {
                    let at = &latency.percentiles;
                    [
                        format::ms(at.p50_ms),
                        format::ms(at.p95_ms),
                        format::ms(at.p99_ms),
                        format::percent(latency.cold_start_probability),
                    ]
                });
            let fits = if option.fit.ok { "" } else { " (does not fit)" };
            let _fits = writeln!(
                text,
                "| {}{fits} | {cost} | {} |",
                option.label,
                times.join(" | ")
            );
        }
        text.push('\n');
    }
    text.truncate(text.trim_end().len());
    text.push('\n');
    text
}

/// A name that a person typed, as plain text of one line.
fn escaped(name: &str) -> String {
    let mut out = String::with_capacity(name.len());
    for character in name.chars() {
        match character {
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '<' | '>' | '&' | '!' => {
                out.extend(['\\', character]);
            }
            _ if character.is_control() => out.push(' '),
            _ => out.push(character),
        }
    }
    out
}

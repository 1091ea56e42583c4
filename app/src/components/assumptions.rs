//! What was assumed, with what hangs on it; values in words.

use leptos::prelude::*;
use model::Evaluation;
use model::question::{Question, question};
use model::system::Answer;
use serde_json::Value;

use crate::format;
use crate::markup::IntoMarkup as _;

/// A value of a field in words; reports use the same.
#[must_use]
pub fn value_words(path: &str, value: &Value) -> String {
    question(path).map_or_else(|| value.to_string(), |question| words(question, value))
}

/// A value of a question in words, with its unit.
pub(crate) fn words(question: &Question, value: &Value) -> String {
    match value {
        Value::Null => "none".to_owned(),
        Value::Bool(flag) => if *flag { "yes" } else { "no" }.to_owned(),
        Value::String(text) => question.label_of(text).to_owned(),
        Value::Array(items) if items.is_empty() => "none".to_owned(),
        Value::Array(items) => items
            .iter()
            .filter_map(Value::as_str)
            .map(|item| question.label_of(item))
            .collect::<Vec<_>>()
            .join(", "),
        _ => serde_json::from_value::<Answer>(value.clone()).map_or_else(
            |_| value.to_string(),
            |answer| answer_words(question, answer),
        ),
    }
}

fn answer_words(question: &Question, answer: Answer) -> String {
    match answer {
        Answer::Exact(value) => number_words(question, value),
        Answer::Range { low, typical, high } => format!(
            "{} (from {} to {})",
            number_words(question, typical),
            number_words(question, low),
            number_words(question, high)
        ),
    }
}

fn number_words(question: &Question, value: f64) -> String {
    match question.unit() {
        "ms" => format::ms(value),
        "" => format::number(value),
        unit if unit.starts_with('$') => format!(
            "{} {}",
            format::usd_cents(value),
            unit.trim_start_matches('$').trim_start()
        )
        .trim_end()
        .to_owned(),
        unit if value.total_cmp(&1.0).is_eq() => format!("1 {}", singular(unit)),
        unit => format!("{} {unit}", format::count(value)),
    }
}

/// `messages` of one: `message`; `requests a month`: `request a month`.
fn singular(unit: &str) -> String {
    let (first, rest) = unit.split_at(unit.find(' ').unwrap_or(unit.len()));
    match first {
        "times" | "GiB" | "s" => unit.to_owned(),
        _ => format!("{}{rest}", first.trim_end_matches('s')),
    }
}

/// All defaults that were used.
#[component]
pub fn Assumptions(
    /// The evaluation they belong to.
    evaluation: Evaluation,
    /// The answers, to change them.
    query: String,
) -> impl IntoView {
    let (flips, rest): (Vec<_>, Vec<_>) = evaluation
        .assumptions
        .iter()
        .partition(|assumption| assumption.could_flip);
    let count = evaluation.assumptions.len();
    let some = !flips.is_empty();
    let rows = |assumptions: Vec<&model::evaluation::Assumption>| {
        assumptions
            .into_iter()
            .map(|assumption| row(assumption, &query))
            .collect_view()
    };
    let flips = rows(flips);
    let rest = rows(rest);
    view! {
        <section data-part="assumptions" aria-labelledby="assumptions">
            <h2 id="assumptions">"What is assumed"</h2>
            <p>{format!("{count} answers were not given, so defaults stand in for them.")}</p>
            {some.then(|| view! {
                <table class="stack">
                    <caption>"These could flip the result"</caption>
                    {head()}
                    <tbody>{flips}</tbody>
                </table>
            })}
            <details>
                <summary>{if some { "All others" } else { "Show them" }}</summary>
                <table class="stack">
                    <caption class="visually-hidden">"Assumptions"</caption>
                    {head()}
                    <tbody>{rest}</tbody>
                </table>
            </details>
        </section>
    }
}

fn head() -> impl IntoView {
    view! {
        <thead>
            <tr>
                <th scope="col">"Answer"</th><th scope="col">"Value"</th><th scope="col">"How sure"</th>
                <th scope="col">"What hangs on it"</th>
            </tr>
        </thead>
    }
}

fn row(assumption: &model::evaluation::Assumption, query: &str) -> impl IntoView + use<> {
    let name = question(&assumption.input).map_or_else(
        || assumption.input.clone(),
        |question| question.name.to_owned(),
    );
    let name =
        if query.is_empty() || query.starts_with("s=") || question(&assumption.input).is_none() {
            name.into_markup()
        } else {
            let path = model::question::below_component(&assumption.input);
            let href = format!(
                "/advise/field?{}",
                crate::url_state::Pairs::parse(query)
                    .with("path", path)
                    .query()
            );
            view! { <a href=href>{name}</a> }.into_markup()
        };
    view! {
        <tr>
            <th scope="row">{name}</th>
            <td data-label="Value" class="value">{value_words(&assumption.input, &assumption.value)}</td>
            <td data-label="How sure">{assumption.provenance.id()}</td>
            <td data-label="What hangs on it" class="consequence">{assumption.consequence.clone()}</td>
        </tr>
    }
}

//! The answers that differ, in the words of the questions; what nobody said, with what stands in for it.

use leptos::prelude::*;
use model::comparison::{Comparison, InputDifference, inputs};
use model::question::{Form, Question, question};
use model::system::System;
use serde_json::Value;

use super::part_name;
use super::sides::Side;
use crate::components::answer_words::{row_words, said};
use crate::components::assumptions::value_words;
use crate::format;
use crate::markup::{IntoMarkup as _, Markup};
use crate::url_state::name_of;

/// A text longer than this is cut: notes may be a book.
const LONGEST: usize = 300;
/// What stands before the path of an answer whose provenance differs.
const PROVENANCE: &str = "provenance.";

/// What differs, the system's own answers first, then part by part.
pub(super) fn section(left: &Side, right: &Side, compared: &Comparison) -> Markup {
    let found = inputs(&left.record.system, &right.record.system);
    let mut rows: Vec<Row> = found
        .iter()
        // The name is the link at the top.
        .filter(|difference| difference.path != "name")
        .map(|difference| Row::of(difference, left, right, compared))
        .collect();
    rows.sort_by_key(|row| (row.part, row.order));
    let several = compared.components.len() > 1;
    let content = if rows.is_empty() {
        view! { <p>"Nothing: both were given the same answers."</p> }.into_markup()
    } else {
        tables(rows, several, compared)
    };
    view! {
        <section class="wide" aria-labelledby="answers">
            <h2 id="answers">"What differs in the answers"</h2>
            {content}
        </section>
    }
    .into_markup()
}

/// One answer of both.
struct Row {
    /// The part, by its place in the comparison; none for the system's own.
    part: Option<usize>,
    order: usize,
    name: String,
    left: String,
    right: String,
}

fn tables(rows: Vec<Row>, several: bool, compared: &Comparison) -> Markup {
    let mut groups: Vec<(Option<usize>, Vec<Row>)> = Vec::new();
    for row in rows {
        match groups.last_mut() {
            Some((part, group)) if *part == row.part => group.push(row),
            _ => groups.push((row.part, vec![row])),
        }
    }
    let bodies = groups
        .into_iter()
        .map(|(part, rows)| {
            let name = match part.and_then(|place| compared.components.get(place)) {
                Some(component) => part_name(component),
                None => "The whole system".to_owned(),
            };
            let title = several.then(
                || view! { <tr class="section"><th scope="rowgroup" colspan="3">{name}</th></tr> },
            );
            view! { <tbody>{title} {rows.into_iter().map(view).collect_view()}</tbody> }
                .into_markup()
        })
        .collect_view();
    view! {
        <table class="answers both stack">
            <caption class="visually-hidden">"Answers that differ"</caption>
            <thead><tr><th scope="col">"Answer"</th><th scope="col">"A"</th><th scope="col">"B"</th></tr></thead>
            {bodies}
        </table>
    }
    .into_markup()
}

fn view(row: Row) -> Markup {
    view! {
        <tr>
            <th scope="row">{row.name}</th>
            <td data-label="A" class="value"><bdi>{row.left}</bdi></td>
            <td data-label="B" class="value"><bdi>{row.right}</bdi></td>
        </tr>
    }
    .into_markup()
}

impl Row {
    fn of(difference: &InputDifference, left: &Side, right: &Side, compared: &Comparison) -> Self {
        let path = difference
            .path
            .strip_prefix(PROVENANCE)
            .unwrap_or(&difference.path);
        let (index, name) = name_of(path);
        let whole_part = name == "components";
        let index = index.or_else(|| whole_part.then(|| place_in_list(path)).flatten());
        // The path is that of the left, where the left has it.
        let in_left = !whole_part || difference.left.is_some();
        let part = index.and_then(|index| {
            let mut components = compared.components.iter();
            components.position(|one| {
                (if in_left {
                    one.index.left
                } else {
                    one.index.right
                }) == Some(index)
            })
        });
        let asked = question(&name);
        let words = |value: Option<&Value>, side: &Side, in_left: bool| match value {
            Some(value) => known(difference, asked, value, side),
            None => unsaid(
                difference,
                path,
                asked,
                side,
                own_index(compared, part, in_left),
            ),
        };
        Self {
            part,
            order: model::question::all()
                .position(|(_, question)| question.path == name)
                .unwrap_or(usize::MAX),
            name: title(
                difference,
                &name,
                asked,
                [&left.record.system, &right.record.system],
            ),
            left: words(difference.left.as_ref(), left, true),
            right: words(difference.right.as_ref(), right, false),
        }
    }
}

/// The number in `links[2].calls_per_request`.
fn place_in_list(path: &str) -> Option<usize> {
    path.rsplit_once('[')?.1.split_once(']')?.0.parse().ok()
}

/// Where a part stands on one side.
fn own_index(compared: &Comparison, part: Option<usize>, in_left: bool) -> Option<usize> {
    let index = &compared.components.get(part?)?.index;
    if in_left { index.left } else { index.right }
}

/// What the answer is called.
fn title(
    difference: &InputDifference,
    name: &str,
    asked: Option<&Question>,
    [left, right]: [&System; 2],
) -> String {
    let path = difference.path.as_str();
    if path.starts_with(PROVENANCE) {
        return format!("{}, how sure", asked.map_or(name, |question| question.name));
    }
    if let Some(id) = path.strip_prefix("rates.") {
        return format!("Own price of {id}");
    }
    // Lists are matched entry by entry; what stands on the right only has the right's number.
    let system = if difference.left.is_some() {
        left
    } else {
        right
    };
    let place = place_in_list(path);
    match name {
        "links" => match place.and_then(|place| system.links.get(place)) {
            Some(link) => format!("Calls from {} to {}", link.from, link.to),
            None => "Calls".to_owned(),
        },
        "operations.environments" => {
            let all = system
                .operations
                .environments
                .iter()
                .flatten()
                .nth(place.unwrap_or_default());
            let environment = all.map_or("", |one| one.name.as_str());
            let column = asked.and_then(|question| column_words(question, path));
            format!("Environment {environment}{}", column.unwrap_or_default())
        }
        "notes" => "Notes".to_owned(),
        "components" => "The part".to_owned(),
        _ => asked.map_or_else(|| name.to_owned(), |question| question.name.to_owned()),
    }
}

/// `, size` of `operations.environments[1].scale`.
fn column_words(question: &Question, path: &str) -> Option<String> {
    let Form::Rows(form) = question.form else {
        return None;
    };
    let (_, name) = path.rsplit_once("].")?;
    let column = form.columns.iter().find(|column| column.name == name)?;
    Some(format!(", {}", column.label.to_lowercase()))
}

/// An answer that was given.
fn known(
    difference: &InputDifference,
    asked: Option<&Question>,
    value: &Value,
    side: &Side,
) -> String {
    let path = difference.path.as_str();
    if path.starts_with(PROVENANCE) {
        return value.as_str().unwrap_or_default().to_owned();
    }
    if path.starts_with("rates.") {
        return value.as_f64().map_or_else(String::new, format::usd_unit);
    }
    if let (Some(calls), true) = (value.get("calls_per_request"), path.starts_with("links[")) {
        return calls_words(calls);
    }
    if path.starts_with("links[") {
        return calls_words(value);
    }
    if path.starts_with("components[") && !path.contains("].") {
        return part_words(value, side);
    }
    match (asked.map(|question| question.form), value) {
        (Some(Form::Rows(form)), Value::Object(_)) => row_words(form, value),
        (_, Value::Object(fields)) if fields.contains_key("hourly") => {
            "numbers of your own".to_owned()
        }
        (_, Value::Object(fields)) if fields.is_empty() => "on terms of its own".to_owned(),
        // A field of a row: its unit stands in no question.
        (Some(Form::Rows(_)), Value::Number(number)) => {
            number.as_f64().map_or_else(String::new, format::number)
        }
        _ => cut(&asked.map_or_else(
            || {
                value
                    .as_str()
                    .map_or_else(|| value.to_string(), str::to_owned)
            },
            |question| said(question, value),
        )),
    }
}

fn calls_words(calls: &Value) -> String {
    format!(
        "{} a request",
        format::number(calls.as_f64().unwrap_or_default())
    )
}

/// A part of one side only: what it does and how often.
fn part_words(value: &Value, side: &Side) -> String {
    let traffic = &value["traffic"]["requests_per_month"];
    let traffic = (!traffic.is_null()).then(|| value_words("traffic.requests_per_month", traffic));
    let kind = (!value["kind"].is_null()).then(|| value_words("kind", &value["kind"]));
    let told: Vec<String> = kind.into_iter().chain(traffic).collect();
    if told.is_empty() {
        return side.title();
    }
    told.join(", ")
}

/// An answer that was not given: what holds instead.
fn unsaid(
    difference: &InputDifference,
    path: &str,
    asked: Option<&Question>,
    side: &Side,
    index: Option<usize>,
) -> String {
    if difference.path.starts_with(PROVENANCE) {
        return "stated".to_owned();
    }
    if path.starts_with("rates.") {
        return "the list price".to_owned();
    }
    if path.ends_with(']')
        || ["notes", "exclude"].contains(&path)
        || path.rsplit('.').next() == Some("needs")
    {
        return "none".to_owned();
    }
    // The other side's path names the place that the part has there.
    let own = match index {
        Some(index) => format!(
            "components[{index}].{}",
            model::question::below_component(path)
        ),
        None => path.to_owned(),
    };
    let mut assumed = side.record.evaluation.assumptions.iter();
    let default = assumed.find(|assumption| assumption.input == own);
    match (default, asked) {
        (Some(assumption), Some(question)) => {
            format!("{}, assumed", said(question, &assumption.value))
        }
        _ => "not said".to_owned(),
    }
}

/// No longer than a table can hold.
fn cut(text: &str) -> String {
    match text.char_indices().nth(LONGEST) {
        Some((end, _)) => format!("{}\u{2026}", &text[..end]),
        None => text.to_owned(),
    }
}

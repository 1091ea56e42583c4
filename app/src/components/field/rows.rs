//! A list of several fields each: what is there, and two empty rows more.

use std::collections::BTreeMap;

use leptos::prelude::*;
use model::behavior::Behavior;
use model::question::{Cell, Column, Question, Rows};

use crate::components::assumptions::value_words;
use crate::markup::IntoMarkup as _;
use crate::url_state::Pairs;

/// Rows that are offered beyond those that are filled in.
const MORE: usize = 2;

/// The texts of one row, by column.
type Row = BTreeMap<String, String>;

pub(super) fn rows(
    question: &'static Question,
    form: &'static Rows,
    pairs: &Pairs,
    components: &[String],
) -> impl IntoView {
    let filled = filled(question.path, pairs);
    let count = filled.len() + MORE;
    let rows = (0..count)
        .map(|number| {
            let row = filled.get(number).cloned().unwrap_or_default();
            let cells = form
                .columns
                .iter()
                .map(|column| cell(question.path, number, column, &row, components))
                .collect_view();
            let name = format!("{} {}", form.one, number + 1);
            let label = name.clone();
            view! {
                <div class="row" role="group" aria-label=label>
                    <span class="row-name" aria-hidden="true">{name}</span>
                    {cells}
                </div>
            }
        })
        .collect_view();
    let defaults = defaults(question.path, form);
    view! {
        <div class="rows">{rows}</div>
        {(!defaults.is_empty()).then(|| view! { <p class="typed">"What a row leaves open: " {defaults} "."</p> })}
    }
}

/// The rows that have a text, without the gaps between them.
pub(crate) fn filled(path: &str, pairs: &Pairs) -> Vec<Row> {
    let mut rows: BTreeMap<usize, Row> = BTreeMap::new();
    let before = format!("{path}[");
    for (name, text) in pairs.iter() {
        let cell = name
            .strip_prefix(&before)
            .and_then(|rest| rest.split_once("]."))
            .and_then(|(row, column)| Some((row.parse().ok()?, column)));
        if let Some((row, column)) = cell {
            let row: &mut Row = rows.entry(row).or_default();
            row.insert(column.to_owned(), text.to_owned());
        }
    }
    let mut rows: Vec<Row> = rows.into_values().collect();
    // Own prices are written by their ids.
    let by_id = format!("{path}.");
    for (name, text) in pairs.iter().filter(|_| path == "rates") {
        if let Some(id) = name.strip_prefix(&by_id) {
            let cells = [("id", id), ("usd", text)];
            rows.push(
                cells
                    .map(|(column, text)| (column.to_owned(), text.to_owned()))
                    .into(),
            );
        }
    }
    rows
}

fn cell(
    path: &str,
    number: usize,
    column: &'static Column,
    row: &Row,
    components: &[String],
) -> impl IntoView + use<> {
    let id = format!("{path}[{number}].{}", column.name);
    let typed = row.get(column.name).cloned().unwrap_or_default();
    let control = match column.cell {
        Cell::Number => view! { <input type="text" class="number" spellcheck="false" id=id.clone() name=id.clone() value=typed/> }.into_markup(),
        Cell::Text => view! { <input type="text" autocomplete="off" spellcheck="false" id=id.clone() name=id.clone() value=typed/> }.into_markup(),
        Cell::Flag => {
            let choices = [("", ""), ("true", "Yes"), ("false", "No")];
            select(&id, &typed, choices.map(|(value, label)| (value.to_owned(), label.to_owned())).to_vec()).into_markup()
        }
        Cell::Component => {
            let mut choices = vec![(String::new(), String::new())];
            choices.extend(components.iter().map(|name| (name.clone(), name.clone())));
            if !typed.is_empty() && !components.contains(&typed) {
                choices.push((typed.clone(), typed.clone()));
            }
            select(&id, &typed, choices).into_markup()
        }
    };
    let unit = (!column.unit.is_empty()).then(|| format!(" ({})", column.unit));
    view! {
        <span class="cell">
            <label for=id>{column.label} <span class="unit">{unit}</span></label>
            {control}
        </span>
    }
}

fn select(id: &str, typed: &str, choices: Vec<(String, String)>) -> impl IntoView + use<> {
    let options = choices
        .into_iter()
        .map(|(value, label)| {
            let on = value == typed;
            view! { <option value=value selected=on>{label}</option> }
        })
        .collect_view();
    view! { <select id=id.to_owned() name=id.to_owned()>{options}</select> }
}

/// What is taken for the columns that a begun row leaves open.
fn defaults(path: &str, form: &Rows) -> String {
    let words = form.columns.iter().filter_map(|column| {
        let path = format!("{path}[].{}", column.name);
        let mut defaults = Behavior::embedded().defaults().iter();
        let entry = defaults.find(|entry| entry.path == path)?;
        let value = serde_json::to_value(entry.value.as_ref()?).ok()?;
        let unit = if column.unit.is_empty() {
            String::new()
        } else {
            format!(" {}", column.unit)
        };
        let words = match value.as_f64() {
            Some(number) => crate::format::number(number),
            None => value_words("", &value).replace("false", "no"),
        };
        Some(format!("{} {words}{unit}", column.label.to_lowercase()))
    });
    words.collect::<Vec<_>>().join(", ")
}

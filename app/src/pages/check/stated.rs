//! The answers that were given, by part and section.

use leptos::prelude::*;
use model::evaluation::Flip;
use model::question::{Form, Question, Section};
use serde_json::Value;

use super::{Checked, row_id};
use crate::components::answer_words::said;
use crate::components::assumptions::value_words;
use crate::format;
use crate::markup::{IntoMarkup as _, Markup};
use crate::pages::advise::field_link;
use crate::url_state::{full_path, is_component_field, json_path, per_second};

/// A table for what concerns the system, and one for each part; one for all where there is one
/// part only.
pub(super) fn tables(checked: &Checked) -> impl IntoView + use<> {
    let several = checked.draft.len() > 1;
    let value = serde_json::to_value(&checked.system).unwrap_or_default();
    let names = checked.draft.names();
    let mut tables = Vec::new();
    if several {
        let caption = "What you said about the whole system".to_owned();
        tables.push(table(checked, &value, 0, Scope::System, caption));
    }
    for (index, name) in names.into_iter().enumerate() {
        let (scope, caption) = if several {
            (Scope::Part, format!("What you said about {name}"))
        } else {
            (Scope::Both, "What you said".to_owned())
        };
        tables.push(table(checked, &value, index, scope, caption));
    }
    tables
}

/// Whose answers a table holds.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Scope {
    System,
    Part,
    Both,
}

impl Scope {
    fn holds(self, question: &Question) -> bool {
        let of_part = is_component_field(question.path);
        self == Self::Both || (self == Self::Part) == of_part
    }
}

fn table(
    checked: &Checked,
    value: &Value,
    index: usize,
    scope: Scope,
    caption: String,
) -> Option<Markup> {
    let groups: Vec<Markup> = Section::ALL
        .iter()
        .filter_map(|section| {
            let rows: Vec<Markup> = section
                .questions()
                .iter()
                .filter(|question| scope.holds(question))
                .filter_map(|question| row(checked, value, index, question))
                .collect();
            (!rows.is_empty()).then(|| {
                view! {
                    <tbody>
                        <tr class="section"><th scope="rowgroup" colspan="4">{section.title()}</th></tr>
                        {rows}
                    </tbody>
                }
                .into_markup()
            })
        })
        .collect();
    (!groups.is_empty()).then(|| {
        view! {
            <table class="answers stack">
                <caption>{caption}</caption>
                <thead>
                    <tr>
                        <th scope="col">"Answer"</th><th scope="col">"Value"</th><th scope="col">"How sure"</th>
                        <th scope="col"><span class="visually-hidden">"Change"</span></th>
                    </tr>
                </thead>
                {groups}
            </table>
        }
        .into_markup()
    })
}

fn row(
    checked: &Checked,
    value: &Value,
    index: usize,
    question: &'static Question,
) -> Option<Markup> {
    let place = if is_component_field(question.path) {
        &value["components"][index]
    } else {
        value
    };
    let mut steps = json_path(question.path).split('.');
    let found = steps.try_fold(place, |place, part| place.get(part))?;
    // The own numbers of a shape are another question's answer.
    if found.is_object() && matches!(question.form, Form::One(_)) {
        return None;
    }
    let full = full_path(question.path, index);
    let provenance = checked.system.provenance.get(&full);
    let provenance = provenance.map_or("stated", |provenance| provenance.id());
    let mut flips = checked
        .evaluation
        .components
        .iter()
        .flat_map(|component| &component.flips);
    let flip = flips.find(|flip| flip.input == full).map(flip_words);
    let href = field_link(&checked.draft, index, question.path);
    Some(view! {
        <tr id=row_id(index, question.path)>
            <th scope="row">{question.name}</th>
            <td data-label="Value" class="value">
                {said(question, found)}
                {note(question, found).map(|text| view! { <span class="note">{text}</span> })}
                {flip.map(|text| view! { <span class="note flip">{text}</span> })}
            </td>
            <td data-label="How sure">{provenance}</td>
            <td class="change"><a href=href>"Change"<span class="visually-hidden">" " {question.name}</span></a></td>
        </tr>
    }
    .into_markup())
}

/// Where a stated answer would turn the result.
fn flip_words(flip: &Flip) -> String {
    let at = value_words(&flip.input, &round(flip.at).into());
    format!("Could flip the answer at {at}")
}

fn round(value: f64) -> f64 {
    format::significant(value, 2)
}

/// A conversion beside a value.
fn note(question: &Question, value: &Value) -> Option<String> {
    if question.path != "traffic.requests_per_month" {
        return None;
    }
    per_second(serde_json::from_value(value.clone()).ok()?)
}

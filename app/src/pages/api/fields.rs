//! What a field takes, in words, and tables of fields.

use leptos::prelude::*;
use serde_json::Value;

use super::document::{Document, is_record, properties, referred, text};
use crate::format;
use crate::markup::{IntoMarkup as _, Markup};

/// Longer lists of names are left to the document.
const MOST_NAMES: usize = 24;

/// One line of a table: a name, whether it must be given, what it takes, what it is.
pub(super) struct Field {
    pub(super) name: String,
    pub(super) needed: bool,
    pub(super) takes: Markup,
    pub(super) about: String,
}

/// The fields of a record.
pub(super) fn of_record(document: Document, schema: &'static Value) -> Vec<Field> {
    let properties = properties(document, schema);
    let field = |(name, schema, needed): (&str, &'static Value, bool)| Field {
        name: name.to_owned(),
        needed,
        takes: takes(document, schema),
        about: about(schema).to_owned(),
    };
    properties.into_iter().map(field).collect()
}

/// What is said about a field, wherever it stands.
fn about(schema: &'static Value) -> &'static str {
    let forms = schema["oneOf"].as_array().into_iter().flatten();
    let all = std::iter::once(schema).chain(forms);
    all.map(|form| text(&form["description"]))
        .find(|about| !about.is_empty())
        .unwrap_or_default()
}

/// A table of fields.
pub(super) fn table(caption: String, of: &str, fields: Vec<Field>) -> Markup {
    let rows = fields.into_iter().map(row).collect_view();
    let hidden = format!("{of}: ");
    view! {
        <table class="fields stack">
            <caption><span class="visually-hidden">{hidden}</span>{caption}</caption>
            <thead><tr><th scope="col">"Field"</th><th scope="col">"Takes"</th><th scope="col">"What it is"</th></tr></thead>
            <tbody>{rows}</tbody>
        </table>
    }
    .into_markup()
}

fn row(field: Field) -> Markup {
    let needed = field
        .needed
        .then(|| view! { <span class="tag">"always"</span> });
    view! {
        <tr>
            <th scope="row"><code>{field.name}</code> {needed}</th>
            <td>{field.takes}</td>
            <td class="consequence">{prose(&field.about)}</td>
        </tr>
    }
    .into_markup()
}

/// Text of the document: what stands between backticks is code.
pub(super) fn prose(text: &str) -> Markup {
    let parts = text.split('`').enumerate().map(|(place, part)| {
        let part = part.to_owned();
        if place % 2 == 1 {
            view! { <code>{part}</code> }.into_markup()
        } else {
            part.into_markup()
        }
    });
    parts.collect_view().into_markup()
}

/// What a field takes.
pub(super) fn takes(document: Document, schema: &'static Value) -> Markup {
    let unit = text(&schema["x-unit"]);
    let unit = (!unit.is_empty()).then(|| format!(", {unit}"));
    view! { {kind(document, schema)} <span class="unit">{unit}</span> }.into_markup()
}

fn kind(document: Document, schema: &'static Value) -> Markup {
    if let Some(name) = referred(schema) {
        return named(document, name);
    }
    if let Some(forms) = schema["oneOf"].as_array() {
        return one_of(document, forms);
    }
    if let Some(names) = schema["enum"].as_array() {
        return names_of(names);
    }
    let kind = first_type(schema);
    match kind {
        "array" => {
            let many = many(schema, "minItems", "maxItems", "entries");
            view! { "list of " {kind_of_items(document, schema)} {many} }.into_markup()
        }
        "object" if schema["additionalProperties"].is_object() => {
            view! { "by name: " {self::kind(document, &schema["additionalProperties"])} }
                .into_markup()
        }
        "object" => record(document, schema),
        "string" => string(schema).into_markup(),
        "number" | "integer" => number(schema).into_markup(),
        "boolean" => view! { <code>"true"</code> " or " <code>"false"</code> }.into_markup(),
        _ => "any JSON".into_markup(),
    }
}

fn kind_of_items(document: Document, schema: &'static Value) -> Markup {
    kind(document, &schema["items"])
}

/// Records have a table to go to; names and numbers are said at once.
fn named(document: Document, name: &'static str) -> Markup {
    let schema = document.schema(name);
    if is_record(schema) {
        view! { <a href=format!("#record-{name}")>{name}</a> }.into_markup()
    } else {
        kind(document, schema)
    }
}

/// A record without a name of its own.
fn record(document: Document, schema: &'static Value) -> Markup {
    let fields = properties(document, schema);
    let names = fields.iter().map(|(name, _, _)| *name).collect::<Vec<_>>();
    if names == ["high", "low", "typical"] {
        return view! { "its range " <code>"{low, typical, high}"</code> }.into_markup();
    }
    let fields = fields
        .into_iter()
        .map(|(name, schema, _)| view! { <code>{format!("{name}: ")}</code> {kind(document, schema)} })
        .collect_view();
    view! { "a record of " {fields} }.into_markup()
}

fn one_of(document: Document, forms: &'static [Value]) -> Markup {
    let forms = forms
        .iter()
        .filter(|form| form["type"] != "null")
        .enumerate();
    let forms = forms.map(|(place, form)| {
        let or = (place > 0).then_some(" or ");
        view! { {or} {kind(document, form)} }
    });
    forms.collect_view().into_markup()
}

fn names_of(names: &'static [Value]) -> Markup {
    let more = names.len().saturating_sub(MOST_NAMES);
    let shown = names
        .iter()
        .filter(|name| !name.is_null())
        .take(MOST_NAMES)
        .enumerate();
    let shown = shown
        .map(|(place, name)| {
            let name = name
                .as_str()
                .map_or_else(|| name.to_string(), str::to_owned);
            view! { {(place > 0).then_some(", ")} <code>{name}</code> }
        })
        .collect_view();
    let more = (more > 0).then(|| format!(" and {more} more"));
    view! { {shown} {more} }.into_markup()
}

/// The type, of several the first that is not null.
fn first_type(schema: &'static Value) -> &'static str {
    match schema["type"].as_array() {
        Some(types) => types
            .iter()
            .map(text)
            .find(|kind| *kind != "null")
            .unwrap_or_default(),
        None => text(&schema["type"]),
    }
}

fn string(schema: &'static Value) -> String {
    if text(&schema["format"]) == "date-time" {
        return "a moment, RFC 3339".to_owned();
    }
    format!(
        "text{}",
        many(schema, "minLength", "maxLength", "characters")
    )
}

fn number(schema: &'static Value) -> String {
    let whole = if first_type(schema) == "integer" {
        "whole number"
    } else {
        "number"
    };
    let (min, max) = (schema["minimum"].as_f64(), schema["maximum"].as_f64());
    match (min, max) {
        (Some(min), Some(max)) => format!("{whole}, {} to {}", plain(min), plain(max)),
        (Some(min), None) => format!("{whole}, {} or more", plain(min)),
        _ => whole.to_owned(),
    }
}

/// How many there may be.
fn many(schema: &'static Value, least: &str, most: &str, what: &str) -> String {
    match (schema[least].as_f64(), schema[most].as_f64()) {
        (Some(least), Some(most)) => format!(", {} to {} {what}", plain(least), plain(most)),
        (None, Some(most)) => format!(", at most {} {what}", plain(most)),
        _ => String::new(),
    }
}

/// Small numbers keep their digits, large ones are grouped.
fn plain(number: f64) -> String {
    if number.abs() < 1_000.0 {
        number.to_string()
    } else {
        format::quantity(number)
    }
}

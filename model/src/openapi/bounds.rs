//! Puts the bounds of the checks into the schemas, by walking the tables that the checks walk.

use serde_json::{Map, Value, json};

use super::Schemas;
use super::by_hand::range;
use crate::behavior::Behavior;
use crate::latency::cold_start::ColdStart;
use crate::latency::percentile::WarmAndCold;
use crate::latency::provisioned::Provisioned;
use crate::latency::queue::Queue;
use crate::method::bounds::Bounded;
use crate::system::limits::{
    LARGEST_COMPONENTS, LARGEST_LIST, LARGEST_NAME, LARGEST_NOTES, LARGEST_PROVENANCE,
    LARGEST_RATE_USD, REQUIRED,
};
use crate::system::records::{
    AnswerField, BURST_FIELDS, ENVIRONMENT_FIELDS, LINK_FIELDS, OPERATIONS_FIELDS, PURCHASE_FIELDS,
    RecordField, SYSTEM_FIELDS,
};
use crate::system::{Answer, NUMBER_FIELDS, VERSION};

pub(super) fn put(schemas: &mut Schemas) {
    for field in NUMBER_FIELDS {
        let (record, name) = place(field.path);
        let bound = answer(field.min, field.max, field.whole);
        let needed = REQUIRED.contains(&field.path);
        give(schemas, &record, name, bound, needed, field.unit);
    }
    for path in REQUIRED {
        let (record, name) = place(path);
        require(schemas, &record, name);
        let (group, _) = path.split_once('.').unwrap_or_default();
        require(schemas, "Component", group);
    }
    answers(schemas, "System", SYSTEM_FIELDS);
    answers(schemas, "Operations", OPERATIONS_FIELDS);
    answers(schemas, "Purchase", PURCHASE_FIELDS);
    records(schemas, "Burst", BURST_FIELDS);
    records(schemas, "Environment", ENVIRONMENT_FIELDS);
    records(schemas, "Link", LINK_FIELDS);
    sizes(schemas);
    equations(schemas);
}

/// `work.cpu_ms` as the schema `Work` and its property `cpu_ms`.
fn place(path: &str) -> (String, &str) {
    let (group, name) = path.split_once('.').unwrap_or_default();
    let mut letters = group.chars();
    let first = letters.next().map(|letter| letter.to_ascii_uppercase());
    (first.into_iter().chain(letters).collect(), name)
}

fn number(min: f64, max: f64, whole: bool) -> Value {
    let kind = if whole { "integer" } else { "number" };
    json!({ "type": kind, "minimum": plain(min), "maximum": plain(max) })
}

/// The forms of a numeric answer. Only the typical value must be whole.
fn answer(min: f64, max: f64, whole: bool) -> Vec<Value> {
    let exact = number(min, max, whole);
    vec![exact.clone(), range(&number(min, max, false), &exact)]
}

/// Replaces what a property may be, and keeps what is said about it.
fn give(
    schemas: &mut Schemas,
    record: &str,
    name: &str,
    forms: Vec<Value>,
    needed: bool,
    unit: &str,
) {
    let known = property(schemas, record, name);
    let mut given = Map::new();
    if let Some(description) = description(known) {
        given.insert("description".to_owned(), description);
    }
    if !unit.is_empty() {
        given.insert("x-unit".to_owned(), json!(unit));
    }
    let nothing = (!needed).then(|| json!({ "type": "null" }));
    given.insert(
        "oneOf".to_owned(),
        forms.into_iter().chain(nothing).collect(),
    );
    *known = Value::Object(given);
}

/// A reference keeps its description beside itself, wherever it stands.
fn description(property: &Value) -> Option<Value> {
    let forms = property["oneOf"].as_array().into_iter().flatten();
    let mut all = std::iter::once(property).chain(forms);
    all.find_map(|form| form.get("description").cloned())
}

fn answers<T>(schemas: &mut Schemas, record: &str, fields: &[AnswerField<T>]) {
    for field in fields {
        let forms = answer(field.min, field.max, field.whole);
        give(schemas, record, field.name, forms, false, "");
    }
}

fn records<T>(schemas: &mut Schemas, record: &str, fields: &[RecordField<T>]) {
    for field in fields {
        bounded(property(schemas, record, field.name), field.min, field.max);
    }
}

fn bounded(property: &mut Value, min: f64, max: f64) {
    property["minimum"] = plain(min);
    property["maximum"] = plain(max);
}

/// Whole numbers without a fraction, as people write them.
fn plain(number: f64) -> Value {
    json!(Answer::Exact(number))
}

/// Lengths of texts and lists, and what is one of a list.
fn sizes(schemas: &mut Schemas) {
    for (record, name, longest) in [
        ("System", "name", LARGEST_NAME),
        ("System", "notes", LARGEST_NOTES),
        ("Component", "name", LARGEST_NAME),
        ("Environment", "name", LARGEST_NAME),
        ("Link", "from", LARGEST_NAME),
        ("Link", "to", LARGEST_NAME),
    ] {
        property(schemas, record, name)["maxLength"] = json!(longest);
    }
    for (record, name, longest) in [
        ("System", "components", LARGEST_COMPONENTS),
        ("System", "links", LARGEST_LIST),
        ("Traffic", "bursts", LARGEST_LIST),
    ] {
        property(schemas, record, name)["maxItems"] = json!(longest);
    }
    for record in ["BreakEven", "InputBreakEven"] {
        let two = property(schemas, record, "between");
        two["minItems"] = json!(2);
        two["maxItems"] = json!(2);
    }
    property(schemas, "System", "components")["minItems"] = json!(1);
    property(schemas, "System", "provenance")["maxProperties"] = json!(LARGEST_PROVENANCE);
    bounded(
        &mut property(schemas, "System", "rates")["additionalProperties"],
        0.0,
        LARGEST_RATE_USD,
    );
    *property(schemas, "System", "version") = json!({
        "description": "Format version.", "type": "integer", "enum": [VERSION],
    });
    let types = Behavior::embedded().instance_types().iter();
    let names = types.map(|kind| json!(kind.name)).chain([Value::Null]);
    property(schemas, "Pin", "instance_type")["enum"] = names.collect();
}

/// What one equation by itself takes.
fn equations(schemas: &mut Schemas) {
    inputs::<ColdStart>(schemas, "ColdStart");
    inputs::<Queue>(schemas, "Queue");
    inputs::<Provisioned>(schemas, "Provisioned");
    inputs::<WarmAndCold>(schemas, "WarmAndCold");
}

fn inputs<T: Bounded>(schemas: &mut Schemas, record: &str) {
    for input in T::INPUTS {
        // What has parts has two durations, warm and cold, of one kind.
        let part = input.name.split_once('.');
        let (record, name) = part.map_or((record, input.name), |(_, name)| ("Spread", name));
        bounded(
            property(schemas, record, name),
            input.bound.low,
            input.bound.high,
        );
    }
}

fn property<'s>(schemas: &'s mut Schemas, record: &str, name: &str) -> &'s mut Value {
    let schema = schemas
        .get_mut(record)
        .and_then(|schema| schema.get_mut("properties"));
    let property = schema.and_then(|properties| properties.get_mut(name));
    property.unwrap_or_else(|| panic!("no schema has {record}.{name}"))
}

fn require(schemas: &mut Schemas, record: &str, name: &str) {
    let schema = schemas
        .get_mut(record)
        .unwrap_or_else(|| panic!("no schema {record}"));
    if !schema["required"].is_array() {
        schema["required"] = json!([]);
    }
    if let Some(required) = schema["required"].as_array_mut()
        && !required.contains(&json!(name))
    {
        required.push(json!(name));
    }
}

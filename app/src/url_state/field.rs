//! Flat names and where they stand in the JSON of a system.

use std::collections::BTreeSet;

use model::question::{Form, Question, all, below_component, question};
use model::system::{Answer, FieldError, System, VERSION};
use serde_json::{Value, json};

use super::number::{Measure, read, written};
use super::pairs::Pairs;

const COMPONENT: &str = "components[0].";
/// The system is called `name`; its only component cannot be called so too.
const COMPONENT_NAME: &str = "component.name";
const PROVENANCE: &str = "provenance.";
const RATES: &str = "rates.";
const DURATION: &str = "work.duration_ms";
/// Groups of fields that belong to a component, besides the single `kind`, `needs`, `front_door`.
const GROUPS: [&str; 7] = [
    "traffic.", "work.", "runtime.", "network.", "latency.", "state.", "pin.",
];

/// Whether a field belongs to a component rather than to the system.
pub(crate) fn is_component_field(path: &str) -> bool {
    GROUPS.iter().any(|group| path.starts_with(group))
        || ["kind", "needs", "front_door"].contains(&path)
}

/// The full path of a flat name.
pub(crate) fn in_component(path: &str) -> String {
    if path == COMPONENT_NAME {
        return format!("{COMPONENT}name");
    }
    if is_component_field(path) {
        format!("{COMPONENT}{path}")
    } else {
        path.to_owned()
    }
}

/// The JSON of the answers, and what could not be read.
pub(super) fn json(pairs: &Pairs) -> (Value, Vec<FieldError>) {
    let mut root = json!({ "version": VERSION, "components": [{}] });
    let mut errors = Vec::new();
    let mut seen = BTreeSet::new();
    for (name, _) in pairs.iter() {
        if !seen.insert(name.to_owned()) {
            continue;
        }
        let Some(text) = pairs.last(name) else {
            continue;
        };
        match value_of(name, text, pairs) {
            Ok(value) => insert(&mut root, name, value),
            Err(message) => errors.push(FieldError {
                path: in_component(name),
                message,
            }),
        }
    }
    (root, errors)
}

fn value_of(name: &str, text: &str, pairs: &Pairs) -> Result<Value, String> {
    if name.starts_with(PROVENANCE) || name == COMPONENT_NAME {
        return Ok(text.into());
    }
    if name.starts_with(RATES) {
        return number(name, text, None);
    }
    match question(name).map(|question| question.form) {
        Some(Form::Number) => {
            let duration = || {
                pairs
                    .last(DURATION)
                    .and_then(|text| read(text, Measure::Ms, None).ok())
            };
            number(
                name,
                text,
                if name == "work.cpu_ms" {
                    duration()
                } else {
                    None
                },
            )
        }
        Some(Form::Flag) => match text {
            "true" | "on" | "yes" => Ok(true.into()),
            "false" | "no" => Ok(false.into()),
            _ => Err("must be true or false".to_owned()),
        },
        Some(Form::Many(_)) => Ok(pairs
            .all(name)
            .flat_map(|text| text.split(','))
            .map(str::trim)
            .collect()),
        Some(Form::One(_) | Form::Text) => Ok(text.into()),
        None => Err("is not known".to_owned()),
    }
}

fn number(name: &str, text: &str, whole: Option<Answer>) -> Result<Value, String> {
    let answer = read(text, Measure::of(name), whole)?;
    serde_json::to_value(answer).map_err(|error| error.to_string())
}

/// Puts a value where its flat name says.
fn insert(root: &mut Value, name: &str, value: Value) {
    if let Some(path) = name.strip_prefix(PROVENANCE) {
        root[PROVENANCE.trim_end_matches('.')][in_component(path)] = value;
        return;
    }
    if let Some(id) = name.strip_prefix(RATES) {
        root[RATES.trim_end_matches('.')][id] = value;
        return;
    }
    let (name, in_component) = if name == COMPONENT_NAME {
        ("name", true)
    } else {
        (name, is_component_field(name))
    };
    let mut place = if in_component {
        &mut root["components"][0]
    } else {
        root
    };
    for part in name.split('.') {
        place = &mut place[part];
    }
    *place = value;
}

/// Takes a field out of the JSON; whether it was there.
pub(super) fn remove(root: &mut Value, path: &str) -> bool {
    let (mut place, rest) = match path.strip_prefix(COMPONENT) {
        Some(rest) => (&mut root["components"][0], rest),
        None => (root, path),
    };
    let (parents, last) = rest.rsplit_once('.').unwrap_or(("", rest));
    for part in parents.split('.').filter(|part| !part.is_empty()) {
        let Some(inner) = place.get_mut(part) else {
            return false;
        };
        place = inner;
    }
    let last = last.split('[').next().unwrap_or(last);
    place
        .as_object_mut()
        .is_some_and(|object| object.remove(last).is_some())
}

/// The flat names of a system; `None` when it has what they cannot say.
pub(super) fn pairs(system: &System) -> Option<Pairs> {
    let [component] = &system.components[..] else {
        return None;
    };
    let value = serde_json::to_value(system).ok()?;
    let mut pairs = Pairs::default();
    for (_, question) in all() {
        let place = if is_component_field(question.path) {
            &value["components"][0]
        } else {
            &value
        };
        let found = question
            .path
            .split('.')
            .try_fold(place, |place, part| place.get(part));
        if let Some(found) = found {
            pairs = pairs.with(question.path, text(question, found)?);
        }
    }
    if !component.name.is_empty() {
        pairs = pairs.with(COMPONENT_NAME, component.name.clone());
    }
    for (id, usd) in &system.rates {
        pairs = pairs.with(&format!("{RATES}{id}"), format!("{usd}"));
    }
    for (path, provenance) in &system.provenance {
        pairs = pairs.with(
            &format!("{PROVENANCE}{}", below_component(path)),
            provenance.id(),
        );
    }
    Some(pairs)
}

fn text(question: &Question, value: &Value) -> Option<String> {
    match value {
        Value::Bool(flag) => Some(flag.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Array(items) => Some(
            items
                .iter()
                .filter_map(Value::as_str)
                .collect::<Vec<_>>()
                .join(","),
        ),
        Value::Number(_) | Value::Object(_) if matches!(question.form, Form::Number) => {
            serde_json::from_value(value.clone()).ok().map(written)
        }
        _ => None,
    }
}

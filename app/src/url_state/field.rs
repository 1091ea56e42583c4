//! Answers as typed to the JSON of a system, and back.

use std::collections::{BTreeMap, BTreeSet};

use model::behavior::Behavior;
use model::question::{Cell, Column, Form, Question, all, below_component};
use model::system::{Answer, FieldError, System, VERSION};
use model::traffic::Shape;
use serde_json::{Map, Value, json};

use super::draft::Draft;
use super::name::{Name, full_path, is_component_field, json_path};
use super::number::{Measure, read, written};
use super::pairs::Pairs;

const DURATION: &str = "work.duration_ms";
const CPU: &str = "work.cpu_ms";
const RATES: &str = "rates";
const SHAPE: &str = "traffic.shape";
/// A choice of nothing: the default holds, and nobody knows better.
const UNKNOWN: &str = "unknown";

/// The JSON of the answers, and what could not be read.
pub(super) fn json(draft: &Draft) -> (Value, Vec<FieldError>) {
    let parts: Vec<Value> = draft.parts().iter().map(|_| json!({})).collect();
    let mut reading = Reading {
        root: json!({ "version": VERSION, "components": parts }),
        errors: Vec::new(),
    };
    reading.answers(draft.shared(), None);
    for (index, part) in draft.parts().iter().enumerate() {
        reading.answers(part, Some(index));
    }
    (reading.root, reading.errors)
}

/// The rows of one list: their texts by number.
type Rows<'a> = BTreeMap<usize, Vec<(&'static Column, &'a str)>>;

struct Reading {
    root: Value,
    errors: Vec<FieldError>,
}

impl Reading {
    /// All answers of one component, or of the system.
    fn answers(&mut self, pairs: &Pairs, index: Option<usize>) {
        let mut seen = BTreeSet::new();
        let mut lists: BTreeMap<&'static str, (&'static Question, Rows<'_>)> = BTreeMap::new();
        for (name, _) in pairs.iter() {
            if !seen.insert(name) {
                continue;
            }
            let Some(text) = pairs.last(name) else {
                continue;
            };
            match Name::parse(name) {
                None => self.refuse(name, index, "is not known"),
                Some(Name::Provenance(path)) => {
                    self.root["provenance"][full_path(path, index.unwrap_or(0))] = text.into();
                }
                Some(Name::Rate(id)) => match number(name, text, None) {
                    Ok(usd) => self.root[RATES][id] = usd,
                    Err(message) => self.refuse(name, index, message),
                },
                Some(Name::Answer(question)) if text == UNKNOWN && is_choice(question) => {
                    self.root["provenance"][full_path(name, index.unwrap_or(0))] = UNKNOWN.into();
                }
                // Without the duration, which is refused or missing itself, a share is not to blame.
                Some(Name::Answer(question)) if is_share_of_nothing(question, text, pairs) => {}
                Some(Name::Answer(question)) => match value_of(question, text, pairs) {
                    Ok(value) => self.put(question.path, index, value),
                    Err(message) => self.refuse(name, index, message),
                },
                Some(Name::Cell {
                    question,
                    row,
                    column,
                }) => {
                    let list = lists
                        .entry(question.path)
                        .or_insert((question, Rows::new()));
                    list.1.entry(row).or_default().push((column, text));
                }
            }
        }
        for (question, rows) in lists.into_values() {
            self.list(question, rows, index);
        }
    }

    fn refuse(&mut self, name: &str, index: Option<usize>, message: impl Into<String>) {
        self.errors.push(FieldError {
            path: full_path(name, index.unwrap_or(0)),
            message: message.into(),
        });
    }

    /// The component, or the system.
    fn target(&mut self, index: Option<usize>) -> &mut Value {
        match index {
            Some(index) => &mut self.root["components"][index],
            None => &mut self.root,
        }
    }

    fn put(&mut self, name: &str, index: Option<usize>, value: Value) {
        let (path, value) = if name == "traffic.shape.hourly" {
            (SHAPE, json!({ "hourly": value }))
        } else {
            (json_path(name), value)
        };
        let mut place = self.target(index);
        // The own numbers of a shape win over its name.
        if path == SHAPE && place["traffic"]["shape"].is_object() && value.is_string() {
            return;
        }
        for part in path.split('.') {
            place = &mut place[part];
        }
        *place = value;
    }

    /// Rows in their order, without gaps.
    fn list(&mut self, question: &'static Question, rows: Rows<'_>, index: Option<usize>) {
        let Form::Rows(form) = question.form else {
            return;
        };
        let mut entries = Vec::new();
        for (number, texts) in rows.into_values().enumerate() {
            let mut cells = Map::new();
            for column in form.columns {
                let name = format!("{}[{number}].{}", question.path, column.name);
                let mut given = texts.iter();
                let value = match given.find(|(known, _)| known == &column) {
                    Some((_, text)) => cell(column, text),
                    None => default_of(question.path, column).ok_or("is needed".to_owned()),
                };
                match value {
                    Ok(value) => {
                        cells.insert(column.name.to_owned(), value);
                    }
                    Err(message) => self.refuse(&name, index, message),
                }
            }
            if cells.len() == form.columns.len() {
                entries.push(cells);
            }
        }
        if question.path == RATES {
            for cells in entries {
                if let Some(id) = cells["id"].as_str() {
                    self.root[RATES][id] = cells["usd"].clone();
                }
            }
        } else {
            self.put(question.path, index, entries.into());
        }
    }
}

/// What a row that leaves a column open has there.
fn default_of(list: &str, column: &Column) -> Option<Value> {
    let path = format!("{list}[].{}", column.name);
    let mut defaults = Behavior::embedded().defaults().iter();
    let entry = defaults.find(|entry| entry.path == path)?;
    serde_json::to_value(entry.value.as_ref()?).ok()
}

/// The duration that a share is a share of.
fn duration(pairs: &Pairs) -> Option<Answer> {
    read(pairs.last(DURATION)?, Measure::Ms, None).ok()
}

fn is_share_of_nothing(question: &Question, text: &str, pairs: &Pairs) -> bool {
    question.path == CPU && text.ends_with('%') && duration(pairs).is_none()
}

fn value_of(question: &Question, text: &str, pairs: &Pairs) -> Result<Value, String> {
    match question.form {
        Form::Number => {
            let whole = (question.path == CPU)
                .then(|| pairs.last(DURATION))
                .flatten();
            let whole = whole.and_then(|text| read(text, Measure::Ms, None).ok());
            number(question.path, text, whole)
        }
        Form::Flag => flag(text),
        Form::Many(_) => Ok(pairs
            .all(question.path)
            .flat_map(|text| text.split(','))
            .map(str::trim)
            .collect()),
        Form::Hours => hours(text),
        Form::One(_) | Form::Text | Form::Rows(_) => Ok(text.into()),
    }
}

const fn is_choice(question: &Question) -> bool {
    matches!(question.form, Form::One(_) | Form::Flag)
}

fn number(name: &str, text: &str, whole: Option<Answer>) -> Result<Value, String> {
    let answer = read(text, Measure::of(name), whole)?;
    serde_json::to_value(answer).map_err(|error| error.to_string())
}

fn flag(text: &str) -> Result<Value, String> {
    match text {
        "true" | "on" | "yes" => Ok(true.into()),
        "false" | "no" => Ok(false.into()),
        _ => Err("must be true or false".to_owned()),
    }
}

/// 24 or 168 numbers with blanks, commas, semicolons or lines between them.
fn hours(text: &str) -> Result<Value, String> {
    let texts = text
        .split(|letter: char| letter.is_whitespace() || [',', ';'].contains(&letter))
        .filter(|part| !part.is_empty());
    let numbers = texts
        .map(|part| read(part, Measure::Plain, None).map(Answer::typical))
        .collect::<Result<Vec<_>, _>>()?;
    match Shape::hourly(numbers.clone()) {
        Ok(_) => Ok(numbers.into()),
        Err(error) => Err(error.to_string().replace('`', "")),
    }
}

/// A field of a row; a range has no place there.
fn cell(column: &Column, text: &str) -> Result<Value, String> {
    match column.cell {
        Cell::Number => match read(text, Measure::of(column.name), None)? {
            Answer::Exact(value) => Ok(value.into()),
            Answer::Range { .. } => Err("must be one number, not a range".to_owned()),
        },
        Cell::Flag => flag(text),
        Cell::Text | Cell::Component => Ok(text.into()),
    }
}

/// Takes a field out of the JSON; whether it was there.
pub(super) fn remove(root: &mut Value, path: &str) -> bool {
    let field = below_component(path);
    let index = path
        .strip_prefix("components[")
        .and_then(|rest| rest.split_once(']'))
        .and_then(|(index, _)| index.parse::<usize>().ok());
    let mut place = match index.filter(|_| field != path) {
        Some(index) => &mut root["components"][index],
        None => root,
    };
    let field = field.split('[').next().unwrap_or(field);
    let (parents, last) = field.rsplit_once('.').unwrap_or(("", field));
    for part in parents.split('.').filter(|part| !part.is_empty()) {
        let Some(inner) = place.get_mut(part) else {
            return false;
        };
        place = inner;
    }
    place
        .as_object_mut()
        .is_some_and(|object| object.remove(last).is_some())
}

/// A system as it would be typed; `None` when it has what names cannot say.
pub(super) fn typed(system: &System) -> Option<Draft> {
    let value = serde_json::to_value(system).ok()?;
    let mut shared = Pairs::default();
    let mut parts = vec![Pairs::default(); system.components.len()];
    for (_, question) in all() {
        if is_component_field(question.path) {
            for (part, place) in parts.iter_mut().zip(value["components"].as_array()?) {
                write(part, question, place)?;
            }
        } else {
            write(&mut shared, question, &value)?;
        }
    }
    for (id, usd) in &system.rates {
        shared = shared.with(&format!("{RATES}.{id}"), format!("{usd}"));
    }
    for (path, provenance) in &system.provenance {
        let (index, _) = super::name::name_of(path);
        let name = format!("provenance.{}", below_component(path));
        let pairs = match index {
            Some(index) => parts.get_mut(index)?,
            None => &mut shared,
        };
        *pairs = std::mem::take(pairs).with(&name, provenance.id());
    }
    Some(Draft::new(shared, parts))
}

/// Writes the answer to a question, if there is one.
fn write(pairs: &mut Pairs, question: &'static Question, place: &Value) -> Option<()> {
    let mut steps = json_path(question.path).split('.');
    let Some(found) = steps.try_fold(place, |place, part| place.get(part)) else {
        return Some(());
    };
    let mut put = |name: &str, text: String| *pairs = std::mem::take(pairs).with(name, text);
    match (question.form, found) {
        // Own prices are written by their ids; the own numbers of a shape are another question's.
        (Form::Rows(_) | Form::One(_), Value::Object(_)) => {}
        (Form::Rows(form), Value::Array(rows)) => {
            for (row, cells) in rows.iter().enumerate() {
                for column in form.columns {
                    if let Some(value) = cells.get(column.name) {
                        let name = format!("{}[{row}].{}", question.path, column.name);
                        put(&name, plain(value)?);
                    }
                }
            }
        }
        (Form::Hours, Value::Array(numbers)) => {
            let texts: Vec<String> = numbers.iter().map(plain).collect::<Option<_>>()?;
            put(question.path, texts.join(" "));
        }
        (Form::Many(_), Value::Array(items)) => {
            let names: Vec<&str> = items.iter().filter_map(Value::as_str).collect();
            put(question.path, names.join(","));
        }
        (Form::Number, _) => {
            put(
                question.path,
                written(serde_json::from_value(found.clone()).ok()?),
            );
        }
        _ => put(question.path, plain(found)?),
    }
    Some(())
}

fn plain(value: &Value) -> Option<String> {
    match value {
        Value::Bool(flag) => Some(flag.to_string()),
        Value::String(text) => Some(text.clone()),
        Value::Number(number) => Some(format!("{}", number.as_f64()?)),
        _ => None,
    }
}

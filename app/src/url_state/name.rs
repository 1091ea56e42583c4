//! The names of answers in an address, and where each stands in the JSON of a system.

use model::question::{Column, Form, Question, below_component, question};

/// What stands before the fields of a component that have the name of one of the system.
const OF_COMPONENT: &str = "component.";
const PROVENANCE: &str = "provenance.";
const RATES: &str = "rates.";
/// Rows beyond this are refused, before anything is allotted for them.
const MOST_ROWS: usize = 1_000;
/// Groups of fields that belong to a component, besides the single `kind`, `needs`, `front_door`.
const GROUPS: [&str; 7] = [
    "traffic.", "work.", "runtime.", "network.", "latency.", "state.", "pin.",
];

/// A name of the query string, understood.
#[derive(Clone, Copy, Debug)]
pub(super) enum Name<'a> {
    /// How sure the answer of a field is.
    Provenance(&'a str),
    /// An own price.
    Rate(&'a str),
    /// A field of a row.
    Cell {
        question: &'static Question,
        row: usize,
        column: &'static Column,
    },
    /// An answer.
    Answer(&'static Question),
}

impl<'a> Name<'a> {
    pub(super) fn parse(name: &'a str) -> Option<Self> {
        if let Some(path) = name.strip_prefix(PROVENANCE) {
            return Some(Self::Provenance(path));
        }
        if let Some(id) = name.strip_prefix(RATES) {
            return Some(Self::Rate(id));
        }
        if let Some((path, rest)) = name.split_once('[') {
            let (row, column) = rest.split_once("].")?;
            let question = question(path).filter(|question| question.path == path)?;
            let Form::Rows(rows) = question.form else {
                return None;
            };
            let mut columns = rows.columns.iter();
            return Some(Self::Cell {
                question,
                row: row.parse().ok().filter(|row| *row < MOST_ROWS)?,
                column: columns.find(|known| known.name == column)?,
            });
        }
        question(name)
            .filter(|question| question.path == name && !matches!(question.form, Form::Rows(_)))
            .map(Self::Answer)
    }
}

/// Whether a name belongs to a component rather than to the system.
pub(crate) fn is_component_field(name: &str) -> bool {
    let path = name.strip_prefix(PROVENANCE).unwrap_or(name);
    path.starts_with(OF_COMPONENT)
        || GROUPS.iter().any(|group| path.starts_with(group))
        || ["kind", "needs", "front_door"].contains(&path)
}

/// The path of a field within its component or its system.
pub(crate) fn json_path(name: &str) -> &str {
    name.strip_prefix(OF_COMPONENT).unwrap_or(name)
}

/// The full path of a name for the component of that number.
pub(crate) fn full_path(name: &str, index: usize) -> String {
    if is_component_field(name) {
        format!("components[{index}].{}", json_path(name))
    } else {
        name.to_owned()
    }
}

/// The name of the question that a full path belongs to, with the number of its component.
pub(crate) fn name_of(full: &str) -> (Option<usize>, String) {
    let path = below_component(full);
    if path == full {
        return (None, question_path(path).to_owned());
    }
    let index = full
        .strip_prefix("components[")
        .and_then(|rest| rest.split_once(']'))
        .and_then(|(index, _)| index.parse().ok());
    let path = question_path(path);
    let name = if is_component_field(path) {
        path.to_owned()
    } else {
        format!("{OF_COMPONENT}{path}")
    };
    (index, name)
}

/// A path without a place in a list and without the end of a range.
fn question_path(path: &str) -> &str {
    let path = path.split('[').next().unwrap_or(path);
    if path.starts_with(RATES) {
        return RATES.trim_end_matches('.');
    }
    ["low", "typical", "high"]
        .iter()
        .find_map(|end| {
            path.strip_suffix(end)
                .and_then(|rest| rest.strip_suffix('.'))
        })
        .unwrap_or(path)
}

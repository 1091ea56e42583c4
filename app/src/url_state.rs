//! The address is the scenario: answers to a query string and back.
//!
//! One component is written with flat names (`work.cpu_ms=30`); what does not fit
//! that is `s=`, the deflated JSON in base64url. `system -> query -> system` is the
//! identity. Text as a person typed it (`2M`, `1.5s`, `25%`, `100..400`) is read too.

mod draft;
mod echo;
mod field;
mod name;
mod number;
mod packed;
mod pairs;
mod parts;
mod reference;

use model::system::{InvalidSystem, System};

pub use draft::Draft;
pub(crate) use draft::{COMPONENT, DRAFT};
pub(crate) use echo::{echo, per_second, read_typed};
pub(crate) use name::{full_path, is_component_field, json_path, name_of};
pub use pairs::Pairs;
pub(crate) use parts::MOST_COMPONENTS;
pub use reference::Reference;

/// Where answers of several components are shown.
pub(crate) const PACKED: &str = "s";

/// The system that a query string describes.
///
/// # Errors
/// Every field that cannot be read or is out of bounds, with its path.
pub fn system_from_query(query: &str) -> Result<System, InvalidSystem> {
    match Draft::untouched_system(&Pairs::parse(query)) {
        Some(system) => system,
        None => Draft::parse(query)?.system(),
    }
}

/// The query string of a system, without the question mark.
#[must_use]
pub fn query_from_system(system: &System) -> String {
    let draft = Draft::of(system).filter(|draft| draft.parts().len() == 1);
    match draft.map(|draft| draft.query()) {
        Some(query) if system_from_query(&query).as_ref() == Ok(system) => query,
        _ => Pairs::default().with(PACKED, packed::pack(system)).query(),
    }
}

/// One number as people type it, for an input whose name ends in its unit; no range.
pub(crate) fn read_one(name: &str, text: &str) -> Result<f64, String> {
    match number::read(text, number::Measure::of(name), None)? {
        model::system::Answer::Exact(value) => Ok(value),
        model::system::Answer::Range { .. } => Err("takes one number, not a range".to_owned()),
    }
}

#[cfg(test)]
mod tests;

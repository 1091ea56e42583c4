//! The address is the scenario: answers to a query string and back.
//!
//! One component is written with flat names (`work.cpu_ms=30`); what does not fit
//! that is `s=`, the deflated JSON in base64url. `system -> query -> system` is the
//! identity. Text as a person typed it (`2M`, `1.5s`, `25%`, `100..400`) is read too.

mod field;
mod number;
mod packed;
mod pairs;
mod sheet;

use model::system::{FieldError, InvalidSystem, System};

pub(crate) use field::{in_component, is_component_field};
pub use pairs::Pairs;
pub(crate) use sheet::{COMPONENT, Draft, component_pairs};

/// Where people are asked and shown answers of several components.
pub(crate) const PACKED: &str = "s";

/// The system that a query string describes.
///
/// # Errors
/// Every field that cannot be read or is out of bounds, with its path.
pub fn system_from_query(query: &str) -> Result<System, InvalidSystem> {
    let pairs = Pairs::parse(query);
    if let Some(packed) = pairs.last(PACKED) {
        return System::from_value(packed::unpack(packed)?);
    }
    let (value, mut errors) = field::json(&pairs);
    // serde stops at the first field it cannot read; people want to hear of all, and of what is missing beside them.
    let mut value = value;
    for _ in 0..=pairs.len() {
        match System::from_value(value.clone()) {
            Ok(system) if errors.is_empty() => return Ok(system),
            Ok(_) => break,
            Err(invalid) => {
                let structural =
                    invalid.errors.len() == 1 && field::remove(&mut value, &invalid.errors[0].path);
                add(&mut errors, invalid.errors);
                if !structural {
                    break;
                }
            }
        }
    }
    Err(InvalidSystem { errors })
}

/// The first thing said of a field is what is wrong with the text; what follows from leaving it out is noise.
fn add(errors: &mut Vec<FieldError>, more: Vec<FieldError>) {
    for error in more {
        if !errors.iter().any(|known| known.path == error.path) {
            errors.push(error);
        }
    }
}

/// The query string of a system, without the question mark.
#[must_use]
pub fn query_from_system(system: &System) -> String {
    let flat = field::pairs(system).map(|pairs| pairs.query());
    match flat {
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

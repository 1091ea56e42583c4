//! Validation of a plan: the first bad value is named by the path of its field.

use crate::system::FieldError;

/// Collects what is wrong, below a path.
#[derive(Debug)]
pub(super) struct Check<'a> {
    path: String,
    found: &'a mut Vec<FieldError>,
}

impl<'a> Check<'a> {
    /// At the top.
    pub(super) fn new(found: &'a mut Vec<FieldError>) -> Self {
        Self {
            path: String::new(),
            found,
        }
    }

    /// One level down.
    pub(super) fn within(&mut self, field: &str) -> Check<'_> {
        Check {
            path: self.path_of(field),
            found: self.found,
        }
    }

    /// One element of a list.
    pub(super) fn element(&mut self, field: &str, index: usize) -> Check<'_> {
        self.within(&format!("{field}[{index}]"))
    }

    /// A finite number from `least` to `most`.
    pub(super) fn number(&mut self, field: &str, value: f64, least: f64, most: f64) {
        if !(least..=most).contains(&value) {
            self.bad(field, format!("is {value}: want {least} to {most}"));
        }
    }

    /// A whole number from `least` to `most`.
    pub(super) fn count(&mut self, field: &str, value: u32, least: u32, most: u32) {
        self.number(field, value.into(), least.into(), most.into());
    }

    /// Anything else that is wrong.
    pub(super) fn bad(&mut self, field: &str, message: impl Into<String>) {
        self.found.push(FieldError {
            path: self.path_of(field),
            message: message.into(),
        });
    }

    fn path_of(&self, field: &str) -> String {
        match (self.path.is_empty(), field.is_empty()) {
            (true, _) => field.to_owned(),
            (_, true) => self.path.clone(),
            _ => format!("{}.{field}", self.path),
        }
    }
}

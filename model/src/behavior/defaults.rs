//! What an unanswered question is taken to be, why, over which range, and what
//! hangs on it.

use serde::{Deserialize, Serialize};

/// A default as it stands in the answers.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(untagged)]
pub enum DefaultValue {
    /// `true` or `false`.
    Flag(bool),
    /// A number in the unit of the field.
    Number(f64),
    /// The name of a choice.
    Text(String),
    /// A list, as a rule an empty one.
    List(Vec<DefaultValue>),
}

/// The default of one field.
///
/// With `factor_of`, the default is `factor` times another answer; a `value`
/// beside it is then the least the result may be.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DefaultEntry {
    /// The field: `work.cpu_ms` for one of a component, `operations.availability`
    /// for one of the system, `bursts[].minutes` inside a list.
    pub path: String,
    /// The component kinds it holds for; empty: all that have no entry of their own.
    #[serde(default)]
    pub kinds: Vec<String>,
    /// The default; absent means "none" (JSON `null`), unless `factor_of` is given.
    pub value: Option<DefaultValue>,
    /// The field it is a multiple of.
    pub factor_of: Option<String>,
    /// The multiple.
    pub factor: Option<f64>,
    /// The 5 % end of the assumed value; with `factor`, of the factor.
    pub low: Option<f64>,
    /// The 95 % end of the assumed value; with `factor`, of the factor.
    pub high: Option<f64>,
    /// The unit of `value`, `low` and `high`; `1` for a factor or a count, `-`
    /// for a choice.
    pub unit: String,
    /// Why this default.
    pub reason: String,
    /// What hangs on it, as a sentence for people.
    pub consequence: String,
    /// Id of a [`super::Source`].
    pub source: String,
    /// The date at which the source showed it, or the assumption was made.
    pub as_of: String,
}

impl DefaultEntry {
    /// The default as a number, `None` if it is not a plain one.
    #[must_use]
    pub const fn number(&self) -> Option<f64> {
        match self.value {
            Some(DefaultValue::Number(number)) => Some(number),
            _ => None,
        }
    }

    /// The default as the name of a choice, `None` if it is not one.
    #[must_use]
    pub fn text(&self) -> Option<&str> {
        match &self.value {
            Some(DefaultValue::Text(text)) => Some(text),
            _ => None,
        }
    }

    /// The default as yes or no, `None` if it is not one.
    #[must_use]
    pub const fn flag(&self) -> Option<bool> {
        match self.value {
            Some(DefaultValue::Flag(flag)) => Some(flag),
            _ => None,
        }
    }

    /// The default where `base` is the answer named by `factor_of`:
    /// `max(value, factor x base)`; the plain number where there is no factor.
    #[must_use]
    pub fn number_given(&self, base: f64) -> Option<f64> {
        match self.factor {
            None => self.number(),
            Some(factor) => Some((factor * base).max(self.number().unwrap_or(0.0))),
        }
    }

    /// The assumed range (5 %, 95 %) around [`Self::number_given`], where the
    /// data give one: `low` and `high`, times `base` with a factor. It always
    /// holds the default itself.
    #[must_use]
    pub fn range_given(&self, base: f64) -> Option<(f64, f64)> {
        let typical = self.number_given(base)?;
        let scale = if self.factor.is_some() { base } else { 1.0 };
        let (low, high) = (self.low? * scale, self.high? * scale);
        Some((low.min(typical), high.max(typical)))
    }
}

/// `defaults.toml`.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct DefaultFile {
    pub(super) default: Vec<DefaultEntry>,
}

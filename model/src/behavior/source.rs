//! Where a figure comes from: every number of the behavior data names a source,
//! the date at which the source showed it, and its unit.

use serde::{Deserialize, Serialize};

/// A document or measurement that figures are taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The id that figures name, in kebab-case.
    pub id: String,
    /// Title as a reader would look for it.
    pub title: String,
    /// Address; a path of this site for Breakeven's own assumptions.
    pub url: String,
}

/// How far a figure can be trusted.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Assumed, inferred or vague: meant to be edited.
    Low,
    /// One published measurement, or an old one.
    Medium,
    /// Official documentation or primary data.
    #[default]
    High,
}

impl Confidence {
    /// Its name, for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// One number with its unit, range and origin.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Figure {
    /// The number, in `unit`.
    pub value: f64,
    /// The unit of `value`, `low` and `high`.
    pub unit: String,
    /// The 5 % end of what is plausible, where the figure is uncertain.
    pub low: Option<f64>,
    /// The 95 % end of what is plausible, where the figure is uncertain.
    pub high: Option<f64>,
    /// Id of a [`Source`].
    pub source: String,
    /// The date at which the source showed it: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub as_of: String,
    /// How far it can be trusted.
    #[serde(default)]
    pub confidence: Confidence,
    /// What a reader should know beside the number.
    #[serde(default)]
    pub note: String,
}

/// The origin of one entry of the behavior data, as lists of figures show it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Citation {
    /// Which entry: file and id.
    pub entry: String,
    /// Id of a [`Source`].
    pub source: String,
    /// ISO date, `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub as_of: String,
    /// Unit of the figures of the entry.
    pub unit: String,
}

impl Citation {
    /// Names an entry and its origin.
    pub(crate) fn new(entry: impl Into<String>, source: &str, as_of: &str, unit: &str) -> Self {
        Self {
            entry: entry.into(),
            source: source.to_owned(),
            as_of: as_of.to_owned(),
            unit: unit.to_owned(),
        }
    }

    /// The citation of a figure under the given name.
    pub(crate) fn of(entry: impl Into<String>, figure: &Figure) -> Self {
        Self::new(entry, &figure.source, &figure.as_of, &figure.unit)
    }
}

/// Whether the text is a date written `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
#[must_use]
pub fn is_iso_date(text: &str) -> bool {
    let parts: Vec<&str> = text.split('-').collect();
    let widths = parts
        .iter()
        .map(|part| part.len())
        .eq([4, 2, 2].into_iter().take(parts.len()));
    let digits = parts
        .iter()
        .all(|part| part.bytes().all(|byte| byte.is_ascii_digit()));
    let within = |part: Option<&&str>, most: u32| {
        part.is_none_or(|text| {
            text.parse::<u32>()
                .is_ok_and(|number| (1..=most).contains(&number))
        })
    };
    parts.len() <= 3 && widths && digits && within(parts.get(1), 12) && within(parts.get(2), 31)
}

/// Whether the date `as_of` lies more than a year before `at`, both ISO; `YYYY` and `YYYY-MM`
/// stand for their last day, because no more is known.
#[must_use]
pub fn older_than_a_year(as_of: &str, at: &str) -> bool {
    let (year, rest) = at.split_at_checked(4).unwrap_or((at, ""));
    let Ok(year) = year.parse::<u32>() else {
        return false;
    };
    let missing = "-12-31"
        .get(as_of.len().saturating_sub(4)..)
        .unwrap_or_default();
    format!("{as_of}{missing}") < format!("{:04}{rest}", year.saturating_sub(1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_read_a_year_before_is_old() {
        for old in ["2024", "2025-10", "2025-11-19", "2024-12-31"] {
            assert!(older_than_a_year(old, "2026-11-20"), "{old}");
        }
        for young in ["2025", "2025-11", "2025-11-20", "2026", "2026-11-20"] {
            assert!(!older_than_a_year(young, "2026-11-20"), "{young}");
        }
        assert!(!older_than_a_year("2024", "someday"));
    }

    #[test]
    fn dates_are_iso() {
        for good in ["2026", "2026-08", "2026-08-22"] {
            assert!(is_iso_date(good), "{good}");
        }
        for bad in [
            "",
            "26",
            "2026-13",
            "2026-00",
            "2026-8",
            "2026-08-32",
            "2026-08-22-01",
            "about 2024",
            "2026/08",
        ] {
            assert!(!is_iso_date(bad), "{bad}");
        }
    }
}

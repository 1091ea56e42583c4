//! Where a price comes from and how far it can be trusted.

use serde::{Deserialize, Serialize};

/// A page, price list or repository that prices are taken from.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Source {
    /// The id that prices name, in kebab case.
    pub id: String,
    /// Title as a reader would look for it.
    pub title: String,
    /// Where to check it.
    pub url: String,
    /// What sort of source it is: official page, price list, third party.
    pub kind: String,
}

/// How far a price can be trusted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Confidence {
    /// Inferred, derived from a bill, conflicting, or old.
    Low,
    /// One third party, or older than 18 months.
    Medium,
    /// An official page or price list of this year, or two independent sources that agree.
    High,
}

impl Confidence {
    /// The word for it.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Low => "low",
            Self::Medium => "medium",
            Self::High => "high",
        }
    }
}

/// Whether a text is an ISO date, possibly of reduced precision: `2026`, `2026-09`, `2026-09-11`.
#[must_use]
pub fn is_iso_date(text: &str) -> bool {
    let mut parts = text.split('-');
    let number = |part: Option<&str>, digits: usize| -> Option<u32> {
        part.filter(|p| p.len() == digits && p.bytes().all(|b| b.is_ascii_digit()))
            .and_then(|p| p.parse().ok())
    };
    let Some(year) = number(parts.next(), 4) else {
        return false;
    };
    let rest: Vec<&str> = parts.collect();
    let month = rest.first().map(|m| number(Some(m), 2));
    let day = rest.get(1).map(|d| number(Some(d), 2));
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let days = match month {
        None => return rest.is_empty(),
        Some(Some(2)) => 28 + u32::from(leap),
        Some(Some(4 | 6 | 9 | 11)) => 30,
        Some(Some(1..=12)) => 31,
        Some(_) => return false,
    };
    rest.len() <= 2 && day.is_none_or(|day| day.is_some_and(|day| (1..=days).contains(&day)))
}

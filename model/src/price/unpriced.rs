//! What is metered and has no published rate: known by name, so that an own rate can be given.

use serde::Serialize;

use super::{Confidence, Unit};

/// Something a vendor meters without having published a rate.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Unpriced {
    /// `{product}/{what}/{variant}` in kebab case, the id an own rate goes under.
    pub id: String,
    /// What is metered, for a person.
    pub name: String,
    /// What one unit is.
    pub unit: Unit,
    /// Id of the source that says it is metered.
    pub source: String,
    /// The date at which no rate was to be found.
    pub as_of: String,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// What a reader should know.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

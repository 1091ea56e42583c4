//! What is free each month, and prices that are a share of another price.

use serde::Serialize;

use super::{Confidence, Region, Unit};

/// A quantity a month that AWS does not charge, once for each account.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Allowance {
    /// `{product}/free-tier/{variant}`.
    pub id: String,
    /// What is free, for a person.
    pub name: String,
    /// How much a month.
    pub quantity: f64,
    /// What one unit is.
    pub unit: Unit,
    /// The price ids that draw on it, together.
    pub applies_to: Vec<String>,
    /// Id of the source.
    pub source: String,
    /// The date at which the source showed it.
    pub as_of: String,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// What a reader should know beside the number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// A fee or discount that is a fraction of another price.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Share {
    /// `{product}/{what}/{variant}`.
    pub id: String,
    /// What it is, for a person.
    pub name: String,
    /// Where it was read.
    pub region: Region,
    /// The fraction: 0.15 is 15 %.
    pub fraction: f64,
    /// The price id it is a fraction of; `*` stands for any variant.
    pub of: String,
    /// Id of the source.
    pub source: String,
    /// The date at which the source showed it.
    pub as_of: String,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// What a reader should know beside the number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Inferred from another figure rather than read.
    pub assumption: bool,
}

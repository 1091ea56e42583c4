//! How a price file is written, before it is checked.

use serde::Deserialize;

use super::{Confidence, Region, Source, Tier, Unit};

/// One TOML file of the price book.
#[derive(Debug, Default, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct File {
    /// The date of the book; in `sources.toml`.
    pub(super) version: Option<String>,
    /// The vendor product that all ids of the file start with.
    #[serde(default)]
    pub(super) product: String,
    /// Its name.
    #[serde(default)]
    pub(super) title: String,
    #[serde(default)]
    pub(super) source: Vec<Source>,
    #[serde(default)]
    pub(super) price: Vec<PriceEntry>,
    #[serde(default)]
    pub(super) unpriced: Vec<UnpricedEntry>,
    #[serde(default)]
    pub(super) table: Vec<Table>,
    #[serde(default)]
    pub(super) allowance: Vec<AllowanceEntry>,
    #[serde(default)]
    pub(super) share: Vec<ShareEntry>,
}

/// Where a figure comes from; part of every entry.
#[derive(Clone, Debug, Deserialize)]
pub(super) struct Origin {
    pub(super) source: String,
    pub(super) as_of: String,
    pub(super) confidence: Confidence,
    pub(super) note: Option<String>,
    #[serde(default)]
    pub(super) assumption: bool,
}

/// One figure for one or more regions: `usd` for a flat price, else `tiers`.
#[derive(Debug, Deserialize)]
pub(super) struct PriceEntry {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) unit: Unit,
    pub(super) regions: Vec<Region>,
    pub(super) usd: Option<f64>,
    #[serde(default)]
    pub(super) tiers: Vec<Tier>,
    #[serde(flatten)]
    pub(super) origin: Origin,
}

/// Something that is metered and has no published rate.
#[derive(Debug, Deserialize)]
pub(super) struct UnpricedEntry {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) unit: Unit,
    #[serde(flatten)]
    pub(super) origin: Origin,
}

/// Many flat prices of one origin: a row for each variant, a column for each region.
#[derive(Debug, Deserialize)]
pub(super) struct Table {
    /// The id up to the variant, such as `aws-ec2/instance`.
    pub(super) id: String,
    /// Stands before the variant in the name.
    pub(super) name: String,
    pub(super) unit: Unit,
    pub(super) regions: Vec<Region>,
    /// Lines of `variant price price ..`; `-` where there is none.
    pub(super) rows: String,
    #[serde(flatten)]
    pub(super) origin: Origin,
}

/// A free quantity a month.
#[derive(Debug, Deserialize)]
pub(super) struct AllowanceEntry {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) quantity: f64,
    pub(super) unit: Unit,
    pub(super) applies_to: Vec<String>,
    #[serde(flatten)]
    pub(super) origin: Origin,
}

/// A fee or discount as a fraction of another price.
#[derive(Debug, Deserialize)]
pub(super) struct ShareEntry {
    pub(super) id: String,
    pub(super) name: String,
    pub(super) fraction: f64,
    pub(super) of: String,
    pub(super) regions: Vec<Region>,
    #[serde(flatten)]
    pub(super) origin: Origin,
}

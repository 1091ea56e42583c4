//! One price: an id in a region, its tiers, and where the figure comes from.

use serde::Serialize;

use super::age::is_stale;
use super::tier::{Band, charges};
use super::{Confidence, Region, Tier, TierCharge, Unit};
use crate::units::Usd;

/// The source id of a price the user gave.
pub(crate) const OWN_RATE: &str = "own-rate";

/// What one thing costs in one region.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Price {
    /// `{product}/{what}/{variant}` in kebab case.
    pub id: String,
    /// What is bought, for a person.
    pub name: String,
    /// Where.
    pub region: Region,
    /// What one unit is.
    pub unit: Unit,
    /// Ascending; the last has no end. A flat price is one tier.
    pub tiers: Vec<Tier>,
    /// Id of the [`Source`](super::Source); `own-rate` for the user's own.
    pub source: String,
    /// The date at which the source showed it: `YYYY`, `YYYY-MM` or `YYYY-MM-DD`.
    pub as_of: String,
    /// How far it can be trusted.
    pub confidence: Confidence,
    /// What a reader should know beside the number, conflicts included.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
    /// Inferred from another figure rather than read.
    pub assumption: bool,
}

impl Price {
    /// A flat price the user gave, in US dollars a unit.
    #[must_use]
    pub fn flat(
        id: impl Into<String>,
        name: impl Into<String>,
        region: Region,
        unit: Unit,
        usd: f64,
    ) -> Self {
        Self {
            id: id.into(),
            name: name.into(),
            region,
            unit,
            tiers: vec![Tier { up_to: None, usd }],
            source: OWN_RATE.to_owned(),
            as_of: String::new(),
            confidence: Confidence::High,
            note: None,
            assumption: false,
        }
    }

    /// Whether it should be looked up again: see [`is_stale`].
    #[must_use]
    pub fn is_stale(&self, today: &str) -> bool {
        is_stale(&self.as_of, today)
    }

    /// Splits a quantity a month over the tiers, lowest first.
    pub fn charges(&self, quantity: f64) -> impl Iterator<Item = TierCharge> + '_ {
        charges(&self.tiers, 0.0, quantity)
    }

    /// Splits a further quantity over the tiers, after `already` units in the same month.
    pub fn charges_after(
        &self,
        already: f64,
        quantity: f64,
    ) -> impl Iterator<Item = TierCharge> + '_ {
        charges(&self.tiers, already, quantity)
    }

    /// What a quantity a month costs: the sum of its [`charges`](Self::charges), without allocating.
    #[must_use]
    pub fn amount(&self, quantity: f64) -> Usd {
        self.charges(quantity).map(|charge| charge.amount).sum()
    }

    /// US dollars a unit in the first tier.
    #[must_use]
    pub fn first_usd(&self) -> f64 {
        self.tiers.first().map_or(0.0, |tier| tier.usd)
    }

    /// What to say beside a line whose price was inferred rather than read.
    pub(crate) fn assumption_note(&self) -> Option<&str> {
        if self.assumption {
            Some(self.note.as_deref().unwrap_or("Assumed, not read."))
        } else {
            None
        }
    }

    /// Which part of the month's quantity a tier holds; none for a flat price.
    pub(crate) fn band(&self, tier_index: usize) -> Option<Band> {
        (self.tiers.len() > 1).then(|| Band::of(&self.tiers, tier_index))
    }
}

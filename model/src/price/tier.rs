//! Graduated prices: the first units at one price, the next at another.

use std::fmt;

use serde::{Deserialize, Serialize};

use crate::units::Usd;

/// One step of a graduated price.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Tier {
    /// The quantity a month at which this tier ends; none for the last.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub up_to: Option<f64>,
    /// US dollars a unit within it.
    pub usd: f64,
}

/// The part of a quantity that falls into one tier, and what it costs.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TierCharge {
    /// Which tier, from 0.
    pub tier_index: usize,
    /// How much of the quantity falls into it.
    pub quantity: f64,
    /// US dollars a unit in it.
    pub unit_price: f64,
    /// `quantity x unit_price`.
    pub amount: Usd,
}

/// Splits the quantity between `already` and `already + quantity` over the tiers.
///
/// Tier `i` holds the units from `up_to(i-1)` to `up_to(i)`; only tiers that
/// hold some of it are given.
pub(super) fn charges(
    tiers: &[Tier],
    already: f64,
    quantity: f64,
) -> impl Iterator<Item = TierCharge> + '_ {
    let flat = tiers.len() == 1;
    let end = already + quantity;
    let mut start = 0.0;
    tiers
        .iter()
        .enumerate()
        .filter_map(move |(tier_index, tier)| {
            let from = start;
            let to = tier.up_to.unwrap_or(f64::INFINITY);
            start = to;
            // A flat price takes the quantity as it is: `end - already` would lose digits.
            let within = if flat {
                quantity
            } else {
                end.min(to) - already.max(from)
            };
            (within > 0.0).then(|| TierCharge {
                tier_index,
                quantity: within,
                unit_price: tier.usd,
                amount: Usd::new(within * tier.usd),
            })
        })
}

/// Says which part of the quantity a tier holds: `first 6B`, `next 9B`, `over 15B`.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Band {
    from: f64,
    to: Option<f64>,
}

impl Band {
    pub(super) fn of(tiers: &[Tier], index: usize) -> Self {
        let from = if index == 0 {
            0.0
        } else {
            tiers[index - 1].up_to.unwrap_or(0.0)
        };
        Self {
            from,
            to: tiers[index].up_to,
        }
    }
}

impl fmt::Display for Band {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.to {
            Some(to) if self.from > 0.0 => write!(f, "next {}", Short(to - self.from)),
            Some(to) => write!(f, "first {}", Short(to)),
            None => write!(f, "over {}", Short(self.from)),
        }
    }
}

/// A round number with its step: `300M`, `7.5B`, `10240`.
struct Short(f64);

impl fmt::Display for Short {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        const BILLION: f64 = 1e9;
        const MILLION: f64 = 1e6;
        if self.0 >= BILLION {
            write!(f, "{}B", self.0 / BILLION)
        } else if self.0 >= MILLION {
            write!(f, "{}M", self.0 / MILLION)
        } else {
            write!(f, "{}", self.0)
        }
    }
}

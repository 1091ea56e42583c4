//! Putting quantities on a bill, tier by tier.

use super::{Bill, Group, LineItem};
use crate::price::{Price, Unit};
use crate::units::Usd;

/// One line before it is kept, borrowed so that a total needs no allocation.
#[derive(Clone, Copy, Debug)]
pub struct Line<'a> {
    /// What it is for.
    pub group: Group,
    /// The environment it is bought for, where that is not production.
    pub prefix: Option<&'a str>,
    /// What is bought.
    pub name: &'a str,
    /// The price and which of its tiers the line holds; none for what has no price of its own.
    pub price: Option<(&'a Price, usize)>,
    /// Whether the line says which tier it is.
    pub names_tier: bool,
    /// Where the whole quantity stands in the tiers.
    pub place: Place,
    /// The part of the month that it is bought for.
    pub share: f64,
    /// How much a month.
    pub quantity: f64,
    /// What one unit is.
    pub unit: Unit,
    /// US dollars a unit.
    pub unit_price_usd: f64,
    /// The price in the book.
    pub price_id: &'a str,
    /// What a reader should know, such as that the price is an assumption.
    pub note: Option<&'a str>,
}

/// Where a quantity stands in the tiers of its price.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Place {
    /// After so many units that were charged before.
    After(f64),
    /// At the top of what was charged, as far as the allowance goes.
    Credit {
        /// Units that were charged.
        charged: f64,
        /// Units a month that are free.
        allowance: f64,
    },
    /// A share of the lines above.
    OfLinesAbove,
}

impl Line<'_> {
    /// `quantity x unit price`.
    #[must_use]
    pub fn amount(&self) -> Usd {
        Usd::new(self.quantity * self.unit_price_usd)
    }

    /// `name (first 6B GB-seconds)`; the plain name when the line is not one of several tiers.
    fn full_name(&self) -> String {
        let tier = self.price.filter(|_| self.names_tier);
        let name = match tier.and_then(|(price, tier)| price.band(tier)) {
            Some(band) => format!("{} ({band} {})", self.name, self.unit.plural()),
            None => self.name.to_owned(),
        };
        match self.prefix {
            Some(prefix) => format!("{prefix}: {name}"),
            None => name,
        }
    }
}

/// Something that charges are put on.
pub trait Charges {
    /// Takes one line.
    fn line(&mut self, line: &Line<'_>);

    /// Charges a quantity a month, a line for each tier it reaches.
    fn charge(&mut self, group: Group, name: &str, price: &Price, quantity: f64) {
        self.charge_after(group, name, price, 0.0, quantity);
    }

    /// Charges a further quantity of a price of which `already` units were charged this month,
    /// so that both together climb the tiers once.
    ///
    /// A line names its tier unless the whole quantity stays in the first.
    fn charge_after(
        &mut self,
        group: Group,
        name: &str,
        price: &Price,
        already: f64,
        quantity: f64,
    ) {
        let ends_in_first = price
            .tiers
            .first()
            .and_then(|tier| tier.up_to)
            .is_none_or(|up_to| already + quantity <= up_to);
        for charge in price.charges_after(already, quantity) {
            self.line(&Line {
                group,
                prefix: None,
                name,
                price: Some((price, charge.tier_index)),
                names_tier: !ends_in_first,
                place: Place::After(already),
                share: 1.0,
                quantity: charge.quantity,
                unit: price.unit,
                unit_price_usd: charge.unit_price,
                price_id: &price.id,
                note: price.assumption_note(),
            });
        }
    }

    /// Credits the free part of a quantity already charged, as negative lines of group `free_tier`.
    ///
    /// Of `charged` units, `min(charged, allowance)` are free. The credit is
    /// `amount(charged) - amount(charged - free)`: what remains climbs the tiers from the bottom.
    /// Returns what is left of the allowance for other prices that share it.
    fn credit(&mut self, name: &str, price: &Price, charged: f64, allowance: f64) -> f64 {
        let free = charged.min(allowance).max(0.0);
        for charge in price.charges_after(charged - free, free) {
            self.line(&Line {
                group: Group::FreeTier,
                prefix: None,
                name,
                price: Some((price, charge.tier_index)),
                names_tier: false,
                place: Place::Credit { charged, allowance },
                share: 1.0,
                quantity: -charge.quantity,
                unit: price.unit,
                unit_price_usd: charge.unit_price,
                price_id: &price.id,
                note: None,
            });
        }
        allowance - free
    }
}

impl Charges for Bill {
    fn line(&mut self, line: &Line<'_>) {
        let amount_usd = line.amount().get();
        self.monthly_usd += amount_usd;
        self.lines.push(LineItem {
            group: line.group,
            name: line.full_name(),
            quantity: line.quantity,
            unit: line.unit,
            unit_price_usd: line.unit_price_usd,
            amount_usd,
            price_id: line.price_id.to_owned(),
            note: line.note.map(str::to_owned),
        });
    }
}

/// Only the sum: for the many evaluations whose lines nobody reads.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Total(Usd);

impl Total {
    /// The sum so far.
    #[must_use]
    pub const fn usd(&self) -> Usd {
        self.0
    }
}

impl Charges for Total {
    fn line(&mut self, line: &Line<'_>) {
        self.0 += line.amount();
    }
}

//! The prices of one workload: looked up once, own rates applied, gaps collected.
//!
//! A price that is missing for the region is never replaced; the option that
//! needs it stays unpriced and says which price it lacks.

use std::ops::Deref;
use std::rc::Rc;

use crate::bill::{Charges, Group};
use crate::evaluation::MissingPriceNote;
use crate::platform::Memo;
use crate::price::{InstancePrices, Price, PriceBook, Tier};
use crate::workload::Workload;

/// Per cent in the whole.
const PER_CENT: f64 = 100.0;

/// A price of the book, or one that was made from it. The second is rare and large, so it
/// stands apart: rates are moved often.
#[derive(Clone, Debug)]
enum Found<'a> {
    InBook(&'a Price),
    Own(Box<Price>),
}

impl Deref for Found<'_> {
    type Target = Price;

    fn deref(&self) -> &Price {
        match self {
            Self::InBook(price) => price,
            Self::Own(price) => price,
        }
    }
}

/// A price that may be left out of the bill at the user's wish.
#[derive(Clone, Debug)]
pub struct Rate<'a> {
    group: Group,
    name: &'static str,
    price: Option<Found<'a>>,
}

impl Rate<'_> {
    /// Puts the quantity on the bill; nothing when the group is excluded or nothing is bought.
    pub fn charge(&self, bill: &mut (impl Charges + ?Sized), quantity: f64) {
        if let Some(price) = &self.price
            && quantity > 0.0
        {
            bill.charge(self.group, self.name, price, quantity);
        }
    }

    /// Puts a quantity on the bill that comes after `already` units in the price's tiers.
    pub fn charge_after(&self, bill: &mut (impl Charges + ?Sized), already: f64, quantity: f64) {
        if let Some(price) = &self.price
            && quantity > 0.0
        {
            bill.charge_after(self.group, self.name, price, already, quantity);
        }
    }

    /// Takes the free part of a charged quantity off the bill.
    pub fn credit(
        &self,
        bill: &mut (impl Charges + ?Sized),
        name: &str,
        charged: f64,
        allowance: f64,
    ) {
        if let Some(price) = &self.price
            && allowance > 0.0
            && charged > 0.0
        {
            bill.credit(name, price, charged, allowance);
        }
    }

    /// US dollars a unit in the first tier; zero when excluded.
    #[must_use]
    pub fn first_usd(&self) -> f64 {
        self.price.as_ref().map_or(0.0, |price| price.first_usd())
    }

    /// US dollars a unit in the cheapest tier; zero when excluded.
    #[must_use]
    pub fn least_usd(&self) -> f64 {
        let tiers = self.price.iter().flat_map(|price| price.tiers.iter());
        let least = tiers.map(|tier| tier.usd).fold(f64::INFINITY, f64::min);
        if least.is_finite() { least } else { 0.0 }
    }
}

/// Looks prices up and remembers what is missing.
#[derive(Debug)]
pub struct Tariffs<'a> {
    book: &'a PriceBook,
    workload: &'a Workload,
    missing: Vec<MissingPriceNote>,
    memo: Rc<Memo>,
}

impl<'a> Tariffs<'a> {
    /// The prices of this workload in this book.
    #[must_use]
    pub fn new(book: &'a PriceBook, workload: &'a Workload) -> Self {
        Self::sharing(book, workload, Rc::default())
    }

    /// The same, with results that other platforms have left for this workload.
    #[must_use]
    pub const fn sharing(book: &'a PriceBook, workload: &'a Workload, memo: Rc<Memo>) -> Self {
        Self {
            book,
            workload,
            missing: Vec::new(),
            memo,
        }
    }

    /// The same prices, with nothing missed so far.
    #[must_use]
    pub fn again(&self) -> Self {
        Self::sharing(self.book, self.workload, Rc::clone(&self.memo))
    }

    /// What the platforms of this workload share.
    #[must_use]
    pub const fn memo(&self) -> &Rc<Memo> {
        &self.memo
    }

    /// The rate of a price id, if it is `needed` and its group is not excluded.
    pub fn rate(
        &mut self,
        needed: bool,
        group: Group,
        name: &'static str,
        price_id: &str,
    ) -> Rate<'a> {
        let wanted = needed && !self.workload.exclude.contains(&group);
        let price = if wanted { self.find(price_id) } else { None };
        Rate { group, name, price }
    }

    /// The rate of a side line: where the region lacks its price, the line is left out and
    /// named, and the option stays priced.
    pub fn side_rate(
        &mut self,
        needed: bool,
        group: Group,
        name: &'static str,
        price_id: &str,
    ) -> Rate<'a> {
        let wanted = needed && !self.workload.exclude.contains(&group);
        let price = if wanted {
            let price = self.known(price_id);
            if price.is_none() {
                self.note(price_id, true);
            }
            price
        } else {
            None
        };
        Rate { group, name, price }
    }

    /// The rate under a commitment or on Spot: the price of its own where the book has one, else
    /// the on-demand price less the book's share, labelled as an assumption.
    ///
    /// `None` when the region has neither: what would be bought so stays on demand, and the
    /// share that is lacking is named.
    pub fn discounted(
        &mut self,
        group: Group,
        name: &'static str,
        own_id: &str,
        on_demand_id: &str,
        share_id: &str,
    ) -> Option<Rate<'a>> {
        if self.workload.exclude.contains(&group) {
            return None;
        }
        let price = match self.known(own_id) {
            Some(price) => Some(price),
            None => self.less_share(on_demand_id, share_id),
        };
        if price.is_none() {
            self.note(share_id, true);
        }
        price.map(|price| Rate {
            group,
            name,
            price: Some(price),
        })
    }

    fn less_share(&self, on_demand_id: &str, share_id: &str) -> Option<Found<'a>> {
        let full = self.known(on_demand_id)?;
        let share = self.book.share(share_id, self.workload.region).ok()?;
        let tiers = full.tiers.iter().map(|tier| Tier {
            usd: tier.usd * (1.0 - share.fraction),
            ..*tier
        });
        Some(Found::Own(Box::new(Price {
            id: share_id.to_owned(),
            name: share.name.clone(),
            tiers: tiers.collect(),
            source: share.source.clone(),
            as_of: share.as_of.clone(),
            confidence: share.confidence,
            note: Some(format!(
                "{} less {} %: {}",
                full.id,
                crate::wording::short(share.fraction * PER_CENT),
                share
                    .note
                    .as_deref()
                    .unwrap_or("read for the product, not for this type")
            )),
            assumption: true,
            ..(*full).clone()
        })))
    }

    /// A fee or discount as a fraction of another price; demanded, so named when it is missing.
    pub fn share(&mut self, share_id: &str) -> Option<f64> {
        let share = self.book.share(share_id, self.workload.region);
        if share.is_err() {
            self.note(share_id, false);
        }
        share.ok().map(|share| share.fraction)
    }

    /// US dollars a unit in the first tier, without demanding the price.
    #[must_use]
    pub fn usd(&self, price_id: &str) -> Option<f64> {
        self.known(price_id).map(|price| price.first_usd())
    }

    /// US dollars a unit of what [`discounted`](Self::discounted) would give, without demanding it.
    #[must_use]
    pub fn discounted_usd(&self, own_id: &str, on_demand_usd: f64, share_id: &str) -> Option<f64> {
        self.usd(own_id).or_else(|| {
            let share = self.book.share(share_id, self.workload.region).ok()?;
            Some(on_demand_usd * (1.0 - share.fraction))
        })
    }

    /// The prices of all instance types, in the order of the data; `None` where the user has
    /// rates of their own, which may be any of them.
    #[must_use]
    pub(crate) fn instances(
        &self,
        look_up: impl FnOnce(&Self) -> Vec<InstancePrices>,
    ) -> Option<&'a [InstancePrices]> {
        let plain = self.workload.rates.is_empty();
        plain.then(|| self.book.instances(self.workload.region, || look_up(self)))
    }

    /// A fee that is a fraction of another price, in that price's unit; demanded.
    pub fn fee(
        &mut self,
        group: Group,
        name: &'static str,
        of_id: &str,
        share_id: &str,
    ) -> Rate<'a> {
        let price = if self.workload.exclude.contains(&group) {
            None
        } else {
            let fraction = self.share(share_id);
            let of = self.find(of_id);
            fraction
                .zip(of)
                .map(|(fraction, of)| Found::Own(Box::new(times(&of, share_id, fraction))))
        };
        Rate { group, name, price }
    }

    /// Whether a price can be had, without demanding it.
    #[must_use]
    pub fn has(&self, price_id: &str) -> bool {
        self.own(price_id).is_some() || self.book.find(price_id, self.workload.region).is_some()
    }

    /// The free quantity a month, this component's share of it; zero unless the free tier is
    /// switched on.
    #[must_use]
    pub fn allowance(&self, id: &str) -> f64 {
        if self.workload.exclude.contains(&Group::FreeTier) {
            return 0.0;
        }
        let share = self.workload.terms.free_tier_share;
        if share > 0.0 {
            self.book
                .allowance(id)
                .map_or(0.0, |allowance| allowance.quantity * share)
        } else {
            0.0
        }
    }

    /// The user's own rate; `None` also for an id that the book does not know.
    fn own(&self, price_id: &str) -> Option<Price> {
        if self.workload.rates.is_empty() {
            return None;
        }
        let usd = self.workload.rates.get(price_id)?;
        self.book.own_rate(price_id, self.workload.region, *usd)
    }

    fn find(&mut self, price_id: &str) -> Option<Found<'a>> {
        let price = self.known(price_id);
        if price.is_none() {
            self.note(price_id, false);
        }
        price
    }

    /// The user's own rate, or the book's price.
    fn known(&self, price_id: &str) -> Option<Found<'a>> {
        if let Some(own) = self.own(price_id) {
            return Some(Found::Own(Box::new(own)));
        }
        let price = self.book.find(price_id, self.workload.region)?;
        Some(Found::InBook(price))
    }

    fn note(&mut self, price_id: &str, left_out: bool) {
        let missing = MissingPriceNote {
            price_id: price_id.to_owned(),
            region: self.workload.region.id().to_owned(),
            left_out,
        };
        if !self.missing.contains(&missing) {
            self.missing.push(missing);
        }
    }

    /// The prices that were demanded and are not in the book.
    #[must_use]
    pub fn missing(self) -> Vec<MissingPriceNote> {
        self.missing
    }
}

/// A price times a factor, under an id of its own.
fn times(price: &Price, id: &str, factor: f64) -> Price {
    let tiers = price.tiers.iter().map(|tier| Tier {
        usd: tier.usd * factor,
        ..*tier
    });
    Price {
        id: id.to_owned(),
        tiers: tiers.collect(),
        ..price.clone()
    }
}

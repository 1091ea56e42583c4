//! Two bills of one platform, line by line: which lines changed, by how much, and why.

use serde::{Deserialize, Serialize};

use super::pairs::by_key;
use super::{Both, VISIBLE_USD};
use crate::bill::{Bill, Group, LineItem};
use crate::price::Unit;

/// Two quantities or prices this close, as a share of the larger, are the same: another order of
/// summing moves the last digits.
const SAME: f64 = 1e-9;

/// Two bills, compared.
///
/// `sum of difference_usd over changed = right total - left total`.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct BillComparison {
    /// Lines that are not equal to the last bit: those of the left in their order, then what only
    /// the right has.
    pub changed: Vec<LineDifference>,
    /// Lines that both have alike.
    pub unchanged: Vec<LineItem>,
}

/// A line that changed.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct LineDifference {
    /// What it is for.
    pub group: Group,
    /// What is bought.
    pub name: String,
    /// The price in the book.
    pub price_id: String,
    /// What one unit is.
    pub unit: Unit,
    /// Why its amount changed.
    pub cause: Cause,
    /// What each side buys; null where it has no such line.
    pub charge: Both<Option<Charge>>,
    /// `right amount - left amount`; a line that is not there costs nothing.
    pub difference_usd: f64,
}

/// How much at which price.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
pub struct Charge {
    /// How much a month.
    pub quantity: f64,
    /// US dollars a unit.
    pub unit_price_usd: f64,
    /// US dollars a month.
    pub amount_usd: f64,
}

/// Why a line's amount changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Cause {
    /// Another quantity at the same price.
    Quantity,
    /// The same quantity at another price.
    Price,
    /// Another quantity at another price.
    QuantityAndPrice,
    /// Nothing of it is bought on the right.
    OnlyLeft,
    /// Nothing of it is bought on the left.
    OnlyRight,
}

impl BillComparison {
    /// Compares two bills; lines are the same by group, price id and name.
    #[must_use]
    pub fn of(left: &Bill, right: &Bill) -> Self {
        let keys = |bill: &'_ Bill| -> Vec<(Group, String, String)> {
            let lines = bill.lines.iter();
            lines
                .map(|line| (line.group, line.price_id.clone(), line.name.clone()))
                .collect()
        };
        let mut compared = Self::default();
        for pair in by_key(&keys(left), &keys(right)) {
            let one = pair.left.map(|place| &left.lines[place]);
            let other = pair.right.map(|place| &right.lines[place]);
            match LineDifference::of(one, other) {
                Some(difference) => compared.changed.push(difference),
                None => compared.unchanged.extend(one.cloned()),
            }
        }
        compared
    }
}

impl LineDifference {
    /// Whether people see a difference; one below half a cent is none on a bill to the cent.
    #[must_use]
    pub fn is_visible(&self) -> bool {
        self.difference_usd.abs() >= VISIBLE_USD
    }

    /// `None` where both are the same to the last bit.
    fn of(left: Option<&LineItem>, right: Option<&LineItem>) -> Option<Self> {
        let line = left.or(right)?;
        let charge = Both {
            left: left.map(Charge::of),
            right: right.map(Charge::of),
        };
        let amount = |charge: Option<Charge>| charge.map_or(0.0, |charge| charge.amount_usd);
        charge.differs().then(|| Self {
            group: line.group,
            name: line.name.clone(),
            price_id: line.price_id.clone(),
            unit: line.unit,
            cause: Cause::of(charge.left, charge.right),
            difference_usd: amount(charge.right) - amount(charge.left),
            charge,
        })
    }
}

impl Charge {
    fn of(line: &LineItem) -> Self {
        Self {
            quantity: line.quantity,
            unit_price_usd: line.unit_price_usd,
            amount_usd: line.amount_usd,
        }
    }
}

impl Cause {
    fn of(left: Option<Charge>, right: Option<Charge>) -> Self {
        let (left, right) = match (left, right) {
            (Some(left), Some(right)) => (left, right),
            (Some(_), None) => return Self::OnlyLeft,
            (None, _) => return Self::OnlyRight,
        };
        let quantity = apart(left.quantity, right.quantity);
        let price = apart(left.unit_price_usd, right.unit_price_usd);
        match (quantity > SAME, price > SAME) {
            (true, true) => Self::QuantityAndPrice,
            // Where neither would be noticed, what moved more.
            _ if price > quantity => Self::Price,
            _ => Self::Quantity,
        }
    }
}

/// How far two numbers lie apart, as a share of the larger.
fn apart(one: f64, other: f64) -> f64 {
    let larger = one.abs().max(other.abs());
    if larger > 0.0 {
        (one - other).abs() / larger
    } else {
        0.0
    }
}

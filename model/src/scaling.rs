//! How the lines of one option's bill follow the requests a month, with its configuration held:
//! what a spreadsheet needs to compute the bill live.
//!
//! [`of`] bills the pinned option at volumes around the stated one and finds for every line the
//! form that its quantity follows: fixed, by the request, by the hours of a fleet, or, where the
//! model has no closed formula, a table. A form is kept only where it gives the model's figures
//! at volumes that it was not made from; a line without one is held as computed, and says so.
//!
//! `amount = share x (A(already + quantity) - A(already))`, `A` the price through its tiers,
//! `already` what lines above have bought of the same price. A credit gives
//! `-(A(charged) - A(charged - min(charged, allowance)))`, the own discount `-share` of the
//! lines above it.

mod amount;
mod fit;
mod fleet;
mod form;
mod pin;
mod sample;

pub use amount::{Line, Rule};
pub use fleet::{Credits, Fleet, Hours, Instances, Part, Use};
pub use form::{Form, Knot};
pub use pin::pinned;

use crate::evaluation::PlatformOption;
use crate::price::PriceBook;
use crate::system::System;
use crate::workload::Workload;

/// Half a cent: what rounds to the same amount.
pub const HALF_A_CENT: f64 = 0.005;

/// The bill of one option over the requests a month.
#[derive(Clone, Debug, PartialEq)]
pub struct Scaling {
    /// Requests a month as stated.
    pub requests: f64,
    /// Those among them that other components send; there are never fewer.
    pub linked: f64,
    /// The least and the most requests a month for which the forms were verified.
    pub range: (f64, f64),
    /// Fleets that the forms speak of.
    pub fleets: Vec<Fleet>,
    /// In the order of the bill.
    pub lines: Vec<Line>,
    /// Whether the figures are those of [`pinned`]; otherwise of the system as it is, which is
    /// so where pinning would change the other environments.
    pub pinned: bool,
}

impl Scaling {
    /// The amounts of the lines at a volume.
    #[must_use]
    pub fn amounts(&self, requests: f64) -> Vec<f64> {
        amount::amounts(&self.lines, &self.fleets, requests)
    }

    /// The sum of the amounts at a volume.
    #[must_use]
    pub fn total(&self, requests: f64) -> f64 {
        self.amounts(requests).iter().sum()
    }

    /// The quantities of the lines at a volume, for a whole month. That of the own discount is
    /// the sum of the amounts above it.
    #[must_use]
    pub fn quantities(&self, requests: f64) -> Vec<f64> {
        amount::quantities(&self.lines, &self.fleets, requests)
    }

    /// Whether every line follows the requests.
    #[must_use]
    pub fn is_live(&self) -> bool {
        self.lines.iter().all(|line| !line.form.is_held())
    }

    /// The bill of an option as it was computed, no line of which follows anything.
    #[must_use]
    pub fn held(option: &PlatformOption, requests: f64, linked: f64) -> Self {
        let bill = option.bill.iter().flat_map(|bill| &bill.lines);
        Self {
            requests,
            linked,
            range: (requests, requests),
            fleets: Vec::new(),
            lines: bill.map(Line::as_computed).collect(),
            pinned: false,
        }
    }
}

/// How the bill of an option of a component follows its requests a month.
///
/// An evaluation that was made with other prices or by another model keeps its figures: all its
/// lines are held.
///
/// # Panics
/// If `index` is not one of the system's components.
#[must_use]
pub fn of(system: &System, index: usize, option: &PlatformOption, book: &PriceBook) -> Scaling {
    let (workload, _) = Workload::typical(system, index);
    let (requests, linked) = (workload.requests.get(), workload.linked_requests.get());
    let held = || Scaling::held(option, requests, linked);
    let Some(stated) = option.bill.as_ref().map(|bill| bill.monthly_usd) else {
        return held();
    };
    let pinned = pinned(system, index, option);
    for (system, is_pinned) in [(&pinned, true), (system, false)] {
        let subject = sample::Subject {
            system,
            index,
            platform: &option.platform,
            book,
            pinned: is_pinned,
        };
        let Some(scaling) = fit::fit(&subject, requests, linked) else {
            continue;
        };
        if (scaling.total(requests) - stated).abs() <= HALF_A_CENT * SLACK {
            return Scaling {
                pinned: is_pinned,
                ..scaling
            };
        }
    }
    held()
}

/// The part of half a cent by which the pinned bill may differ from the stated one.
const SLACK: f64 = 0.02;

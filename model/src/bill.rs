//! Bills: line items and their sum. A total is never a formula of its own.
//!
//! What is charged goes through [`Charges`], which a [`Bill`] implements by
//! keeping the lines and a [`Total`] by adding them up without allocating.

mod charges;
mod price_lines;

use std::fmt;

use serde::{Deserialize, Serialize};

pub use charges::{Charges, Line, Place, Total};
pub use price_lines::{BillError, price_lines};

use crate::price::Unit;
use crate::units::Usd;

/// What a line of the bill is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Group {
    /// Processors and memory.
    Compute,
    /// Charges by request.
    Requests,
    /// API gateways and load balancers.
    FrontDoor,
    /// Egress, addresses, NAT.
    Network,
    /// Logs, metrics, traces.
    Logs,
    /// Disks, images, objects.
    Storage,
    /// Databases, queues, caches, workflows.
    State,
    /// Savings plans and reservations.
    Commitment,
    /// What AWS does not charge; negative.
    FreeTier,
    /// Test and other environments beside production.
    Environments,
}

impl Group {
    /// All of them, in the order of a bill.
    pub const ALL: [Self; 10] = [
        Self::Compute,
        Self::Requests,
        Self::FrontDoor,
        Self::Network,
        Self::Logs,
        Self::Storage,
        Self::State,
        Self::Commitment,
        Self::FreeTier,
        Self::Environments,
    ];

    /// The public name, such as `front_door`.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Compute => "compute",
            Self::Requests => "requests",
            Self::FrontDoor => "front_door",
            Self::Network => "network",
            Self::Logs => "logs",
            Self::Storage => "storage",
            Self::State => "state",
            Self::Commitment => "commitment",
            Self::FreeTier => "free_tier",
            Self::Environments => "environments",
        }
    }
}

impl fmt::Display for Group {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}

/// One line: a quantity at a unit price.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct LineItem {
    /// What it is for.
    pub group: Group,
    /// What is bought; with tiers, which part: `Duration (next 9B GB-seconds)`.
    pub name: String,
    /// How much a month; negative for what is credited.
    pub quantity: f64,
    /// What one unit is.
    pub unit: Unit,
    /// US dollars a unit.
    pub unit_price_usd: f64,
    /// `quantity x unit_price_usd`, unrounded.
    pub amount_usd: f64,
    /// The price in the book, and with it source and date.
    pub price_id: String,
    /// What a reader should know.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub note: Option<String>,
}

/// The lines of a month and their sum.
///
/// Lines enter through [`Charges`], so that the sum stays the sum of the lines.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Bill {
    /// Sum of the amounts, unrounded.
    pub monthly_usd: f64,
    /// In the order in which they were charged.
    pub lines: Vec<LineItem>,
}

impl Bill {
    /// A bill of these lines.
    #[must_use]
    pub fn of(lines: Vec<LineItem>) -> Self {
        let monthly_usd = lines.iter().map(|line| line.amount_usd).sum();
        Self { monthly_usd, lines }
    }

    /// The sum of the lines.
    #[must_use]
    pub const fn usd(&self) -> Usd {
        Usd::new(self.monthly_usd)
    }

    /// The sum of the lines of one group.
    #[must_use]
    pub fn group_usd(&self, group: Group) -> Usd {
        self.lines
            .iter()
            .filter(|line| line.group == group)
            .map(|line| Usd::new(line.amount_usd))
            .sum()
    }
}

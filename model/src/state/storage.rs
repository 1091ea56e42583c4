//! Where the stored gigabytes lie, so that they are billed once.
//!
//! With object accesses in S3; else with key-value accesses in `DynamoDB`; else with a
//! relational database on its disk; with none of them in S3.

use crate::bill::{Charges, Group};
use crate::tariff::{Rate, Tariffs};
use crate::workload::Workload;

use super::StateNeeds;

/// The service that keeps the stored data.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Keeper {
    Objects,
    Items,
    Database,
}

impl Keeper {
    /// Who keeps it; `None` when nothing is stored.
    pub(super) fn of(needs: &StateNeeds) -> Option<Self> {
        if needs.storage_gb <= 0.0 {
            return None;
        }
        Some(if needs.uses_objects() {
            Self::Objects
        } else if needs.uses_items() {
            Self::Items
        } else if needs.relational_connections > 0.0 {
            Self::Database
        } else {
            Self::Objects
        })
    }
}

/// Stored data outside a relational database: `GB x price of a GB-month`, by tiers.
#[derive(Debug)]
pub(super) struct Storage<'a> {
    rate: Rate<'a>,
    gb: f64,
    free_gb: f64,
}

impl<'a> Storage<'a> {
    pub(super) fn new(tariffs: &mut Tariffs<'a>, workload: &Workload) -> Option<Self> {
        let (name, price_id, free_gb) = match Keeper::of(&workload.state)? {
            Keeper::Objects => ("S3 storage", "amazon-s3/storage/standard", 0.0),
            Keeper::Items => (
                "DynamoDB storage",
                "amazon-dynamodb/storage/standard",
                tariffs.allowance("amazon-dynamodb/free-tier/storage"),
            ),
            Keeper::Database => return None,
        };
        Some(Self {
            rate: tariffs.rate(true, Group::Storage, name, price_id),
            gb: workload.state.storage_gb,
            free_gb,
        })
    }

    pub(super) fn charge(&self, bill: &mut (impl Charges + ?Sized)) {
        self.rate.charge(bill, self.gb);
        self.rate
            .credit(bill, "Free tier: DynamoDB storage", self.gb, self.free_gb);
    }
}

//! Key-value items: Amazon `DynamoDB` on demand on both sides.
//!
//! - read request units: `requests x reads x ceil(KB / 4) x 0.5`: eventually consistent,
//!   as `DynamoDB` reads unless told otherwise; strongly consistent reads cost twice that;
//! - write request units: `requests x writes x ceil(KB / 1)`.
//!
//! An item has the size of the stated payload shared among the accesses of a request, or
//! 1 KB: see [`super::StateNeeds`].

use crate::bill::{Charges, Group};
use crate::evaluation::StateService;
use crate::rules::Rules;
use crate::tariff::{Rate, Tariffs};
use crate::units::RequestsPerMonth;
use crate::wording::count;
use crate::workload::Workload;

use super::billed_units;

#[derive(Debug)]
pub(super) struct KeyValue<'a> {
    read: Rate<'a>,
    write: Rate<'a>,
    read_units: f64,
    write_units: f64,
}

impl<'a> KeyValue<'a> {
    pub(super) fn new(tariffs: &mut Tariffs<'a>, workload: &Workload) -> Option<Self> {
        let needs = &workload.state;
        let rules = Rules::embedded();
        needs.uses_items().then(|| Self {
            read: tariffs.rate(
                needs.key_value_reads > 0.0,
                Group::State,
                "DynamoDB reads",
                "amazon-dynamodb/on-demand/read",
            ),
            write: tariffs.rate(
                needs.key_value_writes > 0.0,
                Group::State,
                "DynamoDB writes",
                "amazon-dynamodb/on-demand/write",
            ),
            read_units: needs.key_value_reads
                * billed_units(needs.read_item_kb, rules.dynamodb_read_unit_kb)
                * rules.dynamodb_eventual_share,
            write_units: needs.key_value_writes
                * billed_units(needs.write_item_kb, rules.dynamodb_write_unit_kb),
        })
    }

    pub(super) fn charge(&self, bill: &mut (impl Charges + ?Sized), requests: RequestsPerMonth) {
        self.read.charge(bill, requests.get() * self.read_units);
        self.write.charge(bill, requests.get() * self.write_units);
    }
}

pub(super) fn service(workload: &Workload) -> Option<StateService> {
    let needs = &workload.state;
    needs.uses_items().then(|| StateService {
        need: "key_value".to_owned(),
        serverless: "Amazon DynamoDB on demand".to_owned(),
        containers: "Amazon DynamoDB on demand".to_owned(),
        reason: format!(
            "No connections to hold, so any number of functions or tasks may call it: {} reads \
             (eventually consistent) and {} writes a month.",
            count(workload.requests.get() * needs.key_value_reads),
            count(workload.requests.get() * needs.key_value_writes)
        ),
    })
}

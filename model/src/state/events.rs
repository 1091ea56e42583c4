//! Published events: Amazon `EventBridge` on both sides.
//!
//! `events a month = requests x events x ceil(KB / 64)`, an event for each 64 KB of a
//! custom event. Only what is stated is billed: `EventBridge`'s delivery to a target costs
//! nothing, and events that AWS services publish are free.

use crate::bill::{Charges, Group};
use crate::evaluation::StateService;
use crate::rules::Rules;
use crate::tariff::{Rate, Tariffs};
use crate::units::RequestsPerMonth;
use crate::wording::{count, short};
use crate::workload::Workload;

use super::billed_units;

#[derive(Debug)]
pub(super) struct Events<'a> {
    event: Rate<'a>,
    per_request: f64,
}

impl<'a> Events<'a> {
    pub(super) fn new(tariffs: &mut Tariffs<'a>, workload: &Workload) -> Option<Self> {
        let needs = &workload.state;
        (needs.events > 0.0).then(|| Self {
            event: tariffs.rate(
                true,
                Group::State,
                "EventBridge events",
                "amazon-eventbridge/event/custom",
            ),
            per_request: needs.events
                * billed_units(needs.event_kb, Rules::embedded().eventbridge_unit_kb),
        })
    }

    pub(super) fn charge(&self, bill: &mut (impl Charges + ?Sized), requests: RequestsPerMonth) {
        self.event.charge(bill, requests.get() * self.per_request);
    }
}

pub(super) fn service(workload: &Workload) -> Option<StateService> {
    let needs = &workload.state;
    (needs.events > 0.0).then(|| StateService {
        need: "events".to_owned(),
        serverless: "Amazon EventBridge".to_owned(),
        containers: "Amazon EventBridge".to_owned(),
        reason: format!(
            "Publishers need not know who listens; {} events a month are billed, one for each \
             {} KB, and their delivery is free.",
            count(workload.requests.get() * needs.events),
            short(Rules::embedded().eventbridge_unit_kb)
        ),
    })
}

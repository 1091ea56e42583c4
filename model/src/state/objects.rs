//! Objects: Amazon S3 on both sides, `requests x reads` GET and `requests x writes` PUT.

use crate::bill::{Charges, Group};
use crate::evaluation::StateService;
use crate::tariff::{Rate, Tariffs};
use crate::units::RequestsPerMonth;
use crate::wording::{count, short};
use crate::workload::Workload;

use super::storage::Keeper;

#[derive(Debug)]
pub(super) struct Objects<'a> {
    get: Rate<'a>,
    put: Rate<'a>,
    reads: f64,
    writes: f64,
}

impl<'a> Objects<'a> {
    pub(super) fn new(tariffs: &mut Tariffs<'a>, workload: &Workload) -> Option<Self> {
        let needs = &workload.state;
        needs.uses_objects().then(|| Self {
            get: tariffs.rate(
                needs.object_reads > 0.0,
                Group::State,
                "S3 reads",
                "amazon-s3/request/get",
            ),
            put: tariffs.rate(
                needs.object_writes > 0.0,
                Group::State,
                "S3 writes",
                "amazon-s3/request/put",
            ),
            reads: needs.object_reads,
            writes: needs.object_writes,
        })
    }

    pub(super) fn charge(&self, bill: &mut (impl Charges + ?Sized), requests: RequestsPerMonth) {
        self.get.charge(bill, requests.get() * self.reads);
        self.put.charge(bill, requests.get() * self.writes);
    }
}

pub(super) fn service(workload: &Workload) -> Option<StateService> {
    let needs = &workload.state;
    let kept = match Keeper::of(needs) {
        Some(Keeper::Objects) => needs.storage_gb,
        _ => 0.0,
    };
    (needs.uses_objects() || kept > 0.0).then(|| StateService {
        need: "objects".to_owned(),
        serverless: "Amazon S3".to_owned(),
        containers: "Amazon S3".to_owned(),
        reason: format!(
            "Files outlive both functions and tasks: {} reads and {} writes a month, {} GB kept.",
            count(workload.requests.get() * needs.object_reads),
            count(workload.requests.get() * needs.object_writes),
            short(kept)
        ),
    })
}

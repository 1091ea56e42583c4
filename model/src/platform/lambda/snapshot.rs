//! `SnapStart`: environments start from a snapshot that was taken when the version was published.
//!
//! A start takes the measured restore instead of init. Java pays nothing for it; Python and
//! .NET pay the snapshot's cache, `memory x versions x month`, and each restore by its size.
//! AWS bills of a restore the runtime's load and the hooks, and publishes no figure for them;
//! the whole restore is billed here, an upper bound. Init itself runs at publishing, once.

use super::size::{Size, start_up};
use crate::behavior::{Architecture, Behavior, Language};
use crate::bill::{Charges, Group};
use crate::platform::fit::FitCheck;
use crate::tariff::{Rate, Tariffs};
use crate::units::{MebiBytes, SECONDS_PER_MONTH, Seconds};
use crate::workload::Workload;

/// Versions of a function whose snapshots are kept.
const PUBLISHED_VERSIONS: f64 = 1.0;

/// Prices of a snapshot.
#[derive(Debug)]
pub(in crate::platform) struct Snapshot<'a> {
    cache: Rate<'a>,
    restore: Rate<'a>,
}

impl<'a> Snapshot<'a> {
    pub(in crate::platform) fn new(
        workload: &Workload,
        tariffs: &mut Tariffs<'a>,
        architecture: Architecture,
    ) -> Self {
        let paid = workload.language != Language::Java && offered(workload, architecture);
        Self {
            cache: tariffs.rate(
                paid,
                Group::Compute,
                "SnapStart cache",
                "aws-lambda/snapstart-cache/standard",
            ),
            restore: tariffs.rate(
                paid,
                Group::Compute,
                "SnapStart restores",
                "aws-lambda/snapstart-restore/standard",
            ),
        }
    }

    pub(super) fn charge(&self, bill: &mut dyn Charges, size: &Size, cold_starts: f64) {
        let month = Seconds::new(SECONDS_PER_MONTH);
        self.cache
            .charge(bill, size.memory.held_for(month).get() * PUBLISHED_VERSIONS);
        self.restore
            .charge(bill, size.memory.gigabytes() * cold_starts);
    }
}

/// The limits of `SnapStart`, and whether the runtime has it.
pub(super) fn check(fit: &mut FitCheck<'_>, workload: &Workload, architecture: Architecture) {
    fit.at_most("aws-lambda-snapstart/disk", workload.local_disk.get());
    if !offered(workload, architecture) {
        let what = if workload.image {
            "SnapStart for container images".to_owned()
        } else {
            format!("SnapStart for {}", workload.language.label())
        };
        fit.lacking(
            &what,
            Behavior::embedded().limit("aws-lambda-snapstart/disk"),
        );
    }
}

/// Whether the runtime can start from a snapshot, whatever its memory.
fn offered(workload: &Workload, architecture: Architecture) -> bool {
    Behavior::embedded()
        .snap_start(start_up(workload, architecture, MebiBytes::ZERO))
        .is_some()
}

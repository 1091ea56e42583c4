//! A size of a function over the week at one volume: what all its schedules share.

use std::cell::OnceCell;

use super::ProvisionedCosting;
use crate::latency::cold_start::ColdStartOutcome;
use crate::platform::lambda::{PayingPool, Size, recycled};
use crate::units::{RequestsPerMonth, RequestsPerSecond};
use crate::workload::MOST_LEVELS;

/// A size at one volume: what all its schedules share.
pub(super) struct Week<'s> {
    pub(super) place: usize,
    pub(super) size: &'s Size,
    pub(super) calls: RequestsPerMonth,
    pub(super) hours: [Hour; MOST_LEVELS],
}

impl<'s> Week<'s> {
    pub(super) fn new(place: usize, size: &'s Size, calls: RequestsPerMonth) -> Self {
        Self {
            place,
            size,
            calls,
            hours: std::array::from_fn(|_| Hour::default()),
        }
    }
}

/// One level of the week.
#[derive(Default)]
pub(super) struct Hour {
    /// The pool that pays by itself; `None` where the user has pinned one.
    pub(super) paying: Option<PayingPool>,
    without_pool: OnceCell<ColdStartOutcome>,
}

impl Hour {
    /// Cold starts where no pool is held: those of a function on demand.
    pub(super) fn without_pool(
        &self,
        costing: &ProvisionedCosting<'_>,
        size: &Size,
        rate: RequestsPerSecond,
    ) -> ColdStartOutcome {
        let compute = || costing.function.cold_starts_at(size, rate);
        *self.without_pool.get_or_init(compute)
    }
}

/// The share that starts cold on demand, replaced environments included.
pub(super) fn cold_without_pool(outcome: ColdStartOutcome, rate: RequestsPerSecond) -> f64 {
    recycled(outcome, rate)
}

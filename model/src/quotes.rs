//! Cost-only evaluation: what samples, flips and break-evens over other inputs live on.

use std::rc::Rc;

use crate::evaluation::Family;
use crate::platform::{self, Prepared};
use crate::price::PriceBook;
use crate::workload::Workload;

/// One platform for a workload, in short: no bill, no list of limits, one percentile.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PlatformQuote {
    /// Platform id.
    pub platform: &'static str,
    /// Which side it stands on.
    pub family: Family,
    /// US dollars a month; `None` where a price is missing or it cannot run.
    pub usd: Option<f64>,
    /// Whether it is priced and within all hard limits.
    pub eligible: bool,
    /// Whether the latency target is kept.
    pub meets_target: bool,
}

impl PlatformQuote {
    /// What comes before cost: that it can be chosen, then that it keeps the target.
    #[must_use]
    pub const fn rank(&self) -> (bool, bool) {
        (self.eligible, self.meets_target)
    }

    /// Cost a month; infinite where there is none.
    #[must_use]
    pub fn usd_or_infinite(&self) -> f64 {
        self.usd.unwrap_or(f64::INFINITY)
    }
}

/// All platforms at the workload's volume, in the order of [`platform::all`].
#[must_use]
pub fn quotes(workload: &Workload, book: &PriceBook) -> Vec<PlatformQuote> {
    let memo = Rc::default();
    platform::all()
        .iter()
        .map(|platform| {
            let prepared = Prepared::sharing(*platform, workload, book, &memo);
            prepared.expect_many_volumes();
            let quote = prepared.quote(workload.requests);
            PlatformQuote {
                platform: platform.id(),
                family: platform.family(),
                usd: quote.map(|quote| quote.usd.get()),
                eligible: quote.is_some() && prepared.fits(workload.requests),
                meets_target: quote.is_some_and(|quote| quote.meets_target),
            }
        })
        .collect()
}

/// The one to choose: the cheapest that keeps the target, or the cheapest where none does.
#[must_use]
pub fn winner(quotes: &[PlatformQuote]) -> Option<&PlatformQuote> {
    quotes
        .iter()
        .filter(|quote| quote.eligible)
        .min_by(|left, right| {
            right
                .meets_target
                .cmp(&left.meets_target)
                .then(left.usd_or_infinite().total_cmp(&right.usd_or_infinite()))
        })
}

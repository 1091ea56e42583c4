//! What several platforms compute of one workload in the same way, computed once: the rates
//! that a latency target allows, response times, the sizes of a function, its cold starts.
//!
//! One memo belongs to one workload; what differs between platforms is part of the keys.

use std::cell::RefCell;
use std::rc::Rc;

use super::fleet::{LatencyKey, RateKey, TargetRate};
use super::lambda::{Size, SizesKey};
use crate::evaluation::LatencyEstimate;
use crate::latency::cold_start::{ColdStart, ColdStartOutcome};

/// Results that the platforms of one workload share.
#[derive(Default)]
pub struct Memo {
    rates: RefCell<Vec<(RateKey, TargetRate)>>,
    sizes: RefCell<Vec<(SizesKey, Rc<Vec<Size>>)>>,
    latencies: RefCell<Vec<(LatencyKey, Option<LatencyEstimate>)>>,
    /// By a hash of the key; a newer one takes the place of an older one.
    cold_starts: RefCell<Vec<Option<(ColdStartKey, ColdStartOutcome)>>>,
    environments: RefCell<Vec<Rc<Memo>>>,
}

/// The question, and whether a table may answer it.
type ColdStartKey = (ColdStart, bool);

/// Cold starts that are kept: those of a few sizes over a week.
const COLD_STARTS: usize = 256;
/// Odd multiplier: 2^64 over the golden ratio.
const MULTIPLIER: u64 = 0x9e37_79b9_7f4a_7c15;

impl std::fmt::Debug for Memo {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Memo").finish_non_exhaustive()
    }
}

impl Memo {
    /// The rate within the target for a key, computed where it is new.
    pub(super) fn rate(&self, key: RateKey, compute: impl FnOnce() -> TargetRate) -> TargetRate {
        let known = self
            .rates
            .borrow()
            .iter()
            .find(|(of, _)| *of == key)
            .copied();
        known.map_or_else(
            || {
                let rate = compute();
                self.rates.borrow_mut().push((key, rate));
                rate
            },
            |(_, rate)| rate,
        )
    }

    /// The sizes of a function for a key, computed where they are new.
    pub(super) fn sizes(
        &self,
        key: SizesKey,
        compute: impl FnOnce() -> Vec<Size>,
    ) -> Rc<Vec<Size>> {
        let mut all = self.sizes.borrow_mut();
        if let Some((_, sizes)) = all.iter().find(|(of, _)| *of == key) {
            return Rc::clone(sizes);
        }
        let sizes = Rc::new(compute());
        all.push((key, Rc::clone(&sizes)));
        sizes
    }

    /// The response times of a fleet, computed where they are new.
    pub(super) fn latency(
        &self,
        key: LatencyKey,
        compute: impl FnOnce() -> Option<LatencyEstimate>,
    ) -> Option<LatencyEstimate> {
        let mut all = self.latencies.borrow_mut();
        if let Some((_, latency)) = all.iter().find(|(of, _)| *of == key) {
            return latency.clone();
        }
        let latency = compute();
        all.push((key, latency.clone()));
        latency
    }

    /// The cold starts at one rate, from the table where that may answer.
    pub(super) fn cold_start(&self, question: ColdStart, tabulated: bool) -> ColdStartOutcome {
        let mut kept = self.cold_starts.borrow_mut();
        if kept.is_empty() {
            kept.resize(COLD_STARTS, None);
        }
        let bits = question.arrival_rate.get().to_bits() ^ question.service_time.get().to_bits();
        let hash = bits.wrapping_mul(MULTIPLIER) >> (u64::BITS - COLD_STARTS.ilog2());
        let slot = &mut kept[usize::try_from(hash).unwrap_or(0)];
        let key = (question, tabulated);
        if let Some((known, outcome)) = slot
            && *known == key
        {
            return *outcome;
        }
        let outcome = if tabulated {
            question.tabulated()
        } else {
            question.outcome()
        };
        *slot = Some((key, outcome));
        outcome
    }

    /// The memo of one of the environments beside production: a workload of its own.
    pub(super) fn environment(&self, index: usize) -> Rc<Self> {
        let mut all = self.environments.borrow_mut();
        while all.len() <= index {
            all.push(Rc::default());
        }
        Rc::clone(&all[index])
    }
}

//! What several platforms compute of one workload in the same way, computed once: the rates
//! that a latency target allows, and the sizes of a function.
//!
//! One memo belongs to one workload; what differs between platforms is part of the keys.

use std::cell::RefCell;
use std::rc::Rc;

use super::fleet::{RateKey, TargetRate};
use super::lambda::{Size, SizesKey};

/// Results that the platforms of one workload share.
#[derive(Default)]
pub struct Memo {
    rates: RefCell<Vec<(RateKey, TargetRate)>>,
    sizes: RefCell<Vec<(SizesKey, Rc<Vec<Size>>)>>,
    environments: RefCell<Vec<Rc<Memo>>>,
}

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

    /// The memo of one of the environments beside production: a workload of its own.
    pub(super) fn environment(&self, index: usize) -> Rc<Self> {
        let mut all = self.environments.borrow_mut();
        while all.len() <= index {
            all.push(Rc::default());
        }
        Rc::clone(&all[index])
    }
}

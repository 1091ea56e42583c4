//! The types and shapes in question for a workload.

use super::Pool;
use crate::behavior::Behavior;
use crate::platform::instances::catalog::{self, Entry};
use crate::platform::instances::dominance::{self, Draft, Offer};
use crate::platform::instances::purchase::Prices;
use crate::platform::instances::shape;
use crate::price::InstancePrices;
use crate::system::Need;
use crate::tariff::Tariffs;
use crate::units::{HOURS_PER_MONTH, MB_PER_GB};

/// Room for the types of most regions.
const USUAL_OFFERS: usize = 64;

impl Pool<'_> {
    /// Every type in every shape that none of the others beats.
    pub(super) fn drafts(&mut self, tariffs: &Tariffs<'_>) -> Vec<Draft> {
        let reserve = Behavior::embedded().host_reserve(self.hosting.platform);
        let beside =
            self.address.first_usd() + self.disk.first_usd() * self.disk_gb() / HOURS_PER_MONTH;
        let known = tariffs.instances(catalog::prices);
        let mut offers = Vec::with_capacity(USUAL_OFFERS);
        let mut unpriced = None;
        let mut largest_gb = 0.0;
        let (packing, workload) = (self.hosting.packing, self.workload);
        let shapes = |entry: &Entry| shape::shapes(packing, workload, entry.kind, reserve);
        // A pinned type is taken as it is; where its architecture matters, the others do not count.
        let pin = &self.workload.pin;
        let pinned = pin.instance_type.is_some();
        let any = pin.architecture.is_none() && !self.workload.needs.contains(&Need::Windows);
        let outdone = |prices: &InstancePrices| {
            if any {
                prices.outdone
            } else {
                prices.outdone_alike
            }
        };
        for entry in catalog::wanted(self.workload, &self.hosting) {
            if !pinned && known.is_some_and(|known| outdone(&known[entry.place])) {
                continue;
            }
            let left_gb = reserve.map_or(entry.kind.memory_gb, |reserve| {
                reserve.memory_left_mb(entry.kind) / MB_PER_GB
            });
            largest_gb = left_gb.max(largest_gb);
            let prices = Prices::of(entry, self.workload, &self.hosting, tariffs, known, beside);
            if let Some(prices) = prices {
                dominance::keep_offer(&mut offers, Offer { entry, prices });
            } else if unpriced.is_none() {
                unpriced = shapes(entry).next().map(|shape| Draft {
                    entry,
                    shape,
                    prices: Prices::unknown(beside),
                });
            }
        }
        self.largest_gb = largest_gb;
        let mut kept = Vec::with_capacity(offers.len());
        for Offer { entry, prices } in offers {
            for shape in shapes(entry) {
                let draft = Draft {
                    entry,
                    shape,
                    prices,
                };
                dominance::keep(&mut kept, draft);
            }
        }
        // Where none is priced, the first says which price is missing.
        if kept.is_empty() {
            kept.extend(unpriced);
        }
        kept
    }
}

//! How the tasks of a week are bought: a committed base, tasks on demand, tasks on Spot.

use super::prices::TaskPrices;
use crate::behavior::TaskSize;
use crate::bill::Charges;
use crate::platform::fleet::{Candidate, Count, FleetLoad};
use crate::purchase;
use crate::units::{HOURS_PER_MONTH, RequestsPerMonth};

/// Task-hours a month by the way they are bought.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Bought {
    pub(super) count: Count,
    /// Tasks under a commitment, round the clock.
    pub(super) committed: f64,
    committed_hours: f64,
    on_demand_hours: f64,
    spot_hours: f64,
}

/// Which units of a fleet may be interrupted: all above this number.
pub(super) type SpotAbove = Option<f64>;

impl Bought {
    /// What a size takes at a volume, and what that costs a month. `uses` is room to work in.
    pub(super) fn new(
        prices: &TaskPrices<'_>,
        load: &FleetLoad<'_>,
        candidate: &Candidate<TaskSize>,
        requests: RequestsPerMonth,
        spot_above: SpotAbove,
        uses: &mut Vec<(f64, f64)>,
    ) -> (Self, f64) {
        let rate = load.rate(candidate);
        let month = load.use_of_month(rate, requests);
        let bought = Self::of_use(prices, candidate.size, month, spot_above, uses);
        let usd = bought.usd(prices, candidate.size);
        (bought, usd)
    }

    /// A month given as units and the hours for which so many run. `uses` is room to work in.
    pub(super) fn of_use(
        prices: &TaskPrices<'_>,
        size: TaskSize,
        month: impl Iterator<Item = (f64, f64)> + Clone,
        spot_above: SpotAbove,
        uses: &mut Vec<(f64, f64)>,
    ) -> Self {
        let count = Count::of_use(month.clone());
        let mut bought = Self {
            count,
            on_demand_hours: count.unit_hours,
            ..Self::default()
        };
        if let Some(base) = spot_above {
            let above = month
                .clone()
                .map(|(units, hours)| (units - base).max(0.0) * hours);
            bought.spot_hours = above.sum();
            bought.on_demand_hours = count.unit_hours - bought.spot_hours;
        }
        if let Some(committed) = &prices.committed {
            let most = spot_above.unwrap_or(f64::INFINITY);
            uses.clear();
            uses.extend(month.map(|(units, hours)| (units.min(most), hours)));
            let on_demand = prices.on_demand.usd(size);
            let split = purchase::split(uses, committed.usd(size) / on_demand);
            bought.committed = split.committed;
            bought.committed_hours = split.committed_hours;
            bought.on_demand_hours = split.on_demand_hours;
        }
        bought
    }

    fn usd(&self, prices: &TaskPrices<'_>, size: TaskSize) -> f64 {
        let part = |hours: f64, usd: f64| if hours > 0.0 { hours * usd } else { 0.0 };
        let committed = prices.committed.as_ref().map_or(0.0, |way| way.usd(size));
        let spot = prices.spot.as_ref().map_or(0.0, |way| way.usd(size));
        part(self.on_demand_hours, prices.on_demand.usd(size))
            + part(self.committed_hours, committed)
            + part(self.spot_hours, spot)
            + part(self.count.unit_hours, prices.beside_usd())
    }

    pub(super) fn charge(&self, bill: &mut dyn Charges, prices: &TaskPrices<'_>, size: TaskSize) {
        prices.on_demand.charge(bill, size, self.on_demand_hours);
        if let Some(spot) = &prices.spot {
            spot.charge(bill, size, self.spot_hours);
        }
        prices.charge_beside(bill, self.count.unit_hours);
        if let Some(committed) = &prices.committed {
            committed.charge(bill, size, self.committed_hours);
        }
    }

    /// Mean tasks on Spot.
    pub(super) fn spot_mean(&self) -> f64 {
        self.spot_hours / HOURS_PER_MONTH
    }
}

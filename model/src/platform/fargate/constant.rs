//! Tasks that run round the clock and carry a base, while something else takes what is above.

use super::{FargateCosting, Style};
use crate::behavior::TaskSize;
use crate::bill::Charges;
use crate::latency::percentile::Mixture;
use crate::platform::fleet::Candidate;
use crate::tariff::Tariffs;
use crate::units::{HOURS_PER_MONTH, RequestsPerSecond};
use crate::workload::Workload;

/// The task sizes with which a constant base of one workload can be built.
pub struct ConstantFleet<'a>(FargateCosting<'a>);

/// One size of a constant base.
#[derive(Clone, Copy)]
pub struct ConstantTask<'c> {
    candidate: &'c Candidate<TaskSize>,
    /// US dollars an hour for one on demand, disk and address included.
    pub usd_per_hour: f64,
    /// The same under the workload's savings plan; `None` without one.
    pub committed_usd_per_hour: Option<f64>,
}

impl std::fmt::Debug for ConstantFleet<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ConstantFleet")
            .finish_non_exhaustive()
    }
}

impl std::fmt::Debug for ConstantTask<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("ConstantTask")
            .field("size", &self.size())
            .field("usd_per_hour", &self.usd_per_hour)
            .field("committed_usd_per_hour", &self.committed_usd_per_hour)
            .finish()
    }
}

impl ConstantTask<'_> {
    /// vCPUs and memory.
    #[must_use]
    pub const fn size(&self) -> TaskSize {
        self.candidate.size
    }

    /// The most that one task carries at the target utilization, within memory and within the
    /// latency target: `N` tasks take `min(load, N x carries)`.
    #[must_use]
    pub const fn carries(&self) -> RequestsPerSecond {
        self.candidate.rate.usual
    }

    /// Whether the latency target can be kept at all.
    #[must_use]
    pub const fn meets_target(&self) -> bool {
        self.candidate.meets_target
    }
}

impl<'a> ConstantFleet<'a> {
    /// Looks the prices up; what is missing is noted in `tariffs`.
    #[must_use]
    pub fn new(workload: &'a Workload, tariffs: &mut Tariffs<'a>) -> Self {
        Self(FargateCosting::new(workload, tariffs, Style::Ecs))
    }

    /// The sizes that can be the cheapest, smallest first.
    pub fn tasks(&self) -> impl Iterator<Item = ConstantTask<'_>> {
        let prices = &self.0.prices;
        self.0.sizes.iter().map(|candidate| ConstantTask {
            candidate,
            usd_per_hour: prices.usd_per_hour(candidate.size),
            committed_usd_per_hour: prices
                .committed
                .as_ref()
                .map(|way| way.usd(candidate.size) + prices.beside_usd()),
        })
    }

    /// Puts `count` tasks for a whole month on the bill, under the savings plan where there is
    /// one that is cheaper. Front door, logs and the like are not among these lines.
    pub fn charge(&self, bill: &mut dyn Charges, task: &ConstantTask<'_>, count: f64) {
        let (prices, size) = (&self.0.prices, task.size());
        let hours = count * HOURS_PER_MONTH;
        let cheaper = prices
            .committed
            .as_ref()
            .filter(|way| way.usd(size) < prices.on_demand.usd(size));
        cheaper
            .unwrap_or(&prices.on_demand)
            .charge(bill, size, hours);
        prices.charge_beside(bill, hours);
    }

    /// Response times while `count` tasks take `rate` together, front door included; `None`
    /// when they are saturated.
    #[must_use]
    pub fn response(
        &self,
        task: &ConstantTask<'_>,
        count: f64,
        rate: RequestsPerSecond,
    ) -> Option<Mixture> {
        let (unit, queueing) = (task.candidate.unit, task.candidate.queueing);
        let wait = self.0.load.wait(queueing, rate, count)?;
        let mut mixture = Mixture::new();
        mixture.add_queued(1.0, self.0.load.service(unit, queueing), wait);
        Some(mixture)
    }
}

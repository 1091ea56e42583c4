//! The prices of instance types as plain numbers: hundreds of types are compared for each
//! workload, and their prices do not depend on it.

use std::sync::OnceLock;

use super::Region;

/// US dollars an hour of one instance type in a region; `None` where the book has no price.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(crate) struct InstancePrices {
    /// On demand.
    pub(crate) on_demand: Option<f64>,
    /// A vCPU-hour of CPU credits.
    pub(crate) credits: Option<f64>,
    /// On Spot, or what stands in for it.
    pub(crate) spot: Option<f64>,
    /// Under each commitment, or what stands in for it.
    pub(crate) committed: [Option<f64>; 4],
    /// Whether another type carries the same and is the better choice in every way to buy.
    pub(crate) outdone: bool,
    /// The same by a type of the same architecture.
    pub(crate) outdone_alike: bool,
}

impl InstancePrices {
    /// The price of every way to buy; where it has none of its own, the one on demand.
    pub(crate) fn ways(&self) -> Option<[f64; 6]> {
        let on_demand = self.on_demand?;
        let or = |way: Option<f64>| way.unwrap_or(on_demand);
        let [a, b, c, d] = self.committed.map(or);
        Some([on_demand, or(self.spot), a, b, c, d])
    }
}

/// The prices of all types in each region, looked up when they are first asked for.
#[derive(Clone, Debug, Default)]
pub(super) struct Instances([OnceLock<Vec<InstancePrices>>; Region::ALL.len()]);

impl Instances {
    pub(super) fn of(
        &self,
        region: Region,
        look_up: impl FnOnce() -> Vec<InstancePrices>,
    ) -> &[InstancePrices] {
        self.0[region as usize].get_or_init(look_up)
    }
}

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

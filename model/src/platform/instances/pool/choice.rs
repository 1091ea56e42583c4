//! What is chosen at one volume.

use super::Host;
use crate::capacity::UnitRate;
use crate::platform::fleet::Candidate;
use crate::platform::instances::purchase::Bought;
use crate::units::{HOURS_PER_MONTH, RequestsPerSecond};

/// The cheapest at one volume.
pub(in crate::platform) struct Choice<'c, 'a> {
    pub(in crate::platform::instances) candidate: &'c Candidate<Host<'a>>,
    pub(in crate::platform::instances) bought: Bought,
    pub(in crate::platform::instances) rate: UnitRate,
}

impl Choice<'_, '_> {
    /// Fewest instances over the week.
    pub(in crate::platform) const fn fewest(&self) -> f64 {
        self.bought.min
    }

    /// Instances on average.
    pub(in crate::platform) fn mean(&self) -> f64 {
        self.bought.running_hours / HOURS_PER_MONTH
    }

    /// Requests a second that the most instances of the week carry.
    pub(in crate::platform) fn carries(&self) -> RequestsPerSecond {
        let units = self.bought.max * self.candidate.size.shape.per_instance;
        self.rate.usual * units
    }

    /// Most vCPUs over the week.
    pub(in crate::platform) fn most_vcpu(&self) -> f64 {
        self.bought.max * self.candidate.size.entry.kind.vcpu
    }
}

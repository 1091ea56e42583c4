//! A fleet as a table: the week, what one unit carries, and how many units that makes.

use crate::capacity::{Layout, UnitRate};
use crate::math;
use crate::purchase;
use crate::units::{RequestsPerMonth, Seconds};

/// How the units of a fleet follow the load.
#[derive(Clone, Debug, PartialEq)]
pub struct Fleet {
    /// The environment that it stands in, where that is not production.
    pub environment: Option<String>,
    /// Its requests against production's.
    pub scale: f64,
    /// The week.
    pub week: Vec<Hours>,
    /// What one unit carries.
    pub rate: UnitRate,
    /// Zones and the fewest units.
    pub layout: Layout,
    /// Number of units that the user pinned.
    pub pinned: Option<f64>,
    /// The instances that the units stand on; `None` where units are bought one by one.
    pub instances: Option<Instances>,
    /// What is above so many may be interrupted and is bought on Spot.
    pub spot_above: Option<f64>,
    /// The price under the commitment over the on-demand price.
    pub price_ratio: Option<f64>,
    /// Where the instances are burstable.
    pub credits: Option<Credits>,
}

/// Some hours of the month with one load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Hours {
    /// Arrival rate over the mean.
    pub weight: f64,
    /// What the fleet is sized for, over the mean.
    pub sized_for: f64,
    /// Hours a month.
    pub hours: f64,
}

/// How units stand on instances: `max(floor, ceil((units + room) / units on each))`.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Instances {
    /// Units kept free for a rolling deployment.
    pub room: f64,
    /// Units on an instance.
    pub units_on_each: f64,
    /// Fewest instances.
    pub floor: u32,
    /// Number of instances that the user pinned.
    pub pinned: Option<f64>,
}

/// CPU credits of burstable instances: vCPU-hours above the baseline.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Credits {
    /// CPU time of a request.
    pub cpu: Seconds,
    /// vCPUs that one instance has at its baseline.
    pub included_vcpu: f64,
}

/// What is bought of a fleet in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Use {
    /// Hours of tasks or instances that run.
    pub running: f64,
    /// Those at the on-demand price.
    pub on_demand: f64,
    /// Those under the commitment, used or not.
    pub committed: f64,
    /// Those on Spot.
    pub spot: f64,
    /// vCPU-hours above the baseline.
    pub credits: f64,
}

/// One of the figures of a [`Use`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Part {
    /// Hours that run.
    Running,
    /// Hours on demand.
    OnDemand,
    /// Hours under a commitment.
    Committed,
    /// Hours on Spot.
    Spot,
    /// vCPU-hours above the baseline.
    Credits,
}

impl Part {
    /// All of them, the most general first.
    pub const ALL: [Self; 5] = [
        Self::Running,
        Self::OnDemand,
        Self::Committed,
        Self::Spot,
        Self::Credits,
    ];

    /// Its name, for people.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Running => "hours that run",
            Self::OnDemand => "hours on demand",
            Self::Committed => "hours under the commitment",
            Self::Spot => "hours on Spot",
            Self::Credits => "vCPU-hours above the baseline",
        }
    }
}

impl Use {
    /// One of its figures.
    #[must_use]
    pub const fn part(&self, part: Part) -> f64 {
        match part {
            Part::Running => self.running,
            Part::OnDemand => self.on_demand,
            Part::Committed => self.committed,
            Part::Spot => self.spot,
            Part::Credits => self.credits,
        }
    }
}

impl Fleet {
    /// Units needed at one load of the week, `requests` being production's.
    #[must_use]
    pub fn units(&self, requests: f64, hours: &Hours) -> f64 {
        self.pinned.unwrap_or_else(|| {
            let rate = RequestsPerMonth::new(requests * self.scale).per_second();
            self.layout.units(rate * hours.sized_for, self.rate)
        })
    }

    /// Tasks or instances at one load of the week.
    #[must_use]
    pub fn count(&self, requests: f64, hours: &Hours) -> f64 {
        let units = self.units(requests, hours);
        match self.instances {
            None => units,
            Some(Instances {
                pinned: Some(pinned),
                ..
            }) => pinned,
            Some(instances) => {
                let count = math::ceil((units + instances.room) / instances.units_on_each);
                count.max(f64::from(instances.floor))
            }
        }
    }

    /// What a month takes, `requests` being production's.
    #[must_use]
    pub fn of_month(&self, requests: f64) -> Use {
        let mut month = Use::default();
        let mut base = Vec::with_capacity(self.week.len());
        for hours in &self.week {
            let count = self.count(requests, hours);
            month.running += count * hours.hours;
            let stays = count.min(self.spot_above.unwrap_or(f64::INFINITY));
            month.spot += (count - stays) * hours.hours;
            month.on_demand += stays * hours.hours;
            base.push((stays, hours.hours));
            if let Some(credits) = self.credits {
                let rate = RequestsPerMonth::new(requests * self.scale).per_second();
                let busy = (rate * hours.weight).offered_load(credits.cpu);
                month.credits += (busy - count * credits.included_vcpu).max(0.0) * hours.hours;
            }
        }
        if let Some(ratio) = self.price_ratio {
            let split = purchase::split(&base, ratio);
            month.committed = split.committed_hours;
            month.on_demand = split.on_demand_hours;
        }
        month
    }
}

//! A fleet of instances as a replay of the traffic plays it, and the instances that its units stood on.

use super::pool::{Choice, Pool};
use super::purchase::Bought;
use crate::behavior::Behavior;
use crate::math::ceil;
use crate::platform::fleet::{Start, whole};
use crate::replay::MonthOfUse;
use crate::simulation::{FleetRules, ManagedInstancesRules, Scaling};
use crate::units::RequestsPerMonth;

/// So little of an instance is an error of rounding.
const ROUNDING: f64 = 1e-9;
/// Requests at once in an environment, beyond which more change nothing.
const MOST_PLACES: u32 = 1_000_000;
/// Room above what the formulas say.
const MOST_OVER_FORMULA: f64 = 3.0;

/// How fast the load of managed instances may grow.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::platform) struct Growing {
    /// By this factor.
    pub(in crate::platform) factor: f64,
    /// Within this time, in seconds.
    pub(in crate::platform) within_s: f64,
}

impl<'a> Pool<'a> {
    /// The rules of functions on instances: these grow with the load, and refuse what grows faster.
    pub(in crate::platform) fn managed_rules(
        &self,
        choice: &Choice<'_, 'a>,
        requests: RequestsPerMonth,
        growing: Growing,
    ) -> ManagedInstancesRules {
        let (candidate, fleet) = (choice.candidate, self.rules(choice, requests));
        let least = whole(choice.fewest()).max(1);
        let most = if self.workload.pin.instance_count.is_some() {
            least
        } else {
            whole(choice.bought.max * MOST_OVER_FORMULA)
        };
        ManagedInstancesRules {
            environments_per_instance: whole(candidate.size.shape.per_instance).max(1),
            vcpus_per_environment: fleet.servers_per_queue,
            requests_per_environment: fleet.concurrency_cap.unwrap_or(u32::MAX).min(MOST_PLACES),
            cpu_s: fleet.cpu_s,
            wall_s: fleet.wall_s,
            variation: fleet.variation,
            growth: growing.factor,
            within_s: growing.within_s,
            min: least,
            max: least.max(most),
            front_door: fleet.front_door,
        }
    }

    /// The rules of the units; an instance has to start before what stands on it.
    pub(in crate::platform) fn rules(
        &self,
        choice: &Choice<'_, 'a>,
        requests: RequestsPerMonth,
    ) -> FleetRules {
        let scaling = Behavior::embedded().scaling();
        let start = Start {
            launch_s: scaling.ec2_start.value + scaling.ecs_provision.value,
            minimum_s: 0.0,
        };
        let mut rules = self
            .load(choice.candidate)
            .rules(choice.candidate, requests, start);
        if let Scaling::TargetTracking(tracking) = &mut rules.scaling {
            // As many units as stand on the fewest instances are there anyway.
            let standing = choice.fewest() * choice.candidate.size.shape.per_instance - self.room();
            tracking.min = tracking.min.max(whole(standing.max(1.0)));
            tracking.max = tracking.max.max(tracking.min);
        }
        rules
    }

    /// The choice with the instances that a replay had, where its units are instances.
    pub(in crate::platform) fn replayed_instances<'c>(
        &self,
        choice: &Choice<'c, 'a>,
        used: &MonthOfUse,
    ) -> Choice<'c, 'a> {
        self.bought(choice, used.units.clone())
    }

    /// The choice with the instances that a replay's units stood on.
    pub(in crate::platform) fn replayed<'c>(
        &self,
        choice: &Choice<'c, 'a>,
        used: &MonthOfUse,
    ) -> Choice<'c, 'a> {
        let host = &choice.candidate.size;
        let instances = |units: f64| {
            let pinned = self.workload.pin.instance_count;
            let needed = ceil((units + self.room()) / host.shape.per_instance - ROUNDING);
            pinned.unwrap_or_else(|| needed.max(f64::from(self.floor())))
        };
        let month = used.units.iter();
        let month = month.map(|(units, hours)| (instances(*units), *hours));
        let month = month.collect();
        self.bought(choice, month)
    }

    /// The credits of burstable types follow from the work, which is the same.
    fn bought<'c>(&self, choice: &Choice<'c, 'a>, mut month: Vec<(f64, f64)>) -> Choice<'c, 'a> {
        let prices = &choice.candidate.size.prices;
        let mut bought = Bought::new(&mut month, prices, self.standing());
        bought.credit_hours = choice.bought.credit_hours;
        Choice {
            bought,
            candidate: choice.candidate,
            rate: choice.rate,
        }
    }
}

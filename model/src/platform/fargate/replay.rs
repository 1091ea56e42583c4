//! Tasks as a replay of the traffic plays them, and the bill of what it used.

use super::buying::Bought;
use super::{FargateCosting, Plan};
use crate::behavior::Behavior;
use crate::bill::Charges;
use crate::platform::fleet::Start;
use crate::replay::MonthOfUse;
use crate::simulation::Rules;
use crate::units::{HOURS_PER_MONTH, RequestsPerMonth};

impl FargateCosting<'_> {
    /// The rules of the tasks that stand; jobs that run and stop have none.
    pub(super) fn replayed_as(&self, requests: RequestsPerMonth) -> Option<Rules> {
        let Plan::Standing(standing) = self.plan(requests)? else {
            return None;
        };
        let start = Start {
            launch_s: Behavior::embedded().scaling().fargate_start.value,
            minimum_s: crate::rules::Rules::embedded().fargate_minimum_s,
        };
        let rules = self.load.rules(standing.candidate, requests, start);
        Some(Rules::Fleet(rules))
    }

    /// The bill of a replayed month, and how many tasks stood in the mean.
    pub(super) fn charge_use(
        &self,
        requests: RequestsPerMonth,
        used: &MonthOfUse,
        bill: &mut dyn Charges,
    ) -> Option<f64> {
        let Plan::Standing(mut standing) = self.plan(requests)? else {
            return None;
        };
        let (size, month) = (standing.candidate.size, used.units.iter().copied());
        let mut room = Vec::new();
        standing.bought = Bought::of_use(&self.prices, size, month, self.spot_above, &mut room);
        let count = standing.bought.count.unit_hours / HOURS_PER_MONTH;
        self.charge_plan(bill, &Plan::Standing(standing), used.requests);
        Some(count)
    }
}

//! Savings plans on functions: the base of the week is committed, the rest stays on demand.
//!
//! A compute savings plan is an amount a second, round the clock. What is worth committing is
//! the use that is there for more than `1 - discount` of the hours. A reservation does not
//! apply to functions: with one, all of it stays on demand.

use crate::behavior::Architecture;
use crate::bill::{Charges, Group, Total};
use crate::platform::lambda::function::price_variant;
use crate::purchase::split;
use crate::system::Commitment;
use crate::tariff::{Rate, Tariffs};
use crate::workload::Workload;

/// The rate of a savings plan for one of the prices of functions; `None` without a plan, or
/// where the region has neither the price nor the discount (which is named then).
pub(in crate::platform) fn committed_rate<'a>(
    workload: &Workload,
    tariffs: &mut Tariffs<'a>,
    name: &'static str,
    what: &str,
    architecture: Architecture,
) -> Option<Rate<'a>> {
    let term = match workload.terms.commitment {
        Commitment::SavingsPlan1y => "1y",
        Commitment::SavingsPlan3y => "3y",
        Commitment::None | Commitment::Reserved1y | Commitment::Reserved3y => return None,
    };
    if workload.exclude.contains(&Group::Compute) {
        return None;
    }
    let variant = price_variant(architecture);
    tariffs.discounted(
        Group::Commitment,
        name,
        &format!("aws-lambda/{what}-savings-plan-{term}/{variant}"),
        &format!("aws-lambda/{what}/{variant}"),
        &format!("aws-lambda/savings-plan-{term}/discount"),
    )
}

/// Duration under a savings plan, as shares of the month's duration: with the week's shape
/// fixed, neither depends on the volume.
#[derive(Debug)]
pub(in crate::platform) struct CommittedDuration<'a> {
    rate: Rate<'a>,
    /// Paid under the plan, used or not.
    paid: f64,
    /// Beyond the plan.
    left: f64,
}

impl<'a> CommittedDuration<'a> {
    pub(super) fn new(
        workload: &Workload,
        tariffs: &mut Tariffs<'a>,
        on_demand: &Rate<'a>,
        architecture: Architecture,
    ) -> Option<Self> {
        let rate = committed_rate(
            workload,
            tariffs,
            "Savings plan: duration",
            "duration",
            architecture,
        )?;
        let levels = workload.levels.iter();
        let use_of_month: Vec<(f64, f64)> = levels
            .map(|level| (level.weight, Workload::hours_a_month(*level)))
            .collect();
        let all: f64 = use_of_month.iter().map(|(use_, hours)| use_ * hours).sum();
        let split = split(&use_of_month, rate.first_usd() / on_demand.first_usd());
        (all > 0.0 && split.committed > 0.0).then(|| Self {
            rate,
            paid: split.committed_hours / all,
            left: split.on_demand_hours / all,
        })
    }

    /// Puts the duration of a month on the bill, under the plan where that costs less than
    /// the tiers do. Returns the GB-seconds that stay on demand.
    pub(super) fn charge(
        &self,
        bill: &mut dyn Charges,
        on_demand: &Rate<'_>,
        gb_seconds: f64,
    ) -> f64 {
        let (mut with, mut without) = (Total::default(), Total::default());
        self.rate.charge(&mut with, gb_seconds * self.paid);
        on_demand.charge(&mut with, gb_seconds * self.left);
        on_demand.charge(&mut without, gb_seconds);
        if with.usd() >= without.usd() {
            on_demand.charge(bill, gb_seconds);
            return gb_seconds;
        }
        self.rate.charge(bill, gb_seconds * self.paid);
        on_demand.charge(bill, gb_seconds * self.left);
        gb_seconds * self.left
    }
}

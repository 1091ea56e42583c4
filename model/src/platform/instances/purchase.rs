//! How instances are bought: a committed base, Spot above what must not be interrupted, and
//! the rest on demand.

use super::Hosting;
use super::catalog::{Entry, Purchase, commitment_place};
use crate::behavior::InstanceType;
use crate::bill::{Charges, Group};
use crate::price::InstancePrices;
use crate::purchase;
use crate::system::{Kind, Need};
use crate::tariff::{Rate, Tariffs};
use crate::workload::Workload;

/// US dollars an hour of one instance, by the way it is bought.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Prices {
    pub(super) on_demand: f64,
    pub(super) committed: Option<f64>,
    pub(super) spot: Option<f64>,
    /// What every hour that an instance runs costs beside.
    pub(super) beside: f64,
    /// A vCPU-hour above the baseline.
    pub(super) credit: f64,
}

impl Prices {
    /// A type without a price: only what is bought beside counts.
    pub(super) const fn unknown(beside: f64) -> Self {
        Self {
            on_demand: 0.0,
            committed: None,
            spot: None,
            beside,
            credit: 0.0,
        }
    }

    /// Whether each way to buy that is wanted has its price, so that no look-up can miss one.
    pub(super) fn complete(&self, workload: &Workload, hosting: &Hosting) -> bool {
        let terms = workload.terms;
        let committed = commitment_place(terms.commitment).is_none() || self.committed.is_some();
        let spot = !(terms.spot && hosting.spot) || self.spot.is_some();
        self.on_demand > 0.0 && committed && spot
    }

    /// The lowest price of an hour that an instance runs.
    pub(super) fn least(&self) -> f64 {
        let bought = [self.committed, self.spot];
        let least = bought.into_iter().flatten().fold(self.on_demand, f64::min);
        least + self.beside
    }

    /// The prices of a type; `None` where it cannot be priced in full. `known` are those of all
    /// types where the user has no rates of their own.
    pub(super) fn of(
        entry: &Entry,
        workload: &Workload,
        hosting: &Hosting,
        tariffs: &Tariffs<'_>,
        known: Option<&[InstancePrices]>,
        beside: f64,
    ) -> Option<Self> {
        let known = known.map(|known| &known[entry.place]);
        let on_demand = known.map_or_else(|| tariffs.usd(&entry.on_demand), |of| of.on_demand)?;
        let credit = if entry.kind.burstable() {
            known.map_or_else(|| tariffs.usd(&entry.credits), |of| of.credits)?
        } else {
            0.0
        };
        if workload.exclude.contains(&Group::Compute) {
            return Some(Self::unknown(beside));
        }
        let discounted = |way: &Purchase| tariffs.discounted_usd(&way.own, on_demand, way.share);
        let terms = workload.terms;
        let committed = commitment_place(terms.commitment)
            .filter(|_| !workload.exclude.contains(&Group::Commitment))
            .and_then(|place| match known {
                Some(known) => known.committed[place],
                None => entry.committed(terms.commitment).and_then(discounted),
            });
        let spot = (terms.spot && hosting.spot)
            .then(|| known.map_or_else(|| discounted(&entry.spot), |of| of.spot))
            .flatten();
        Some(Self {
            on_demand,
            committed,
            spot,
            beside,
            credit,
        })
    }
}

/// Fee and licence, which are the same for all types: a share of the on-demand price, and a price
/// for a vCPU.
#[derive(Clone, Copy, Debug)]
pub(super) struct Beside {
    fee_share: f64,
    license_usd: f64,
}

impl Beside {
    pub(super) fn new(hosting: Hosting, workload: &Workload, tariffs: &mut Tariffs<'_>) -> Self {
        let computed = !workload.exclude.contains(&Group::Compute);
        let share = hosting.fee.filter(|_| computed).map(|(_, share)| share);
        Self {
            fee_share: share.and_then(|id| tariffs.share(id)).unwrap_or(0.0),
            license_usd: license(workload, tariffs).first_usd(),
        }
    }

    /// For an hour of a type.
    pub(super) fn usd(&self, prices: &Prices, kind: &InstanceType) -> f64 {
        prices.on_demand * self.fee_share + self.license_usd * kind.vcpu
    }
}

fn license<'a>(workload: &Workload, tariffs: &mut Tariffs<'a>) -> Rate<'a> {
    tariffs.rate(
        workload.needs.contains(&Need::Windows),
        Group::Compute,
        "Windows licence",
        "aws-ec2/windows-license/vcpu",
    )
}

/// The rates of one type.
pub(super) struct Rates<'a> {
    hour: Rate<'a>,
    committed: Option<Rate<'a>>,
    spot: Option<Rate<'a>>,
    credits: Rate<'a>,
    fee: Option<Rate<'a>>,
    license: Rate<'a>,
}

impl<'a> Rates<'a> {
    pub(super) fn new(
        entry: &'static Entry,
        workload: &Workload,
        hosting: &Hosting,
        tariffs: &mut Tariffs<'a>,
    ) -> Self {
        let hour = tariffs.rate(true, Group::Compute, "Instance hours", &entry.on_demand);
        let committed = entry
            .committed(workload.terms.commitment)
            .filter(|_| !workload.exclude.contains(&Group::Compute))
            .and_then(|way| {
                tariffs.discounted(
                    Group::Commitment,
                    &way.line,
                    &way.own,
                    &entry.on_demand,
                    way.share,
                )
            });
        let way = &entry.spot;
        let spot = (workload.terms.spot && hosting.spot)
            .then(|| {
                tariffs.discounted(
                    Group::Compute,
                    &way.line,
                    &way.own,
                    &entry.on_demand,
                    way.share,
                )
            })
            .flatten();
        Self {
            hour,
            committed,
            spot,
            credits: tariffs.rate(
                entry.kind.burstable(),
                Group::Compute,
                "CPU credits",
                &entry.credits,
            ),
            fee: hosting
                .fee
                .map(|(name, share)| tariffs.fee(Group::Compute, name, &entry.on_demand, share)),
            license: license(workload, tariffs),
        }
    }

    pub(super) fn charge(&self, bill: &mut dyn Charges, kind: &InstanceType, bought: &Bought) {
        self.hour.charge(bill, bought.on_demand_hours);
        if let Some(committed) = &self.committed {
            committed.charge(bill, bought.committed_hours);
        }
        if let Some(spot) = &self.spot {
            spot.charge(bill, bought.spot_hours);
        }
        self.credits.charge(bill, bought.credit_hours);
        if let Some(fee) = &self.fee {
            fee.charge(bill, bought.running_hours);
        }
        self.license.charge(bill, bought.running_hours * kind.vcpu);
    }

    /// Fee and licence of an hour.
    pub(super) fn beside(&self, kind: &InstanceType) -> f64 {
        let fee = self.fee.as_ref().map_or(0.0, Rate::first_usd);
        fee + self.license.first_usd() * kind.vcpu
    }
}

/// What is bought in a month.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(super) struct Bought {
    /// Instance-hours that run.
    pub(super) running_hours: f64,
    /// Fewest and most instances.
    pub(super) min: f64,
    pub(super) max: f64,
    pub(super) on_demand_hours: f64,
    pub(super) committed: f64,
    pub(super) committed_hours: f64,
    pub(super) spot_hours: f64,
    pub(super) credit_hours: f64,
}

impl Bought {
    /// Buys the use of a month, given as instances and hours: `standing` of them must not be
    /// interrupted, the others may be on Spot where it is bought. The base of what is not on
    /// Spot is committed as far as that pays.
    pub(super) fn new(use_of_month: &mut [(f64, f64)], prices: &Prices, standing: f64) -> Self {
        let mut bought = Self {
            min: f64::INFINITY,
            ..Self::default()
        };
        for (instances, hours) in use_of_month.iter_mut() {
            bought.running_hours += *instances * *hours;
            bought.min = bought.min.min(*instances);
            bought.max = bought.max.max(*instances);
            if prices.spot.is_some() {
                let stable = instances.min(standing);
                bought.spot_hours += (*instances - stable) * *hours;
                *instances = stable;
            }
        }
        bought.on_demand_hours = bought.running_hours - bought.spot_hours;
        if let Some(committed) = prices.committed
            && prices.on_demand > 0.0
        {
            let split = purchase::split(use_of_month, committed / prices.on_demand);
            bought.committed = split.committed;
            bought.committed_hours = split.committed_hours;
            bought.on_demand_hours = split.on_demand_hours;
        }
        bought
    }

    /// US dollars a month.
    pub(super) fn usd(&self, prices: &Prices) -> f64 {
        self.on_demand_hours * prices.on_demand
            + self.committed_hours * prices.committed.unwrap_or(0.0)
            + self.spot_hours * prices.spot.unwrap_or(0.0)
            + self.running_hours * prices.beside
            + self.credit_hours * prices.credit
    }
}

/// Whether somebody waits for the answer, so that a few instances must not be interrupted.
pub(in crate::platform) const fn someone_waits(kind: Kind) -> bool {
    kind.is_http() || matches!(kind, Kind::Websocket)
}

#[cfg(test)]
mod tests {
    use super::*;

    const PRICES: Prices = Prices {
        on_demand: 1.0,
        committed: None,
        spot: None,
        beside: 0.0,
        credit: 0.0,
    };

    fn check(prices: Prices, standing: f64, on_demand: f64, committed: f64, spot: f64) {
        let bought = Bought::new(&mut [(2.0, 600.0), (10.0, 130.0)], &prices, standing);
        let hours = (
            bought.on_demand_hours,
            bought.committed_hours,
            bought.spot_hours,
        );
        assert_eq!(hours, (on_demand, committed, spot));
    }

    #[test]
    fn without_terms_all_is_on_demand() {
        check(PRICES, 2.0, 2500.0, 0.0, 0.0);
    }

    #[test]
    fn the_base_is_committed_and_the_peak_is_not() {
        let committed = Some(0.65);
        check(
            Prices {
                committed,
                ..PRICES
            },
            2.0,
            1040.0,
            1460.0,
            0.0,
        );
    }

    #[test]
    fn spot_takes_what_is_above_the_zone_minimum() {
        let spot = Some(0.55);
        check(Prices { spot, ..PRICES }, 2.0, 1460.0, 0.0, 1040.0);
    }

    #[test]
    fn where_nobody_waits_all_is_on_spot() {
        let spot = Some(0.55);
        check(Prices { spot, ..PRICES }, 0.0, 0.0, 0.0, 2500.0);
    }

    #[test]
    fn spot_and_commitment_share_the_fleet() {
        let (spot, committed) = (Some(0.55), Some(0.65));
        check(
            Prices {
                committed,
                spot,
                ..PRICES
            },
            2.0,
            0.0,
            1460.0,
            1040.0,
        );
    }
}

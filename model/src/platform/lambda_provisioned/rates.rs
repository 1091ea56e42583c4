//! The prices of a pool of provisioned concurrency, and how a month of it goes on the bill.

use crate::behavior::Architecture;
use crate::bill::{Charges, Group};
use crate::platform::lambda::{committed_rate, price_variant};
use crate::purchase::split;
use crate::tariff::{Rate, Tariffs};
use crate::workload::Workload;

/// The prices of a pool, with those of a savings plan where one is bought.
pub(super) struct PoolRates<'a> {
    pub(super) held: Rate<'a>,
    pub(super) held_committed: Option<Rate<'a>>,
    pub(super) inside: Rate<'a>,
    pub(super) inside_committed: Option<Rate<'a>>,
}

impl<'a> PoolRates<'a> {
    pub(super) fn new(
        workload: &Workload,
        tariffs: &mut Tariffs<'a>,
        architecture: Architecture,
    ) -> Self {
        let variant = price_variant(architecture);
        let mut rate = |name: &'static str, what: &str| {
            let id = format!("aws-lambda/{what}/{variant}");
            tariffs.rate(true, Group::Compute, name, &id)
        };
        Self {
            held: rate("Provisioned concurrency", "provisioned-concurrency"),
            inside: rate(
                "Duration on provisioned concurrency",
                "provisioned-duration",
            ),
            held_committed: committed_rate(
                workload,
                tariffs,
                "Savings plan: provisioned concurrency",
                "provisioned-concurrency",
                architecture,
            ),
            inside_committed: committed_rate(
                workload,
                tariffs,
                "Savings plan: duration on provisioned concurrency",
                "provisioned-duration",
                architecture,
            ),
        }
    }

    /// Whether any of it is under a savings plan.
    pub(super) const fn committed(&self) -> bool {
        self.held_committed.is_some() || self.inside_committed.is_some()
    }

    /// The least that a GB-second costs which is held and used.
    pub(super) fn least_usd(&self) -> f64 {
        let least = |on_demand: &Rate<'_>, committed: &Option<Rate<'_>>| {
            let committed = committed.as_ref().map(Rate::first_usd);
            committed.map_or(on_demand.first_usd(), |usd| usd.min(on_demand.first_usd()))
        };
        least(&self.held, &self.held_committed) + least(&self.inside, &self.inside_committed)
    }
}

/// Puts a use of the month on the bill: its base under the commitment where there is one.
pub(super) fn charge_use(
    bill: &mut dyn Charges,
    (on_demand, committed): (&Rate<'_>, Option<&Rate<'_>>),
    use_of_month: &[(f64, f64)],
    further: f64,
) {
    let ratio = committed.map_or(1.0, |rate| rate.first_usd() / on_demand.first_usd());
    let split = split(use_of_month, ratio);
    if let Some(committed) = committed {
        committed.charge(bill, split.committed_hours);
    }
    on_demand.charge(bill, split.on_demand_hours + further);
}

/// The cheaper of the architectures whose prices the region has; a pinned one must be priced.
pub(super) fn architecture(workload: &Workload, tariffs: &mut Tariffs<'_>) -> Architecture {
    if let Some(pinned) = workload.pin.architecture {
        return pinned;
    }
    let mut cheapest: Option<(f64, Architecture)> = None;
    for architecture in [Architecture::X86_64, Architecture::Arm64] {
        let variant = price_variant(architecture);
        let ids = [
            "provisioned-concurrency",
            "provisioned-duration",
            "duration",
        ]
        .map(|what| format!("aws-lambda/{what}/{variant}"));
        if !ids.iter().all(|id| tariffs.has(id)) {
            continue;
        }
        let rates = ids.map(|id| tariffs.rate(true, Group::Compute, "", &id).first_usd());
        let usd: f64 = rates.iter().sum();
        if cheapest.is_none_or(|(least, _)| usd < least) {
            cheapest = Some((usd, architecture));
        }
    }
    cheapest.map_or(Architecture::X86_64, |(_, architecture)| architecture)
}

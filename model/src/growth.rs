//! Cost month by month when the traffic grows, who is cheapest when, and whether moving pays.

use crate::evaluation::{GrowthCost, GrowthMonth, Switch};
use crate::math;
use crate::platform::{self, Prepared};
use crate::price::PriceBook;
use crate::system::{Answer, Commitment, System};
use crate::units::RequestsPerMonth;
use crate::workload::Workload;

/// Months in a year, which commitments are counted in.
const MONTHS_PER_YEAR: u32 = 12;

/// One platform for the whole system in one month.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Month {
    usd: f64,
    meets_target: bool,
}

/// Months until the horizon, from now on. A system's cost on a platform is the sum over its
/// components; null where one of them does not fit there, at the volume of that month.
#[must_use]
pub fn months(system: &System, workloads: &[Workload], book: &PriceBook) -> Vec<GrowthMonth> {
    let horizon = horizon_months(system);
    let ready: Vec<_> = platform::all()
        .iter()
        .map(|platform| {
            let prepared = workloads
                .iter()
                .map(|workload| (workload, Prepared::new(*platform, workload, book)));
            (platform.id(), prepared.collect::<Vec<_>>())
        })
        .collect();
    (0..=horizon)
        .map(|month| {
            let costs: Vec<(&str, Option<Month>)> = ready
                .iter()
                .map(|(id, parts)| (*id, in_month(parts, month)))
                .collect();
            GrowthMonth {
                month,
                winner: winner(&costs),
                options: costs
                    .into_iter()
                    .map(|(id, cost)| GrowthCost {
                        platform: id.to_owned(),
                        monthly_usd: cost.map(|cost| cost.usd),
                    })
                    .collect(),
            }
        })
        .collect()
}

fn in_month(parts: &[(&Workload, Prepared<'_>)], month: u32) -> Option<Month> {
    let mut sum = Month {
        usd: 0.0,
        meets_target: true,
    };
    for (workload, prepared) in parts {
        let factor = math::pow(workload.growth, f64::from(month));
        let requests = RequestsPerMonth::new(workload.requests.get() * factor);
        let quote = prepared
            .quote(requests)
            .filter(|_| prepared.fits(requests))?;
        sum.usd += quote.usd.get();
        sum.meets_target &= quote.meets_target;
    }
    Some(sum)
}

/// The cheapest that keeps the target, or the cheapest where none does.
fn winner(costs: &[(&str, Option<Month>)]) -> Option<String> {
    costs
        .iter()
        .filter_map(|(id, cost)| Some((id, (*cost)?)))
        .min_by(|(_, left), (_, right)| {
            right
                .meets_target
                .cmp(&left.meets_target)
                .then(left.usd.total_cmp(&right.usd))
        })
        .map(|(id, _)| (*id).to_owned())
}

/// The first lasting change of the cheapest platform, and what moving then saves:
/// `sum over later months of (cost stayed - cost moved) - migration`. A commitment made today
/// runs to its end first: until then the old platform is paid for in any case.
#[must_use]
pub fn switch(system: &System, months: &[GrowthMonth]) -> Option<Switch> {
    let from = months.first()?.winner.clone()?;
    let last = months.last()?;
    let to = last.winner.clone().filter(|to| *to != from)?;
    let changed = months
        .iter()
        .rposition(|month| month.winner.as_ref() != Some(&to))
        .map_or(0, |before| before + 1);
    let ends = commitment_months(system);
    let month = months.get(changed)?.month.max(ends.unwrap_or(0));
    let migration = system.migration_usd.map_or(0.0, Answer::typical);
    let cost = |month: &GrowthMonth, platform: &str| {
        let mut options = month.options.iter();
        options
            .find(|option| option.platform == platform)
            .and_then(|option| option.monthly_usd)
    };
    let mut saved = -migration;
    let mut pays_back = None;
    for later in months.iter().filter(|later| later.month >= month) {
        let (Some(stayed), Some(moved)) = (cost(later, &from), cost(later, &to)) else {
            // Where it cannot run there is nothing to compare: the move is not a matter of money.
            continue;
        };
        saved += stayed - moved;
        if saved >= 0.0 && pays_back.is_none() {
            pays_back = Some(later.month - month);
        }
    }
    Some(Switch {
        month,
        from,
        to,
        saved_usd: saved,
        pays_back_months: pays_back,
        commitment_ends: ends,
    })
}

pub(crate) fn commitment_months(system: &System) -> Option<u32> {
    let commitment = system
        .purchase
        .as_ref()
        .and_then(|purchase| purchase.commitment);
    match commitment? {
        Commitment::None => None,
        Commitment::SavingsPlan1y | Commitment::Reserved1y => Some(MONTHS_PER_YEAR),
        Commitment::SavingsPlan3y | Commitment::Reserved3y => Some(3 * MONTHS_PER_YEAR),
    }
}

/// The horizon in whole months: the answer, or the default.
#[must_use]
pub fn horizon_months(system: &System) -> u32 {
    let months = system.horizon_months.map_or_else(
        || {
            crate::behavior::Behavior::embedded()
                .default("horizon_months")
                .number()
                .unwrap_or(0.0)
        },
        Answer::typical,
    );
    #[expect(
        clippy::cast_possible_truncation,
        clippy::cast_sign_loss,
        reason = "clamped to 0..=120 first"
    )]
    let whole = months.clamp(0.0, 120.0) as u32;
    whole
}

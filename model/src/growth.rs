//! Cost month by month when the traffic grows, and who is cheapest when.

use crate::evaluation::{GrowthCost, GrowthMonth};
use crate::math;
use crate::platform::{self, Prepared};
use crate::price::PriceBook;
use crate::system::{Answer, System};
use crate::units::{RequestsPerMonth, Usd};
use crate::workload::Workload;

/// Months until the horizon, from now on. A system's cost on a platform is the sum over its components.
#[must_use]
pub fn months(system: &System, workloads: &[Workload], book: &PriceBook) -> Vec<GrowthMonth> {
    let horizon = horizon_months(system);
    let ready: Vec<_> = platform::all()
        .iter()
        .map(|platform| {
            let prepared: Vec<_> = workloads
                .iter()
                .map(|workload| {
                    let prepared = Prepared::new(*platform, workload, book);
                    let fits = prepared.fit(workload.requests).ok;
                    (workload, prepared, fits)
                })
                .collect();
            (platform.id(), prepared)
        })
        .collect();
    (0..=horizon)
        .map(|month| {
            let options: Vec<GrowthCost> = ready
                .iter()
                .map(|(id, parts)| {
                    let costs = parts.iter().map(|(workload, prepared, fits)| {
                        let factor = math::pow(workload.growth, f64::from(month));
                        let requests = RequestsPerMonth::new(workload.requests.get() * factor);
                        if *fits { prepared.cost(requests) } else { None }
                    });
                    let total: Option<Usd> = costs.sum::<Option<Usd>>();
                    GrowthCost {
                        platform: (*id).to_owned(),
                        monthly_usd: total.map(Usd::get),
                    }
                })
                .collect();
            let winner = options
                .iter()
                .filter_map(|option| Some((option.monthly_usd?, &option.platform)))
                .min_by(|left, right| left.0.total_cmp(&right.0))
                .map(|(_, platform)| platform.clone());
            GrowthMonth {
                month,
                options,
                winner,
            }
        })
        .collect()
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

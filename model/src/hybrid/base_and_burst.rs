//! One component in two places: a fleet that stands for the base, functions for what exceeds it.
//!
//! With `N` tasks of `c` requests at once, offered load `a = lambda S` and Erlang's loss `B`, a
//! balancer sends the share `B(N c, a)` of the requests to functions: their load is
//! `a B(N c, a)` in each hour. A queue does not lose: there the functions take
//! `max(0, lambda - N c / S)`. The functions' leg is priced as a workload of its own, with its
//! own, thinner and therefore colder, arrivals. Reference: section 6 of the model.

use super::together;
use crate::estimate::{candidate, eligible};
use crate::evaluation::{BaseAndBurst, PlatformOption, SplitCost};
use crate::latency::queue::erlang_b;
use crate::math;
use crate::platform::task_carries;
use crate::price::PriceBook;
use crate::system::FrontDoor;
use crate::traffic::Level;
use crate::units::{HOURS_PER_WEEK, RequestsPerMonth};
use crate::workload::Workload;

const BASE: &str = "aws-fargate";
const BURST: &str = "aws-lambda";
/// Splits that are tried at most between none and all.
const MOST_SPLITS: u32 = 12;
/// A share of requests that is nothing.
const NEGLIGIBLE: f64 = 1e-9;

/// The best split between a standing base and functions, none and all among the splits; `None`
/// where either cannot run, or nothing stands, or nothing comes in.
pub(crate) fn base_and_burst(
    workload: &Workload,
    book: &PriceBook,
    options: &[PlatformOption],
) -> Option<BaseAndBurst> {
    let of = |id: &str| {
        let mut able = options.iter().filter(|option| eligible(option));
        able.find(|option| option.platform == id)
    };
    let (fleet, functions) = (of(BASE)?, of(BURST)?);
    if workload.kind.runs_and_stops() || fleet.configuration.runs_and_stops {
        return None;
    }
    // Of no requests no part has a share.
    if workload.requests.get() <= 0.0 {
        return None;
    }
    let most = fleet.configuration.count_max?;
    let ends =
        [(0.0, functions, 1.0), (most, fleet, 0.0)].map(|(units, option, burst_share)| SplitCost {
            base_units: units,
            burst_share,
            monthly_usd: crate::verdict::usd(option),
            meets_target: option.meets_target,
        });
    let mut splits = vec![ends[0].clone()];
    splits.extend(
        numbers(most)
            .into_iter()
            .filter_map(|units| split(workload, book, fleet, units)),
    );
    splits.push(ends[1].clone());
    let best = splits
        .iter()
        .min_by(|left, right| {
            right
                .meets_target
                .cmp(&left.meets_target)
                .then(left.monthly_usd.total_cmp(&right.monthly_usd))
        })?
        .clone();
    Some(BaseAndBurst {
        base_platform: BASE.to_owned(),
        burst_platform: BURST.to_owned(),
        mechanism: if has_balancer(workload) {
            "weighted_target_group"
        } else {
            "queue"
        }
        .to_owned(),
        best,
        splits,
    })
}

/// Numbers of tasks between none and all: each where they are few, else evenly spaced.
fn numbers(most: f64) -> Vec<f64> {
    let between = most - 1.0;
    if between < 1.0 {
        return Vec::new();
    }
    let steps = between.min(f64::from(MOST_SPLITS));
    let mut found: Vec<f64> = Vec::new();
    let mut step = 1.0;
    while step <= steps {
        let units = math::round(step * between / steps).max(1.0);
        if found.last().is_none_or(|last| units > *last) {
            found.push(units);
        }
        step += 1.0;
    }
    found
}

const fn has_balancer(workload: &Workload) -> bool {
    matches!(workload.door(false), FrontDoor::Alb)
}

/// The cost of a split; `None` where its base cannot run.
fn split(
    workload: &Workload,
    book: &PriceBook,
    fleet: &PlatformOption,
    units: f64,
) -> Option<SplitCost> {
    Legs::new(workload, book, fleet, units)?.priced(book)
}

/// The two workloads of a split.
struct Legs {
    units: f64,
    burst_share: f64,
    base: Workload,
    burst: Workload,
}

impl Legs {
    fn new(
        workload: &Workload,
        book: &PriceBook,
        fleet: &PlatformOption,
        units: f64,
    ) -> Option<Self> {
        let (vcpu, memory_gb) = (
            fleet.configuration.task_vcpu?,
            fleet.configuration.task_memory_gb?,
        );
        let pin = crate::workload::Pins {
            task_vcpu: Some(vcpu),
            task_memory_gb: Some(memory_gb),
            task_count: None,
            ..workload.pin.clone()
        };
        let of_this_size = Workload {
            pin: pin.clone(),
            ..workload.clone()
        };
        let service = workload.duration_at(vcpu).seconds();
        let per_task = task_carries(&of_this_size, book)?.offered_load(service);
        let overflow = |level: &Level| {
            let rate = Workload::rate_at(workload.requests, *level);
            if rate.get() <= 0.0 {
                return 0.0;
            }
            if has_balancer(workload) {
                erlang_b(math::floor(units * per_task), rate.offered_load(service))
            } else {
                (1.0 - units * per_task / rate.offered_load(service)).max(0.0)
            }
        };
        let burst = leg(workload, |level| level.weight * overflow(level))?;
        let base = leg(workload, |level| level.weight * (1.0 - overflow(level)))?;
        Some(Self {
            units,
            burst_share: burst.requests / workload.requests,
            base: Workload {
                pin: crate::workload::Pins {
                    task_count: Some(units),
                    ..pin
                },
                ..base
            },
            burst: Workload {
                front_door: if has_balancer(workload) {
                    FrontDoor::Alb
                } else {
                    workload.front_door
                },
                ..burst
            },
        })
    }

    fn priced(&self, book: &PriceBook) -> Option<SplitCost> {
        let option = |platform: &str, workload: &Workload| candidate(platform, workload, book);
        let base = option(BASE, &self.base).filter(eligible)?;
        let burst = option(BURST, &self.burst).filter(eligible)?;
        // The balancer and the network stand once for both; a leg without requests costs nothing.
        let legs = if self.burst_share > NEGLIGIBLE {
            vec![&base, &burst]
        } else {
            vec![&base]
        };
        Some(SplitCost {
            base_units: self.units,
            burst_share: self.burst_share,
            monthly_usd: together(&legs),
            meets_target: legs.iter().all(|option| option.meets_target),
        })
    }
}

/// The part of a workload that `weight` leaves at each level; `None` where nothing is left.
fn leg(workload: &Workload, weight: impl Fn(&Level) -> f64) -> Option<Workload> {
    let mean: f64 = workload
        .levels
        .iter()
        .map(|level| weight(level) * level.hours)
        .sum::<f64>()
        / HOURS_PER_WEEK;
    let levels = workload.levels.iter().map(|level| Level {
        weight: if mean > 0.0 {
            weight(level) / mean
        } else {
            level.weight
        },
        ..*level
    });
    let leg = Workload {
        requests: RequestsPerMonth::new(workload.requests.get() * mean),
        levels: levels.collect(),
        linked_requests: workload.linked_requests * mean,
        ..workload.clone()
    };
    leg.requests.get().is_finite().then_some(leg)
}

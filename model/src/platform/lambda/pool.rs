//! How many environments are worth keeping initialized.
//!
//! With `a = lambda max(S, 0.1 s)` and Erlang's B, a share `B(N, a)` of the requests finds all
//! N busy and runs on demand; of those only `sum over k > N of B(k-1, a) P(T_k > tau + S)`
//! start cold. Reference: section 3 of the model.

use crate::latency::cold_start::ColdStart;
use crate::latency::queue::erlang_b;
use crate::math::ceil;
use crate::platform::fleet::whole;

/// Loads above this are normal: the pool follows from their quantile.
const LARGE: f64 = 1e4;

/// The cheapest pool of a large load. The last environment of `N` is used for about the share of
/// time in which more than `N` requests are at work, `P(X > N)` with X normal of mean and variance
/// `a`; it pays while that is above what it costs over what a second of use saves. Within
/// `sqrt(a)` of the search, 1 % of the pool.
fn large(offered_load: f64, share: f64) -> u32 {
    if share >= 1.0 {
        return 0;
    }
    let above = crate::math::normal_quantile(1.0 - share);
    whole((offered_load + above * crate::math::sqrt(offered_load)).max(0.0)).min(MOST)
}

/// The most environments of a pool that are considered.
const MOST: u32 = 1_000_000_000;

/// The smallest pool that leaves at most `most` of the requests cold.
pub(in crate::platform) fn smallest_pool(question: &ColdStart, most: f64) -> u32 {
    question.provisioned_for(most)
}

/// A pool, and the share of requests that finds all of it busy where that is known.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::platform) struct PayingPool {
    pub(in crate::platform) size: u32,
    pub(in crate::platform) spill: Option<f64>,
}

/// The pool that costs least: one more environment saves `saved_usd` for each request that no
/// longer spills, and costs `held_usd` a second. B is convex in N, so the first that does not
/// pay ends the search. INIT of spilled requests is left out: at the keep-alive of functions it
/// is under 2 % of what an environment costs.
pub(in crate::platform) fn cheapest_pool(
    question: &ColdStart,
    saved_usd: f64,
    held_usd: f64,
) -> PayingPool {
    let sized = |size| PayingPool { size, spill: None };
    if held_usd <= 0.0 || saved_usd <= 0.0 {
        return sized(0);
    }
    let offered_load = question.arrival_rate.offered_load(question.service_time);
    if offered_load > LARGE {
        return sized(large(
            offered_load,
            held_usd / saved_usd * question.service_time.get(),
        ));
    }
    let saved = question.arrival_rate.get() * saved_usd;
    first(offered_load, |saved_share| saved_share * saved <= held_usd)
}

/// The first pool whose next environment takes so little of the spill that it is `enough`; once
/// enough, it stays so. Sought from the offered load on, which is near: the last environment that
/// pays is used for about as long as that of a pool of the offered load, 2/pi of the time.
///
/// One loss is summed up; from pool to pool it follows by `B(N+1) = a B(N) / (N + 1 + a B(N))`.
fn first(offered_load: f64, enough: impl Fn(f64) -> bool) -> PayingPool {
    let next = |size: u32, spill: f64| {
        let offered = offered_load * spill;
        offered / (f64::from(size) + 1.0 + offered)
    };
    let none = PayingPool {
        size: 0,
        spill: Some(1.0),
    };
    if enough(1.0 - next(0, 1.0)) {
        return none;
    }
    let mut size = whole(ceil(offered_load)).min(MOST);
    let mut spill = erlang_b(f64::from(size), offered_load);
    let mut fewer = next(size, spill);
    if enough(spill - fewer) {
        while size > 0 {
            let more = f64::from(size) * spill / (offered_load * (1.0 - spill));
            if !enough(more - spill) {
                break;
            }
            (size, spill) = (size - 1, more);
        }
    } else {
        while size < MOST && spill > 0.0 && !enough(spill - fewer) {
            (size, spill) = (size + 1, fewer);
            fewer = next(size, spill);
        }
    }
    PayingPool {
        size,
        spill: Some(spill),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::latency::cold_start::spill_probability;
    use crate::units::{RequestsPerSecond, Seconds};

    fn question(rate: f64) -> ColdStart {
        ColdStart {
            arrival_rate: RequestsPerSecond::new(rate),
            service_time: Seconds::new(0.5),
            keep_alive: Seconds::new(420.0),
        }
    }

    /// Every pool from none on, one after the other.
    fn counted(enough: impl Fn(u32) -> bool) -> u32 {
        let mut pools = 0..;
        pools.find(|pool| enough(*pool)).unwrap_or(u32::MAX)
    }

    #[test]
    fn the_search_finds_what_counting_finds() {
        for offered_load in [0.01, 0.3, 1.0, 6.5, 40.0, 3_000.0] {
            let spill = |pool: u32| erlang_b(f64::from(pool), offered_load);
            for least in [0.9, 0.5, 0.1, 1e-2, 1e-4] {
                let enough = |share: f64| share * offered_load <= least;
                let wanted = counted(|pool| enough(spill(pool) - spill(pool + 1)));
                let found = first(offered_load, enough);
                assert_eq!(found.size, wanted, "{offered_load} {least}");
                let off = found.spill.expect("a sum") / spill(wanted) - 1.0;
                assert!(off.abs() <= 1e-11, "{offered_load}: {off}");
            }
        }
    }

    #[test]
    fn the_smallest_pool_is_the_first_that_leaves_few_enough_cold() {
        for rate in [0.0, 0.001, 0.02, 1.0, 30.0] {
            for most in [1e-2, 1e-4, 1e-6] {
                let question = question(rate);
                let by_hand =
                    counted(|pool| question.outcome_above(pool).cold_start_probability <= most);
                assert_eq!(smallest_pool(&question, most), by_hand, "{rate} {most}");
            }
        }
    }

    #[test]
    fn the_cheapest_pool_costs_no_more_than_any_other() {
        for rate in [0.01, 1.0, 8.0, 100.0] {
            let question = question(rate);
            let cost = |pool: u32| {
                let spilled = spill_probability(question.arrival_rate, question.service_time, pool);
                f64::from(pool) * 0.6 + rate * spilled * 0.5
            };
            let best = cheapest_pool(&question, 0.5, 0.6).size;
            for other in 0..200 {
                assert!(
                    cost(best) <= cost(other) + 1e-12,
                    "{rate}: {best} and {other}"
                );
            }
        }
    }

    #[test]
    fn a_large_load_takes_about_the_pool_that_the_search_finds() {
        let load = 2.0 * LARGE;
        for share in [0.2, 0.5, 0.6, 0.8] {
            let searched = f64::from(first(load, |saved| load * saved <= share).size);
            let found = f64::from(large(load, share));
            assert!(
                (found - searched).abs() <= libm::sqrt(load),
                "{share}: {found} {searched}"
            );
        }
    }

    #[test]
    fn nothing_is_held_where_nothing_is_saved() {
        for (rate, saved, held) in [(1e6, 0.0, 1.0), (1e6, 1.0, 0.0), (0.0, 1.0, 1.0)] {
            assert_eq!(cheapest_pool(&question(rate), saved, held).size, 0);
        }
    }
}

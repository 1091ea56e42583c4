//! The schedule of a pool: how many environments at each level of the week, and what it leaves.

use std::rc::Rc;

use super::week::{Week, cold_without_pool};
use super::{ProvisionedCosting, announced};
use crate::latency::cold_start::{ColdStart, ColdStartOutcome, spill_probability};
use crate::math::{ceil, sqrt};
use crate::platform::fleet::ROUNDING;
use crate::platform::lambda::{
    PayingPool, Size, Throttled, bursts_a_month, cheapest_pool, occupancy, smallest_pool,
};
use crate::rules::Rules;
use crate::system::Burst;
use crate::traffic::Level;
use crate::units::{
    HOURS_PER_MONTH, MINUTES_PER_HOUR, RequestsPerMonth, RequestsPerSecond, SECONDS_PER_HOUR,
    Seconds,
};
use crate::workload::{MOST_LEVELS, Workload};

/// Halvings, on a log scale, of the share of cold starts that every level is held to.
const RELAXATIONS: u32 = 3;

/// One size with its schedule at one volume.
pub(super) struct Plan {
    sizes: Rc<Vec<Size>>,
    place: usize,
    /// Environments at each level of the week.
    pub(super) pools: [u32; MOST_LEVELS],
    /// Requests a second that the pool serves, at each level.
    pub(super) inside: [f64; MOST_LEVELS],
    /// Share of the requests that find the pool busy, at each level.
    spilled: [f64; MOST_LEVELS],
    pub(super) least: u32,
    /// The most there ever are, announced bursts included.
    pub(super) most: u32,
    /// Environment-hours a month of the schedule.
    pub(super) pool_hours: f64,
    /// Environment-hours a month that announced bursts add.
    pub(super) announced_hours: f64,
    /// Environments alive on average: the pool, and what spills beyond it.
    pub(super) alive: f64,
    /// Share of requests that find the pool busy.
    pub(super) spill: f64,
    /// Share of requests that start cold.
    pub(super) cold: f64,
    pub(super) busiest_cold: f64,
    pub(super) throttled: Throttled,
    pub(super) usd: f64,
    within_limits: bool,
    pub(super) meets_target: bool,
}

impl Plan {
    pub(super) fn size(&self) -> &Size {
        &self.sizes[self.place]
    }

    /// What comes before cost: the time limits, then the latency target.
    pub(super) const fn rank(&self) -> (bool, bool) {
        (self.within_limits, self.meets_target)
    }
}

impl ProvisionedCosting<'_> {
    /// The cheapest schedule of a size that keeps the target.
    ///
    /// First what pays by itself. Where that misses the target, every level is held to one
    /// share of cold starts, the largest that keeps the target over the week. Bursts that
    /// nobody announced spill; where they alone break the target, a pool that covers them
    /// stands round the clock.
    ///
    /// `None` where it cannot cost less than `beaten_at`: cold starts only add, and so do larger
    /// pools than those that pay.
    pub(super) fn plan(
        &self,
        place: usize,
        calls: RequestsPerMonth,
        beaten_at: f64,
    ) -> Option<Plan> {
        let size = &self.function.sizes[place];
        let week = match self.pinned {
            Some(_) => Week::new(place, size, calls),
            None => self.week(place, size, calls),
        };
        let pools = match self.pinned {
            Some(pinned) => [pinned; MOST_LEVELS],
            None => self.pools(&week, 1.0, 0),
        };
        let filled = self.filled(&week, pools);
        let bound = self.compute_usd(&filled, calls) * ROUNDING;
        // A commitment makes larger pools cheaper than those that pay without it.
        let only_adds = self.pinned.is_some()
            || self.function.workload.target.is_none()
            || !self.rates.committed();
        if only_adds && bound >= beaten_at {
            return None;
        }
        let paying = self.with_cold_starts(filled, &week, 1.0);
        Some(if self.pinned.is_some() {
            paying
        } else {
            self.within_target(&week, paying)
        })
    }

    /// The schedule that pays, or the cheapest that keeps the target where that one misses it.
    fn within_target(&self, week: &Week<'_>, paying: Plan) -> Plan {
        let (size, calls) = (week.size, week.calls);
        let Some(most) = self.most_cold(size).filter(|_| !paying.meets_target) else {
            return paying;
        };
        let by_bursts = self.bursts_cold(size, calls, paying.alive);
        if by_bursts < most {
            let strict = self.scheduled(week, most - by_bursts, 0);
            if strict.meets_target {
                return self.relaxed(week, strict, most - by_bursts);
            }
        }
        let bursts = self.function.workload.bursts.iter();
        let cover = bursts
            .filter(|burst| !announced(burst))
            .map(|burst| self.pool_for(size, calls.per_second() * burst.height, most))
            .max()
            .unwrap_or(0);
        let covered = self.scheduled(week, most, cover);
        if covered.meets_target {
            covered
        } else {
            paying
        }
    }

    /// Quiet hours have few requests and much to lose: a larger share may be cold in each, as
    /// long as the week keeps the target.
    fn relaxed(&self, week: &Week<'_>, strict: Plan, most: f64) -> Plan {
        let (mut kept, mut broken) = (most, 1.0);
        let mut best = strict;
        for _ in 0..RELAXATIONS {
            let share = sqrt(kept * broken);
            let plan = self.scheduled(week, share, 0);
            if !plan.meets_target {
                broken = share;
                continue;
            }
            kept = share;
            if plan.usd <= best.usd {
                best = plan;
            }
        }
        best
    }

    fn scheduled(&self, week: &Week<'_>, most: f64, floor: u32) -> Plan {
        let filled = self.filled(week, self.pools(week, most, floor));
        self.with_cold_starts(filled, week, most)
    }

    /// A size at a volume, with the pool that pays at each level.
    fn week<'s>(&self, place: usize, size: &'s Size, calls: RequestsPerMonth) -> Week<'s> {
        let mut week = Week::new(place, size, calls);
        for (hour, level) in week.hours.iter_mut().zip(&self.function.workload.levels) {
            hour.paying = Some(self.paying_pool(size, Workload::rate_at(calls, *level)));
        }
        week
    }

    /// The share of requests that may start cold under the target; `None` where warm requests
    /// alone miss it. Without a target all may.
    fn most_cold(&self, size: &Size) -> Option<f64> {
        let workload = &self.function.workload;
        let Some(target) = workload.target else {
            return Some(1.0);
        };
        let late = 1.0 - workload.percentile.share();
        let (warm, cold) = (size.warm().survival(target), size.cold().survival(target));
        if warm > late {
            None
        } else if cold <= late {
            Some(1.0)
        } else {
            Some((late - warm) / (cold - warm))
        }
    }

    fn question(&self, size: &Size, rate: RequestsPerSecond) -> ColdStart {
        ColdStart {
            arrival_rate: rate,
            service_time: occupancy(size),
            keep_alive: Seconds::new(self.function.workload.keep_alive_s),
        }
    }

    /// The pool that pays by itself at one rate.
    fn paying_pool(&self, size: &Size, rate: RequestsPerSecond) -> PayingPool {
        let gigabytes = size.memory.gigabytes();
        let apart = self.function.duration.first_usd() - self.rates.inside.first_usd();
        let saved = gigabytes * size.billed.seconds().get() * apart;
        let held = gigabytes * self.rates.held.first_usd();
        cheapest_pool(&self.question(size, rate), saved, held)
    }

    /// The pool for one rate: what pays, or what the target asks for. `without_pool` says what
    /// starts cold where none is held.
    fn large_enough(
        &self,
        size: &Size,
        rate: RequestsPerSecond,
        most: f64,
        paying: PayingPool,
        without_pool: impl FnOnce() -> ColdStartOutcome,
    ) -> u32 {
        if most < 1.0 && cold_without_pool(without_pool(), rate) > most {
            let least = smallest_pool(&self.question(size, rate), most);
            paying.size.max(least).max(1)
        } else {
            paying.size
        }
    }

    fn pool_for(&self, size: &Size, rate: RequestsPerSecond, most: f64) -> u32 {
        let paying = self.paying_pool(size, rate);
        self.large_enough(size, rate, most, paying, || {
            self.function.cold_starts_at(size, rate)
        })
    }

    /// At least `floor` at every level, and at least one at the busiest: none at all is
    /// another platform.
    fn pools(&self, week: &Week<'_>, most: f64, floor: u32) -> [u32; MOST_LEVELS] {
        let workload = &self.function.workload;
        let peak = workload.peak_weight();
        let mut pools = [0; MOST_LEVELS];
        let hours = week.hours.iter().zip(&workload.levels);
        for (pool, (hour, level)) in pools.iter_mut().zip(hours) {
            let least = floor.max(u32::from(level.weight >= peak));
            let rate = Workload::rate_at(week.calls, *level);
            let paying = hour
                .paying
                .unwrap_or_else(|| self.paying_pool(week.size, rate));
            let without_pool = || hour.without_pool(self, week.size, rate);
            *pool = self
                .large_enough(week.size, rate, most, paying, without_pool)
                .max(least);
        }
        pools
    }

    /// A schedule with what its pools serve and spill; what starts cold is left out.
    fn filled(&self, week: &Week<'_>, pools: [u32; MOST_LEVELS]) -> Plan {
        let mut plan = Plan {
            sizes: Rc::clone(&self.function.sizes),
            place: week.place,
            pools,
            inside: [0.0; MOST_LEVELS],
            spilled: [0.0; MOST_LEVELS],
            least: u32::MAX,
            most: 0,
            pool_hours: 0.0,
            announced_hours: 0.0,
            alive: 0.0,
            spill: 0.0,
            cold: 0.0,
            busiest_cold: 0.0,
            throttled: Throttled::default(),
            usd: 0.0,
            within_limits: self.function.within_limits(week.size),
            meets_target: false,
        };
        for (index, level) in self.function.workload.levels.iter().enumerate() {
            let (pool, rate) = (pools[index], Workload::rate_at(week.calls, *level));
            let paying = week.hours[index].paying;
            let known = paying.filter(|paying| paying.size == pool);
            let spill = known
                .and_then(|paying| paying.spill)
                .unwrap_or_else(|| spill_probability(rate, occupancy(week.size), pool));
            plan.inside[index] = rate.get() * (1.0 - spill);
            plan.spilled[index] = spill;
            plan.spill += share_of_month(week.calls, *level) * spill;
            plan.pool_hours += f64::from(pool) * Workload::hours_a_month(*level);
            plan.least = plan.least.min(pool);
            plan.most = plan.most.max(pool);
        }
        plan
    }

    /// The same with what starts cold, by the hour and in bursts, and what that costs.
    fn with_cold_starts(&self, mut plan: Plan, week: &Week<'_>, most: f64) -> Plan {
        let workload = &self.function.workload;
        let (size, calls) = (week.size, week.calls);
        let mut busiest = -1.0;
        for (index, level) in workload.levels.iter().enumerate() {
            let pool = plan.pools[index];
            let (cold, beyond) = self.cold_beyond(week, index, *level, pool, plan.spilled[index]);
            let hours = Workload::hours_a_month(*level);
            plan.cold += share_of_month(calls, *level) * cold;
            plan.alive += (f64::from(pool) + beyond) * hours / HOURS_PER_MONTH;
            if level.weight > busiest {
                busiest = level.weight;
                plan.busiest_cold = cold;
            }
        }
        self.add_bursts(&mut plan, week, most);
        plan.meets_target = calls.get() <= 0.0
            || workload.target.is_none_or(|target| {
                size.late(target, plan.cold, plan.throttled) <= 1.0 - workload.percentile.share()
            });
        plan.usd = self.compute_usd(&plan, calls);
        plan
    }

    /// The share of the requests of a level that start cold, and the environments alive beyond
    /// its pool.
    fn cold_beyond(
        &self,
        week: &Week<'_>,
        index: usize,
        level: Level,
        pool: u32,
        spill: f64,
    ) -> (f64, f64) {
        let rate = Workload::rate_at(week.calls, level);
        let without_pool = || week.hours[index].without_pool(self, week.size, rate);
        if pool == 0 {
            let outcome = without_pool();
            (cold_without_pool(outcome, rate).min(1.0), outcome.instances)
        } else if self.function.tabulated.get() {
            // No more than spills and no more than without a pool: close enough for one line.
            (cold_without_pool(without_pool(), rate).min(spill), 0.0)
        } else {
            let outcome = self.question(week.size, rate).outcome_above(pool);
            (outcome.cold_start_probability, outcome.instances)
        }
    }

    fn bursts_cold(&self, size: &Size, calls: RequestsPerMonth, alive: f64) -> f64 {
        if calls.get() <= 0.0 {
            return 0.0;
        }
        let cold = self
            .function
            .burst_cold_starts(size, calls, alive, announced);
        cold / calls.get()
    }

    /// Bursts that nobody announced start cold beyond the pool; announced ones have their own.
    fn add_bursts(&self, plan: &mut Plan, week: &Week<'_>, most: f64) {
        let (size, calls) = (week.size, week.calls);
        plan.cold = (plan.cold + self.bursts_cold(size, calls, plan.alive)).min(1.0);
        plan.throttled = self.function.throttled(size, calls, plan.alive, announced);
        if self.pinned.is_some() {
            return;
        }
        let mean = plan.pool_hours / HOURS_PER_MONTH;
        let bursts = self.function.workload.bursts.iter();
        for burst in bursts.filter(|burst| announced(burst)) {
            let pool = self.pool_for(size, calls.per_second() * burst.height, most);
            plan.most = plan.most.max(pool);
            let more = (f64::from(pool) - mean).max(0.0);
            plan.announced_hours += more * scheduled_hours(burst) * bursts_a_month(burst);
        }
    }
}

/// The share of a month's requests that come at a level.
fn share_of_month(calls: RequestsPerMonth, level: Level) -> f64 {
    if calls.get() > 0.0 {
        let hours = Workload::hours_a_month(level);
        Workload::rate_at(calls, level).get() * hours * SECONDS_PER_HOUR / calls.get()
    } else {
        0.0
    }
}

/// How long the environments of an announced burst are paid for, h.
fn scheduled_hours(burst: &Burst) -> f64 {
    let step = Rules::embedded().provisioned_concurrency_rounding_s;
    let seconds = burst.minutes * SECONDS_PER_HOUR / MINUTES_PER_HOUR;
    ceil(seconds / step) * step / SECONDS_PER_HOUR
}

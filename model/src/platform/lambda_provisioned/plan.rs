//! The schedule of a pool: how many environments at each level of the week, and what it leaves.

use super::{ProvisionedCosting, announced};
use crate::latency::cold_start::{ColdStart, spill_probability};
use crate::math::{ceil, sqrt};
use crate::platform::lambda::{
    Size, Throttled, bursts_a_month, cheapest_pool, occupancy, recycled, smallest_pool,
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
pub(super) struct Plan<'s> {
    pub(super) size: &'s Size,
    /// Environments at each level of the week.
    pub(super) pools: [u32; MOST_LEVELS],
    /// Requests a second that the pool serves, at each level.
    pub(super) inside: [f64; MOST_LEVELS],
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

impl Plan<'_> {
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
    pub(super) fn plan<'s>(&self, size: &'s Size, calls: RequestsPerMonth) -> Plan<'s> {
        if let Some(pinned) = self.pinned {
            return self.outcome(size, calls, [pinned; MOST_LEVELS], 1.0);
        }
        let paying = self.scheduled(size, calls, 1.0, 0);
        let Some(most) = self.most_cold(size).filter(|_| !paying.meets_target) else {
            return paying;
        };
        let by_bursts = self.bursts_cold(size, calls, paying.alive);
        if by_bursts < most {
            let strict = self.scheduled(size, calls, most - by_bursts, 0);
            if strict.meets_target {
                return self.relaxed(strict, calls, most - by_bursts);
            }
        }
        let bursts = self.function.workload.bursts.iter();
        let cover = bursts
            .filter(|burst| !announced(burst))
            .map(|burst| self.pool_for(size, calls.per_second() * burst.height, most))
            .max()
            .unwrap_or(0);
        let covered = self.scheduled(size, calls, most, cover);
        if covered.meets_target {
            covered
        } else {
            paying
        }
    }

    /// Quiet hours have few requests and much to lose: a larger share may be cold in each, as
    /// long as the week keeps the target.
    fn relaxed<'s>(&self, strict: Plan<'s>, calls: RequestsPerMonth, most: f64) -> Plan<'s> {
        let (mut kept, mut broken) = (most, 1.0);
        let mut best = strict;
        for _ in 0..RELAXATIONS {
            let share = sqrt(kept * broken);
            let plan = self.scheduled(best.size, calls, share, 0);
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

    fn scheduled<'s>(
        &self,
        size: &'s Size,
        calls: RequestsPerMonth,
        most: f64,
        floor: u32,
    ) -> Plan<'s> {
        self.outcome(size, calls, self.pools(size, calls, most, floor), most)
    }

    /// The share of requests that may start cold under the target; `None` where warm requests
    /// alone miss it. Without a target all may.
    fn most_cold(&self, size: &Size) -> Option<f64> {
        let workload = &self.function.workload;
        let Some(target) = workload.target else {
            return Some(1.0);
        };
        let late = 1.0 - workload.percentile.share();
        let (warm, cold) = (size.warm.survival(target), size.cold.survival(target));
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

    /// Cold starts where no pool is held: those of a function on demand.
    fn cold_without_pool(&self, size: &Size, rate: RequestsPerSecond) -> f64 {
        let outcome = self.function.cold_starts_at(size, rate);
        outcome.cold_start_probability + recycled(outcome.instances, rate)
    }

    /// The pool for one rate: what pays, or what the target asks for.
    fn pool_for(&self, size: &Size, rate: RequestsPerSecond, most: f64) -> u32 {
        let question = self.question(size, rate);
        let gigabytes = size.memory.gigabytes();
        let apart = self.function.duration.first_usd() - self.rates.inside.first_usd();
        let saved = gigabytes * size.billed.seconds().get() * apart;
        let cheapest = cheapest_pool(&question, saved, gigabytes * self.rates.held.first_usd());
        if most < 1.0 && self.cold_without_pool(size, rate) > most {
            cheapest.max(smallest_pool(&question, most)).max(1)
        } else {
            cheapest
        }
    }

    /// At least `floor` at every level, and at least one at the busiest: none at all is
    /// another platform.
    fn pools(
        &self,
        size: &Size,
        calls: RequestsPerMonth,
        most: f64,
        floor: u32,
    ) -> [u32; MOST_LEVELS] {
        let workload = &self.function.workload;
        let peak = workload.peak_weight();
        let mut pools = [0; MOST_LEVELS];
        for (pool, level) in pools.iter_mut().zip(&workload.levels) {
            let least = floor.max(u32::from(level.weight >= peak));
            let rate = Workload::rate_at(calls, *level);
            *pool = self.pool_for(size, rate, most).max(least);
        }
        pools
    }

    /// What a schedule leaves cold, what it spills and costs.
    fn outcome<'s>(
        &self,
        size: &'s Size,
        calls: RequestsPerMonth,
        pools: [u32; MOST_LEVELS],
        most: f64,
    ) -> Plan<'s> {
        let workload = &self.function.workload;
        let mut plan = Plan {
            size,
            pools,
            inside: [0.0; MOST_LEVELS],
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
            within_limits: self.function.within_limits(size),
            meets_target: false,
        };
        let mut busiest = -1.0;
        for (index, level) in workload.levels.iter().enumerate() {
            let cold = self.add_level(&mut plan, index, *level, calls);
            if level.weight > busiest {
                busiest = level.weight;
                plan.busiest_cold = cold;
            }
        }
        self.add_bursts(&mut plan, calls, most);
        plan.meets_target = calls.get() <= 0.0
            || workload.target.is_none_or(|target| {
                size.late(target, plan.cold, plan.throttled) <= 1.0 - workload.percentile.share()
            });
        plan.usd = self.compute_usd(&plan, calls);
        plan
    }

    /// Adds one level of the week; returns the share of its requests that start cold.
    fn add_level(
        &self,
        plan: &mut Plan<'_>,
        index: usize,
        level: Level,
        calls: RequestsPerMonth,
    ) -> f64 {
        let (size, pool) = (plan.size, plan.pools[index]);
        let rate = Workload::rate_at(calls, level);
        let question = self.question(size, rate);
        let spill = spill_probability(rate, question.service_time, pool);
        let (cold, beyond) = if pool == 0 {
            let instances = self.function.cold_starts_at(size, rate).instances;
            (self.cold_without_pool(size, rate).min(1.0), instances)
        } else if self.function.tabulated.get() {
            // No more than spills and no more than without a pool: close enough for one line.
            (self.cold_without_pool(size, rate).min(spill), 0.0)
        } else {
            let outcome = question.outcome_above(pool);
            (outcome.cold_start_probability, outcome.instances)
        };
        let hours = Workload::hours_a_month(level);
        let share = if calls.get() > 0.0 {
            rate.get() * hours * SECONDS_PER_HOUR / calls.get()
        } else {
            0.0
        };
        plan.inside[index] = rate.get() * (1.0 - spill);
        plan.spill += share * spill;
        plan.cold += share * cold;
        plan.pool_hours += f64::from(pool) * hours;
        plan.alive += (f64::from(pool) + beyond) * hours / HOURS_PER_MONTH;
        plan.least = plan.least.min(pool);
        plan.most = plan.most.max(pool);
        cold
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
    fn add_bursts(&self, plan: &mut Plan<'_>, calls: RequestsPerMonth, most: f64) {
        let size = plan.size;
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

/// How long the environments of an announced burst are paid for, h.
fn scheduled_hours(burst: &Burst) -> f64 {
    let step = Rules::embedded().provisioned_concurrency_rounding_s;
    let seconds = burst.minutes * SECONDS_PER_HOUR / MINUTES_PER_HOUR;
    ceil(seconds / step) * step / SECONDS_PER_HOUR
}

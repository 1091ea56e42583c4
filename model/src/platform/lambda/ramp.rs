//! Bursts that rise faster than environments may be started: what is turned away comes back
//! when the ramp has caught up.

use super::function::Function;
use super::size::Size;
use crate::behavior::Behavior;
use crate::latency::burst::Ramp;
use crate::latency::cold_start::occupancy_time;
use crate::latency::percentile::Mixture;
use crate::rules::Rules;
use crate::system::Burst;
use crate::units::{
    HOURS_PER_MONTH, HOURS_PER_WEEK, MINUTES_PER_HOUR, Milliseconds, RequestsPerMonth,
    RequestsPerSecond, SECONDS_PER_HOUR, Seconds,
};

/// Seconds in a minute.
const SECONDS_PER_MINUTE: f64 = SECONDS_PER_HOUR / MINUTES_PER_HOUR;

/// Requests that the ramp turns away.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub(in crate::platform) struct Throttled {
    /// Share of all requests.
    pub(in crate::platform) share: f64,
    /// How much later they are served: the time of the ramp.
    pub(in crate::platform) wait: Milliseconds,
}

/// One burst against the ramp.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct RampLoad {
    /// Environments that the burst must start.
    pub(super) needed: f64,
    /// Environments that may be started while it arrives.
    pub(super) allowed: f64,
    /// Requests turned away.
    throttled: f64,
    /// Time from the burst's beginning until the ramp has caught up.
    caught_up: Seconds,
}

/// The ramp of one function.
fn ramp() -> Ramp {
    let scaling = Behavior::embedded().scaling();
    Ramp {
        at_once: scaling.lambda_burst.value,
        per_second: scaling.lambda_ramp.value,
    }
}

/// How long a request holds an environment, 10 requests a second at most.
pub(in crate::platform) fn occupancy(size: &Size) -> Seconds {
    let most = RequestsPerSecond::new(Rules::embedded().lambda_requests_per_concurrency);
    occupancy_time(size.service, most)
}

/// How often a month a burst comes.
pub(in crate::platform) fn bursts_a_month(burst: &Burst) -> f64 {
    burst.per_week * HOURS_PER_MONTH / HOURS_PER_WEEK
}

/// Requests of one burst.
pub(in crate::platform) fn requests_of(burst: &Burst, rate: RequestsPerSecond) -> f64 {
    rate.get() * burst.minutes * SECONDS_PER_MINUTE
}

/// One burst with `alive` environments before it.
///
/// The need rises linearly to `n` within R seconds, the ramp allows `b + r t`. Between the
/// two lies a triangle on either side of R, of height `d = n - b - r R`; its area over the
/// time that a request holds an environment is the number of requests turned away.
fn ramp_load(size: &Size, calls: RequestsPerMonth, alive: f64, burst: &Burst) -> RampLoad {
    let ramp = ramp();
    let rate = calls.per_second() * burst.height;
    let held = occupancy(size);
    let needed = (rate.offered_load(held) - alive).max(0.0);
    let arrival = burst.arrives_within_s.max(0.0);
    let allowed = ramp.at_once + ramp.per_second * arrival;
    let short = needed - allowed;
    let caught_up = ramp.time_to(needed).unwrap_or(Seconds::ZERO);
    if short <= 0.0 {
        return RampLoad {
            needed,
            allowed,
            throttled: 0.0,
            caught_up,
        };
    }
    let rising = needed / arrival - ramp.per_second;
    let begin = if arrival > 0.0 {
        ramp.at_once / rising
    } else {
        0.0
    };
    let area = 0.5 * short * (caught_up.get() - begin);
    RampLoad {
        needed,
        allowed,
        throttled: (area / held.get()).min(requests_of(burst, rate)),
        caught_up,
    }
}

impl Function<'_> {
    /// What the bursts of a month lose to the ramp, of all requests; those of `skipped` bursts
    /// are served by environments that were started ahead.
    pub(in crate::platform) fn throttled(
        &self,
        size: &Size,
        calls: RequestsPerMonth,
        alive: f64,
        skipped: impl Fn(&Burst) -> bool,
    ) -> Throttled {
        let (mut requests, mut waited) = (0.0, 0.0);
        for burst in self.workload.bursts.iter().filter(|burst| !skipped(burst)) {
            let load = ramp_load(size, calls, alive, burst);
            let throttled = load.throttled * bursts_a_month(burst);
            requests += throttled;
            // Nobody waits longer than the burst lasts: then environments are free again.
            let burst_s = burst
                .arrives_within_s
                .max(burst.minutes * SECONDS_PER_MINUTE);
            let wait = load.caught_up.min(Seconds::new(burst_s));
            waited += throttled * wait.milliseconds().get();
        }
        if requests <= 0.0 || calls.get() <= 0.0 {
            return Throttled::default();
        }
        Throttled {
            share: (requests / calls.get()).min(1.0),
            wait: Milliseconds::new(waited / requests),
        }
    }

    /// The burst that asks most of the ramp.
    pub(super) fn steepest(
        &self,
        size: &Size,
        calls: RequestsPerMonth,
        alive: f64,
    ) -> Option<RampLoad> {
        let bursts = self.workload.bursts.iter();
        let load = |burst: &Burst| ramp_load(size, calls, alive, burst);
        bursts.map(load).max_by(|left, right| {
            (left.needed - left.allowed).total_cmp(&(right.needed - right.allowed))
        })
    }
}

impl Size {
    /// Share of requests slower than a target: warm, cold, and throttled ones.
    pub(in crate::platform) fn late(
        &self,
        target: Milliseconds,
        cold_start_probability: f64,
        throttled: Throttled,
    ) -> f64 {
        let p = cold_start_probability.clamp(0.0, 1.0);
        let served = (1.0 - p) * self.warm().survival(target) + p * self.cold().survival(target);
        let retried = if throttled.share > 0.0 {
            self.warm().survival(target - throttled.wait)
        } else {
            0.0
        };
        (1.0 - throttled.share) * served + throttled.share * retried
    }

    /// Response times: warm, cold, and throttled requests.
    pub(in crate::platform) fn mixture(
        &self,
        cold_start_probability: f64,
        throttled: Throttled,
    ) -> Mixture {
        let mut mixture = Mixture::new();
        mixture.add_warm_and_cold(
            1.0 - throttled.share,
            self.warm(),
            self.cold(),
            cold_start_probability,
        );
        mixture.add(throttled.share, self.warm().shifted_by(throttled.wait));
        mixture
    }
}

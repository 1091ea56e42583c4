//! The loop for functions: each request meets the provisioned environments, then an idle one, then
//! the limits, then a cold start.

use super::limits::{Retries, Tokens};
use super::pool::Pool;
use super::warm::Warm;
use super::{FunctionRules, Refused};
use crate::math::ceil;
use crate::simulation::random::Purpose;
use crate::simulation::run::Engine;
use crate::simulation::service::Durations;
use crate::simulation::tally::{Completed, Tally};
use crate::units::MS_PER_S;

/// The state of a platform of functions.
#[derive(Debug)]
pub(in crate::simulation) struct Functions {
    pool: Pool,
    /// Environments that may be alive beside the provisioned ones.
    most_alive: u32,
    starts: Option<Tokens>,
    requests: Option<Tokens>,
    provisioned: Option<Warm>,
    retries: Option<Retries>,
    service: Durations,
    cold: Cold,
    front_door: Option<Durations>,
}

/// Environments that are kept in memory at most: more than any account has.
const MOST_ENVIRONMENTS: u32 = 1_000_000;
/// The same for the places of all.
const MOST_PLACES: u32 = 4_000_000;

/// What a cold start takes, by one factor.
#[derive(Debug)]
struct Cold {
    extra: Durations,
    /// Billed as initialization, of each second of the extra time.
    init_share: f64,
    /// Billed as duration, of each second of the extra time.
    handler_share: f64,
}

impl Functions {
    pub(in crate::simulation) fn new(rules: &FunctionRules, seed: u64, replication: u32) -> Self {
        let provisioned_count = rules
            .provisioned
            .as_ref()
            .map_or(0, |pool| pool.environments);
        let account = rules.account_concurrency;
        let requests = account.zip(rules.requests_per_concurrency);
        let extra = rules.cold_start.extra;
        let share = |billed_s: f64| {
            if extra.mean_s > 0.0 {
                billed_s / extra.mean_s
            } else {
                0.0
            }
        };
        let durations = |span, purpose| Durations::new(span, seed, replication, purpose);
        Self {
            pool: Pool::new(rules, seed, replication),
            most_alive: account
                .map_or(u32::MAX, |most| most.saturating_sub(provisioned_count))
                .min(MOST_ENVIRONMENTS)
                .min(MOST_PLACES / rules.requests_per_environment),
            starts: rules
                .ramp
                .map(|ramp| Tokens::new(ramp.at_once, ramp.per_second)),
            requests: requests.map(|(account, each)| {
                let rate = f64::from(account) * each;
                Tokens::new(rate.max(1.0), rate)
            }),
            provisioned: rules.provisioned.as_ref().map(Warm::new),
            retries: match rules.refused {
                Refused::Drop => None,
                Refused::Retry { after_s, give_up_s } => Some(Retries::new(after_s, give_up_s)),
            },
            service: durations(rules.service, Purpose::Service),
            cold: Cold {
                extra: durations(extra, Purpose::ColdStarts),
                init_share: share(rules.cold_start.billed_init_s),
                handler_share: share(rules.cold_start.billed_handler_s),
            },
            front_door: rules
                .front_door
                .map(|span| durations(span, Purpose::FrontDoor)),
        }
    }

    /// One request, or one more try of it.
    #[inline]
    fn offer(&mut self, now: f64, arrived: f64, tally: &mut Tally) {
        let counting = tally.reach(now);
        self.pool.reach(now, &mut tally.alive);
        if self.requests.as_mut().is_some_and(|limit| !limit.take(now)) {
            return self.refuse(now, arrived, tally);
        }
        let wall_s = self.service.draw();
        if let Some(warm) = &mut self.provisioned {
            if warm.take(now, wall_s) {
                let billed = billed_ms(wall_s);
                tally.usage.provisioned_billed_ms += if counting { billed } else { 0 };
                return self.complete(now, arrived, wall_s, false, tally);
            }
            tally.spilled += u64::from(counting);
        }
        if let Some(index) = self.pool.idle(now) {
            self.pool.serve(index, now + wall_s);
            tally.usage.billed_ms += if counting { billed_ms(wall_s) } else { 0 };
            return self.complete(now, arrived, wall_s, false, tally);
        }
        if tally.alive.level() >= self.most_alive
            || self.starts.as_mut().is_some_and(|starts| !starts.take(now))
        {
            return self.refuse(now, arrived, tally);
        }
        self.start(now, arrived, wall_s, tally);
    }

    fn start(&mut self, now: f64, arrived: f64, wall_s: f64, tally: &mut Tally) {
        let extra_s = self.cold.extra.draw();
        let (ready, end) = (now + extra_s, now + extra_s + wall_s);
        self.pool.start(now, ready, end, &mut tally.alive);
        if tally.reach(now) {
            let init_s = extra_s * self.cold.init_share;
            let handler_s = extra_s * self.cold.handler_share;
            tally.usage.launches += 1;
            tally.usage.init_ms += init_s * MS_PER_S;
            tally.usage.billed_ms += billed_ms(init_s + handler_s + wall_s);
        }
        self.complete(now, arrived, extra_s + wall_s, true, tally);
    }

    #[inline]
    fn complete(&mut self, now: f64, arrived: f64, taken_s: f64, cold: bool, tally: &mut Tally) {
        tally.busy.add(now, now + taken_s);
        let door_s = self.front_door.as_mut().map_or(0.0, Durations::draw);
        let wait_s = now - arrived;
        tally.completed(Completed {
            latency_s: wait_s + taken_s + door_s,
            wait_s,
            cold,
        });
    }

    #[cold]
    fn refuse(&mut self, now: f64, arrived: f64, tally: &mut Tally) {
        let Some(retries) = &mut self.retries else {
            return tally.throttled();
        };
        if retries.wait(now, arrived) {
            tally.retries += u64::from(tally.reach(now));
        } else {
            tally.failed();
        }
    }

    /// The tries that are due.
    fn retry(&mut self, now: f64, tally: &mut Tally) {
        while let Some(next) = self.retries.as_mut().and_then(|retries| retries.due(now)) {
            self.offer(next.at, next.arrived, tally);
        }
    }
}

impl Engine for Functions {
    #[inline]
    fn arrive(&mut self, now: f64, tally: &mut Tally) {
        if self.retries.is_some() {
            self.retry(now, tally);
        }
        self.offer(now, now, tally);
    }

    fn finish(&mut self, seconds: f64, tally: &mut Tally) {
        self.retry(f64::INFINITY, tally);
        self.pool.reach(seconds, &mut tally.alive);
        tally.usage.environment_seconds = tally.alive.finish();
        tally.usage.provisioned_seconds = self
            .provisioned
            .as_ref()
            .map_or(0.0, |warm| warm.stood_s(seconds));
    }
}

/// Rounded up to a whole millisecond.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "durations are neither negative nor longer than 2^53 ms"
)]
#[inline]
fn billed_ms(seconds: f64) -> u64 {
    ceil(seconds * MS_PER_S - ROUNDED_MS) as u64
}

/// So little above a whole millisecond is an error of rounding: 0.1 s are 100 ms.
const ROUNDED_MS: f64 = 1e-7;

#[cfg(test)]
mod tests {
    use super::billed_ms;

    #[test]
    fn durations_are_rounded_up_to_a_millisecond() {
        for (seconds, ms) in [(0.0, 0), (1e-4, 1), (0.1, 100), (0.100_01, 101), (0.3, 300)] {
            assert_eq!(billed_ms(seconds), ms, "{seconds}");
        }
    }
}

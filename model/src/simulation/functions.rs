//! The rules of functions: one request per environment (or a few), environments that are kept for
//! a while, limits on how many there are and how fast they come.

mod engine;
mod limits;
mod pool;
mod warm;

use serde::{Deserialize, Serialize};

use super::check::Check;
use super::service::{MOST_SECONDS, Span};
use crate::traffic::HOURS;

pub(super) use engine::Functions;

/// How a platform of functions behaves.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct FunctionRules {
    /// Wall time of a request in a warm environment, S.
    pub service: Span,
    /// What a cold start adds.
    #[serde(default)]
    pub cold_start: ColdStartRules,
    /// How long an idle environment is kept, from the end of its last request.
    #[serde(default)]
    pub keep_alive: KeepAlive,
    /// Age at which an environment takes no further request, in seconds; never if absent.
    #[serde(default)]
    pub environment_lifetime_s: Option<f64>,
    /// Requests that one environment works on at once, 1..=10,000. They do not slow each other
    /// down.
    #[serde(default = "one")]
    pub requests_per_environment: u32,
    /// Which idle environment takes a request.
    #[serde(default)]
    pub routing: Routing,
    /// Environments that the account may have, provisioned ones among them; a million if absent.
    #[serde(default)]
    pub account_concurrency: Option<u32>,
    /// How fast environments may be started.
    #[serde(default)]
    pub ramp: Option<StartRamp>,
    /// Requests a second that each unit of the account's concurrency allows (10); a second's worth
    /// may come at once. No limit without an account's concurrency.
    #[serde(default)]
    pub requests_per_concurrency: Option<f64>,
    /// Environments that always stand ready.
    #[serde(default)]
    pub provisioned: Option<Provisioned>,
    /// What becomes of a request that finds no capacity.
    #[serde(default)]
    pub refused: Refused,
    /// What stands in front adds to the latency, and to nothing else.
    #[serde(default)]
    pub front_door: Option<Span>,
}

const fn one() -> u32 {
    1
}

/// The parts of a cold start. They are drawn together: one factor for all.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ColdStartRules {
    /// What the request waits longer than a warm one, all in all. The environment is taken so long.
    pub extra: Span,
    /// The part of it that is billed as initialization, mean in seconds.
    pub billed_init_s: f64,
    /// The part of it that is billed as duration, mean in seconds: a slower first call.
    pub billed_handler_s: f64,
}

impl Default for ColdStartRules {
    /// No time at all.
    fn default() -> Self {
        Self {
            extra: Span::constant(0.0),
            billed_init_s: 0.0,
            billed_handler_s: 0.0,
        }
    }
}

/// How long an idle environment is kept.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum KeepAlive {
    /// Always as long.
    Fixed {
        /// In seconds, 0..=1e7.
        s: f64,
    },
    /// Drawn anew each time an environment falls idle; below zero counts as zero.
    Normal {
        /// Mean in seconds, 0..=1e7.
        mean_s: f64,
        /// Standard deviation in seconds, 0..=1e7.
        sd_s: f64,
    },
}

impl Default for KeepAlive {
    /// 420 s, the middle of what was measured on AWS Lambda (300 to 645 s; section 3 of the model).
    fn default() -> Self {
        Self::Fixed { s: 420.0 }
    }
}

/// Which of several idle environments takes a request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Routing {
    /// The one that was created last, as `SimFaaS` found on AWS Lambda.
    #[default]
    NewestFirst,
    /// The one that fell idle last.
    MostRecentlyUsed,
    /// The one that was created first.
    OldestFirst,
}

/// A bucket of starts: so many at once, refilled steadily.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct StartRamp {
    /// Environments that may start at once (AWS Lambda: 1,000 per function), at least 1.
    pub at_once: f64,
    /// Environments a second after that (AWS Lambda: 100).
    pub per_second: f64,
}

/// Environments that always stand ready, never start and never end.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Provisioned {
    /// How many, 1..=1e6.
    pub environments: u32,
    /// Requests a second that each takes at most (AWS Lambda: 10): a request occupies one for
    /// `max(S, 1/limit)`. No limit if absent.
    #[serde(default)]
    pub requests_per_s: Option<f64>,
    /// How many of them stand in each hour of the week from Monday 00:00; none for all of them
    /// always, otherwise 168 numbers up to `environments`.
    #[serde(default)]
    pub by_hour: Vec<u32>,
}

/// What becomes of a request that finds no capacity.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Refused {
    /// It is refused, as a synchronous call is.
    #[default]
    Drop,
    /// It is tried again, as an asynchronous event is; the wait is part of its latency. Beyond a
    /// hundred thousand that wait, and after the last try, it has failed.
    Retry {
        /// Seconds to the next try, 1..=86,400.
        after_s: f64,
        /// Seconds after its arrival from which no try follows (AWS Lambda: 6 h), at most
        /// a thousand tries later.
        give_up_s: f64,
    },
}

/// The most tries of one request.
const MOST_TRIES: f64 = 1_000.0;

impl FunctionRules {
    /// One request per environment, kept for 420 s, no limits, no cold start time.
    #[must_use]
    pub fn new(service: Span) -> Self {
        Self {
            service,
            cold_start: ColdStartRules::default(),
            keep_alive: KeepAlive::default(),
            environment_lifetime_s: None,
            requests_per_environment: 1,
            routing: Routing::default(),
            account_concurrency: None,
            ramp: None,
            requests_per_concurrency: None,
            provisioned: None,
            refused: Refused::default(),
            front_door: None,
        }
    }

    pub(super) fn check(&self, check: &mut Check<'_>) {
        self.service.check(&mut check.within("service"));
        self.cold_start.check(&mut check.within("cold_start"));
        self.keep_alive.check(&mut check.within("keep_alive"));
        if let Some(lifetime) = self.environment_lifetime_s {
            check.number("environment_lifetime_s", lifetime, 1.0, MOST_SECONDS);
        }
        check.count(
            "requests_per_environment",
            self.requests_per_environment,
            1,
            10_000,
        );
        if let Some(ramp) = self.ramp {
            check.number("ramp.at_once", ramp.at_once, 1.0, 1e9);
            check.number("ramp.per_second", ramp.per_second, 0.0, 1e9);
        }
        if let Some(rate) = self.requests_per_concurrency {
            check.number("requests_per_concurrency", rate, 1e-3, 1e9);
        }
        if let Some(pool) = &self.provisioned {
            let most = self.account_concurrency.unwrap_or(u32::MAX).min(1_000_000);
            check.count("provisioned.environments", pool.environments, 1, most);
            let rate = pool.requests_per_s.unwrap_or(1.0);
            check.number("provisioned.requests_per_s", rate, 1e-3, 1e9);
            if !pool.by_hour.is_empty() && pool.by_hour.len() != HOURS {
                let have = pool.by_hour.len();
                let message = format!("has {have} numbers: want {HOURS} or none");
                check.bad("provisioned.by_hour", message);
            }
            for (hour, count) in pool.by_hour.iter().enumerate() {
                let mut check = check.element("provisioned.by_hour", hour);
                check.count("", *count, 0, pool.environments);
            }
        }
        if let Refused::Retry { after_s, give_up_s } = self.refused {
            check.number("refused.retry.after_s", after_s, 1.0, 86_400.0);
            let most = MOST_TRIES * after_s;
            check.number("refused.retry.give_up_s", give_up_s, 0.0, most);
        }
        if let Some(span) = &self.front_door {
            span.check(&mut check.within("front_door"));
        }
    }
}

impl ColdStartRules {
    fn check(&self, check: &mut Check<'_>) {
        self.extra.check(&mut check.within("extra"));
        check.number("billed_init_s", self.billed_init_s, 0.0, MOST_SECONDS);
        check.number("billed_handler_s", self.billed_handler_s, 0.0, MOST_SECONDS);
    }
}

impl KeepAlive {
    fn check(self, check: &mut Check<'_>) {
        match self {
            Self::Fixed { s } => check.number("fixed.s", s, 0.0, MOST_SECONDS),
            Self::Normal { mean_s, sd_s } => {
                check.number("normal.mean_s", mean_s, 0.0, MOST_SECONDS);
                check.number("normal.sd_s", sd_s, 0.0, MOST_SECONDS);
            }
        }
    }
}

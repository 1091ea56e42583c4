//! Cold starts of a platform that gives each concurrent request an environment
//! of its own and keeps idle environments for a while, under Poisson arrivals.

mod sweep;
mod universal;

use serde::{Deserialize, Serialize};

use crate::latency::queue::erlang_b;
use crate::math::{exp, exp_m1, floor};
use crate::units::{RequestsPerSecond, Seconds};

/// Offered loads above this are answered by scaling the answer at it.
const MAX_OFFERED_LOAD: f64 = 1e4;
/// Loads and arrival counts below this are answered by their limit.
const NEGLIGIBLE: f64 = 1e-12;

/// The question: how often does a request find no warm environment?
///
/// Symbols: `arrival_rate` lambda, `service_time` S (mean, warm), `keep_alive`
/// tau (an idle environment lives this long after its last request).
/// Negative and non-finite values count as zero.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct ColdStart {
    /// lambda, arrivals per second.
    #[serde(rename = "arrival_rate_per_s")]
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub arrival_rate: RequestsPerSecond,
    /// S, mean service time of a warm request, in seconds.
    #[serde(rename = "service_time_s")]
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub service_time: Seconds,
    /// tau, in seconds, from the end of the last request.
    #[serde(rename = "keep_alive_s")]
    #[cfg_attr(feature = "openapi", schema(value_type = f64))]
    pub keep_alive: Seconds,
}

/// The answer for one steady arrival rate.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ColdStartOutcome {
    /// Share of requests that start an environment, 0..=1.
    pub cold_start_probability: f64,
    /// Mean number of live environments, busy and idle.
    pub instances: f64,
}

impl ColdStart {
    /// The exact form for exponential service times:
    /// `p = sum over k >= 1 of B(k-1, a) P(T_k > tau + S)`,
    /// `E[instances] = sum over k of r_k E[min(T_k, tau + S)]`,
    /// with `a = lambda S`, Erlang's loss `B`, `r_k = lambda B(k-1, a)` and `T_k`
    /// the time between overflows of k-1 servers.
    ///
    /// Without arrivals the next request is cold (probability 1) and nothing
    /// lives. The law of the service time hardly matters (deterministic 3 %
    /// lower). Within 5 % of simulation while [`Self::in_range`].
    ///
    /// Reference: section 3 of the model; overflow transform after Riordan
    /// (1962), "Stochastic Service Systems", chapter 5.
    #[must_use]
    pub fn outcome(&self) -> ColdStartOutcome {
        self.outcome_above(0)
    }

    /// The same for what overflows a pool of `provisioned` environments that
    /// are always warm: the sums run over `k > provisioned`. The probability is
    /// per request of the whole stream; `instances` counts those beyond the pool.
    ///
    /// With a limit on requests per second and environment, pass
    /// [`occupancy_time`] as service time.
    #[must_use]
    pub fn outcome_above(&self, provisioned: u32) -> ColdStartOutcome {
        let (rate, service_time, keep_alive) = self.sane();
        let lifetime = service_time + keep_alive;
        let (offered_load, arrivals) = (rate * service_time, rate * lifetime);
        if offered_load < NEGLIGIBLE || arrivals < NEGLIGIBLE {
            return single_environment(arrivals, provisioned);
        }
        let scale = (offered_load / MAX_OFFERED_LOAD).max(1.0);
        let sums = sweep::sums(
            offered_load / scale,
            arrivals / scale,
            f64::from(provisioned) / scale,
        );
        ColdStartOutcome {
            cold_start_probability: sums.cold.min(1.0),
            instances: sums.live * scale,
        }
    }

    /// [`Self::outcome_above`] for several pools of the same traffic, by one sweep.
    #[must_use]
    pub fn overflow(&self) -> Overflow {
        let (rate, service_time, keep_alive) = self.sane();
        let (offered_load, arrivals) = (rate * service_time, rate * (service_time + keep_alive));
        let scale = (offered_load / MAX_OFFERED_LOAD).max(1.0);
        let single = offered_load < NEGLIGIBLE || arrivals < NEGLIGIBLE;
        Overflow {
            arrivals,
            scale,
            swept: (!single).then(|| sweep::Swept::new(offered_load / scale, arrivals / scale)),
        }
    }

    /// The same as [`Self::outcome`] within 1 %, in about 0.13 us at any load:
    /// from a table over a = lambda S and (tau + S) / S that all workloads
    /// share and that is built where it is first used. Probabilities below 1e-9
    /// are negligible in both, not equal.
    #[must_use]
    pub fn tabulated(&self) -> ColdStartOutcome {
        let (rate, service_time, keep_alive) = self.sane();
        let (offered_load, arrivals) = (rate * service_time, rate * (service_time + keep_alive));
        if offered_load < NEGLIGIBLE || arrivals < NEGLIGIBLE {
            return single_environment(arrivals, 0);
        }
        let scale = (offered_load / MAX_OFFERED_LOAD).max(1.0);
        match universal::sums(offered_load / scale, arrivals / scale) {
            Some(sums) => ColdStartOutcome {
                cold_start_probability: sums.cold.min(1.0),
                instances: sums.live * scale,
            },
            None => self.outcome(),
        }
    }

    /// The smallest pool N with [`Self::outcome_above`]`(N)` at most
    /// `most_cold_probability` (0..=1; below zero counts as zero), found by one
    /// sweep over the slots, for as many as `u32` counts.
    #[must_use]
    pub fn provisioned_for(&self, most_cold_probability: f64) -> u32 {
        let (rate, service_time, keep_alive) = self.sane();
        let (offered_load, arrivals) = (rate * service_time, rate * (service_time + keep_alive));
        let most = most_cold_probability.max(0.0);
        if offered_load < NEGLIGIBLE || arrivals < NEGLIGIBLE {
            return u32::from(exp(-arrivals) > most);
        }
        let scale = (offered_load / MAX_OFFERED_LOAD).max(1.0);
        sweep::last_to_skip(offered_load / scale, arrivals / scale, most)
            .map_or(0, |below| whole(floor(below * scale) + 1.0))
    }

    /// Whether the exact form is trusted: `S <= tau`. Beyond, an environment's
    /// life is ruled by the length of its last request: simulate.
    #[must_use]
    pub fn in_range(&self) -> bool {
        let (_, service_time, keep_alive) = self.sane();
        service_time <= keep_alive
    }

    fn sane(&self) -> (f64, f64, f64) {
        let sane = |value: f64| {
            if value.is_finite() {
                value.clamp(0.0, MAX_INPUT)
            } else {
                0.0
            }
        };
        (
            sane(self.arrival_rate.get()),
            sane(self.service_time.get()),
            sane(self.keep_alive.get()),
        )
    }
}

/// What flows over pools of any size, see [`ColdStart::overflow`].
#[derive(Debug)]
pub struct Overflow {
    arrivals: f64,
    scale: f64,
    /// `None` for vanishing traffic.
    swept: Option<sweep::Swept>,
}

impl Overflow {
    /// As [`ColdStart::outcome_above`].
    pub fn above(&mut self, provisioned: u32) -> ColdStartOutcome {
        let Some(swept) = &mut self.swept else {
            return single_environment(self.arrivals, provisioned);
        };
        let sums = swept.above(f64::from(provisioned) / self.scale);
        ColdStartOutcome {
            cold_start_probability: sums.cold.min(1.0),
            instances: sums.live * self.scale,
        }
    }
}

/// Inputs above this (in requests per second, or seconds) count as this.
const MAX_INPUT: f64 = 1e100;

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to the range of u32 first"
)]
fn whole(count: f64) -> u32 {
    count.clamp(0.0, f64::from(u32::MAX)) as u32
}

/// The limit of vanishing concurrency, `p = exp(-lambda (tau + S))`.
fn single_environment(arrivals: f64, provisioned: u32) -> ColdStartOutcome {
    if provisioned > 0 {
        return ColdStartOutcome {
            cold_start_probability: 0.0,
            instances: 0.0,
        };
    }
    let cold_start_probability = exp(-arrivals);
    ColdStartOutcome {
        cold_start_probability,
        instances: -crate::math::exp_m1(-arrivals),
    }
}

/// Share of requests that find all `provisioned` environments busy:
/// Erlang's `B(N, lambda S)`, 0..=1. Not all of these are cold, see
/// [`ColdStart::outcome_above`].
///
/// Units: requests per second and seconds. Negative values count as zero.
#[must_use]
pub fn spill_probability(
    arrival_rate: RequestsPerSecond,
    service_time: Seconds,
    provisioned: u32,
) -> f64 {
    let offered_load = arrival_rate.get().max(0.0) * service_time.get().max(0.0);
    erlang_b(f64::from(provisioned), offered_load)
}

/// How long a request holds a provisioned environment: `max(S, 1/limit)`, where
/// `limit` is the most requests per second one environment takes (Lambda: 10).
/// A limit of zero or less is none.
#[must_use]
pub fn occupancy_time(service_time: Seconds, limit: RequestsPerSecond) -> Seconds {
    if limit.get() > 0.0 {
        service_time.max(Seconds::new(1.0 / limit.get()))
    } else {
        service_time
    }
}

/// The probability of a cold start where environments are also replaced at the end of their life T:
/// `p / (1 - exp(-x))`, `x = T lambda p / E[instances]`, at most 1, with `p` and `E[instances]` of
/// [`ColdStart::outcome`].
///
/// By itself an environment lives `E[instances] / (lambda p)` on average; with exponential lives
/// that end at T the mean is this times `1 - exp(-x)`, and as many start as end. Without starts of
/// its own, `x -> 0`, it is `E[instances] / (T lambda)`, which rules above about 100 requests/s; where
/// environments fall idle long before T it is `p`. Within 10 % of simulation.
///
/// `lifetime` is in seconds (Lambda: about two hours). Zero rate or lifetime: `p`.
#[must_use]
pub fn recycled_probability(
    outcome: ColdStartOutcome,
    lifetime: Seconds,
    arrival_rate: RequestsPerSecond,
) -> f64 {
    let ColdStartOutcome {
        cold_start_probability: p,
        instances,
    } = outcome;
    let requests_per_life = lifetime.get() * arrival_rate.get();
    if !(requests_per_life > 0.0 && instances > 0.0) {
        return p;
    }
    let x = requests_per_life * p / instances;
    let recycled = if x > NEGLIGIBLE {
        p / -exp_m1(-x)
    } else {
        instances / requests_per_life
    };
    recycled.min(1.0)
}

/// The outcome of a traffic profile in which each rate holds long enough to be
/// steady: `p = sum of w lambda p(lambda) / sum of w lambda`, instances weighted
/// by `w`. Pairs are (arrival rate, how long it holds, in any unit);
/// `at` evaluates one rate, usually [`ColdStart::tabulated`].
///
/// Within 3 % of simulation for a daily wave of +-80 %. Without any arrivals:
/// probability 1 and no instances.
pub fn over_hours(
    hours: impl IntoIterator<Item = (RequestsPerSecond, f64)>,
    mut at: impl FnMut(RequestsPerSecond) -> ColdStartOutcome,
) -> ColdStartOutcome {
    let (mut weight, mut requests, mut cold, mut instances) = (0.0, 0.0, 0.0, 0.0);
    for (rate, hours) in hours {
        if hours > 0.0 {
            let outcome = at(rate);
            let arrivals = rate.get().max(0.0) * hours;
            weight += hours;
            requests += arrivals;
            cold += arrivals * outcome.cold_start_probability;
            instances += hours * outcome.instances;
        }
    }
    ColdStartOutcome {
        cold_start_probability: if requests > 0.0 {
            (cold / requests).min(1.0)
        } else {
            1.0
        },
        instances: if weight > 0.0 {
            instances / weight
        } else {
            0.0
        },
    }
}

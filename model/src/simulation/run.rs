//! A plan, checked and carried out, with someone looking on who may end it.

use std::ops::ControlFlow;

use serde::{Deserialize, Serialize};

use super::arrivals::{Arrivals, Traffic};
use super::check::Check;
use super::fleet::{Fleet, FleetRules};
use super::functions::{FunctionRules, Functions};
use super::managed_instances::ManagedInstancesRules;
use super::outcome::Outcome;
use super::tally::Tally;
use crate::system::FieldError;
use crate::units::SECONDS_PER_HOUR;

/// What is to be simulated.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Plan {
    /// How the platform behaves.
    pub rules: Rules,
    /// What comes.
    pub traffic: Traffic,
    /// Seconds that are counted, from Monday 00:00 on, 1..=1e9.
    pub seconds: f64,
    /// Seconds before them that are simulated and not counted, 0..=1e9.
    #[serde(default)]
    pub warm_up_s: f64,
    /// Decides all that is random.
    #[serde(default)]
    pub seed: u64,
    /// Which of several independent runs with this seed.
    #[serde(default)]
    pub replication: u32,
    /// Runs with more requests than this are not begun.
    #[serde(default = "most_requests")]
    pub most_requests: f64,
}

/// The platform.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Rules {
    /// Environments that start with their request.
    Functions(FunctionRules),
    /// Units that stand, with queues.
    Fleet(FleetRules),
    /// Functions on instances of one's own account.
    ManagedInstances(ManagedInstancesRules),
}

/// A thousand million requests: minutes on one core.
const fn most_requests() -> f64 {
    1e9
}

/// How far a run has come.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Progress {
    /// Of the time that is to be simulated, 0..=1.
    pub share: f64,
    /// Simulated time, warm-up included.
    pub simulated_s: f64,
    /// Requests so far, warm-up included.
    pub requests: u64,
}

/// Why there is no outcome.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum Stopped {
    /// Values out of range; never empty.
    #[error("{}: {}", .0[0].path, .0[0].message)]
    Invalid(Vec<FieldError>),
    /// More requests than the plan allows.
    #[error("about {requests:.0} requests are more than the {limit:.0} that are simulated at once")]
    TooLarge {
        /// About how many would come.
        requests: f64,
        /// [`Plan::most_requests`].
        limit: f64,
    },
    /// The observer ended it.
    #[error("the simulation was cancelled")]
    Cancelled,
}

impl Plan {
    /// Without warm-up, seed 0, up to 1e9 requests.
    #[must_use]
    pub const fn new(rules: Rules, traffic: Traffic, seconds: f64) -> Self {
        Self {
            rules,
            traffic,
            seconds,
            warm_up_s: 0.0,
            seed: 0,
            replication: 0,
            most_requests: most_requests(),
        }
    }

    /// Whether it can be run.
    ///
    /// # Errors
    /// [`Stopped::Invalid`] with every value out of range by the path of its field,
    /// [`Stopped::TooLarge`] where more requests would come than it allows.
    pub fn check(&self) -> Result<(), Stopped> {
        let mut found = Vec::new();
        let mut check = Check::new(&mut found);
        check.number("seconds", self.seconds, 1.0, LONGEST_S);
        check.number("warm_up_s", self.warm_up_s, 0.0, LONGEST_S);
        check.number("most_requests", self.most_requests, 1.0, f64::MAX);
        self.traffic.check(&mut check.within("traffic"));
        match &self.rules {
            Rules::Functions(rules) => rules.check(&mut check.within("rules.functions")),
            Rules::Fleet(rules) => rules.check(&mut check.within("rules.fleet")),
            Rules::ManagedInstances(rules) => {
                rules.check(&mut check.within("rules.managed_instances"));
            }
        }
        if found.is_empty() {
            self.check_concurrency(&mut Check::new(&mut found));
        }
        if !found.is_empty() {
            return Err(Stopped::Invalid(found));
        }
        let requests = self.traffic.estimate(self.seconds + self.warm_up_s);
        if requests > self.most_requests {
            return Err(Stopped::TooLarge {
                requests,
                limit: self.most_requests,
            });
        }
        Ok(())
    }

    /// A fleet remembers what is under way.
    fn check_concurrency(&self, check: &mut Check<'_>) {
        let wall_s = match &self.rules {
            Rules::Functions(_) => return,
            Rules::Fleet(rules) => rules.wall_s,
            Rules::ManagedInstances(rules) => rules.wall_s,
        };
        let at_once = self.traffic.peak_rate_per_s() * wall_s;
        if at_once > MOST_AT_ONCE {
            let message = format!("has {at_once:.0} requests at once: want at most {MOST_AT_ONCE}");
            check.bad("traffic.rate_per_s", message);
        }
    }
}

/// The most requests that may be under way at once, on average at the peak.
const MOST_AT_ONCE: f64 = 1e7;
/// 31 years.
const LONGEST_S: f64 = 1e9;

/// The same plan `n` times, as independent runs: other random numbers, nothing else.
#[must_use]
pub fn replications(plan: &Plan, n: u32) -> Vec<Plan> {
    (0..n)
        .map(|replication| Plan {
            replication,
            ..plan.clone()
        })
        .collect()
}

/// Carries out a plan.
///
/// The observer is called at least once in 65,536 requests and once in a simulated hour; where it
/// breaks, the run ends. What it does cannot change the outcome.
///
/// # Errors
/// As [`Plan::check`], and [`Stopped::Cancelled`] where the observer broke.
pub fn run(
    plan: &Plan,
    observer: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Outcome, Stopped> {
    plan.check()?;
    let (seed, replication) = (plan.seed, plan.replication);
    match &plan.rules {
        Rules::Functions(rules) => drive(plan, Functions::new(rules, seed, replication), observer),
        Rules::Fleet(rules) => drive(plan, Fleet::new(rules, plan), observer),
        Rules::ManagedInstances(rules) => {
            drive(plan, Fleet::new(&rules.fleet_rules(), plan), observer)
        }
    }
}

/// A platform that takes requests one after another.
pub(super) trait Engine {
    /// A request comes; times do not decrease.
    fn arrive(&mut self, now: f64, tally: &mut Tally);

    /// No more come; the time that is counted ends at `seconds`.
    fn finish(&mut self, seconds: f64, tally: &mut Tally);
}

/// Requests that are fetched at once.
const BATCH: usize = 1024;
/// The observer is called after so many.
const REPORTED: u64 = 1 << 15;

fn drive<E: Engine>(
    plan: &Plan,
    mut engine: E,
    observer: &mut dyn FnMut(Progress) -> ControlFlow<()>,
) -> Result<Outcome, Stopped> {
    let start = -plan.warm_up_s;
    let traffic = &plan.traffic;
    let mut arrivals = Arrivals::new(traffic, start, plan.seconds, plan.seed, plan.replication);
    let mut tally = Tally::new(plan.seconds);
    let mut times = [0.0; BATCH];
    let (mut requests, mut reported) = (0, 0);
    let mut hour_end = start + SECONDS_PER_HOUR;
    loop {
        let until = hour_end.min(plan.seconds);
        let filled = arrivals.fill(&mut times, until);
        for time in &times[..filled] {
            engine.arrive(*time, &mut tally);
        }
        requests += filled as u64;
        let hour_is_over = filled < BATCH;
        if hour_is_over || requests - reported >= REPORTED {
            reported = requests;
            let reached = if hour_is_over {
                until
            } else {
                times[BATCH - 1]
            };
            let progress = Progress {
                share: (reached - start) / (plan.seconds - start),
                simulated_s: reached - start,
                requests,
            };
            if observer(progress).is_break() {
                return Err(Stopped::Cancelled);
            }
        }
        if hour_is_over {
            if until >= plan.seconds {
                break;
            }
            hour_end += SECONDS_PER_HOUR;
        }
    }
    engine.finish(plan.seconds, &mut tally);
    Ok(tally.outcome())
}

//! One option of one component, ready to be simulated.

use std::ops::ControlFlow;

use super::question::Question;
use super::words;
use crate::math::{ceil, round};
use crate::platform::{self, Platform, Prepared};
use crate::price::PriceBook;
use crate::rules::Rules;
use crate::simulation::{self, Outcome, Plan, Process, Progress, Series, Stopped, Traffic};
use crate::system::{Answer, Burst, System};
use crate::traffic::{HOURS, Shape, WeeklyProfile};
use crate::units::{
    HOURS_PER_WEEK, MINUTES_PER_HOUR, RequestsPerSecond, SECONDS_PER_HOUR, SECONDS_PER_MONTH,
};
use crate::week;
use crate::workload::Workload;

/// Simulated before what is counted: as long as an environment lives, and longer than fleets need to follow.
pub(super) const WARM_UP_S: f64 = 2.0 * SECONDS_PER_HOUR;
/// A number of weeks so near a whole one is whole.
const WHOLE: f64 = 1e-3;
/// The least of the week's traffic that is left beside its bursts.
const LEAST_BESIDE_BURSTS: f64 = 0.01;

/// One option of one component, ready to be simulated.
#[derive(Clone, Debug)]
pub struct Play {
    /// The component's place in the system.
    pub(super) index: usize,
    /// Its name.
    pub component: String,
    /// Platform id.
    pub platform: &'static str,
    /// The platform's name.
    pub label: &'static str,
    /// Messages of one invocation.
    pub(super) batch: f64,
    plan: Plan,
}

impl Play {
    /// About how many requests one run has.
    #[must_use]
    pub fn expected_requests(&self) -> f64 {
        let plan = &self.plan;
        plan.traffic.estimate(plan.seconds + plan.warm_up_s)
    }

    /// Runs it once; other replications are other draws of the same.
    ///
    /// # Errors
    /// Where the observer breaks off.
    pub fn run(
        &self,
        replication: u32,
        observer: &mut dyn FnMut(Progress) -> ControlFlow<()>,
    ) -> Result<Outcome, Stopped> {
        let plan = Plan {
            replication,
            ..self.plan.clone()
        };
        simulation::run(&plan, observer)
    }
}

/// The system that the formulas see: a month of the hours that are played, or of the series.
pub(super) fn seen_by_formulas(question: &Question) -> System {
    let mut system = question.system.clone();
    let measured = measured(question);
    for index in 0..system.components.len() {
        let series = measured.as_ref().filter(|(of, _)| *of == index);
        let hours = match series {
            Some((_, series)) => Some((series.rate_per_s() * SECONDS_PER_MONTH, hourly(series))),
            None => played(question, &system, index),
        };
        let Some((requests, hours)) = hours else {
            continue;
        };
        let traffic = &mut system.components[index].traffic;
        traffic.requests_per_month = Some(Answer::Exact(requests));
        traffic.shape = Shape::hourly(hours).ok();
        traffic.peak_to_mean = None;
        if series.is_some() {
            traffic.bursts = None;
        }
    }
    system
}

/// A month of the hours that are played, where these are no whole weeks: its requests, and its week.
fn played(question: &Question, system: &System, index: usize) -> Option<(f64, Vec<f64>)> {
    let hours = question.hours();
    let weeks = hours / HOURS_PER_WEEK;
    if (weeks - round(weeks)).abs() < WHOLE {
        return None;
    }
    let (workload, _) = Workload::typical(system, index);
    let profile = week::profile(system, index, workload.kind);
    let weights = profile.weights();
    let whole_hours = index_of(ceil(hours - WHOLE)).max(1);
    let played: Vec<f64> = (0..whole_hours).map(|hour| weights[hour % HOURS]).collect();
    let mean = super::mean(&played);
    let requests = workload.requests.get() * mean;
    // What is shorter than a week comes again; of more than one, each hour counts as often as it was played.
    let again = |hour: usize| weights[hour % whole_hours.min(HOURS)];
    (requests > 0.0).then(|| (requests, (0..HOURS).map(again).collect()))
}

/// The traffic that was measured, as far as it is played, and of which component.
fn measured(question: &Question) -> Option<(usize, Series)> {
    let text = question.series.as_ref()?;
    // Checked when the question was read.
    let series = Series::parse(&text.csv, text.step).ok()?;
    let intervals = ceil(question.hours() * SECONDS_PER_HOUR / series.step_s());
    Some((text.component, series.first(index_of(intervals).max(1))))
}

/// Requests in each hour of a week; a shorter series is repeated, a longer one averaged.
fn hourly(series: &Series) -> Vec<f64> {
    let mut hours = vec![(0.0, 0.0); HOURS];
    let weeks = (series.seconds() / (HOURS_PER_WEEK * SECONDS_PER_HOUR)).max(1.0);
    let total = ceil(weeks) * HOURS_PER_WEEK * SECONDS_PER_HOUR;
    let mut at_s = 0.0;
    for count in series.counts().iter().cycle() {
        if at_s >= total {
            break;
        }
        let hour = index_of(at_s / SECONDS_PER_HOUR) % HOURS;
        let (requests, seconds): &mut (f64, f64) = &mut hours[hour];
        *requests += f64::from(*count);
        *seconds += series.step_s();
        at_s += series.step_s();
    }
    // Where a step is longer than an hour, the hours after its first are like it.
    let mut last = 0.0;
    let rates = hours.into_iter().map(|(requests, seconds)| {
        if seconds > 0.0 {
            last = requests / seconds;
        }
        last
    });
    rates.collect()
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "hours of a series that has 604,800 counts at most"
)]
fn index_of(hours: f64) -> usize {
    hours as usize
}

/// All that there is to simulate, and what cannot be.
pub(super) fn of(question: &Question, book: &PriceBook) -> (Vec<Play>, Vec<String>) {
    let system = seen_by_formulas(question);
    let measured = measured(question);
    let (mut plays, mut left_out) = (Vec::new(), Vec::new());
    for index in 0..system.components.len() {
        let series = measured.as_ref().filter(|(of, _)| *of == index);
        let part = Part {
            question,
            index,
            seen: Workload::typical(&system, index).0,
            stated: Workload::typical(&question.system, index).0,
            series: series.map(|(_, series)| series),
        };
        let profile = week::profile(&system, index, part.seen.kind);
        let platforms = question.platforms.iter();
        for platform in platforms.filter_map(|id| platform::find(id)) {
            match part.on(platform, &profile, book) {
                Ok(play) => plays.push(play),
                Err(why) => left_out.push(why),
            }
        }
    }
    (plays, left_out)
}

/// One component of the question.
struct Part<'q> {
    question: &'q Question,
    index: usize,
    /// As the formulas see it.
    seen: Workload,
    /// As it was stated.
    stated: Workload,
    series: Option<&'q Series>,
}

impl Part<'_> {
    /// The component on a platform, or why it cannot be simulated there.
    fn on(
        &self,
        platform: &'static dyn Platform,
        profile: &WeeklyProfile,
        book: &PriceBook,
    ) -> Result<Play, String> {
        let prepared = Prepared::new(platform, &self.seen, book);
        let rules = prepared.rules(self.seen.requests, profile);
        let rules = rules
            .filter(|_| prepared.priced())
            .ok_or_else(|| words::left_out(&self.seen, platform, prepared.priced()))?;
        let (question, batch) = (self.question, prepared.batch());
        let plan = Plan {
            warm_up_s: WARM_UP_S,
            seed: question.seed,
            ..Plan::new(
                rules,
                self.traffic(batch),
                question.hours() * SECONDS_PER_HOUR,
            )
        };
        if let Err(Stopped::Invalid(refused)) = plan.check() {
            return Err(words::too_large(&self.seen, platform, &refused));
        }
        Ok(Play {
            index: self.index,
            component: self.seen.name.clone(),
            platform: platform.id(),
            label: platform.label(),
            batch,
            plan,
        })
    }

    /// The series where there is one, else the stated week in the process that is asked for.
    fn traffic(&self, batch: f64) -> Traffic {
        let profile = week::profile(&self.question.system, self.index, self.stated.kind);
        let mut traffic = traffic(&self.stated, profile.weights(), batch);
        if let Some(states) = self.question.two_state {
            traffic.process = Process::TwoState(states);
        }
        if let Some(series) = self.series {
            traffic.process = Process::Series(series.thinned(batch));
            traffic.profile = Vec::new();
            traffic.bursts = Vec::new();
        }
        traffic
    }
}

/// Traffic does not jump at the full hour: from the middle of one to the middle of the next it passes in a line.
fn rise_s() -> f64 {
    Rules::embedded().spread_of_rise_minutes / MINUTES_PER_HOUR * SECONDS_PER_HOUR
}

/// The week with its bursts, whose requests are part of the month's.
///
/// With bursts of height `h` for a share `t` of the time, the rest has the rate
/// `f r`, `f = (1 - sum t h) / (1 - sum t)`, so that all together is `r`.
fn traffic(workload: &Workload, weights: &[f64; HOURS], batch: f64) -> Traffic {
    let calls = workload.requests / batch;
    let share = |burst: &Burst| burst.per_week * burst.minutes / MINUTES_PER_HOUR / HOURS_PER_WEEK;
    let of_time: f64 = workload.bursts.iter().map(share).sum();
    let of_requests: f64 = workload
        .bursts
        .iter()
        .map(|burst| share(burst) * burst.height)
        .sum();
    let beside = if of_time < 1.0 {
        ((1.0 - of_requests) / (1.0 - of_time)).max(LEAST_BESIDE_BURSTS)
    } else {
        LEAST_BESIDE_BURSTS
    };
    let rate: RequestsPerSecond = calls.per_second() * beside;
    let bursts = workload.bursts.iter().map(|burst| Burst {
        height: burst.height / beside,
        ..*burst
    });
    Traffic {
        profile: weights.to_vec(),
        rise_s: rise_s(),
        bursts: bursts.collect(),
        ..Traffic::poisson(rate.get())
    }
}

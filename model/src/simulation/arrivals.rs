//! When requests arrive: a mean rate, the week's profile, bursts, and a process around them.

mod bursts;
mod curve;
mod placed;

use serde::{Deserialize, Serialize};

use super::check::Check;
use super::random::{Purpose, Stream};
use super::series::Series;
use super::sketch::whole;
use crate::system::{Burst, FieldError};
use crate::traffic::HOURS;
use crate::units::{MINUTES_PER_HOUR, SECONDS_PER_HOUR};
use curve::{Curve, Segment};
use placed::Placed;

/// Seconds of a week.
pub(super) const WEEK_S: f64 = 168.0 * SECONDS_PER_HOUR;

/// The traffic of a simulation.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Traffic {
    /// Requests a second on average over the week, without the bursts, 0..=1e7. A series brings
    /// its own counts; for it this is not read.
    pub rate_per_s: f64,
    /// How they come.
    #[serde(default)]
    pub process: Process,
    /// Weight of each hour of the week from Monday 00:00, which is the start of what is counted;
    /// 168 numbers with mean 1, or none for a flat week. A series has its own.
    #[serde(default)]
    pub profile: Vec<f64>,
    /// Seconds around the end of an hour in which its weight passes to that of the next, 0..=3,600;
    /// 0 for a jump.
    #[serde(default)]
    pub rise_s: f64,
    /// Bursts, at seeded times of each week. For as long as one lasts, the weight is its height,
    /// which it reaches in a straight line; hours that are busier stay as they are.
    #[serde(default)]
    pub bursts: Vec<Burst>,
    /// Requests that come at the same instant, 1..=1e6; the rate counts each of them.
    #[serde(default = "one")]
    pub batch: u32,
}

const fn one() -> u32 {
    1
}

/// The process behind the rate.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
pub enum Process {
    /// Independent requests.
    #[default]
    Poisson,
    /// Poisson, with a rate that changes between two states.
    TwoState(TwoState),
    /// Equal spacing: one request for each unit of `rate x time`, the first after half of one.
    Even,
    /// Counts per interval, over and over; each request at a uniform time of its interval.
    Series(Series),
}

/// A rate that is high for a while and low for a while: a modulated Poisson process with mean 1.
///
/// Sojourns are exponential. With `p = high_s / (high_s + low_s)` the low factor is
/// `(1 - p high) / (1 - p)`, so that the mean is that of the profile.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct TwoState {
    /// Rate in the high state against the mean, 1..=1/p.
    pub high: f64,
    /// Mean sojourn in the high state, in seconds, 0.001..=1e7.
    pub high_s: f64,
    /// Mean sojourn in the low state, in seconds, 0.001..=1e7.
    pub low_s: f64,
}

impl TwoState {
    /// The share of time in the high state, p.
    #[must_use]
    pub fn high_share(&self) -> f64 {
        self.high_s / (self.high_s + self.low_s)
    }

    /// Rate in the low state against the mean.
    #[must_use]
    pub fn low(&self) -> f64 {
        let share = self.high_share();
        ((1.0 - share * self.high) / (1.0 - share)).max(0.0)
    }

    /// Every value out of range, by its path below this one.
    #[must_use]
    pub fn errors(&self, path: &str) -> Vec<FieldError> {
        let mut found = Vec::new();
        self.check(&mut Check::new(&mut found).within(path));
        found
    }

    fn check(&self, check: &mut Check<'_>) {
        check.number("high_s", self.high_s, 1e-3, 1e7);
        check.number("low_s", self.low_s, 1e-3, 1e7);
        check.number("high", self.high, 1.0, 1.0 / self.high_share());
    }
}

impl Traffic {
    /// A flat week of independent requests.
    #[must_use]
    pub const fn poisson(rate_per_s: f64) -> Self {
        Self {
            rate_per_s,
            process: Process::Poisson,
            profile: Vec::new(),
            rise_s: 0.0,
            bursts: Vec::new(),
            batch: 1,
        }
    }

    /// About how many requests arrive in so many seconds, bursts counted in full: what a run costs.
    #[must_use]
    pub fn estimate(&self, seconds: f64) -> f64 {
        if let Process::Series(series) = &self.process {
            return series.most_in(seconds) * f64::from(self.batch);
        }
        let in_bursts = self.bursts.iter().map(|burst| {
            let each = burst.minutes / MINUTES_PER_HOUR * SECONDS_PER_HOUR;
            burst.per_week * each / WEEK_S * burst.height
        });
        let most = self.profile.iter().copied().fold(1.0, f64::max);
        let weight = if seconds < WEEK_S { most } else { 1.0 };
        self.rate_per_s * seconds * (weight + in_bursts.sum::<f64>())
    }

    /// About the highest rate it reaches, in requests a second.
    #[must_use]
    pub fn peak_rate_per_s(&self) -> f64 {
        let heights = self.bursts.iter().map(|burst| burst.height);
        let weight = self
            .profile
            .iter()
            .copied()
            .chain(heights)
            .fold(1.0, f64::max);
        match &self.process {
            Process::Series(series) => series.peak_rate_per_s() * f64::from(self.batch),
            Process::TwoState(states) => self.rate_per_s * weight * states.high,
            Process::Poisson | Process::Even => self.rate_per_s * weight,
        }
    }

    pub(super) fn check(&self, check: &mut Check<'_>) {
        check.number("rate_per_s", self.rate_per_s, 0.0, 1e7);
        check.count("batch", self.batch, 1, 1_000_000);
        check.number("rise_s", self.rise_s, 0.0, SECONDS_PER_HOUR);
        if !self.profile.is_empty() {
            self.check_profile(check);
        }
        for (index, burst) in self.bursts.iter().enumerate() {
            let mut check = check.element("bursts", index);
            check.number("height", burst.height, 0.0, 1e6);
            check.number("minutes", burst.minutes, 1e-4, 10_080.0);
            check.number("per_week", burst.per_week, 0.0, 10_000.0);
            check.number("arrives_within_s", burst.arrives_within_s, 0.0, 86_400.0);
        }
        match &self.process {
            Process::TwoState(states) => states.check(&mut check.within("process.two_state")),
            Process::Series(series) => series.check(&mut check.within("process.series")),
            Process::Poisson | Process::Even => {}
        }
    }

    fn check_profile(&self, check: &mut Check<'_>) {
        if self.profile.len() != HOURS {
            let message = format!("has {} numbers: want {HOURS} or none", self.profile.len());
            return check.bad("profile", message);
        }
        for (hour, weight) in self.profile.iter().enumerate() {
            check
                .element("profile", hour)
                .number("", *weight, 0.0, 168.0);
        }
        let mean = self.profile.iter().sum::<f64>() / 168.0;
        if (mean - 1.0).abs() > 1e-6 {
            check.bad("profile", format!("has mean {mean}: want 1"));
        }
    }
}

/// The times of requests, in order, from a start that may be negative up to an end.
#[derive(Clone, Debug)]
pub struct Arrivals {
    source: Source,
    end: f64,
    batch: u32,
    /// The next time, if it was looked at already, and how many requests still come then.
    pending: f64,
    left: u32,
}

#[derive(Clone, Debug)]
enum Source {
    Rate(Rate),
    Series(Box<Placed>),
    /// There are none, or no more.
    Silent,
}

/// A process whose rate follows a curve.
#[derive(Clone, Debug)]
struct Rate {
    curve: Box<Curve>,
    segment: Segment,
    now: f64,
    steps: Steps,
}

/// How much of `rate x time` lies between two requests.
#[derive(Clone, Debug)]
enum Steps {
    Exponential(Stream),
    Equal { first: bool },
}

impl Arrivals {
    /// Seconds from `start` to `end`; 0 is Monday 00:00. The traffic must have passed its check.
    #[must_use]
    pub fn new(traffic: &Traffic, start: f64, end: f64, seed: u64, replication: u32) -> Self {
        let stream = Stream::new(seed, replication, Purpose::Arrivals);
        let source = match &traffic.process {
            Process::Series(series) => {
                Source::Series(Box::new(Placed::new(series.clone(), start, stream)))
            }
            _ if traffic.rate_per_s <= 0.0 => Source::Silent,
            process => {
                let mut curve = Curve::new(traffic, start, seed, replication);
                let segment = curve.segment(start);
                Source::Rate(Rate {
                    curve: Box::new(curve),
                    segment,
                    now: start,
                    steps: match process {
                        Process::Even => Steps::Equal { first: true },
                        _ => Steps::Exponential(stream),
                    },
                })
            }
        };
        let mut arrivals = Self {
            source,
            end,
            batch: traffic.batch,
            pending: f64::INFINITY,
            left: 0,
        };
        arrivals.look_ahead();
        arrivals
    }

    /// Writes the next times before `until` into a buffer; how many there were. Fewer than fit
    /// mean that the next one comes later.
    pub fn fill(&mut self, buffer: &mut [f64], until: f64) -> usize {
        let mut filled = 0;
        for place in buffer {
            if self.pending >= until {
                break;
            }
            *place = self.pending;
            filled += 1;
            self.left -= 1;
            if self.left == 0 {
                self.look_ahead();
            }
        }
        filled
    }

    /// Whether there are no more.
    #[must_use]
    pub fn finished(&self) -> bool {
        self.pending >= self.end
    }

    #[inline]
    fn look_ahead(&mut self) {
        let next = match &mut self.source {
            Source::Rate(rate) => rate.next(self.end),
            Source::Series(placed) => placed.next(self.end),
            Source::Silent => f64::INFINITY,
        };
        self.pending = if next < self.end { next } else { f64::INFINITY };
        self.left = self.batch;
    }
}

impl Iterator for Arrivals {
    type Item = f64;

    /// The next time, in seconds.
    fn next(&mut self) -> Option<f64> {
        let mut one = [0.0];
        let end = self.end;
        (self.fill(&mut one, end) == 1).then_some(one[0])
    }
}

impl Rate {
    /// By change of time: the next request comes when the integral of the rate has grown by one
    /// step. Exact, and nothing is thrown away. Infinity from `end` on.
    #[inline]
    fn next(&mut self, end: f64) -> f64 {
        let mut step = match &mut self.steps {
            Steps::Exponential(stream) => stream.exponential(),
            Steps::Equal { first } => {
                if std::mem::take(first) {
                    0.5
                } else {
                    1.0
                }
            }
        };
        loop {
            let time = self.segment.after(self.now, step);
            if time < self.segment.end {
                self.now = time;
                return time;
            }
            step -= self.segment.mass(self.now);
            self.now = self.segment.end;
            if self.now >= end {
                return f64::INFINITY;
            }
            step = step.max(0.0);
            self.segment = self.curve.segment(self.now);
        }
    }
}

/// The hour of the week at a time from Monday 00:00, and when it ends.
pub(super) fn hour_of_week(time: f64) -> (usize, f64) {
    let hours = crate::math::floor(time / SECONDS_PER_HOUR);
    let of_week = hours - 168.0 * crate::math::floor(hours / 168.0);
    let hour = super::meter::index(of_week).min(HOURS - 1);
    (hour, (hours + 1.0) * SECONDS_PER_HOUR)
}

/// Requests in a batch, as a divisor of the rate.
fn per_batch(batch: u32) -> f64 {
    whole(batch.into())
}

#[cfg(test)]
mod tests;

//! What is measured, against what, for how long; and each in words.

use serde::Serialize;

use crate::system::Percentile;
use crate::units::MS_PER_S;
use crate::wording;

/// Times that are said with tenths of a second: a whole one would hide how near a limit is.
const TENS_OF_SECONDS_MS: std::ops::Range<f64> = 10_000.0..100_000.0;
/// Shares above it are said with one decimal, for the same reason.
const NEARLY_ALL: f64 = 0.9;

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Metric {
    /// Requests (or messages, or jobs) a month of 730 hours.
    RequestsPerMonth,
    /// Requests in the busiest hour of the week.
    RequestsInBusiestHour,
    /// Requests in the busiest minute.
    RequestsInBusiestMinute,
    /// Response time at a percentile.
    Latency(Percentile),
    /// Mean duration of a request where it runs.
    MeanDuration,
    /// Computing time of a request.
    CpuTime,
    /// The longest run of a request.
    LongestRun,
    /// Environments of all functions that run at once, in account and region.
    Concurrency,
    /// Requests that were turned away because nothing was free.
    Throttles,
    /// Cost a month.
    MonthlyCost,
    /// CPU utilization of the fleet.
    CpuUtilization,
    /// Memory in use over memory there is.
    MemoryUtilization,
    /// Tasks that run.
    RunningTasks,
    /// Instances that run.
    RunningInstances,
    /// Share of requests that wait for a cold start.
    ColdStartShare,
    /// Months from now.
    Month,
    /// Age of the price book.
    PriceBookAge,
}

impl Metric {
    /// The words people read.
    #[must_use]
    pub fn label(self) -> String {
        match self {
            Self::RequestsPerMonth => "Requests a month",
            Self::RequestsInBusiestHour => "Requests in the busiest hour",
            Self::RequestsInBusiestMinute => "Requests in the busiest minute",
            Self::Latency(percentile) => return format!("{} latency", percentile.label()),
            Self::MeanDuration => "Mean duration of a request",
            Self::CpuTime => "Computing time of a request",
            Self::LongestRun => "Longest run of a request",
            Self::Concurrency => "Concurrency in the account",
            Self::Throttles => "Throttled requests",
            Self::MonthlyCost => "Cost a month",
            Self::CpuUtilization => "CPU utilization",
            Self::MemoryUtilization => "Memory utilization",
            Self::RunningTasks => "Running tasks",
            Self::RunningInstances => "Running instances",
            Self::ColdStartShare => "Share of cold starts",
            Self::Month => "Month from now",
            Self::PriceBookAge => "Age of the price book",
        }
        .to_owned()
    }

    /// What comes first: what turns the verdict, then what people feel, then what breaks, then
    /// what was merely sized, then dates.
    pub(super) const fn rank(self) -> u8 {
        match self {
            Self::RequestsPerMonth => 0,
            Self::Latency(_) => 1,
            Self::MonthlyCost => 2,
            Self::CpuTime | Self::MeanDuration | Self::RequestsInBusiestHour => 3,
            Self::Throttles => 4,
            Self::Concurrency | Self::RequestsInBusiestMinute | Self::LongestRun => 5,
            Self::CpuUtilization => 6,
            Self::RunningTasks | Self::RunningInstances => 7,
            Self::MemoryUtilization => 8,
            Self::ColdStartShare => 9,
            Self::Month => 10,
            Self::PriceBookAge => 11,
        }
    }
}

/// On which side of the threshold something is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Comparison {
    /// Above it.
    Above,
    /// Below it.
    Below,
    /// When a date is there.
    Reached,
}

/// What a threshold is counted in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    /// Requests, tasks, instances, environments.
    Count,
    /// Milliseconds.
    Milliseconds,
    /// A share, 1 being all.
    Share,
    /// US dollars.
    Usd,
    /// Days.
    Days,
    /// Months.
    Months,
}

/// A value with its unit.
#[derive(Clone, Copy, Debug, PartialEq, Serialize)]
pub struct Threshold {
    /// The value.
    pub value: f64,
    /// Its unit.
    pub unit: Unit,
}

impl Threshold {
    /// A value in a unit.
    #[must_use]
    pub const fn new(value: f64, unit: Unit) -> Self {
        Self { value, unit }
    }

    /// The value as the sentences of the model write it.
    #[must_use]
    pub fn words(self) -> String {
        match self.unit {
            Unit::Count => wording::count(self.value),
            Unit::Milliseconds if TENS_OF_SECONDS_MS.contains(&self.value) => {
                let seconds = wording::significant(self.value / MS_PER_S, 3);
                format!("{} s", wording::trimmed(seconds, 1))
            }
            Unit::Milliseconds => wording::milliseconds(self.value),
            Unit::Share if self.value > NEARLY_ALL => {
                format!("{} %", wording::trimmed(self.value * 100.0, 1))
            }
            Unit::Share => wording::percent(self.value),
            Unit::Usd => wording::usd(self.value),
            Unit::Days => format!("{} days", wording::short(self.value)),
            Unit::Months => format!("month {}", wording::short(self.value)),
        }
    }
}

/// How long a threshold must be passed: in so many of the last periods.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Hold {
    /// Length of one period, s.
    pub period_s: u32,
    /// In how many of them it must be passed.
    pub breaching: u32,
    /// Of how many.
    pub of: u32,
}

const MINUTE_S: u32 = 60;
const HOUR_S: u32 = 60 * MINUTE_S;
const DAY_S: u32 = 24 * HOUR_S;

impl Hold {
    /// Once is enough, whenever it is.
    pub const ONCE: Self = Self::of(0, 1, 1);
    /// One minute.
    pub const A_MINUTE: Self = Self::of(MINUTE_S, 1, 1);
    /// A quarter of an hour, by fives of minutes.
    pub const QUARTER_HOUR: Self = Self::of(5 * MINUTE_S, 3, 3);
    /// One hour.
    pub const AN_HOUR: Self = Self::of(HOUR_S, 1, 1);
    /// Three hours in a row.
    pub const THREE_HOURS: Self = Self::of(HOUR_S, 3, 3);
    /// Every hour of a week.
    pub const EACH_HOUR_OF_A_WEEK: Self = Self::of(HOUR_S, 7 * 24, 7 * 24);
    /// Most days of a week: busy days and the quiet weekend together.
    pub const MOST_DAYS_OF_A_WEEK: Self = Self::of(DAY_S, 4, 7);

    const fn of(period_s: u32, breaching: u32, of: u32) -> Self {
        Self {
            period_s,
            breaching,
            of,
        }
    }

    /// In words: `for 15 minutes`, `on 4 of 7 days`; empty for once.
    #[must_use]
    pub fn words(self) -> String {
        let all = self.breaching == self.of;
        let seconds = self.period_s * self.of;
        match (self.period_s, all) {
            (0, _) => String::new(),
            (DAY_S, false) => format!("on {} of {} days", self.breaching, self.of),
            (_, true) if seconds == 7 * DAY_S => "in each hour of a week".to_owned(),
            (HOUR_S, true) if self.of == 1 => "in one hour".to_owned(),
            (MINUTE_S, true) if self.of == 1 => "in one minute".to_owned(),
            (HOUR_S, true) => format!("for {} hours", self.of),
            _ => format!("for {} minutes", seconds / MINUTE_S),
        }
    }
}

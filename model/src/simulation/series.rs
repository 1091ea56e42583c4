//! Counts of requests per interval, as a person has measured them.

mod parse;
mod timestamp;

use serde::{Deserialize, Serialize};

use super::check::Check;
use super::sketch::whole;
use crate::units::{MINUTES_PER_HOUR, SECONDS_PER_HOUR};

/// The most intervals: a week by seconds.
const MOST_INTERVALS: usize = 604_800;
/// The most requests in one interval.
const MOST_COUNT: u32 = 1_000_000_000;
/// The longest interval, in seconds: a day.
const LONGEST_STEP_S: f64 = 86_400.0;

/// Requests in equal intervals from Monday 00:00 on; a longer run begins anew.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct Series {
    /// Length of an interval, in seconds, 1..=86,400.
    step_s: f64,
    /// Requests in each, 0..=1e9; 1 to 604,800 of them.
    counts: Vec<u32>,
}

/// The length of an interval where timestamps do not say it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(rename_all = "snake_case")]
pub enum Step {
    /// A count for each second.
    Second,
    /// A count for each minute.
    Minute,
    /// A count for each hour.
    Hour,
}

impl Step {
    /// In seconds.
    #[must_use]
    pub const fn seconds(self) -> f64 {
        match self {
            Self::Second => 1.0,
            Self::Minute => SECONDS_PER_HOUR / MINUTES_PER_HOUR,
            Self::Hour => SECONDS_PER_HOUR,
        }
    }
}

/// What is wrong with a text that should be a series.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct SeriesError {
    /// From 1; after the last line if something is missing.
    pub line: usize,
    /// A sentence without its subject.
    pub problem: String,
}

impl Series {
    /// Reads a text: a count on each line, or a timestamp and a count, parted by comma, semicolon
    /// or tab.
    ///
    /// Timestamps are ISO 8601 or seconds since 1970; their spacing is the interval, which
    /// otherwise is `step`. Blank lines, lines that begin with `#`, a header, quotes, a byte order
    /// mark and CRLF are allowed.
    ///
    /// # Errors
    /// The first line that is wrong, and how: not a whole number, negative, too large, a gap, out
    /// of order, too many lines.
    pub fn parse(text: &str, step: Step) -> Result<Self, SeriesError> {
        parse::parse(text, step)
    }

    /// Counts in intervals of a known length; checked when a plan is run.
    #[must_use]
    pub const fn new(step_s: f64, counts: Vec<u32>) -> Self {
        Self { step_s, counts }
    }

    /// Its first intervals.
    #[must_use]
    pub fn first(mut self, intervals: usize) -> Self {
        self.counts.truncate(intervals);
        self
    }

    /// One request for each `batch` of them, in the interval in which the batch is full.
    #[must_use]
    pub fn thinned(&self, batch: f64) -> Self {
        if batch <= 1.0 {
            return self.clone();
        }
        let mut left = 0.0;
        let counts = self.counts.iter().map(|count| {
            left += f64::from(*count) / batch;
            let full = crate::math::floor(left);
            left -= full;
            super::meter::count(full)
        });
        Self {
            step_s: self.step_s,
            counts: counts.collect(),
        }
    }

    /// Length of an interval, in seconds.
    #[must_use]
    pub const fn step_s(&self) -> f64 {
        self.step_s
    }

    /// Requests in each interval.
    #[must_use]
    pub fn counts(&self) -> &[u32] {
        &self.counts
    }

    /// Length of the whole, in seconds.
    #[must_use]
    pub fn seconds(&self) -> f64 {
        self.step_s * whole(self.counts.len() as u64)
    }

    /// Requests in the whole.
    #[must_use]
    pub fn total(&self) -> u64 {
        self.counts.iter().copied().map(u64::from).sum()
    }

    /// Requests a second on average.
    #[must_use]
    pub fn rate_per_s(&self) -> f64 {
        if self.counts.is_empty() {
            0.0
        } else {
            whole(self.total()) / self.seconds()
        }
    }

    /// Requests a second in the busiest interval.
    #[must_use]
    pub fn peak_rate_per_s(&self) -> f64 {
        let most = self.counts.iter().copied().max().unwrap_or(0);
        f64::from(most) / self.step_s
    }

    /// The most requests that any stretch of so many seconds has, within one interval.
    pub(super) fn most_in(&self, seconds: f64) -> f64 {
        let (length, total) = (self.seconds(), whole(self.total()));
        if length <= 0.0 {
            return 0.0;
        }
        let rounds = crate::math::floor(seconds / length);
        let rest = super::meter::index((seconds - rounds * length) / self.step_s) + 1;
        let rest = rest.min(self.counts.len());
        let mut inside: u64 = self.counts[..rest].iter().copied().map(u64::from).sum();
        let mut most = inside;
        for place in 0..self.counts.len() {
            let entering = self.counts[(place + rest) % self.counts.len()];
            inside = inside + u64::from(entering) - u64::from(self.counts[place]);
            most = most.max(inside);
        }
        rounds * total + whole(most)
    }

    pub(super) fn check(&self, check: &mut Check<'_>) {
        check.number("step_s", self.step_s, 1.0, LONGEST_STEP_S);
        if self.counts.is_empty() || self.counts.len() > MOST_INTERVALS {
            let have = self.counts.len();
            check.bad(
                "counts",
                format!("has {have} numbers: want 1 to {MOST_INTERVALS}"),
            );
        }
        if let Some(place) = self.counts.iter().position(|count| *count > MOST_COUNT) {
            let mut check = check.element("counts", place);
            check.count("", self.counts[place], 0, MOST_COUNT);
        }
    }
}

#[cfg(test)]
mod tests;

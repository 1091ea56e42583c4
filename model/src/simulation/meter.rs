//! What holds over time, summed over the whole run and over each bucket of its timeline: a level
//! that changes in steps, and intervals that overlap.

use super::outcome::{Running, Share};
use crate::math::floor;

/// The equal parts of what is counted.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Grid {
    /// Seconds that are counted, from 0 on.
    pub(super) seconds: f64,
    /// Length of a bucket.
    pub(super) width: f64,
    /// How many buckets; the last may be shorter.
    pub(super) buckets: usize,
}

/// Lengths of a bucket to choose from, in seconds.
const WIDTHS: [f64; 11] = [
    1.0, 5.0, 10.0, 30.0, 60.0, 300.0, 900.0, 3600.0, 10_800.0, 21_600.0, 86_400.0,
];
/// A week by quarters of an hour has 672.
const MOST_BUCKETS: f64 = 700.0;

impl Grid {
    /// The finest of the usual lengths that gives at most 700 buckets.
    pub(super) fn of(seconds: f64) -> Self {
        let fits = |width: &&f64| seconds / **width <= MOST_BUCKETS;
        let width = WIDTHS.iter().find(fits).copied();
        let width = width.unwrap_or(seconds / MOST_BUCKETS);
        let buckets = crate::math::ceil(seconds / width).clamp(1.0, MOST_BUCKETS);
        Self {
            seconds,
            width,
            buckets: index(buckets),
        }
    }

    /// The bucket of a time from 0 on; what lies behind the end belongs to the last.
    #[inline]
    pub(super) fn bucket(&self, time: f64) -> usize {
        index(time / self.width).min(self.buckets - 1)
    }

    /// When a bucket begins.
    pub(super) fn start(&self, bucket: usize) -> f64 {
        self.width * f64::from(u32::try_from(bucket).unwrap_or(u32::MAX))
    }

    /// When a bucket ends.
    pub(super) fn end(&self, bucket: usize) -> f64 {
        self.start(bucket + 1).min(self.seconds)
    }
}

/// A number from 0 on without its fraction.
#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "saturates; the callers limit it"
)]
#[inline]
pub(super) fn index(number: f64) -> usize {
    number as usize
}

/// Levels up to this have their share of the time noted.
const MOST_LEVELS: usize = 1024;

/// A whole number that holds until it changes: how many units are alive.
#[derive(Clone, Debug)]
pub(super) struct LevelMeter {
    grid: Grid,
    level: u32,
    since: f64,
    integral: f64,
    least: u32,
    greatest: u32,
    held: Vec<f64>,
    buckets: Vec<(f64, u32)>,
}

impl LevelMeter {
    pub(super) fn new(grid: Grid) -> Self {
        Self {
            grid,
            level: 0,
            since: f64::NEG_INFINITY,
            integral: 0.0,
            least: u32::MAX,
            greatest: 0,
            held: Vec::new(),
            buckets: vec![(0.0, 0); grid.buckets],
        }
    }

    /// The level now.
    pub(super) const fn level(&self) -> u32 {
        self.level
    }

    /// From `now` on another level. Times must not decrease.
    pub(super) fn change(&mut self, now: f64, level: u32) {
        self.hold_until(now);
        self.level = level;
    }

    fn hold_until(&mut self, now: f64) {
        let from = self.since.max(0.0);
        let until = now.min(self.grid.seconds);
        self.since = now.max(self.since);
        if until <= from {
            return;
        }
        self.integral += f64::from(self.level) * (until - from);
        self.least = self.least.min(self.level);
        self.greatest = self.greatest.max(self.level);
        let place = self.level as usize;
        if place < MOST_LEVELS {
            if self.held.len() <= place {
                self.held.resize(place + 1, 0.0);
            }
            self.held[place] += until - from;
        }
        for bucket in self.grid.bucket(from)..=self.grid.bucket(until) {
            let start = self.grid.start(bucket).max(from);
            let end = self.grid.end(bucket).min(until);
            if end > start {
                let (sum, most) = &mut self.buckets[bucket];
                *sum += f64::from(self.level) * (end - start);
                *most = (*most).max(self.level);
            }
        }
    }

    /// Unit-seconds up to the end of what is counted.
    pub(super) fn finish(&mut self) -> f64 {
        self.hold_until(self.grid.seconds);
        self.integral
    }

    /// Mean and greatest level of a bucket.
    pub(super) fn bucket(&self, bucket: usize) -> (f64, u32) {
        let (sum, most) = self.buckets[bucket];
        (
            sum / (self.grid.end(bucket) - self.grid.start(bucket)),
            most,
        )
    }

    /// The whole of what is counted.
    pub(super) fn running(&self) -> Running {
        let noted = (self.greatest as usize) < MOST_LEVELS;
        let shares = self.held.iter().zip(0_u32..);
        let shares = shares.filter(|(held, _)| noted && **held > 0.0);
        Running {
            mean: self.integral / self.grid.seconds,
            least: self.least.min(self.greatest),
            most: self.greatest,
            shares: shares
                .map(|(held, count)| Share {
                    count,
                    share: held / self.grid.seconds,
                })
                .collect(),
        }
    }
}

/// Intervals that overlap: how many last on average in each bucket.
#[derive(Clone, Debug)]
pub(super) struct SpanMeter {
    grid: Grid,
    /// Seconds of intervals that begin or end in a bucket.
    partial: Vec<f64>,
    /// Intervals that begin to fill whole buckets, less those that end.
    filling: Vec<f64>,
    /// The bucket in which the last interval began, and its limits: most come to lie there.
    recent: (usize, f64, f64),
}

impl SpanMeter {
    pub(super) fn new(grid: Grid) -> Self {
        Self {
            grid,
            partial: vec![0.0; grid.buckets],
            filling: vec![0.0; grid.buckets + 1],
            recent: (0, 0.0, grid.end(0)),
        }
    }

    /// Counts what of the interval lies within what is counted.
    #[inline]
    pub(super) fn add(&mut self, from: f64, until: f64) {
        let (bucket, start, end) = self.recent;
        if from >= start && until < end && from < until {
            self.partial[bucket] += until - from;
        } else {
            self.add_anywhere(from, until);
        }
    }

    fn add_anywhere(&mut self, from: f64, until: f64) {
        let from = from.max(0.0);
        let until = until.min(self.grid.seconds);
        if until <= from {
            return;
        }
        let (first, last) = (self.grid.bucket(from), self.grid.bucket(until));
        self.recent = (first, self.grid.start(first), self.grid.end(first));
        if first == last {
            self.partial[first] += until - from;
        } else {
            self.partial[first] += self.grid.end(first) - from;
            self.partial[last] += until - self.grid.start(last);
            self.filling[first + 1] += 1.0;
            self.filling[last] -= 1.0;
        }
    }

    /// The mean of each bucket, and the sum of all seconds.
    pub(super) fn finish(&self) -> (Vec<f64>, f64) {
        let mut filling = 0.0;
        let mut total = 0.0;
        let means = (0..self.grid.buckets).map(|bucket| {
            filling += self.filling[bucket];
            let width = self.grid.end(bucket) - self.grid.start(bucket);
            let sum = self.partial[bucket] + filling * width;
            total += sum;
            sum / width
        });
        (means.collect(), total)
    }
}

/// The whole number below, as the count of something.
pub(super) fn count(number: f64) -> u32 {
    u32::try_from(index(floor(number.max(0.0)))).unwrap_or(u32::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn grid() -> Grid {
        Grid::of(10.0)
    }

    #[test]
    fn a_week_has_quarters_of_an_hour() {
        let week = Grid::of(604_800.0);
        assert_eq!((week.buckets, week.bucket(604_800.0)), (672, 671));
        assert!((week.width - 900.0).abs() < 1e-9);
        assert_eq!(Grid::of(0.5).buckets, 1);
        assert!(Grid::of(1e9).buckets <= 700 && Grid::of(111_222_333.7).buckets <= 700);
    }

    #[test]
    fn a_level_is_weighed_by_how_long_it_holds() {
        let mut meter = LevelMeter::new(grid());
        meter.change(-3.0, 2);
        meter.change(2.5, 4);
        meter.change(4.0, 0);
        meter.change(12.0, 9);
        assert!((meter.finish() - 11.0).abs() < 1e-12);
        let running = meter.running();
        assert_eq!((running.least, running.most), (0, 4));
        let shares: Vec<_> = running.shares.iter().map(|s| (s.count, s.share)).collect();
        assert_eq!(shares, [(0, 0.6), (2, 0.25), (4, 0.15)]);
        assert_eq!(meter.bucket(2), (3.0, 4));
        assert_eq!(meter.bucket(9), (0.0, 0));
    }

    #[test]
    fn intervals_share_out_over_the_buckets() {
        let mut meter = SpanMeter::new(grid());
        meter.add(-5.0, 1.5);
        meter.add(0.25, 0.75);
        meter.add(0.5, 4.25);
        meter.add(9.5, 20.0);
        meter.add(11.0, 12.0);
        let (means, total) = meter.finish();
        let expected = [2.0, 1.5, 1.0, 1.0, 0.25, 0.0, 0.0, 0.0, 0.0, 0.5];
        assert_eq!(means, expected);
        assert!((total - 6.25).abs() < 1e-12);
    }
}

//! The requests of a series: exactly as many as each interval counts, at uniform times of it.

use crate::math::{exp_inline, floor};
use crate::simulation::meter;
use crate::simulation::random::Stream;
use crate::simulation::series::Series;
use crate::simulation::sketch::whole;

/// Walks over the intervals of a series, again and again.
#[derive(Clone, Debug)]
pub(super) struct Placed {
    series: Series,
    /// Whether no interval counts any.
    empty: bool,
    stream: Stream,
    now: f64,
    /// Intervals since time 0, which is where the series begins.
    interval: f64,
    end: f64,
    left: u64,
}

impl Placed {
    pub(super) fn new(series: Series, start: f64, stream: Stream) -> Self {
        let step_s = series.step_s();
        let interval = floor(start / step_s);
        let mut placed = Self {
            empty: series.total() == 0,
            series,
            stream,
            now: start,
            interval,
            end: (interval + 1.0) * step_s,
            left: 0,
        };
        // Where the run begins within an interval, its share of the requests.
        let share = (placed.end - start) / step_s;
        placed.left = u64::from(meter::count(whole(placed.count()) * share));
        placed
    }

    /// The next time; infinity from `end` on.
    ///
    /// Of n uniform times in what remains, L seconds, the first comes after
    /// `L (1 - U^(1/n)) = L (1 - e^(-E/n))`, E exponential: sorted without a list.
    pub(super) fn next(&mut self, end: f64) -> f64 {
        while self.left == 0 {
            self.now = self.end;
            if self.now >= end || self.empty {
                return f64::INFINITY;
            }
            self.interval += 1.0;
            self.end = (self.interval + 1.0) * self.series.step_s();
            self.left = self.count();
        }
        let share = 1.0 - exp_inline(-self.stream.exponential() / whole(self.left));
        self.now += (self.end - self.now) * share;
        self.left -= 1;
        self.now
    }

    /// How many the interval counts; the series begins anew where it ends.
    fn count(&self) -> u64 {
        let intervals = whole(self.series.counts().len() as u64);
        let place = self.interval - intervals * floor(self.interval / intervals);
        let counts = self.series.counts();
        counts
            .get(meter::index(place))
            .map_or(0, |count| u64::from(*count))
    }
}

//! Counts while a simulation runs: totals, latencies, and the timeline.

use super::meter::{Grid, LevelMeter, SpanMeter};
use super::outcome::{Bucket, LatencySummary, Outcome, Usage};
use super::sketch::{Sketch, whole};
use crate::units::MS_PER_S;

/// Bits of the sketches: 0.39 % for the whole, 1.6 % within a bucket of the timeline.
const FINE: u32 = 7;
const COARSE: u32 = 5;
/// Waits up to this are none, in seconds.
const NO_WAIT_S: f64 = 1e-3;

/// A completed request.
#[derive(Clone, Copy, Debug)]
pub(super) struct Completed {
    pub(super) latency_s: f64,
    pub(super) wait_s: f64,
    pub(super) cold: bool,
}

/// All that is counted. Nothing is before time 0: that is the warm-up.
#[derive(Clone, Debug)]
pub(super) struct Tally {
    grid: Grid,
    /// Whether the warm-up is over.
    counting: bool,
    /// When the bucket at the end of `timeline` ends; infinite for the last.
    bucket_end: f64,
    latency: Sketch<FINE>,
    cold_latency: Sketch<FINE>,
    of_bucket: Sketch<COARSE>,
    completed: u64,
    failed: u64,
    throttled: u64,
    queued: u64,
    wait_s: f64,
    timeline: Vec<Bucket>,
    pub(super) spilled: u64,
    pub(super) retries: u64,
    pub(super) usage: Usage,
    /// Environments or units alive.
    pub(super) alive: LevelMeter,
    /// Environments or processors at work.
    pub(super) busy: SpanMeter,
}

impl Tally {
    pub(super) fn new(seconds: f64) -> Self {
        let grid = Grid::of(seconds);
        Self {
            grid,
            counting: false,
            bucket_end: 0.0,
            latency: Sketch::default(),
            cold_latency: Sketch::default(),
            of_bucket: Sketch::default(),
            completed: 0,
            failed: 0,
            throttled: 0,
            queued: 0,
            wait_s: 0.0,
            timeline: Vec::with_capacity(grid.buckets),
            spilled: 0,
            retries: 0,
            usage: Usage::default(),
            alive: LevelMeter::new(grid),
            busy: SpanMeter::new(grid),
        }
    }

    /// To be called with the time of each request, in order, before it is counted. Whether it
    /// counts.
    #[inline]
    pub(super) fn reach(&mut self, now: f64) -> bool {
        if now >= self.bucket_end {
            self.turn(now);
        }
        self.counting
    }

    /// Whether what happens to the fleet at a time counts: it comes to light with the next request.
    pub(super) fn counts(at: f64) -> bool {
        at >= 0.0
    }

    /// Closes the buckets that end before `now`.
    #[cold]
    fn turn(&mut self, now: f64) {
        self.counting = true;
        self.close();
        let bucket = self.grid.bucket(now);
        while self.timeline.len() <= bucket {
            let start_s = self.grid.start(self.timeline.len());
            self.timeline.push(Bucket {
                start_s,
                ..Bucket::default()
            });
        }
        self.bucket_end = if bucket + 1 == self.grid.buckets {
            f64::INFINITY
        } else {
            self.grid.start(bucket + 1)
        };
    }

    fn close(&mut self) {
        if let Some(bucket) = self.timeline.last_mut() {
            bucket.p50_ms = self.of_bucket.quantile(0.50) * MS_PER_S;
            bucket.p99_ms = self.of_bucket.quantile(0.99) * MS_PER_S;
            self.of_bucket.clear();
        }
    }

    fn bucket(&mut self) -> Option<&mut Bucket> {
        self.timeline.last_mut()
    }

    #[inline]
    pub(super) fn completed(&mut self, request: Completed) {
        if !self.counting {
            return;
        }
        let Completed {
            latency_s,
            wait_s,
            cold,
        } = request;
        self.completed += 1;
        self.latency.insert(latency_s);
        self.of_bucket.insert(latency_s);
        self.wait_s += wait_s;
        self.queued += u64::from(wait_s > NO_WAIT_S);
        if cold {
            self.cold_latency.insert(latency_s);
        }
        if let Some(bucket) = self.bucket() {
            bucket.requests += 1;
            bucket.cold_starts += u64::from(cold);
        }
    }

    pub(super) fn throttled(&mut self) {
        if self.counting {
            self.throttled += 1;
            if let Some(bucket) = self.bucket() {
                bucket.requests += 1;
                bucket.throttled += 1;
            }
        }
    }

    pub(super) fn failed(&mut self) {
        if self.counting {
            self.failed += 1;
            if let Some(bucket) = self.bucket() {
                bucket.requests += 1;
                bucket.failed += 1;
            }
        }
    }

    /// All of it, once nothing more comes.
    pub(super) fn outcome(mut self) -> Outcome {
        self.reach(self.grid.seconds);
        self.close();
        self.alive.finish();
        let (busy, busy_seconds) = self.busy.finish();
        self.usage.busy_seconds = busy_seconds;
        for (index, bucket) in self.timeline.iter_mut().enumerate() {
            (bucket.alive_mean, bucket.alive_most) = self.alive.bucket(index);
            bucket.busy_mean = busy[index];
        }
        Outcome {
            seconds: self.grid.seconds,
            requests: self.completed + self.throttled + self.failed,
            completed: self.completed,
            cold_starts: self.cold_latency.count(),
            spilled: self.spilled,
            throttled: self.throttled,
            queued: self.queued,
            failed: self.failed,
            retries: self.retries,
            usage: self.usage,
            latency: summary(&self.latency),
            cold_latency: summary(&self.cold_latency),
            mean_wait_ms: self.wait_s / whole(self.completed.max(1)) * MS_PER_S,
            instances: self.alive.running(),
            timeline: self.timeline,
        }
    }
}

fn summary(sketch: &Sketch<FINE>) -> Option<LatencySummary> {
    let ms = |p| sketch.quantile(p) * MS_PER_S;
    (sketch.count() > 0).then(|| LatencySummary {
        p50_ms: ms(0.50),
        p90_ms: ms(0.90),
        p95_ms: ms(0.95),
        p99_ms: ms(0.99),
        p999_ms: ms(0.999),
        mean_ms: sketch.mean() * MS_PER_S,
        max_ms: sketch.greatest() * MS_PER_S,
    })
}

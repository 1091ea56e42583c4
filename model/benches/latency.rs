//! How fast the latency equations are, single-threaded, each beside the exact
//! or a plain form, so that one run shows the ratio.
//!
//! Recorded 2026-11-23 on one core of a shared Xeon server, medians. "Before"
//! is the plain form of the same run; in brackets, the former code on the same core.
//!
//! | what | before | now | ratio |
//! |---|---|---|---|
//! | cold start at a = 1 | 0.65 us (0.97) | 0.12 us | 6 |
//! | cold start at a = 100 | 4.3 us (6.1) | 0.13 us | 33 |
//! | cold start at a = 10,000 | 38 us (57) | 0.13 us | 290 |
//! | cold starts of 24 levels | (141 us by a table of its own) | 3.0 us | 48 |
//! | the same, first in a process | (141 us) | 205 us | 0.7 |
//! | smallest pool at a = 100 | 91 us | 5.5 us | 17 |
//! | smallest pool at a = 10,000 | 570 us | 48 us | 12 |
//! | rounded up, median 1 ms | 6.3 us | 0.65 us | 10 |
//! | rounded up, median 8 ms | 50 us (1.1) | 0.39 us | 127 (3) |
//! | rounded up, median 100 ms | 620 us | 0.017 us | 36,000 |
//! | rate within a binding target | 10.5 us | 4.8 us | 2.2 |
//! | the same, as far as it is used | 10.5 us | 0.6 us | 17 |
//! | percentiles, warm and cold | 30 us (8.7) | 3.1 us | 10 (2.8) |
//! | percentiles, 24 levels of a fixed fleet | 773 us | 74 us | 10 |
//! | percentiles, 24 levels of a fleet that follows | 773 us | 11 us | 70 |
//! | percentiles, 168 hours of a fixed fleet | 4.3 ms (1.9) | 0.41 ms | 10 (4.6) |
use std::hint::black_box;

use model::latency::cold_start::{ColdStart, ColdStartOutcome, over_hours};
use model::latency::distribution::LogNormal;
use model::latency::percentile::{LatencyTarget, Mixture};
use model::latency::queue::{Fleet, Wait, erlang_b};
use model::units::{Milliseconds, RequestsPerSecond, Seconds};

const SERVICE_TIME: Seconds = Seconds::new(0.1);
const KEEP_ALIVE: Seconds = Seconds::new(420.0);

fn main() {
    divan::main();
}

/// Cold starts at one rate and for one week of 24 levels.
mod cold_start {
    use super::{
        ColdStart, ColdStartOutcome, KEEP_ALIVE, RequestsPerSecond, SERVICE_TIME, black_box,
        over_hours,
    };

    const LOADS: [f64; 4] = [1.0, 100.0, 1000.0, 10_000.0];

    fn at(offered_load: f64) -> ColdStart {
        ColdStart {
            arrival_rate: RequestsPerSecond::new(black_box(offered_load) / SERVICE_TIME.get()),
            service_time: SERVICE_TIME,
            keep_alive: KEEP_ALIVE,
        }
    }

    fn week(outcome: impl FnMut(RequestsPerSecond) -> ColdStartOutcome) -> ColdStartOutcome {
        let levels = (1..=24_u32).map(|level| {
            let rate = black_box(4.0) * f64::from(level);
            (RequestsPerSecond::new(rate), 7.0)
        });
        over_hours(levels, outcome)
    }

    fn of_rate(arrival_rate: RequestsPerSecond) -> ColdStart {
        ColdStart {
            arrival_rate,
            ..at(1.0)
        }
    }

    #[divan::bench(args = LOADS)]
    fn point_exact(offered_load: f64) -> ColdStartOutcome {
        at(offered_load).outcome()
    }

    #[divan::bench(args = LOADS)]
    fn point_tabulated(bencher: divan::Bencher<'_, '_>, offered_load: f64) {
        black_box(at(offered_load).tabulated());
        bencher.bench_local(|| at(offered_load).tabulated());
    }

    #[divan::bench]
    fn week_exact() -> ColdStartOutcome {
        week(|rate| of_rate(rate).outcome())
    }

    #[divan::bench]
    fn week_tabulated(bencher: divan::Bencher<'_, '_>) {
        black_box(week(|rate| of_rate(rate).tabulated()));
        bencher.bench_local(|| week(|rate| of_rate(rate).tabulated()));
    }

    /// The week of a process that starts: each sample sees another part of the
    /// common table, with a lifetime a step longer.
    #[divan::bench(sample_count = 60, sample_size = 1)]
    fn week_tabulated_first(bencher: divan::Bencher<'_, '_>) {
        let mut keep_alive = KEEP_ALIVE;
        bencher.bench_local(|| {
            keep_alive = keep_alive * 1.133;
            week(|rate| {
                let question = ColdStart {
                    keep_alive,
                    ..of_rate(rate)
                };
                question.tabulated()
            })
        });
    }

    /// The smallest pool that keeps 0.1 %, by bisection over N.
    #[divan::bench(args = LOADS)]
    fn pool_by_bisection(offered_load: f64) -> u32 {
        let question = at(offered_load);
        let (mut low, mut high) = (0, 16_384_u32);
        while low < high {
            let middle = u32::midpoint(low, high);
            if question.outcome_above(middle).cold_start_probability <= 0.001 {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }

    #[divan::bench(args = LOADS)]
    fn pool_by_one_sweep(offered_load: f64) -> u32 {
        at(offered_load).provisioned_for(0.001)
    }
}

/// Durations rounded up to the millisecond.
mod rounded_up {
    use super::{Milliseconds, black_box, shape};

    const MEDIANS: [f64; 4] = [1.0, 8.0, 20.0, 100.0];

    #[divan::bench(args = MEDIANS)]
    fn term_by_term(bencher: divan::Bencher<'_, '_>, p50_ms: f64) {
        let shape = shape(p50_ms, 3.0 * p50_ms);
        bencher.bench_local(|| {
            let last = shape.quantile(1.0 - 1e-12).get();
            let (mut sum, mut n) = (0.0, 0.0);
            while n < last {
                sum += black_box(shape).survival(Milliseconds::new(n));
                n += 1.0;
            }
            sum
        });
    }

    #[divan::bench(args = MEDIANS)]
    fn quick(bencher: divan::Bencher<'_, '_>, p50_ms: f64) {
        let shape = shape(p50_ms, 3.0 * p50_ms);
        bencher.bench_local(|| black_box(shape).expected_rounded_up_ms());
    }
}

/// The rate that keeps a latency target.
mod target {
    use super::{
        Fleet, LatencyTarget, Milliseconds, Mixture, RequestsPerSecond, Seconds, black_box, shape,
    };

    fn question(within_ms: f64) -> (LatencyTarget, Fleet) {
        let service = shape(100.0, 250.0);
        let target = LatencyTarget {
            service,
            within: Milliseconds::new(black_box(within_ms)),
            share: 0.99,
        };
        let fleet = Fleet {
            arrival_rate: RequestsPerSecond::ZERO,
            tasks: 2,
            servers_per_task: 2,
            service_time: Seconds::new(0.03),
            service_cv: service.cv(),
        };
        (target, fleet)
    }

    /// Targets that are missed without load, bind, and hardly bind.
    const TARGETS: [f64; 3] = [300.0, 450.0, 2000.0];

    #[divan::bench(args = TARGETS)]
    fn by_halving(within_ms: f64) -> f64 {
        let (target, fleet) = question(within_ms);
        let (mut low, mut high) = (0.0, 2.0 / fleet.service_time.get());
        for _ in 0..24 {
            let middle = f64::midpoint(low, high);
            let arrival_rate = RequestsPerSecond::new(middle * 2.0);
            let loaded = Fleet {
                arrival_rate,
                ..fleet
            };
            let mut mixture = Mixture::new();
            let wait = loaded.per_task_wait().unwrap_or_default();
            mixture.add_queued(1.0, target.service, wait);
            if mixture.survival(target.within) <= 0.01 {
                low = middle;
            } else {
                high = middle;
            }
        }
        low
    }

    #[divan::bench(args = TARGETS)]
    fn highest_rate(within_ms: f64) -> Option<RequestsPerSecond> {
        let (target, fleet) = question(within_ms);
        target.highest_rate(&fleet, RequestsPerSecond::new(f64::INFINITY))
    }

    /// Nobody needs more than 60 % of the capacity.
    #[divan::bench(args = TARGETS)]
    fn highest_rate_in_use(within_ms: f64) -> Option<RequestsPerSecond> {
        let (target, fleet) = question(within_ms);
        target.highest_rate(&fleet, RequestsPerSecond::new(40.0))
    }
}

/// Percentiles of mixtures.
mod mixture {
    use super::{Fleet, Milliseconds, Mixture, RequestsPerSecond, Seconds, Wait, black_box, shape};

    fn warm_and_cold() -> Mixture {
        let (warm, cold) = (shape(20.0, 60.0), shape(270.0, 420.0));
        let mut mixture = Mixture::new();
        mixture.add_warm_and_cold(1.0, black_box(warm), black_box(cold), 0.005);
        mixture
    }

    /// Tasks that follow the load (nearly the same wait at each level) or that do not.
    fn week(levels: u32, follows: bool) -> Mixture {
        let service = shape(20.0, 60.0);
        let mut mixture = Mixture::new();
        for level in 1..=levels {
            let load = f64::from(level) / f64::from(levels);
            let utilization = if follows {
                0.6 + 0.01 * load
            } else {
                0.9 * load
            };
            let fleet = Fleet {
                arrival_rate: RequestsPerSecond::new(black_box(utilization) * 8.0 / 0.025),
                tasks: 8,
                servers_per_task: 1,
                service_time: Seconds::new(0.025),
                service_cv: service.cv(),
            };
            let wait = fleet.per_task_wait().unwrap_or_default();
            mixture.add_queued(load, service, wait);
        }
        mixture
    }

    /// The percentiles one by one, each to the last digit by halving.
    fn by_halving(mixture: &Mixture) -> [f64; 5] {
        [0.5, 0.9, 0.95, 0.99, 0.999].map(|p| {
            let (mut low, mut high) = (0.0, 1e5);
            for _ in 0..40 {
                let middle = f64::midpoint(low, high);
                if mixture.survival(Milliseconds::new(middle)) > 1.0 - p {
                    low = middle;
                } else {
                    high = middle;
                }
            }
            high
        })
    }

    #[divan::bench]
    fn warm_and_cold_by_halving() -> [f64; 5] {
        by_halving(&warm_and_cold())
    }

    #[divan::bench]
    fn warm_and_cold_percentiles() -> Option<model::latency::percentile::Percentiles> {
        warm_and_cold().percentiles()
    }

    #[divan::bench]
    fn warm_and_cold_one_percentile() -> Option<Milliseconds> {
        warm_and_cold().quantile(0.99)
    }

    #[divan::bench]
    fn one_survival_of_a_queue(bencher: divan::Bencher<'_, '_>) {
        let (service, wait) = (shape(20.0, 60.0), Wait::new(0.4, Seconds::new(0.01)));
        bencher.bench_local(|| {
            let mut mixture = Mixture::new();
            mixture.add_queued(1.0, black_box(service), black_box(wait));
            mixture.survival(Milliseconds::new(150.0))
        });
    }

    #[divan::bench(args = [24, 168])]
    fn fixed_fleet_by_halving(levels: u32) -> [f64; 5] {
        by_halving(&week(levels, false))
    }

    #[divan::bench(args = [24, 168])]
    fn fixed_fleet_percentiles(levels: u32) -> Option<model::latency::percentile::Percentiles> {
        week(levels, false).percentiles()
    }

    #[divan::bench(args = [24, 168])]
    fn following_fleet_percentiles(levels: u32) -> Option<model::latency::percentile::Percentiles> {
        week(levels, true).percentiles()
    }
}

#[divan::bench]
fn erlang_b_of_a_thousand() -> f64 {
    erlang_b(black_box(1000.0), black_box(950.0))
}

fn shape(p50_ms: f64, p95_ms: f64) -> LogNormal {
    LogNormal::from_p50_p95(Milliseconds::new(p50_ms), Milliseconds::new(p95_ms)).expect("a shape")
}

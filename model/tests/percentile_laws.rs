//! Laws that durations and their mixtures keep for any input: they have the
//! percentiles they were made of, in order, and sums agree with the convolution.
use model::latency::distribution::{Exponential, LogNormal, ShapeError};
use model::latency::percentile::{LatencyTarget, Mixture, Percentiles, Spread, WarmAndCold};
use model::latency::queue::{Fleet, Wait};
use model::math::{exp, ln, normal_cdf, normal_density};
use model::units::{Milliseconds, RequestsPerSecond, Seconds};
use proptest::prelude::*;

/// A positive number whose logarithm is spread evenly.
fn positive(low: f64, high: f64) -> impl Strategy<Value = f64> {
    (ln(low)..ln(high)).prop_map(exp)
}

fn ordered(p: &Percentiles) -> bool {
    let row = [p.p50_ms, p.p90_ms, p.p95_ms, p.p99_ms, p.p999_ms];
    row.iter().all(|x| x.is_finite() && *x >= 0.0)
        && row.windows(2).all(|pair| pair[0] <= pair[1] * (1.0 + 1e-9))
}

proptest! {
    #[test]
    fn a_shape_has_the_mean_and_p99_it_was_made_of(mean in positive(0.01, 1e9), ratio in 1.0001..14.9_f64) {
        let (mean, p99) = (Milliseconds::new(mean), Milliseconds::new(mean * ratio));
        let shape = LogNormal::from_mean_p99(mean, Some(p99)).expect("exists");
        prop_assert!((shape.mean() / mean - 1.0).abs() < 1e-9);
        prop_assert!((shape.quantile(0.99) / p99 - 1.0).abs() < 1e-9);
        let rounded = shape.expected_rounded_up_ms().get();
        prop_assert!(rounded >= mean.get() && rounded <= mean.get() + 1.0, "{rounded} for {mean:?}");
    }

    #[test]
    fn percentiles_of_warm_and_cold_are_ordered(
        warm in positive(0.1, 1e4), warm_tail in 1.0..20.0_f64, cold in positive(1.0, 1e5), cold_tail in 1.0..5.0_f64, p in 0.0..1.0_f64,
    ) {
        let spread = |p50: f64, tail: f64| Spread { p50: Milliseconds::new(p50), p95: Milliseconds::new(p50 * tail) };
        let question = WarmAndCold { warm: spread(warm, warm_tail), cold: spread(cold, cold_tail), cold_start_probability: p };
        prop_assert!(ordered(&question.percentiles().expect("a shape")));
        let mixture = question.mixture().expect("a shape");
        let at = mixture.quantile(0.9).expect("not empty");
        prop_assert!(mixture.survival(at * (1.0 - 1e-6)) >= 0.1 - 1e-9 && mixture.survival(at * (1.0 + 1e-6)) <= 0.1 + 1e-9);
    }

    #[test]
    fn percentiles_of_many_hours_are_ordered(
        hours in prop::collection::vec((0.0..1e4_f64, positive(0.1, 1e4), 1.0..14.0_f64, 0.0..1.0_f64, positive(1e-6, 1e3)), 1..30),
    ) {
        let mut mixture = Mixture::new();
        mixture.add(1.0, LogNormal::constant(Milliseconds::new(3.0)));
        for (weight, mean, tail, probability, wait) in hours {
            let mean = Milliseconds::new(mean);
            let service = LogNormal::from_mean_p99(mean, Some(mean * tail)).expect("exists");
            mixture.add_queued(weight, service, Wait::new(probability, Seconds::new(wait)));
        }
        prop_assert!(ordered(&mixture.percentiles().expect("not empty")));
    }
}

#[test]
fn a_tail_beyond_the_lognormal_is_refused() {
    let shape = |ratio: f64| {
        LogNormal::from_mean_p99(
            Milliseconds::new(100.0),
            Some(Milliseconds::new(100.0 * ratio)),
        )
    };
    assert!(shape(14.96).is_ok());
    assert!(
        matches!(shape(14.98), Err(ShapeError::TailTooLong { most, .. }) if (most - 14.97).abs() < 0.01)
    );
    assert_eq!(
        LogNormal::from_mean_p99(Milliseconds::ZERO, None),
        Err(ShapeError::OutOfRange)
    );
}

/// Service plus wait by a fine sum over the service time:
/// `P(X > t) + sum of phi(z) dz P(W > t - x(z))` over `x(z) <= t`.
fn survival_by_sum(service: &LogNormal, points: &[(f64, f64)], wait: Wait, t: f64) -> f64 {
    let served = points.iter().filter(|(_, x)| *x <= t);
    let late: f64 = served
        .map(|(weight, x)| weight * wait.survival(Milliseconds::new(t - x).seconds()))
        .sum();
    service.survival(Milliseconds::new(t)) + late
}

/// Weights and service times on an even grid of standard scores.
fn fine_points(service: &LogNormal) -> Vec<(f64, f64)> {
    const STEPS: u32 = 6000;
    let reach = 6.0;
    let step = 2.0 * reach / f64::from(STEPS);
    (0..STEPS)
        .map(|i| (f64::from(i) + 0.5) * step - reach)
        .map(|z| {
            (
                normal_density(z) * step,
                service.quantile(normal_cdf(z)).get(),
            )
        })
        .collect()
}

#[test]
fn service_plus_wait_has_the_percentiles_of_the_convolution() {
    let mut worst = 0.0_f64;
    for cv in [0.0, 0.01, 0.3, 1.0, 2.0] {
        for wait_over_service in [0.001, 0.05, 0.3, 1.0, 20.0] {
            for probability in [0.1, 1.0] {
                let service =
                    LogNormal::from_mean_cv(Milliseconds::new(10.0), cv).expect("a shape");
                let wait = Wait::new(
                    probability,
                    Seconds::new(0.01 * wait_over_service * probability),
                );
                let points = fine_points(&service);
                let mut mixture = Mixture::new();
                mixture.add_queued(1.0, service, wait);
                for p in [0.5, 0.9, 0.95, 0.99, 0.999] {
                    let ours = mixture.quantile(p).expect("not empty").get();
                    let (mut low, mut high) = (ours * 0.5, ours * 2.0);
                    for _ in 0..16 {
                        let middle = f64::midpoint(low, high);
                        if survival_by_sum(&service, &points, wait, middle) > 1.0 - p {
                            low = middle;
                        } else {
                            high = middle;
                        }
                    }
                    let error = ours / low - 1.0;
                    if error.abs() > 0.001 {
                        println!(
                            "cv {cv} wait {wait_over_service} Pw {probability} p {p}: {ours} for {low}: {:+.2} %",
                            error * 100.0
                        );
                    }
                    worst = worst.max(error.abs());
                }
            }
        }
    }
    println!("worst {worst}");
    assert!(worst < 0.001, "{worst}");
}

#[test]
fn a_sum_of_two_shapes_has_the_percentiles_of_the_convolution() {
    const STEPS: u32 = 4000;
    for (first_cv, second_mean, second_cv) in [
        (0.3, 5.0, 0.3),
        (0.5, 10.0, 1.0),
        (1.0, 30.0, 0.2),
        (1.0, 10.0, 1.0),
    ] {
        let first = LogNormal::from_mean_cv(Milliseconds::new(10.0), first_cv).expect("a shape");
        let second =
            LogNormal::from_mean_cv(Milliseconds::new(second_mean), second_cv).expect("a shape");
        let sum = first.plus(second);
        assert!((sum.mean() / (first.mean() + second.mean()) - 1.0).abs() < 1e-9);
        for p in [0.5, 0.9, 0.95, 0.99] {
            let t = sum.quantile(p);
            let exceeding = |t: Milliseconds| {
                let at = |i: u32| {
                    second.survival(t - first.quantile((f64::from(i) + 0.5) / f64::from(STEPS)))
                };
                (0..STEPS).map(at).sum::<f64>() / f64::from(STEPS)
            };
            let between = exceeding(t * 1.06) < 1.0 - p && exceeding(t * 0.94) > 1.0 - p;
            assert!(
                between,
                "cv {first_cv} plus {second_mean} ms of cv {second_cv}: p {p} at {t:?}"
            );
        }
    }
}

#[test]
fn a_constant_only_shifts() {
    let service = LogNormal::from_mean_cv(Milliseconds::new(10.0), 0.5).expect("a shape");
    let later = service.plus(LogNormal::constant(Milliseconds::new(7.0)));
    assert!((later.quantile(0.9).get() - service.quantile(0.9).get() - 7.0).abs() < 1e-9);
}

#[test]
fn an_exponential_duration_is_rounded_up_as_its_sum_says() {
    for mean in [0.1, 1.0, 20.0, 500.0] {
        let shape = Exponential::new(Milliseconds::new(mean));
        let sum: f64 = (0..30_000)
            .map(|n| shape.survival(Milliseconds::new(f64::from(n))))
            .sum();
        assert!(
            (shape.expected_rounded_up_ms().get() / sum - 1.0).abs() < 1e-9,
            "mean {mean}"
        );
        assert!((shape.cdf(shape.quantile(0.9)) - 0.9).abs() < 1e-12);
    }
}

/// The definition: the share of requests that service and wait keep beyond the target.
fn too_late(target: &LatencyTarget, fleet: &Fleet, rate_of_task: f64) -> f64 {
    let arrival_rate = RequestsPerSecond::new(rate_of_task * f64::from(fleet.tasks));
    let loaded = Fleet {
        arrival_rate,
        ..*fleet
    };
    let Ok(wait) = loaded.per_task_wait() else {
        return 1.0;
    };
    let mut mixture = Mixture::new();
    mixture.add_queued(1.0, target.service, wait);
    let share = mixture.survival(target.within);
    assert!(
        (target.exceeding(wait) - share).abs() <= 1.1e-6,
        "{share} {wait:?}"
    );
    share
}

/// Twenty-four halvings below saturation.
fn highest_rate_by_halving(target: &LatencyTarget, fleet: &Fleet) -> f64 {
    let saturated = f64::from(fleet.servers_per_task) / fleet.service_time.get();
    let (mut low, mut high) = (0.0, saturated);
    for _ in 0..24 {
        let middle = f64::midpoint(low, high);
        if too_late(target, fleet, middle) <= 1.0 - target.share {
            low = middle;
        } else {
            high = middle;
        }
    }
    low
}

proptest! {
    #[test]
    fn the_highest_rate_within_a_target_is_that_of_halving(
        mean in positive(1.0, 1e3), tail in 1.0..8.0_f64, slack in positive(1.0, 300.0),
        cpu_share in positive(1e-3, 1.0), cv in 0.0..2.0_f64, servers in 1..20_u32, tasks in 1..40_u32,
        share in prop_oneof![Just(0.5), Just(0.95), Just(0.99), Just(0.999)],
    ) {
        let mean = Milliseconds::new(mean);
        let service = LogNormal::from_mean_p99(mean, Some(mean * tail)).expect("exists");
        let target = LatencyTarget { service, within: mean * slack, share };
        let fleet = Fleet {
            arrival_rate: RequestsPerSecond::ZERO,
            tasks,
            servers_per_task: servers,
            service_time: mean.seconds() * cpu_share,
            service_cv: cv,
        };
        let saturated = f64::from(servers) / fleet.service_time.get();
        let slow = highest_rate_by_halving(&target, &fleet);
        match target.highest_rate(&fleet, RequestsPerSecond::new(f64::INFINITY)) {
            None => prop_assert!(slow <= 1e-6 * saturated, "none instead of {slow} of {saturated}"),
            Some(rate) => {
                let rate = rate.get();
                let kept = too_late(&target, &fleet, rate) <= (1.0 - share) * (1.0 + 1e-9);
                prop_assert!(kept || rate < 1e-5 * saturated, "missed at {rate}, by halving {slow}");
                let near = (rate - slow).abs() <= 1e-6 * slow + 2e-7 * saturated;
                prop_assert!(near || (rate >= 0.998 * saturated && slow >= rate), "{rate} instead of {slow}");
                let capped = target.highest_rate(&fleet, RequestsPerSecond::new(0.5 * rate)).expect("kept");
                prop_assert!((capped.get() / (0.5 * rate) - 1.0).abs() < 1e-12);
            }
        }
    }
}

#[test]
fn a_target_that_the_service_misses_alone_allows_no_rate() {
    let service = LogNormal::from_mean_cv(Milliseconds::new(10.0), 0.5).expect("a shape");
    let target = LatencyTarget {
        service,
        within: Milliseconds::new(9.0),
        share: 0.99,
    };
    let fleet = Fleet {
        arrival_rate: RequestsPerSecond::ZERO,
        tasks: 2,
        servers_per_task: 1,
        service_time: Seconds::new(0.001),
        service_cv: 1.0,
    };
    let most = RequestsPerSecond::new(100.0);
    assert_eq!(target.highest_rate(&fleet, most), None);
    let late = LatencyTarget {
        within: Milliseconds::new(900.0),
        ..target
    };
    assert_eq!(late.highest_rate(&fleet, most), Some(most));
    let idle = Fleet {
        service_time: Seconds::ZERO,
        ..fleet
    };
    assert_eq!(late.highest_rate(&idle, most), Some(most));
    assert_eq!(target.highest_rate(&idle, most), None);
}

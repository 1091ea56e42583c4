use super::*;
use crate::math::sqrt;

const WEEKS: f64 = 8.0;

fn times(traffic: &Traffic, seconds: f64) -> Vec<f64> {
    let mut found = Vec::new();
    traffic.check(&mut Check::new(&mut found));
    assert!(found.is_empty(), "{found:?}");
    Arrivals::new(traffic, 0.0, seconds, 3, 0).collect()
}

/// Counts are far below `2^53`.
fn n(times: &[f64]) -> f64 {
    whole(times.len() as u64)
}

fn within(times: &[f64], from: f64, until: f64) -> f64 {
    let inside = times.iter().filter(|time| (from..until).contains(*time));
    whole(inside.count() as u64)
}

/// A count that should be Poisson.
#[track_caller]
fn poisson(count: f64, expected: f64) {
    let off = (count - expected).abs();
    assert!(off <= 4.0 * sqrt(expected), "{count} not {expected}");
}

fn uneven() -> Vec<f64> {
    // Seven hours with a mean of 3, over and over.
    (0..168_u32).map(|hour| f64::from(hour % 7) / 3.0).collect()
}

#[test]
fn poisson_arrivals_follow_the_profile_hour_by_hour() {
    let traffic = Traffic {
        profile: uneven(),
        ..Traffic::poisson(0.5)
    };
    let times = times(&traffic, WEEKS * WEEK_S);
    assert!(times.is_sorted());
    for (hour, weight) in (0_u32..).zip(&traffic.profile) {
        let count: f64 = (0..8)
            .map(|week| {
                let start = f64::from(week) * WEEK_S + f64::from(hour) * 3600.0;
                within(&times, start, start + 3600.0)
            })
            .sum();
        if *weight > 0.0 {
            poisson(count, 8.0 * 1800.0 * weight);
        } else {
            assert!(count < 0.5, "an hour without requests has {count}");
        }
    }
}

#[test]
fn gaps_of_a_flat_week_are_exponential() {
    let times = times(&Traffic::poisson(2.0), 200_000.0);
    poisson(n(&times), 400_000.0);
    let gaps: Vec<f64> = times.windows(2).map(|pair| pair[1] - pair[0]).collect();
    for (beyond, share) in [(0.5, 0.367_879), (1.0, 0.135_335), (2.0, 0.018_316)] {
        let found = gaps.iter().filter(|gap| **gap > beyond).count();
        poisson(whole(found as u64), share * n(&times));
    }
}

#[test]
fn even_arrivals_are_spaced_equally_and_follow_the_profile() {
    let even = |profile| Traffic {
        process: Process::Even,
        profile,
        ..Traffic::poisson(0.1)
    };
    let flat = times(&even(Vec::new()), 100.0);
    let expected: Vec<f64> = (0..10).map(|step| 5.0 + 10.0 * f64::from(step)).collect();
    for (time, expected) in flat.iter().zip(&expected) {
        assert!((time - expected).abs() < 1e-9, "{flat:?}");
    }
    assert_eq!(flat.len(), 10);
    let week = times(&even(uneven()), WEEK_S);
    assert!((n(&week) - 60_480.0).abs() <= 1.0, "{}", week.len());
    let hour = within(&week, 3600.0, 7200.0);
    assert!((hour - 360.0 * uneven()[1]).abs() <= 1.0, "{hour}");
}

#[test]
fn batches_come_at_the_same_instant_and_keep_the_rate() {
    let traffic = Traffic {
        batch: 10,
        ..Traffic::poisson(2.0)
    };
    let times = times(&traffic, 100_000.0);
    assert!(
        times
            .chunks(10)
            .all(|batch| batch[0].to_bits() == batch[9].to_bits())
    );
    poisson(n(&times) / 10.0, 20_000.0);
}

#[test]
fn bursts_reach_their_height_in_a_straight_line() {
    let burst = |arrives_within_s| Burst {
        height: 40.0,
        minutes: 30.0,
        per_week: 2.5,
        arrives_within_s,
        announced: false,
    };
    let quiet = WEEKS * WEEK_S * 0.1;
    for (rises_s, extra_each) in [
        (0.0, 1800.0 * 39.0 * 0.1),
        // Above the hour's weight from a fortieth of the rise on.
        (600.0, (1200.0 * 39.0 + 585.0 * 39.0 / 2.0) * 0.1),
    ] {
        let traffic = Traffic {
            bursts: vec![burst(rises_s)],
            ..Traffic::poisson(0.1)
        };
        let times = times(&traffic, WEEKS * WEEK_S);
        let bursts = (n(&times) - quiet) / extra_each;
        // 2 or 3 a week; overlaps and the end of the last week may take one.
        assert!((15.0..25.0).contains(&bursts), "{bursts} bursts");
        assert!((bursts - bursts.round()).abs() < 0.35, "{bursts} bursts");
        assert!(traffic.estimate(WEEKS * WEEK_S) >= n(&times));
    }
}

#[test]
fn two_states_keep_the_mean_and_add_variance() {
    let states = TwoState {
        high: 5.0,
        high_s: 60.0,
        low_s: 540.0,
    };
    assert!((states.low() - 0.5 / 0.9).abs() < 1e-12);
    let traffic = Traffic {
        process: Process::TwoState(states),
        ..Traffic::poisson(10.0)
    };
    let times = times(&traffic, WEEK_S);
    let mean = n(&times) / WEEK_S;
    assert!((mean - 10.0).abs() < 0.5, "{mean}");
    // Counts of a minute: the variance of the rate, damped by its correlation, on top of Poisson's.
    // Var = l T + 2 v T^2 (x - 1 + e^-x) / x^2, v the variance of the rate, x = T (1/60 + 1/540).
    let mut counts = vec![0.0; 10_080];
    for time in &times {
        counts[super::super::meter::index(time / 60.0)] += 1.0;
    }
    let square = |count: &f64| (count - 600.0) * (count - 600.0);
    let variance = counts.iter().map(square).sum::<f64>() / 10_080.0;
    // The rates lie 50 - 10 * 0.5 / 0.9 = 44.4 apart.
    let (rate_variance, x) = (0.1 * 0.9 * 44.444 * 44.444, 60.0 / 54.0);
    let damped = 2.0 * (x - 1.0 + crate::math::exp(-x)) / (x * x);
    let expected = 600.0 + rate_variance * 3600.0 * damped;
    assert!(
        (variance / expected - 1.0).abs() < 0.15,
        "{variance} {expected}"
    );
}

#[test]
fn a_series_has_exactly_its_requests_and_begins_anew() {
    let counts = vec![3, 0, 1000, 1];
    let traffic = Traffic {
        process: Process::Series(Series::new(60.0, counts.clone())),
        ..Traffic::poisson(0.0)
    };
    let times = times(&traffic, 600.0);
    assert!(times.is_sorted());
    for interval in 0..10_u32 {
        let start = 60.0 * f64::from(interval);
        let count = within(&times, start, start + 60.0);
        let expected = counts[interval as usize % 4];
        assert!((count - f64::from(expected)).abs() < 0.5, "{interval}");
    }
    let early = within(&times, 120.0, 150.0);
    assert!((early - 500.0).abs() < 4.0 * sqrt(250.0), "{early}");
    let silent = Traffic {
        process: Process::Series(Series::new(1.0, vec![0; 3])),
        ..Traffic::poisson(0.0)
    };
    assert_eq!(Arrivals::new(&silent, -5.0, 1e9, 0, 0).next(), None);
}

#[test]
fn what_is_before_the_start_belongs_to_the_week_before() {
    let mut profile = vec![0.0; 168];
    profile[167] = 168.0;
    let traffic = Traffic {
        profile,
        ..Traffic::poisson(0.01)
    };
    let times: Vec<f64> = Arrivals::new(&traffic, -7200.0, 3600.0, 1, 0).collect();
    assert!(times.iter().all(|time| (-3600.0..0.0).contains(time)));
    poisson(n(&times), 0.01 * 168.0 * 3600.0);
}

#[test]
fn a_week_without_requests_has_none() {
    assert!(times(&Traffic::poisson(0.0), 1e9).is_empty());
}

#[test]
fn a_bad_field_is_named() {
    let with = |change: fn(&mut Traffic)| {
        let mut traffic = Traffic::poisson(1.0);
        change(&mut traffic);
        let mut found = Vec::new();
        traffic.check(&mut Check::new(&mut found));
        found
            .into_iter()
            .map(|error| error.path)
            .collect::<Vec<_>>()
    };
    assert_eq!(with(|t| t.rate_per_s = f64::NAN), ["rate_per_s"]);
    assert_eq!(with(|t| t.rate_per_s = -1.0), ["rate_per_s"]);
    assert_eq!(with(|t| t.batch = 0), ["batch"]);
    assert_eq!(with(|t| t.profile = vec![1.0; 24]), ["profile"]);
    assert_eq!(with(|t| t.profile = vec![2.0; 168]), ["profile"]);
    let nan = with(|t| {
        t.profile = vec![1.0; 168];
        t.profile[5] = f64::NAN;
    });
    assert_eq!(nan, ["profile[5]"]);
    let states = with(|t| {
        t.process = Process::TwoState(TwoState {
            high: 11.0,
            high_s: 60.0,
            low_s: 540.0,
        });
    });
    assert_eq!(states, ["process.two_state.high"]);
    let series = with(|t| t.process = Process::Series(Series::new(0.0, Vec::new())));
    assert_eq!(series, ["process.series.step_s", "process.series.counts"]);
}

use super::{Purpose, Stream, split_mix};
use crate::math::{exp_m1, normal_cdf, normal_survival, sqrt};

const DRAWS: u32 = 1_000_000;

fn stream(seed: u64) -> Stream {
    Stream::new(seed, 0, Purpose::Service)
}

/// Mean of the k-th powers against what they should be, in standard errors.
fn check_moments(draw: impl Fn(&mut Stream) -> f64, expected: [f64; 4], errors: [f64; 4]) {
    let mut stream = stream(7);
    let mut sums = [0.0; 4];
    for _ in 0..DRAWS {
        let x = draw(&mut stream);
        let mut power = 1.0;
        for sum in &mut sums {
            power *= x;
            *sum += power;
        }
    }
    for (k, sum) in sums.iter().enumerate() {
        let mean = sum / f64::from(DRAWS);
        let error = errors[k] / sqrt(f64::from(DRAWS));
        assert!(
            (mean - expected[k]).abs() < 4.0 * error,
            "moment {}: {mean} not {}",
            k + 1,
            expected[k]
        );
    }
}

/// Kolmogorov and Smirnov's distance times the root of the number of draws.
fn distance(draw: impl Fn(&mut Stream) -> f64, cdf: impl Fn(f64) -> f64) -> f64 {
    let mut stream = stream(11);
    let mut sample: Vec<f64> = (0..DRAWS).map(|_| draw(&mut stream)).collect();
    sample.sort_by(f64::total_cmp);
    let n = f64::from(DRAWS);
    let gaps = sample.iter().zip(1..=DRAWS).map(|(x, rank)| {
        let below = f64::from(rank - 1) / n;
        (cdf(*x) - below)
            .abs()
            .max((below + 1.0 / n - cdf(*x)).abs())
    });
    gaps.fold(0.0, f64::max) * sqrt(n)
}

/// The distance that one of ten thousand true samples exceeds.
const KS_LIMIT: f64 = 2.23;

#[test]
fn exponential_draws_have_the_moments_of_the_exponential() {
    // Var of x^k is (2k)! - (k!)^2.
    let errors = [1.0, sqrt(20.0), sqrt(684.0), sqrt(39_744.0)];
    check_moments(Stream::exponential, [1.0, 2.0, 6.0, 24.0], errors);
}

#[test]
fn normal_draws_have_the_moments_of_the_normal() {
    let errors = [1.0, sqrt(2.0), sqrt(15.0), sqrt(96.0)];
    check_moments(Stream::normal, [0.0, 1.0, 0.0, 3.0], errors);
}

#[test]
fn draws_follow_their_distribution() {
    assert!(distance(Stream::unit, |x| x) < KS_LIMIT);
    assert!(distance(Stream::exponential, |x| -exp_m1(-x)) < KS_LIMIT);
    assert!(distance(Stream::normal, normal_cdf) < KS_LIMIT);
}

/// How many draws lie beyond a point, against how many should.
fn check_tail(draw: impl Fn(&mut Stream) -> f64, beyond: f64, share: f64) {
    let mut stream = stream(13);
    let draws = 20 * DRAWS;
    let found = (0..draws).filter(|_| draw(&mut stream) > beyond).count();
    let expected = share * f64::from(draws);
    let found = f64::from(u32::try_from(found).expect("a few"));
    assert!(
        (found - expected).abs() < 4.0 * sqrt(expected),
        "{found} beyond {beyond}, not {expected}"
    );
}

#[test]
fn tails_beyond_the_lowest_layer_have_their_weight() {
    for beyond in [7.0, 7.697, 8.5, 10.0] {
        check_tail(Stream::exponential, beyond, crate::math::exp(-beyond));
    }
    for beyond in [3.5, 3.654, 4.0, 4.5] {
        check_tail(Stream::normal, beyond, normal_survival(beyond));
        check_tail(|s| -s.normal(), beyond, normal_survival(beyond));
    }
}

#[test]
fn the_seeding_is_that_of_the_published_code() {
    // SplitMix64 from 1234567, as published with the generator.
    let mut state = 1_234_567;
    let expected = [
        6_457_827_717_110_365_317,
        3_203_168_211_198_807_973,
        9_817_491_932_198_370_423,
        4_593_380_528_125_082_431,
    ];
    for number in expected {
        assert_eq!(split_mix(&mut state), number);
    }
}

#[test]
fn the_generator_is_the_published_one() {
    // xoshiro256++ from the state 1, 2, 3, 4, as its test vectors say.
    let mut stream = stream(0);
    stream.state = [1, 2, 3, 4];
    let expected = [
        41_943_041,
        58_720_359,
        3_588_806_011_781_223,
        3_591_011_842_654_386,
        9_228_616_714_210_784_205,
        9_973_669_472_204_895_162,
        14_011_001_112_246_962_877,
        12_406_186_145_184_390_807,
        15_849_039_046_786_891_736,
        10_450_023_813_501_588_000,
    ];
    for number in expected {
        assert_eq!(stream.bits(), number);
    }
}

#[test]
fn seeds_replications_and_purposes_differ() {
    let first = |seed, replication, purpose| Stream::new(seed, replication, purpose).bits();
    let mut seen: Vec<u64> = (0..100)
        .flat_map(|seed| (0..10).map(move |replication| (seed, replication)))
        .flat_map(|(seed, replication)| {
            [Purpose::Arrivals, Purpose::Service, Purpose::Spot]
                .map(|purpose| first(seed, replication, purpose))
        })
        .collect();
    seen.sort_unstable();
    seen.dedup();
    assert_eq!(seen.len(), 3000);
}

//! Confidence by seeded sampling: how often each platform is the cheapest that fits when
//! all answers move within their ranges.
//!
//! Each input has its own stream of standard normal points, made from its path, so that a
//! sample does not change when another input is added. All platforms see the same samples.

mod bands;

use crate::estimate::eligible;
use crate::evaluation::{Information, PlatformOption};
use crate::math;
use crate::platform;
use crate::price::PriceBook;
use crate::quotes::{quotes, winner};
use crate::system::System;
use crate::workload::Workload;

pub use bands::bands;

/// Samples of one component.
const SAMPLES: u32 = 1_000;
const SAMPLES_F64: f64 = 1_000.0;
/// The seed of every evaluation: results are part of the record.
const SEED: u64 = 0x5eed_b4ea_4e5e_0001;

/// What the samples say.
#[derive(Clone, Debug)]
pub struct Odds {
    platforms: Vec<Sampled>,
    /// Value of knowing each input better.
    pub information: Vec<Information>,
}

/// One platform over all samples.
#[derive(Clone, Debug)]
struct Sampled {
    platform: &'static str,
    /// Samples in which it is the cheapest that fits.
    wins: u32,
    /// Cost a month; infinite where it cannot run.
    costs: Vec<f64>,
    /// What is lost by choosing it, over the winner of each sample; never below zero.
    regret: f64,
}

impl Odds {
    /// The probability that a platform is the cheapest that fits and, where one does, keeps the
    /// latency target.
    #[must_use]
    pub fn probability(&self, platform: &str) -> Option<f64> {
        self.find(platform)
            .map(|sampled| f64::from(sampled.wins) / SAMPLES_F64)
    }

    /// The 5 % and 95 % points of a platform's monthly cost.
    #[must_use]
    pub fn range(&self, platform: &str) -> Option<(f64, f64)> {
        range(self.find(platform)?.costs.clone())
    }

    /// The cost of each sample for a platform.
    #[must_use]
    pub fn samples(&self, platform: &str) -> Option<&[f64]> {
        self.find(platform).map(|sampled| sampled.costs.as_slice())
    }

    /// Mean over the samples of what a platform costs more than the winner.
    #[must_use]
    pub fn regret(&self, platform: &str) -> Option<f64> {
        self.find(platform)
            .map(|sampled| sampled.regret / SAMPLES_F64)
            .filter(|regret| regret.is_finite())
    }

    fn find(&self, platform: &str) -> Option<&Sampled> {
        self.platforms
            .iter()
            .find(|sampled| sampled.platform == platform)
    }
}

/// The 5 % and 95 % points of those samples that are finite.
#[must_use]
pub fn range(mut samples: Vec<f64>) -> Option<(f64, f64)> {
    samples.retain(|cost| cost.is_finite());
    samples.sort_by(f64::total_cmp);
    let last = samples.len().checked_sub(1)?;
    let twentieth = samples.len() / 20;
    Some((
        samples[twentieth.min(last)],
        samples[last - twentieth.min(last)],
    ))
}

/// Samples one component; `None` when nothing can be chosen.
#[must_use]
pub fn odds(
    system: &System,
    index: usize,
    book: &PriceBook,
    typical: &Workload,
    options: &[PlatformOption],
) -> Option<Odds> {
    options.first().filter(|option| eligible(option))?;
    let mut platforms: Vec<Sampled> = platform::all()
        .iter()
        .map(|platform| Sampled {
            platform: platform.id(),
            wins: 0,
            costs: Vec::with_capacity(SAMPLES as usize),
            regret: 0.0,
        })
        .collect();
    let mut points = Points::default();
    for sample in 0..SAMPLES {
        points.begin();
        let mut z = |path: &str| points.draw(path, sample);
        let workload = Workload::sampled(system, index, typical, &mut z);
        let quotes = quotes(&workload, book);
        let best = winner(&quotes);
        for (sampled, quote) in platforms.iter_mut().zip(&quotes) {
            sampled.costs.push(quote.usd_or_infinite());
            if let Some(best) = best {
                let more = quote.usd_or_infinite() - best.usd_or_infinite();
                sampled.regret += more.max(0.0);
                sampled.wins += u32::from(best.platform == quote.platform);
            }
        }
    }
    // A platform that misses the target does not compete with one that meets it.
    let meets = options
        .iter()
        .any(|option| eligible(option) && option.meets_target);
    let rivals: Vec<&Vec<f64>> = options
        .iter()
        .filter(|option| eligible(option) && (option.meets_target || !meets))
        .filter_map(|option| {
            let mut sampled = platforms.iter();
            sampled.find(|sampled| sampled.platform == option.platform)
        })
        .map(|sampled| &sampled.costs)
        .collect();
    let information = information(&rivals, &points.inputs);
    Some(Odds {
        platforms,
        information,
    })
}

/// The points drawn for each input. Inputs come in the same order in every sample, so the next
/// one is nearly always where it is looked for first.
#[derive(Default)]
struct Points {
    inputs: Vec<Input>,
    next: usize,
}

/// One input with its stream.
struct Input {
    path: String,
    seed: u64,
    drawn: Vec<f64>,
}

impl Points {
    const fn begin(&mut self) {
        self.next = 0;
    }

    fn draw(&mut self, path: &str, sample: u32) -> f64 {
        let expected = self.inputs.get(self.next);
        let known = if expected.is_some_and(|input| input.path == path) {
            Some(self.next)
        } else {
            self.inputs.iter().position(|input| input.path == path)
        };
        let place = known.unwrap_or_else(|| {
            self.inputs.push(Input {
                path: path.to_owned(),
                seed: seed(path),
                drawn: Vec::with_capacity(SAMPLES as usize),
            });
            self.inputs.len() - 1
        });
        self.next = place + 1;
        let input = &mut self.inputs[place];
        let point = normal(input.seed, sample);
        input.drawn.push(point);
        point
    }
}

/// Expected saving from knowing whether an input is in the lower or the upper half of its
/// range before choosing: `E[min over platforms of E[cost]] - min E[cost]`, by halves.
fn information(costs: &[&Vec<f64>], inputs: &[Input]) -> Vec<Information> {
    let least = |sum: &dyn Fn(&Vec<f64>) -> f64| {
        let sums = costs.iter().map(|cost| sum(cost));
        sums.fold(f64::INFINITY, f64::min)
    };
    let without = least(&|cost| cost.iter().sum());
    let mut values: Vec<Information> = inputs
        .iter()
        .filter(|input| input.drawn.len() == SAMPLES as usize)
        .map(|Input { path, drawn, .. }| {
            let half = |upper: bool| {
                least(&|cost| {
                    let pairs = cost.iter().zip(drawn);
                    let of_half = pairs.filter(|(_, z)| (**z > 0.0) == upper);
                    of_half.map(|(cost, _)| cost).sum()
                })
            };
            let value = (without - half(true) - half(false)) / SAMPLES_F64;
            Information {
                input: path.clone(),
                value_usd_per_month: value.max(0.0),
            }
        })
        .filter(|information| {
            information.value_usd_per_month >= 0.005 && information.value_usd_per_month.is_finite()
        })
        .collect();
    values.sort_by(|left, right| {
        right
            .value_usd_per_month
            .total_cmp(&left.value_usd_per_month)
    });
    values
}

/// The seed of an input's stream.
fn seed(path: &str) -> u64 {
    path.bytes().fold(SEED, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    })
}

/// The standard normal point of an input in a sample, within three standard deviations.
fn normal(seed: u64, sample: u32) -> f64 {
    let mixed = mix(seed ^ u64::from(sample).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    #[expect(clippy::cast_precision_loss, reason = "the 53 bits that a float holds")]
    let uniform = ((mixed >> 11) as f64 + 0.5) / 9_007_199_254_740_992.0;
    math::normal_quantile(uniform).clamp(-3.0, 3.0)
}

/// The finalizer of `SplitMix64` (Steele, Lea, Flood 2014).
const fn mix(mut bits: u64) -> u64 {
    bits = (bits ^ (bits >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    bits = (bits ^ (bits >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    bits ^ (bits >> 31)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_points_of_an_input_look_standard_normal() {
        let drawn: Vec<f64> = (0..2_000)
            .map(|sample| normal(seed("work.cpu_ms"), sample))
            .collect();
        let mean = drawn.iter().sum::<f64>() / 2_000.0;
        let variance = drawn.iter().map(|point| point * point).sum::<f64>() / 2_000.0;
        assert!(
            mean.abs() < 0.06 && (variance - 1.0).abs() < 0.08,
            "{mean} {variance}"
        );
    }

    #[test]
    fn inputs_are_drawn_apart() {
        let product: f64 = (0..2_000)
            .map(|sample| normal(seed("a"), sample) * normal(seed("b"), sample))
            .sum();
        assert!((product / 2_000.0).abs() < 0.06, "{product}");
    }
}

//! Confidence by seeded sampling: how often each platform is the cheapest that fits when
//! all answers move within their ranges.
//!
//! Each input has its own stream of standard normal points, made from its path, so that a
//! sample does not change when another input is added. All platforms see the same samples.

use crate::estimate::eligible;
use crate::evaluation::{Information, PlatformOption};
use crate::math;
use crate::platform::{self, Prepared};
use crate::price::PriceBook;
use crate::system::System;
use crate::workload::Workload;

/// Samples of one component.
const SAMPLES: u32 = 200;
const SAMPLES_F64: f64 = 200.0;
/// The seed of every evaluation: results are part of the record.
const SEED: u64 = 0x5eed_b4ea_4e5e_0001;

/// What the samples say.
#[derive(Clone, Debug)]
pub struct Odds {
    cheapest: Vec<(String, f64)>,
    costs: Vec<(String, Vec<f64>)>,
    /// Value of knowing each input better.
    pub information: Vec<Information>,
}

impl Odds {
    /// The probability that a platform is the cheapest that fits.
    #[must_use]
    pub fn probability(&self, platform: &str) -> Option<f64> {
        self.cheapest
            .iter()
            .find(|(id, _)| id == platform)
            .map(|(_, probability)| *probability)
    }

    /// The 5 % and 95 % points of a platform's monthly cost.
    #[must_use]
    pub fn range(&self, platform: &str) -> Option<(f64, f64)> {
        let (_, costs) = self.costs.iter().find(|(id, _)| id == platform)?;
        let mut sorted = costs.clone();
        sorted.sort_by(f64::total_cmp);
        let last = sorted.len().checked_sub(1)?;
        let twentieth = sorted.len() / 20;
        Some((
            sorted[twentieth.min(last)],
            sorted[last - twentieth.min(last)],
        ))
    }

    /// The cost of each sample for a platform.
    #[must_use]
    pub fn samples(&self, platform: &str) -> Option<&[f64]> {
        self.costs
            .iter()
            .find(|(id, _)| id == platform)
            .map(|(_, costs)| costs.as_slice())
    }

    /// Mean over the samples of what a platform costs more than the cheapest.
    #[must_use]
    pub fn regret(&self, platform: &str) -> Option<f64> {
        let own = self.samples(platform)?;
        let least = |sample: usize| {
            self.costs
                .iter()
                .map(|(_, costs)| costs[sample])
                .fold(f64::INFINITY, f64::min)
        };
        Some(
            own.iter()
                .enumerate()
                .map(|(sample, cost)| cost - least(sample))
                .sum::<f64>()
                / SAMPLES_F64,
        )
    }
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
    // A platform that misses the target does not compete with one that meets it.
    let meets = options
        .iter()
        .any(|option| eligible(option) && option.meets_target);
    let rivals: Vec<&str> = options
        .iter()
        .filter(|option| eligible(option) && (option.meets_target || !meets))
        .map(|option| option.platform.as_str())
        .collect();
    if rivals.is_empty() {
        return None;
    }
    let mut costs: Vec<(String, Vec<f64>)> = rivals
        .iter()
        .map(|id| ((*id).to_owned(), Vec::new()))
        .collect();
    let mut points: Vec<(String, Vec<f64>)> = Vec::new();
    for sample in 0..SAMPLES {
        let mut z = |path: &str| {
            let point = normal(path, sample);
            match points.iter_mut().find(|(known, _)| known == path) {
                Some((_, drawn)) => drawn.push(point),
                None => points.push((path.to_owned(), vec![point])),
            }
            point
        };
        let workload = Workload::sampled(system, index, typical, &mut z);
        for (id, drawn) in &mut costs {
            let cost = platform::find(id).and_then(|platform| {
                Prepared::new(platform, &workload, book)
                    .cost(workload.requests)
                    .map(crate::units::Usd::get)
            });
            drawn.push(cost.unwrap_or(f64::INFINITY));
        }
    }
    let cheapest = cheapest(&costs);
    let information = information(&costs, &points);
    Some(Odds {
        cheapest,
        costs,
        information,
    })
}

fn cheapest(costs: &[(String, Vec<f64>)]) -> Vec<(String, f64)> {
    let mut wins = vec![0_u32; costs.len()];
    for sample in 0..SAMPLES as usize {
        let mut best = 0;
        for rival in 1..costs.len() {
            if costs[rival].1[sample] < costs[best].1[sample] {
                best = rival;
            }
        }
        wins[best] += 1;
    }
    costs
        .iter()
        .zip(wins)
        .map(|((id, _), wins)| (id.clone(), f64::from(wins) / SAMPLES_F64))
        .collect()
}

/// Expected saving from knowing whether an input is in the lower or the upper half of its
/// range before choosing: `E[min over platforms of E[cost]] - min E[cost]`, by halves.
fn information(costs: &[(String, Vec<f64>)], points: &[(String, Vec<f64>)]) -> Vec<Information> {
    let whole = |cost: &Vec<f64>| cost.iter().sum::<f64>();
    let without = costs
        .iter()
        .map(|(_, cost)| whole(cost))
        .fold(f64::INFINITY, f64::min);
    let mut values: Vec<Information> = points
        .iter()
        .filter(|(_, drawn)| drawn.len() == SAMPLES as usize)
        .map(|(path, drawn)| {
            let half = |upper: bool| {
                let sum = |cost: &Vec<f64>| {
                    cost.iter()
                        .zip(drawn)
                        .filter(|(_, z)| (**z > 0.0) == upper)
                        .map(|(cost, _)| cost)
                        .sum::<f64>()
                };
                costs
                    .iter()
                    .map(|(_, cost)| sum(cost))
                    .fold(f64::INFINITY, f64::min)
            };
            let value = (without - half(true) - half(false)) / SAMPLES_F64;
            Information {
                input: path.clone(),
                value_usd_per_month: value.max(0.0),
            }
        })
        .filter(|information| information.value_usd_per_month >= 0.005)
        .collect();
    values.sort_by(|left, right| {
        right
            .value_usd_per_month
            .total_cmp(&left.value_usd_per_month)
    });
    values
}

/// The standard normal point of an input in a sample, within three standard deviations.
fn normal(path: &str, sample: u32) -> f64 {
    let hash = path.bytes().fold(SEED, |hash, byte| {
        (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3)
    });
    let mixed = mix(hash ^ u64::from(sample).wrapping_mul(0x9e37_79b9_7f4a_7c15));
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
            .map(|sample| normal("work.cpu_ms", sample))
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
            .map(|sample| normal("a", sample) * normal("b", sample))
            .sum();
        assert!((product / 2_000.0).abs() < 0.06, "{product}");
    }
}

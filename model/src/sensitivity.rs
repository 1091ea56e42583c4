//! What would flip the answer: the nearest value of each input at which another platform wins.

use crate::estimate::{candidates, eligible};
use crate::evaluation::{Assumption, BreakEven, Family, Flip, PlatformOption};
use crate::math;
use crate::price::PriceBook;
use crate::system::{Answer, System, number_field};
use crate::workload::{Workload, Z_95};

/// Inputs that are tried, below the component.
const INPUTS: &[&str] = &[
    "traffic.peak_to_mean",
    "work.duration_ms",
    "work.cpu_ms",
    "work.process_memory_mb",
    "work.request_memory_mb",
];
/// Steps in each direction, and how far each goes.
const STEPS: u32 = 8;
const STEP_FACTOR: f64 = 2.0;
/// Bisections that close in: 2^-7 of a step, under 1 %.
const BISECTIONS: u32 = 7;

/// The platform that would be chosen, with its family, or none.
fn winner(system: &System, index: usize, book: &PriceBook) -> Option<Winner> {
    let (workload, _) = Workload::typical(system, index);
    winner_of(&workload, book)
}

/// Who is chosen.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Winner {
    platform: &'static str,
    family: Family,
}

fn winner_of(workload: &Workload, book: &PriceBook) -> Option<Winner> {
    let mut best: Option<(bool, f64, Winner)> = None;
    for candidate in candidates(workload, book)
        .iter()
        .filter(|candidate| candidate.eligible())
    {
        let Some(quote) = candidate.prepared.quote(workload.requests) else {
            continue;
        };
        let usd = quote.usd.get();
        let better =
            best.is_none_or(|(meets, least, _)| (quote.meets_target, -usd) > (meets, -least));
        if better {
            let winner = Winner {
                platform: candidate.platform.id(),
                family: candidate.platform.family(),
            };
            best = Some((quote.meets_target, usd, winner));
        }
    }
    best.map(|(_, _, winner)| winner)
}

/// The flip sheet, sorted by how near each flip is.
#[must_use]
pub fn flips(
    system: &System,
    index: usize,
    workload: &Workload,
    book: &PriceBook,
    options: &[PlatformOption],
    break_even: &[BreakEven],
) -> Vec<Flip> {
    let Some(chosen) = options.first().filter(|option| eligible(option)) else {
        return Vec::new();
    };
    let mut found: Vec<Flip> = INPUTS
        .iter()
        .filter_map(|path| flip(system, index, workload, book, path, chosen.family))
        .collect();
    found.extend(traffic_flip(workload, break_even, options, index));
    found.sort_by(|left, right| distance(left).total_cmp(&distance(right)));
    found
}

fn distance(flip: &Flip) -> f64 {
    if flip.now > 0.0 && flip.at > 0.0 {
        math::ln(flip.at / flip.now).abs()
    } else {
        f64::INFINITY
    }
}

/// Traffic is solved exactly on the break-even chart: the nearest volume at which the
/// cheapest option of the other family overtakes the chosen one.
fn traffic_flip(
    workload: &Workload,
    break_even: &[BreakEven],
    options: &[PlatformOption],
    index: usize,
) -> Option<Flip> {
    let now = workload.requests.get();
    let chosen = options.first()?;
    let other_family = |id: &str| {
        options
            .iter()
            .any(|option| option.platform == id && option.family != chosen.family)
    };
    let takes_the_lead = |flip: &&BreakEven| {
        let chosen_above = flip.cheaper_above == chosen.platform;
        flip.between.contains(&chosen.platform)
            && flip.between.iter().any(|id| other_family(id))
            && chosen_above == (flip.requests_per_month <= now)
    };
    let distance = |flip: &BreakEven| math::ln(flip.requests_per_month / now).abs();
    let nearest = break_even
        .iter()
        .filter(takes_the_lead)
        .min_by(|left, right| distance(left).total_cmp(&distance(right)))?;
    let winner = nearest
        .between
        .iter()
        .find(|id| **id != chosen.platform)?
        .clone();
    Some(Flip {
        input: format!("components[{index}].traffic.requests_per_month"),
        now,
        at: nearest.requests_per_month,
        winner,
    })
}

fn flip(
    system: &System,
    index: usize,
    workload: &Workload,
    book: &PriceBook,
    path: &str,
    chosen: Family,
) -> Option<Flip> {
    let field = number_field(path)?;
    let now = current(workload, path);
    let wins = |value: f64| {
        let mut changed = system.clone();
        (field.set)(&mut changed.components[index], Some(Answer::Exact(value)));
        changed.check().ok()?;
        winner(&changed, index, book)
    };
    let mut nearest: Option<(f64, &'static str)> = None;
    for factor in [STEP_FACTOR, STEP_FACTOR.recip()] {
        let mut inside = now;
        for _ in 0..STEPS {
            let outside = inside * factor;
            if !(field.min..=field.max).contains(&outside) {
                break;
            }
            match wins(outside) {
                None => break,
                Some(winner) if winner.family != chosen => {
                    let at = close_in(inside, outside, &wins, chosen);
                    let nearer = nearest.is_none_or(|(other, _)| {
                        math::ln(at.0 / now).abs() < math::ln(other / now).abs()
                    });
                    if nearer {
                        nearest = Some(at);
                    }
                    break;
                }
                Some(_) => inside = outside,
            }
        }
    }
    let (at, winner) = nearest?;
    Some(Flip {
        input: format!("components[{index}].{path}"),
        now,
        at,
        winner: winner.to_owned(),
    })
}

fn close_in(
    mut inside: f64,
    mut outside: f64,
    wins: &impl Fn(f64) -> Option<Winner>,
    chosen: Family,
) -> (f64, &'static str) {
    let mut winner = wins(outside).map_or("", |winner| winner.platform);
    for _ in 0..BISECTIONS {
        let middle = math::sqrt(inside * outside);
        match wins(middle) {
            Some(other) if other.family != chosen => {
                outside = middle;
                winner = other.platform;
            }
            _ => inside = middle,
        }
    }
    (outside, winner)
}

fn current(workload: &Workload, path: &str) -> f64 {
    match path {
        "traffic.peak_to_mean" => workload.peak_weight(),
        "work.duration_ms" => workload.duration.get(),
        "work.cpu_ms" => workload.cpu.get(),
        "work.process_memory_mb" => workload.process_memory.get(),
        _ => workload.request_memory.get(),
    }
}

/// Marks the assumptions whose range, taken alone, changes the winner.
pub fn mark_assumptions(
    system: &System,
    index: usize,
    book: &PriceBook,
    typical: &Workload,
    options: &[PlatformOption],
    assumptions: &mut [Assumption],
) {
    let Some(chosen) = options.first().filter(|option| eligible(option)) else {
        return;
    };
    for assumption in assumptions
        .iter_mut()
        .filter(|assumption| assumption.value.is_number())
    {
        let differs = [-Z_95, Z_95].into_iter().any(|end| {
            let mut moved = false;
            let mut z = |path: &str| {
                let here = path == assumption.input;
                moved |= here;
                if here { end } else { 0.0 }
            };
            let workload = Workload::sampled(system, index, typical, &mut z);
            moved && winner_of(&workload, book).map(|winner| winner.family) != Some(chosen.family)
        });
        assumption.could_flip = differs;
    }
}

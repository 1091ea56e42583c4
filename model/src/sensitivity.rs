//! What would flip the answer: the nearest value of each input at which another platform wins.

use crate::behavior::{Behavior, DefaultEntry};
use crate::estimate::eligible;
use crate::evaluation::{Assumption, BreakEven, Family, Flip, PlatformOption};
use crate::math;
use crate::price::PriceBook;
use crate::quotes::{PlatformQuote, quotes, winner};
use crate::system::{Answer, NUMBER_FIELDS, NumberField, System};
use crate::units::Milliseconds;
use crate::workload::{Workload, Z_95};

/// Inputs that are not tried: traffic is solved exactly on the chart, and pins are choices.
const APART: &[&str] = &["traffic.requests_per_month", "pin."];
/// Batches are of messages.
const BATCH: &str = "traffic.batch_size";
/// Steps in each direction, and how far each goes.
const STEPS: u32 = 8;
const STEP_FACTOR: f64 = 2.0;
/// Bisections that close in: 2^-7 of a step, under 1 %.
const BISECTIONS: u32 = 7;

/// The platform that would be chosen, or none.
fn winner_of(workload: &Workload, book: &PriceBook) -> Option<PlatformQuote> {
    winner(&quotes(workload, book)).copied()
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
    let mut found: Vec<Flip> = NUMBER_FIELDS
        .iter()
        .filter(|field| !APART.iter().any(|apart| field.path.starts_with(apart)))
        .filter(|field| field.path != BATCH || workload.kind.is_batched())
        .filter_map(|field| flip(system, index, workload, book, field, chosen.family))
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
    let of_chosen_family = |id: &str| {
        options
            .iter()
            .any(|option| option.platform == id && option.family == chosen.family)
    };
    let takes_the_lead = |flip: &&BreakEven| {
        let stays_above = of_chosen_family(&flip.cheaper_above);
        flip.decides && stays_above == (flip.requests_per_month <= now)
    };
    let distance = |flip: &BreakEven| math::ln(flip.requests_per_month / now).abs();
    let nearest = break_even
        .iter()
        .filter(takes_the_lead)
        .min_by(|left, right| distance(left).total_cmp(&distance(right)))?;
    let winner = nearest
        .between
        .iter()
        .find(|id| !of_chosen_family(id))?
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
    field: &NumberField,
    chosen: Family,
) -> Option<Flip> {
    let now = current(system, index, workload, field)?;
    let mut changed = system.clone();
    let mut wins = |value: f64| {
        let value = if field.whole {
            math::round(value)
        } else {
            value
        };
        (field.set)(&mut changed.components[index], Some(Answer::Exact(value)));
        changed.check().ok()?;
        // The week depends on the traffic's answers only.
        let moved = if field.path.starts_with("traffic.") {
            Workload::typical(&changed, index).0
        } else {
            Workload::sampled(&changed, index, workload, &mut |_| 0.0)
        };
        winner_of(&moved, book)
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
                    let at = close_in(inside, outside, &mut wins, chosen);
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
        input: format!("components[{index}].{}", field.path),
        now,
        at,
        winner: winner.to_owned(),
    })
}

fn close_in(
    mut inside: f64,
    mut outside: f64,
    wins: &mut impl FnMut(f64) -> Option<PlatformQuote>,
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

/// The value now: the answer, or what was assumed for it; `None` where it is zero or absent, as
/// no factor leads away from it.
pub(crate) fn current(
    system: &System,
    index: usize,
    workload: &Workload,
    field: &NumberField,
) -> Option<f64> {
    let stated = (field.get)(&system.components[index]).map(Answer::typical);
    let value = stated.or_else(|| match field.path {
        "traffic.peak_to_mean" => Some(workload.peak_weight()),
        "work.cpu_ms" => Some(workload.cpu.get()),
        "work.duration_p99_ms" => Some(workload.duration_p99.get()),
        "work.max_duration_ms" => Some(workload.max_duration.get()),
        "work.egress_kb" => Some(workload.egress_kb),
        "latency.target_ms" => workload.target.map(Milliseconds::get),
        path => Behavior::embedded()
            .find_default(path, workload.kind.id())
            .and_then(DefaultEntry::number),
    });
    value.filter(|value| *value > 0.0)
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

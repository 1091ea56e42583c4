//! Gives a week another peak without touching its mean: towards flat by mixing,
//! towards sharp by a power, and past the power by favouring the first of the
//! hours that tie at the top.

use super::{HOURS, f64_of};
use crate::math::{exp, ln};

/// Why a week cannot have a peak.
#[derive(Clone, Copy, Debug, PartialEq, thiserror::Error)]
pub enum StretchError {
    /// No week has such a peak.
    #[error("the peak is {0} times the mean: want 1 to 168, the hours of a week")]
    OutOfRange(f64),
    /// There is no busiest hour to stretch.
    #[error(
        "a steady week has no peak: want peak_to_mean 1 instead of {0}, or bursts, or another shape"
    )]
    Steady(f64),
}

/// Halvings of the exponent's interval: past the precision of a double.
const HALVINGS: usize = 200;

/// Weights proportional to the week with `max / mean = peak`.
pub(super) fn stretch(weights: &[f64; HOURS], peak: f64) -> Result<[f64; HOURS], StretchError> {
    let Top { natural, tied } = top_for(weights, peak)?;
    if peak <= natural {
        return Ok(flattened(weights, natural, peak));
    }
    let sharpest = f64_of(HOURS) / f64_of(tied);
    Ok(if peak < sharpest {
        sharpened(weights, natural, peak)
    } else {
        concentrated(weights, natural, tied, peak)
    })
}

/// The busiest hours of a week.
pub(super) struct Top {
    natural: f64,
    /// How many hours are as busy.
    tied: usize,
}

/// The busiest hours, where the week can have this peak.
pub(super) fn top_for(weights: &[f64; HOURS], peak: f64) -> Result<Top, StretchError> {
    if !(1.0..=f64_of(HOURS)).contains(&peak) {
        return Err(StretchError::OutOfRange(peak));
    }
    let natural = weights.iter().copied().fold(0.0, f64::max);
    let tied = weights.iter().filter(|&&weight| weight >= natural).count();
    if peak > natural && tied == HOURS {
        return Err(StretchError::Steady(peak));
    }
    Ok(Top { natural, tied })
}

/// `1 + share (w - 1)`: linear in the peak, 1 at the flat week.
fn flattened(weights: &[f64; HOURS], natural: f64, peak: f64) -> [f64; HOURS] {
    let share = if natural > 1.0 {
        (peak - 1.0) / (natural - 1.0)
    } else {
        0.0
    };
    weights.map(|weight| (1.0 + share * (weight - 1.0)).max(0.0))
}

/// `(w / max)^g` with g so that the sum of the weights is 168 / peak; the sum
/// falls with g from its value at g = 1 to the number of hours tied at the top.
fn sharpened(weights: &[f64; HOURS], natural: f64, peak: f64) -> [f64; HOURS] {
    let wanted = f64_of(HOURS) / peak;
    let logarithms = weights.map(|weight| ln(weight / natural));
    // Days are alike: each distinct hour is raised once, all are added in the order of the week.
    let mut distinct = logarithms.to_vec();
    distinct.sort_by(f64::total_cmp);
    distinct.dedup_by(|one, other| one.to_bits() == other.to_bits());
    let places = logarithms.map(|log| {
        let place = distinct.binary_search_by(|known| known.total_cmp(&log));
        place.unwrap_or_else(|next| next)
    });
    let mut raised = vec![0.0; distinct.len()];
    let mut sum = |exponent: f64| {
        for (power, log) in raised.iter_mut().zip(&distinct) {
            *power = exp(exponent * log);
        }
        places.iter().map(|&place| raised[place]).sum::<f64>()
    };
    let mut low = 1.0;
    let mut high = 2.0;
    while sum(high) > wanted && high < f64::MAX / 4.0 {
        high *= 2.0;
    }
    for _ in 0..HALVINGS {
        let middle = low + (high - low) / 2.0;
        // Neighbours: no further halving moves either end.
        if middle <= low || middle >= high {
            break;
        }
        if sum(middle) > wanted {
            low = middle;
        } else {
            high = middle;
        }
    }
    logarithms.map(|log| exp(high * log))
}

/// Only the tied hours remain: the first takes the peak, the rest share.
fn concentrated(weights: &[f64; HOURS], natural: f64, tied: usize, peak: f64) -> [f64; HOURS] {
    let others = f64_of(tied.saturating_sub(1)).max(1.0);
    let rest = (f64_of(HOURS) - peak) / others;
    let first = weights.iter().position(|&weight| weight >= natural);
    std::array::from_fn(|hour| match weights[hour] >= natural {
        true if Some(hour) == first => peak,
        true => rest,
        false => 0.0,
    })
}

//! Break-evens over any numeric input of a component.
//!
//! Costs need not rise with every input, so flips cannot be boxed in as over the volume: the
//! range is scanned on a log scale, and each change of order between two neighbours is closed
//! in by bisection. Two flips between the same neighbours cancel and are not seen.

use crate::evaluation::{BreakEvenKind, CostSeries, InputBreakEven, InputBreakEvens};
use crate::math;
use crate::price::PriceBook;
use crate::quotes::{PlatformQuote, quotes};
use crate::sensitivity::current;
use crate::system::{Answer, NumberField, System, number_field};
use crate::workload::Workload;

/// Points of the scan for each factor of ten.
const POINTS_PER_DECADE: f64 = 24.0;
/// How far the scan goes on either side of the value now, as a factor.
const REACH: f64 = 100.0;
/// Where the value now is zero the scan begins here, in the input's unit.
const FIRST: f64 = 0.1;
/// Bisections that close in on a flip: 2^-30 of a step.
const BISECTIONS: u32 = 30;
/// Totals this close, as a share, agree.
const AGREEMENT: f64 = 1e-3;

/// Values closer than this, as a share, are one.
const SAME: f64 = 1e-9;

/// The input that is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum UnknownInput {
    /// No component of that number.
    #[error("there is no component {0}")]
    Component(usize),
    /// No numeric answer of that path.
    #[error("is no numeric answer of a component: {0}")]
    Path(String),
}

/// Costs and break-evens over one numeric input, such as `work.cpu_ms`, all else as answered.
///
/// # Errors
/// An input or a component that is not there.
pub fn over_input(
    system: &System,
    index: usize,
    path: &str,
    book: &PriceBook,
) -> Result<InputBreakEvens, UnknownInput> {
    if index >= system.components.len() {
        return Err(UnknownInput::Component(index));
    }
    let field =
        number_field(path).ok_or_else(|| UnknownInput::Path(path.chars().take(100).collect()))?;
    let (typical, _) = Workload::typical(system, index);
    let now = current(system, index, &typical, field).unwrap_or(0.0);
    let mut scan = Scan {
        changed: system.clone(),
        index,
        field,
        book,
    };
    let values = values(field, now);
    let points: Vec<Vec<PlatformQuote>> = values.iter().map(|value| scan.at(*value)).collect();
    let break_even = scan.flips(&values, &points);
    let options = crate::platform::all()
        .iter()
        .map(|platform| CostSeries {
            platform: platform.id().to_owned(),
            monthly_usd: points
                .iter()
                .map(|quotes| cost(quotes, platform.id()))
                .collect(),
        })
        .filter(|series| series.monthly_usd.iter().any(Option::is_some))
        .collect();
    Ok(InputBreakEvens {
        input: format!("components[{index}].{path}"),
        unit: field.unit.to_owned(),
        now,
        values,
        options,
        break_even,
    })
}

/// From a hundredth to a hundredfold of the value now, within its bounds, rising; the value now
/// is always among them.
fn values(field: &NumberField, now: f64) -> Vec<f64> {
    let middle = if now > 0.0 { now } else { FIRST * REACH };
    let least = field.min.max(middle / REACH);
    let most = field.max.min(middle * REACH);
    let decades = math::ln(most / least) / math::ln(10.0);
    let mut found: Vec<f64> = Vec::new();
    let mut step = 0.0;
    while step <= decades * POINTS_PER_DECADE {
        let value = least * math::pow(10.0, step / POINTS_PER_DECADE);
        let value = if field.whole {
            math::round(value)
        } else {
            value
        };
        if found.last().is_none_or(|last| value > *last) {
            found.push(value);
        }
        step += 1.0;
    }
    if now > 0.0 {
        let place = found.partition_point(|value| *value < now * (1.0 - SAME));
        match found.get_mut(place) {
            Some(value) if *value <= now * (1.0 + SAME) => *value = now,
            _ => found.insert(place, now),
        }
    }
    found
}

fn cost(quotes: &[PlatformQuote], platform: &str) -> Option<f64> {
    let mut eligible = quotes.iter().filter(|quote| quote.eligible);
    eligible
        .find(|quote| quote.platform == platform)
        .and_then(|quote| quote.usd)
}

/// The system with one input moved.
struct Scan<'a> {
    changed: System,
    index: usize,
    field: &'static NumberField,
    book: &'a PriceBook,
}

impl Scan<'_> {
    /// All platforms at a value; none where the answers would contradict each other.
    fn at(&mut self, value: f64) -> Vec<PlatformQuote> {
        let component = &mut self.changed.components[self.index];
        (self.field.set)(component, Some(Answer::Exact(value)));
        if self.changed.check().is_err() {
            return Vec::new();
        }
        let (workload, _) = Workload::typical(&self.changed, self.index);
        quotes(&workload, self.book)
    }

    fn flips(&mut self, values: &[f64], points: &[Vec<PlatformQuote>]) -> Vec<InputBreakEven> {
        let ids: Vec<&'static str> = crate::platform::all()
            .iter()
            .map(|platform| platform.id())
            .collect();
        let mut found = Vec::new();
        for (step, pair) in points.windows(2).enumerate() {
            for (position, first) in ids.iter().enumerate() {
                for second in &ids[position + 1..] {
                    let order = |quotes: &[PlatformQuote]| {
                        Some(cost(quotes, first)? < cost(quotes, second)?)
                    };
                    if let (Some(below), Some(above)) = (order(&pair[0]), order(&pair[1]))
                        && below != above
                    {
                        let between = [*first, *second];
                        found.push(self.close_in(between, below, values[step], values[step + 1]));
                    }
                }
            }
        }
        found.sort_by(|left: &InputBreakEven, right| left.at.total_cmp(&right.at));
        found
    }

    fn close_in(
        &mut self,
        between: [&'static str; 2],
        below: bool,
        mut low: f64,
        mut high: f64,
    ) -> InputBreakEven {
        let mut kind = BreakEvenKind::Step;
        for _ in 0..BISECTIONS {
            let middle = f64::midpoint(low, high);
            // Of what is counted whole there is nothing between two neighbours.
            if self.field.whole && high - low <= 1.0 {
                break;
            }
            let middle = if self.field.whole {
                math::floor(middle)
            } else {
                middle
            };
            let quotes = self.at(middle);
            let (Some(first), Some(second)) =
                (cost(&quotes, between[0]), cost(&quotes, between[1]))
            else {
                break;
            };
            if (first - second).abs() <= AGREEMENT * first.max(second) {
                kind = BreakEvenKind::Crossing;
            }
            if (first < second) == below {
                low = middle;
            } else {
                high = middle;
            }
        }
        InputBreakEven {
            between: between.map(str::to_owned),
            at: high,
            cheaper_above: between[usize::from(below)].to_owned(),
            kind,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_value_now_is_among_the_values_which_rise() {
        for path in ["work.cpu_ms", "traffic.requests_per_month"] {
            let field = number_field(path).expect("an input");
            for now in [0.37_f64, 1.0, 5.0, 120.0, 1_234.5] {
                let now = now.max(field.min);
                let values = values(field, now);
                let here = |value: &&f64| value.total_cmp(&now).is_eq();
                assert_eq!(values.iter().filter(here).count(), 1, "{path} {now}");
                assert!(values.windows(2).all(|pair| pair[0] < pair[1]), "{path}");
            }
        }
    }
}

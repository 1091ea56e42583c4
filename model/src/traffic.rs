//! The shape of a week: 168 hourly weights around a mean of 1, from a published
//! series or from the user's own numbers, stretched to the peak that is wanted.

mod shape;
mod stretch;

pub use shape::{Hourly, PublishedShape, Shape, ShapeError, ShapeName};
pub use stretch::StretchError;

/// Hours in the week, and weights in a profile.
pub const HOURS: usize = 168;
/// Hours in a day.
pub(crate) const HOURS_PER_DAY: usize = 24;
/// Weights closer than this share of the greater one count as the same level.
const SAME_LEVEL: f64 = 1e-9;

/// 168 non-negative hourly weights with mean 1, from Monday 00:00 on.
///
/// The arrival rate of an hour is its weight times the mean arrival rate.
#[derive(Clone, Debug, PartialEq)]
pub struct WeeklyProfile([f64; HOURS]);

/// Hours of the week that share one weight.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Level {
    /// Arrival rate of these hours over the mean arrival rate.
    pub weight: f64,
    /// How many hours of the week; the hours of all levels sum to 168.
    pub hours: f64,
}

impl WeeklyProfile {
    /// The same load in every hour.
    #[must_use]
    pub const fn flat() -> Self {
        Self([1.0; HOURS])
    }

    /// From 24 hours of a day (repeated) or 168 of a week, in any unit.
    ///
    /// # Errors
    /// When there are neither 24 nor 168 numbers, when one is negative or not
    /// finite, and when all are zero.
    pub fn from_hourly(numbers: &[f64]) -> Result<Self, ShapeError> {
        if numbers.len() != HOURS_PER_DAY && numbers.len() != HOURS {
            return Err(ShapeError::Length(numbers.len()));
        }
        if let Some(index) = numbers
            .iter()
            .position(|number| !number.is_finite() || *number < 0.0)
        {
            return Err(ShapeError::Number {
                index,
                number: numbers[index],
            });
        }
        if numbers.iter().all(|&number| number <= 0.0) {
            return Err(ShapeError::AllZero);
        }
        Ok(Self::repeated(numbers))
    }

    /// Checked numbers over the week, divided by the largest so that no sum overflows.
    fn repeated(numbers: &[f64]) -> Self {
        let largest = numbers.iter().copied().fold(0.0, f64::max);
        Self::normalized(&std::array::from_fn(|hour| {
            numbers[hour % numbers.len()] / largest
        }))
    }

    /// The weights, from Monday 00:00 on.
    #[must_use]
    pub const fn weights(&self) -> &[f64; HOURS] {
        &self.0
    }

    /// The weight of the busiest hour: its rate over the mean rate, 1..168.
    #[must_use]
    pub fn peak_to_mean(&self) -> f64 {
        self.0.iter().copied().fold(0.0, f64::max)
    }

    /// The hour of the week with the greatest weight, 0 for Monday 00:00.
    #[must_use]
    pub fn busiest_hour(&self) -> usize {
        (0..HOURS).fold(0, |best, hour| {
            if self.0[hour] > self.0[best] {
                hour
            } else {
                best
            }
        })
    }

    /// The same week with another peak.
    ///
    /// Towards a lower peak the profile is mixed with a flat one; towards a higher
    /// one its weights are raised to a power, and where several hours tie at the
    /// top and the power alone cannot go further, the first of them takes more.
    /// The mean stays 1 and the order of the hours stays.
    ///
    /// # Errors
    /// When the peak is not in 1..=168, and when a flat profile is to have one.
    pub fn stretched_to(&self, peak_to_mean: f64) -> Result<Self, StretchError> {
        stretch::stretch(&self.0, peak_to_mean).map(|weights| Self::normalized(&weights))
    }

    /// Whether [`stretched_to`](Self::stretched_to) succeeds, without the search for the week.
    ///
    /// # Errors
    /// As [`stretched_to`](Self::stretched_to).
    pub fn check_stretch(&self, peak_to_mean: f64) -> Result<(), StretchError> {
        stretch::top_for(&self.0, peak_to_mean).map(|_| ())
    }

    /// Hours grouped by equal weight, from the quietest to the busiest, so that
    /// work per hour is done once per level. `sum(weight x hours)` = 168.
    #[must_use]
    pub fn distinct_levels(&self) -> Vec<Level> {
        let mut sorted = self.0;
        sorted.sort_by(f64::total_cmp);
        let mut levels: Vec<Level> = Vec::new();
        let mut start = 0;
        for end in 1..=HOURS {
            if end == HOURS || sorted[end] - sorted[start] > SAME_LEVEL * sorted[end] {
                levels.push(level_of(&sorted[start..end]));
                start = end;
            }
        }
        levels
    }

    /// At most `most` levels (at least 1), for work that need not be done 168 times:
    /// neighbouring levels are merged at their mean, those first whose merging
    /// moves the weights least. The busiest level stays as it is when `most` > 1,
    /// and `sum(weight x hours)` stays 168.
    #[must_use]
    pub fn condensed_levels(&self, most: usize) -> Vec<Level> {
        let most = most.max(1);
        let mut levels = self.distinct_levels();
        let moved = |low: Level, high: Level| {
            let apart = high.weight - low.weight;
            low.hours * high.hours / (low.hours + high.hours) * apart * apart
        };
        let mut costs: Vec<f64> = levels
            .windows(2)
            .map(|pair| moved(pair[0], pair[1]))
            .collect();
        while levels.len() > most {
            let pairs = costs.len() - usize::from(most > 1);
            let nearest = (1..pairs).fold(0, |best, index| {
                if costs[index] < costs[best] {
                    index
                } else {
                    best
                }
            });
            let high = levels.remove(nearest + 1);
            costs.remove(nearest);
            let low = levels[nearest];
            let hours = low.hours + high.hours;
            levels[nearest] = Level {
                weight: (low.weight * low.hours + high.weight * high.hours) / hours,
                hours,
            };
            for pair in nearest.saturating_sub(1)..(nearest + 1).min(costs.len()) {
                costs[pair] = moved(levels[pair], levels[pair + 1]);
            }
        }
        levels
    }

    fn normalized(weights: &[f64; HOURS]) -> Self {
        let mean = weights.iter().sum::<f64>() / f64_of(HOURS);
        Self(weights.map(|weight| weight / mean))
    }
}

fn level_of(weights: &[f64]) -> Level {
    let hours = f64_of(weights.len());
    let equal = weights.first() == weights.last();
    let weight = if equal {
        weights[0]
    } else {
        weights.iter().sum::<f64>() / hours
    };
    Level { weight, hours }
}

/// A count up to 168 as a float, exactly.
fn f64_of(count: usize) -> f64 {
    u32::try_from(count).map_or(f64::MAX, f64::from)
}

#[cfg(test)]
mod tests;

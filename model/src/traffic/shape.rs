//! The names of the built-in weeks, their published series, and the answer that
//! names one or brings its own numbers.

use serde::{Deserialize, Serialize};

use super::{HOURS, HOURS_PER_DAY, WeeklyProfile};
use crate::behavior::{Behavior, Confidence};

/// A built-in week.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ShapeName {
    /// The same in every hour.
    Steady,
    /// Working hours of one region.
    OfficeHours,
    /// A day's wave that never goes quiet.
    DailyWave,
    /// Consumers: quiet at night, busiest in the evening.
    Evening,
    /// Days that differ by a factor, after events in the world.
    Spiky,
    /// The weeks of an event or a sale.
    Seasonal,
    /// One run a night.
    NightlyBatch,
    /// A few hours a week.
    Rare,
}

impl ShapeName {
    /// All of them, in the order in which they are offered.
    pub const ALL: &'static [Self] = &[
        Self::Steady,
        Self::OfficeHours,
        Self::DailyWave,
        Self::Evening,
        Self::Spiky,
        Self::Seasonal,
        Self::NightlyBatch,
        Self::Rare,
    ];

    /// The name in answers and data files.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Steady => "steady",
            Self::OfficeHours => "office_hours",
            Self::DailyWave => "daily_wave",
            Self::Evening => "evening",
            Self::Spiky => "spiky",
            Self::Seasonal => "seasonal",
            Self::NightlyBatch => "nightly_batch",
            Self::Rare => "rare",
        }
    }

    /// The name shown to people.
    #[must_use]
    pub const fn label(self) -> &'static str {
        match self {
            Self::Steady => "Steady, day and night",
            Self::OfficeHours => "Office hours",
            Self::DailyWave => "A daily wave",
            Self::Evening => "Busiest in the evening",
            Self::Spiky => "Spikes",
            Self::Seasonal => "An event or a season",
            Self::NightlyBatch => "One run a night",
            Self::Rare => "Rare",
        }
    }

    /// The published series behind it.
    ///
    /// # Panics
    /// Never: the embedded data hold every shape, which is checked when they are read.
    #[must_use]
    pub fn published(self) -> &'static PublishedShape {
        let shapes = Behavior::embedded().shapes();
        shapes
            .iter()
            .find(|shape| shape.name == self)
            .expect("the data hold every shape: checked when read")
    }

    /// Its week with mean 1, and the peak that the series has.
    #[must_use]
    pub fn profile(self) -> WeeklyProfile {
        self.published().profile()
    }
}

/// A week as hours of the day times factors of the weekday.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PublishedShape {
    /// Which.
    pub name: ShapeName,
    /// What it looks like, as a sentence.
    pub what: String,
    /// The series it comes from.
    pub series: String,
    /// Weight of each hour of the day, from 00:00.
    pub hours: [f64; HOURS_PER_DAY],
    /// Factor of each day, from Monday.
    pub weekdays: [f64; HOURS / HOURS_PER_DAY],
    /// Always `1`: weights against the mean.
    pub unit: String,
    /// Id of a [`crate::behavior::Source`].
    pub source: String,
    /// The date at which the source showed it.
    pub as_of: String,
    /// How far it can be trusted.
    #[serde(default)]
    pub confidence: Confidence,
    /// What a reader should know beside the numbers.
    #[serde(default)]
    pub note: String,
}

impl PublishedShape {
    /// The week with mean 1.
    #[must_use]
    pub fn profile(&self) -> WeeklyProfile {
        let weights: [f64; HOURS] = std::array::from_fn(|hour| {
            self.weekdays[hour / HOURS_PER_DAY] * self.hours[hour % HOURS_PER_DAY]
        });
        WeeklyProfile::normalized(&weights)
    }
}

/// The answer: a name, or `{"hourly": [24 or 168 numbers]}`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(try_from = "Raw", into = "Raw")]
pub enum Shape {
    /// A built-in week.
    Named(ShapeName),
    /// The user's own numbers, checked.
    Hourly(Hourly),
}

/// 24 or 168 finite, non-negative numbers, not all zero, in any unit.
#[derive(Clone, Debug, PartialEq)]
pub struct Hourly(Vec<f64>);

impl Hourly {
    /// Checks the numbers.
    ///
    /// # Errors
    /// Those of [`WeeklyProfile::from_hourly`].
    pub fn new(numbers: Vec<f64>) -> Result<Self, ShapeError> {
        WeeklyProfile::from_hourly(&numbers)?;
        Ok(Self(numbers))
    }

    /// The numbers as they were given.
    #[must_use]
    pub fn numbers(&self) -> &[f64] {
        &self.0
    }
}

/// Why a shape was refused.
#[derive(Clone, Debug, PartialEq, thiserror::Error)]
pub enum ShapeError {
    /// Not a known name.
    #[error(
        "unknown shape `{0}`: want one of steady, office_hours, daily_wave, evening, spiky, seasonal, nightly_batch, rare, or {{\"hourly\": [24 or 168 numbers]}}"
    )]
    Name(String),
    /// Neither a day nor a week.
    #[error("`hourly` wants 24 numbers (a day) or 168 (a week from Monday 00:00), got {0}")]
    Length(usize),
    /// A negative or infinite number.
    #[error("`hourly[{index}]` is {number}: want a finite number that is not negative")]
    Number {
        /// Position in the list, from 0.
        index: usize,
        /// What stands there.
        number: f64,
    },
    /// Nothing at all.
    #[error("`hourly` is zero in every hour: want at least one hour with traffic")]
    AllZero,
}

impl Shape {
    /// From numbers in any unit.
    ///
    /// # Errors
    /// Those of [`WeeklyProfile::from_hourly`].
    pub fn hourly(numbers: Vec<f64>) -> Result<Self, ShapeError> {
        Hourly::new(numbers).map(Self::Hourly)
    }

    /// The week with mean 1 and the peak that the series has.
    #[must_use]
    pub fn profile(&self) -> WeeklyProfile {
        match self {
            Self::Named(name) => name.profile(),
            Self::Hourly(numbers) => WeeklyProfile::repeated(numbers.numbers()),
        }
    }

    /// The peak that the series has: the default of `traffic.peak_to_mean`.
    #[must_use]
    pub fn natural_peak_to_mean(&self) -> f64 {
        self.profile().peak_to_mean()
    }
}

impl Default for Shape {
    fn default() -> Self {
        Self::Named(ShapeName::DailyWave)
    }
}

#[derive(Serialize, Deserialize)]
#[serde(
    untagged,
    deny_unknown_fields,
    expecting = "want the name of a shape, such as \"daily_wave\", or {\"hourly\": [24 or 168 numbers]}"
)]
enum Raw {
    Name(String),
    Hourly { hourly: Vec<f64> },
}

impl TryFrom<Raw> for Shape {
    type Error = ShapeError;

    fn try_from(raw: Raw) -> Result<Self, ShapeError> {
        match raw {
            Raw::Hourly { hourly } => Self::hourly(hourly),
            Raw::Name(text) => {
                let known = ShapeName::ALL.iter().find(|name| name.name() == text);
                known
                    .map(|&name| Self::Named(name))
                    .ok_or(ShapeError::Name(text))
            }
        }
    }
}

impl From<Shape> for Raw {
    fn from(shape: Shape) -> Self {
        match shape {
            Shape::Named(name) => Self::Name(name.name().to_owned()),
            Shape::Hourly(numbers) => Self::Hourly { hourly: numbers.0 },
        }
    }
}

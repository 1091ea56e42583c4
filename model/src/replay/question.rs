//! What is asked, read and checked.

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::Replay;
use super::judge;
use super::play::{self, Play};
use crate::math::floor;
use crate::platform;
use crate::price::PriceBook;
use crate::simulation::{Outcome, Series, Step, TwoState};
use crate::strict::Strict;
use crate::system::{FieldError, InvalidSystem, System};
use crate::units::{HOURS_PER_MONTH, HOURS_PER_WEEK, SECONDS_PER_HOUR};
use crate::wording::short;

/// The longest replay, in months.
const MOST_MONTHS: f64 = 12.0;
/// The shortest, in months: about an hour.
const LEAST_MONTHS: f64 = 1.0 / HOURS_PER_MONTH;
/// Independent runs of each option.
const MOST_REPLICATIONS: u32 = 32;
/// Requests of one run beyond which it is not begun: a minute of one core.
const MOST_REQUESTS: f64 = 3e8;
/// Requests of all runs of a question.
const MOST_ALTOGETHER: f64 = 6e8;
/// Options of all components.
const MOST_PLAYS: usize = 40;
/// Parts of a month in which advice is given.
const MONTH_PARTS: f64 = 1e4;
/// The largest seed: larger whole numbers do not survive JavaScript.
const LARGEST_SEED: u64 = (1 << 53) - 1;
/// The largest text of a series: 2 MB.
pub const LARGEST_SERIES_BYTES: usize = 2 * 1024 * 1024;

/// What is asked: `{system, platforms, seed, months, series, replications, two_state}`.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Question {
    /// The answers.
    pub system: System,
    /// Ids of the platforms; Lambda on demand unless others are named.
    pub platforms: Vec<String>,
    /// Decides all that is random; 1 unless stated.
    pub seed: u64,
    /// Simulated time in months of 730 hours, 1/730..=12; a week is 168/730. 1 unless stated.
    pub months: f64,
    /// Independent runs of each option, 1..=32; 1 unless stated. With two there is a confidence interval.
    pub replications: u32,
    /// Traffic as it was measured, in place of the system's requests, shape and bursts.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub series: Option<SeriesText>,
    /// Traffic that is high for a while and low for a while around its mean; none for independent requests. A series has
    /// its own.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub two_state: Option<TwoState>,
}

/// Traffic as it was measured.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
#[serde(deny_unknown_fields)]
pub struct SeriesText {
    /// The place of the component whose traffic it is, from 0.
    #[serde(default)]
    pub component: usize,
    /// The time of one count where the text has no timestamps.
    #[serde(default = "minute")]
    pub step: Step,
    /// A count on each line, or a timestamp and a count.
    pub csv: String,
}

const fn minute() -> Step {
    Step::Minute
}

/// The parts beside the system.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Beside {
    #[serde(default = "on_demand")]
    platforms: Vec<String>,
    #[serde(default = "one")]
    seed: u64,
    #[serde(default = "month")]
    months: f64,
    #[serde(default = "once")]
    replications: u32,
    #[serde(default)]
    series: Option<SeriesText>,
    #[serde(default)]
    two_state: Option<TwoState>,
}

fn on_demand() -> Vec<String> {
    vec!["aws-lambda".to_owned()]
}

const fn one() -> u64 {
    1
}

const fn once() -> u32 {
    1
}

const fn month() -> f64 {
    1.0
}

impl Question {
    /// A week of a system on some platforms.
    #[must_use]
    pub fn week(system: System, platforms: Vec<String>) -> Self {
        Self {
            system,
            platforms,
            seed: one(),
            months: HOURS_PER_WEEK / HOURS_PER_MONTH,
            replications: once(),
            series: None,
            two_state: None,
        }
    }

    /// Reads a question from JSON and checks every value.
    ///
    /// # Errors
    /// Every bad field by its path; those of the system begin with `system.`, a bad line of the series is named by its number.
    pub fn from_value(mut value: Value) -> Result<Self, InvalidSystem> {
        let system = value
            .as_object_mut()
            .and_then(|question| question.remove("system"))
            .ok_or_else(|| refused("system", "is missing: want a system as for /evaluate"))?;
        let system = System::from_value(system).map_err(|invalid| InvalidSystem {
            errors: invalid.errors.into_iter().map(below_system).collect(),
        })?;
        let Beside {
            platforms,
            seed,
            months,
            replications,
            series,
            two_state,
        } = serde_path_to_error::deserialize(Strict(value)).map_err(|error| {
            let (path, message) = (error.path().to_string(), error.inner().to_string());
            refused(path.trim_start_matches('.'), &message)
        })?;
        let question = Self {
            system,
            platforms,
            seed,
            months,
            replications,
            series,
            two_state,
        };
        question.check()?;
        Ok(question)
    }

    /// Checks every value but those of the system, which are checked when it is read.
    ///
    /// # Errors
    /// All bad fields with their paths.
    pub fn check(&self) -> Result<(), InvalidSystem> {
        let mut errors = Vec::new();
        let mut bad = |path: String, message: String| errors.push(FieldError { path, message });
        if self.platforms.is_empty() {
            bad(
                "platforms".to_owned(),
                "is empty: name at least one".to_owned(),
            );
        }
        for (place, id) in self.platforms.iter().enumerate() {
            let path = format!("platforms[{place}]");
            if platform::find(id).is_none() {
                let known: Vec<&str> = platform::all().iter().map(|known| known.id()).collect();
                bad(
                    path,
                    format!("is no platform: want one of {}", known.join(", ")),
                );
            } else if self.platforms[..place].contains(id) {
                bad(path, "stands there twice".to_owned());
            }
        }
        if !(LEAST_MONTHS * (1.0 - 1e-9)..=MOST_MONTHS).contains(&self.months) {
            let message = format!("must be between 1/730 (an hour) and {MOST_MONTHS}");
            bad("months".to_owned(), message);
        }
        if !(1..=MOST_REPLICATIONS).contains(&self.replications) {
            let message = format!("must be between 1 and {MOST_REPLICATIONS}");
            bad("replications".to_owned(), message);
        }
        if self.seed > LARGEST_SEED {
            bad("seed".to_owned(), format!("must be at most {LARGEST_SEED}"));
        }
        if let Some(series) = &self.series {
            if series.component >= self.system.components.len() {
                let message = format!("there is no component {}", series.component);
                bad("series.component".to_owned(), message);
            }
            if series.csv.len() > LARGEST_SERIES_BYTES {
                bad("series.csv".to_owned(), "has more than 2 MB".to_owned());
            } else if let Err(error) = Series::parse(&series.csv, series.step) {
                bad("series.csv".to_owned(), error.to_string());
            }
        }
        if let Some(states) = &self.two_state {
            errors.extend(states.errors("two_state"));
        }
        if errors.is_empty() {
            Ok(())
        } else {
            Err(InvalidSystem { errors })
        }
    }

    /// Simulated time, in hours.
    #[must_use]
    pub fn hours(&self) -> f64 {
        self.months * HOURS_PER_MONTH
    }

    /// What there is to simulate, and what cannot be and why.
    ///
    /// # Errors
    /// More than 40 options of all components; a run of more than 300 million requests, and all runs together of more than
    /// 600 million.
    pub fn plays(&self, book: &PriceBook) -> Result<(Vec<Play>, Vec<String>), InvalidSystem> {
        let wanted = self.system.components.len() * self.platforms.len();
        if wanted > MOST_PLAYS {
            let message =
                format!("times the components would be {wanted} options: at most {MOST_PLAYS}");
            return Err(refused("platforms", &message));
        }
        let (plays, left_out) = play::of(self, book);
        let requests = plays.iter().map(Play::expected_requests);
        let largest = requests.clone().fold(0.0, f64::max);
        let all = requests.sum::<f64>() * f64::from(self.replications);
        let beyond = (largest / MOST_REQUESTS).max(all / MOST_ALTOGETHER);
        if beyond > 1.0 {
            return Err(refused("months", &self.too_much(largest, all, beyond)));
        }
        Ok((plays, left_out))
    }

    /// That it is too much, and what would do: the time before what is counted is played too.
    fn too_much(&self, largest: f64, all: f64, beyond: f64) -> String {
        let before = play::WARM_UP_S / SECONDS_PER_HOUR;
        let months = ((self.hours() + before) / beyond - before) / HOURS_PER_MONTH;
        let months = floor(months * MONTH_PARTS) / MONTH_PARTS;
        let would_do = if months >= LEAST_MONTHS {
            format!("at most {months} months of this traffic")
        } else {
            "not even an hour of this traffic".to_owned()
        };
        format!(
            "would be {} requests on one platform and {} altogether, of {} and {} that can be replayed at once: {would_do}",
            short(largest),
            short(all),
            short(MOST_REQUESTS),
            short(MOST_ALTOGETHER),
        )
    }

    /// The outcomes of every play, as many as there are replications of each, beside the formulas.
    #[must_use]
    pub fn judged(
        &self,
        plays: &[Play],
        outcomes: &[Vec<Outcome>],
        left_out: Vec<String>,
        book: &PriceBook,
    ) -> Replay {
        judge::judged(self, plays, outcomes, left_out, book)
    }
}

fn below_system(error: FieldError) -> FieldError {
    FieldError {
        path: if error.path.is_empty() {
            "system".to_owned()
        } else {
            format!("system.{}", error.path)
        },
        ..error
    }
}

fn refused(path: &str, message: &str) -> InvalidSystem {
    InvalidSystem {
        errors: vec![FieldError {
            path: path.to_owned(),
            message: message.to_owned(),
        }],
    }
}

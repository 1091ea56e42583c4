//! A replay: the traffic of a system, request by request, through the platforms that the formulas priced, and both beside
//! each other.
//!
//! [`Question`] is what is asked, [`Question::plays`] what there is to simulate. Each [`Play`] is run once or several
//! times by whoever has the time and the threads ([`Play::run`]), and [`Question::judged`] says what came of it: the bill
//! by the same lines, response times, the fleet over time, and how far the formulas are off.

mod judge;
mod month;
mod play;
mod question;
mod words;

use serde::{Deserialize, Serialize};

use crate::bill::Bill;
use crate::evaluation::Family;
use crate::simulation::Bucket;

pub use month::{MonthOfUse, count, mean};
pub use play::Play;
pub use question::{LARGEST_SERIES_BYTES, Question, SeriesText};

/// What came of a replay.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Replay {
    /// Version of the price book.
    pub price_book: String,
    /// Version of the model.
    pub model_version: String,
    /// What all that is random was drawn from.
    pub seed: u64,
    /// Simulated time, in hours.
    pub hours: f64,
    /// Independent runs of each option.
    pub replications: u32,
    /// Requests of all runs.
    pub requests: u64,
    /// Each option of each component.
    pub runs: Vec<Run>,
    /// What was asked for and could not be replayed, and why.
    pub left_out: Vec<String>,
}

/// One option of one component.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Run {
    /// The component's name.
    pub component: String,
    /// Its place in the system, from 0.
    pub index: usize,
    /// Platform id.
    pub platform: String,
    /// Its name, for people.
    pub label: String,
    /// Which side it stands on.
    pub family: Family,
    /// What the formulas say.
    pub formula: Figures,
    /// What the replay says: the mean of its runs.
    pub simulated: Figures,
    /// Half the width of the 99 % confidence interval of each figure; null for a single run.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub half_width: Option<Figures>,
    /// How far each formula is off, in per cent of what the replay says; null where there is nothing to compare.
    pub difference_pct: Differences,
    /// The bill of the first run, brought to a month.
    pub bill: Bill,
    /// Requests that were refused, of all.
    pub throttled_share: f64,
    /// Requests that waited for a processor or a place, of all.
    pub queued_share: f64,
    /// Requests that gave up waiting, of all.
    pub failed_share: f64,
    /// What the averages hide, in a sentence.
    pub hides: String,
    /// Where a formula is used outside its range, or the replay leaves something out.
    pub notes: Vec<String>,
    /// The first run over its time.
    pub timeline: Vec<Bucket>,
}

/// The figures that formulas and replay both have.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Figures {
    /// US dollars a month.
    pub monthly_usd: f64,
    /// Median response time.
    pub p50_ms: f64,
    /// What 90 % of the requests do not exceed.
    pub p90_ms: f64,
    /// What 95 % do not exceed.
    pub p95_ms: f64,
    /// What 99 % do not exceed.
    pub p99_ms: f64,
    /// What 99.9 % do not exceed.
    pub p999_ms: f64,
    /// Requests that start an environment, of all.
    pub cold_start_probability: f64,
    /// Environments, tasks or instances on average.
    pub instances: f64,
}

/// How far each formula is off, in per cent.
#[derive(Clone, Copy, Debug, Default, PartialEq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct Differences {
    /// Of the cost.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub monthly_usd: Option<f64>,
    /// Of the median.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub p50_ms: Option<f64>,
    /// Of the 90 % point.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub p90_ms: Option<f64>,
    /// Of the 95 % point.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub p95_ms: Option<f64>,
    /// Of the 99 % point.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub p99_ms: Option<f64>,
    /// Of the 99.9 % point.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub p999_ms: Option<f64>,
    /// Of the share of cold starts.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub cold_start_probability: Option<f64>,
    /// Of the number of instances.
    #[cfg_attr(feature = "openapi", schema(required))]
    pub instances: Option<f64>,
}

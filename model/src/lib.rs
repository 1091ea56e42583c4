//! The cost and latency model of Breakeven: from a [`System`] to an [`Evaluation`].
//!
//! Pure: no clock, no I/O, no global randomness; the same input gives the same bits
//! wherever it runs. Money is in US dollars a month of 730 hours.
//!
//! ```
//! let system = model::System::from_json(
//!     br#"{ "version": 1, "region": "us-east-1", "components": [{
//!         "name": "thumbnails", "kind": "event",
//!         "traffic": { "requests_per_month": 1000000 },
//!         "work": { "duration_ms": 120, "cpu_ms": 30 } }] }"#,
//! )?;
//! let evaluation = model::evaluate(&system, model::PriceBook::embedded(), &model::Parts::ALL);
//! assert_eq!(evaluation.verdict.platform.as_deref(), Some("aws-lambda"));
//! # Ok::<(), model::InvalidSystem>(())
//! ```

pub mod advice;
pub mod behavior;
pub mod bill;
pub mod break_even;
pub mod capacity;
pub mod claims;
pub mod comparison;
pub mod estimate;
pub mod evaluation;
pub mod example;
pub mod growth;
mod hybrid;
mod index;
pub mod latency;
pub mod math;
pub mod method;
pub mod mitigation;
#[cfg(feature = "openapi")]
pub mod openapi;
pub mod platform;
pub mod price;
pub mod purchase;
pub mod question;
pub mod quotes;
pub mod reading;
pub mod replay;
pub mod rules;
pub mod scaling;
pub mod sensitivity;
pub mod simulation;
pub mod state;
pub mod strict;
pub mod system;
pub mod tariff;
pub mod traffic;
pub mod uncertainty;
pub mod units;
mod verdict;
pub mod watch;
pub mod week;
pub mod winner_map;
pub mod wording;
pub mod workload;

pub use bill::Bill;
pub use break_even::over_input;
pub use estimate::{MODEL_VERSION, Parts, UnknownPart, evaluate};
pub use evaluation::Evaluation;
pub use price::{PriceBook, Region};
pub use quotes::{PlatformQuote, quotes};
pub use system::{FieldError, InvalidSystem, System};

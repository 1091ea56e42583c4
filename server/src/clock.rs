//! The time of day, passed in so that tests can stop it.

use std::sync::Arc;

use app::api::ports::Calendar;
use time::OffsetDateTime;

/// Tells the time.
pub trait Clock: std::fmt::Debug + Send + Sync {
    /// Now, in UTC.
    fn now(&self) -> OffsetDateTime;
}

/// The machine's clock.
#[derive(Clone, Copy, Debug)]
pub struct SystemClock;

impl Clock for SystemClock {
    fn now(&self) -> OffsetDateTime {
        OffsetDateTime::now_utc()
    }
}

/// Always the same moment.
#[derive(Clone, Copy, Debug)]
pub struct FixedClock(pub OffsetDateTime);

impl Clock for FixedClock {
    fn now(&self) -> OffsetDateTime {
        self.0
    }
}

/// The date of a clock, for the pages.
#[derive(Debug)]
pub(crate) struct Dates(pub(crate) Arc<dyn Clock>);

impl Calendar for Dates {
    fn today(&self) -> String {
        iso_date(self.0.now())
    }
}

/// The day in UTC: `2026-11-23`.
#[must_use]
pub(crate) fn iso_date(moment: OffsetDateTime) -> String {
    moment.date().to_string()
}

/// The moment as people and programs write it, in whole seconds: `2026-11-23T10:00:00Z`.
#[must_use]
pub(crate) fn rfc3339(moment: OffsetDateTime) -> String {
    let whole = moment.replace_nanosecond(0).unwrap_or(moment);
    whole
        .format(&time::format_description::well_known::Rfc3339)
        .unwrap_or_default()
}

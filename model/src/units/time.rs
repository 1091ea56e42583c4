//! Durations, and the month that everything is priced by.
use super::quantity;

/// A month has 730 hours (8,760 / 12), as the vendors' own calculators count.
pub const HOURS_PER_MONTH: f64 = 730.0;
/// A week has 168 hours: the length of a traffic profile.
pub const HOURS_PER_WEEK: f64 = 168.0;
/// Minutes in an hour.
pub const MINUTES_PER_HOUR: f64 = 60.0;
/// Seconds in an hour.
pub const SECONDS_PER_HOUR: f64 = 3600.0;
/// Seconds in a month of 730 hours.
pub const SECONDS_PER_MONTH: f64 = HOURS_PER_MONTH * SECONDS_PER_HOUR;
/// Milliseconds in a second.
pub const MS_PER_S: f64 = 1000.0;

quantity! {
    /// A duration in milliseconds.
    Milliseconds
}

quantity! {
    /// A duration in seconds.
    Seconds
}

quantity! {
    /// A duration in hours.
    Hours
}

impl Hours {
    /// The same duration in seconds.
    #[must_use]
    pub fn seconds(self) -> Seconds {
        Seconds::new(self.get() * SECONDS_PER_HOUR)
    }
}

impl Milliseconds {
    /// The same duration in seconds.
    #[must_use]
    pub fn seconds(self) -> Seconds {
        Seconds::new(self.get() / MS_PER_S)
    }
}

impl Seconds {
    /// The same duration in milliseconds.
    #[must_use]
    pub fn milliseconds(self) -> Milliseconds {
        Milliseconds::new(self.get() * MS_PER_S)
    }
}

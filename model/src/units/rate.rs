//! Arrival rates.
use super::{SECONDS_PER_MONTH, Seconds, quantity};

quantity! {
    /// Arrivals per second.
    RequestsPerSecond
}

quantity! {
    /// Arrivals in a month of 730 hours.
    RequestsPerMonth
}

impl RequestsPerMonth {
    /// The mean arrival rate over the month.
    #[must_use]
    pub fn per_second(self) -> RequestsPerSecond {
        RequestsPerSecond::new(self.get() / SECONDS_PER_MONTH)
    }
}

impl RequestsPerSecond {
    /// Offered load in Erlangs, `a = lambda S`: how many are in work at once on average.
    #[must_use]
    pub fn offered_load(self, service_time: Seconds) -> f64 {
        self.get() * service_time.get()
    }
}

//! Memory, and memory held over time.
use super::{MB_PER_GB, Seconds, quantity};

quantity! {
    /// Memory in MB of 1,048,576 bytes, the unit in which memory is configured.
    MebiBytes
}

quantity! {
    /// One GB (1,024 MB) of memory held for one second.
    GbSeconds
}

impl MebiBytes {
    /// The same memory in GB of 1,024 MB.
    #[must_use]
    pub fn gigabytes(self) -> f64 {
        self.get() / MB_PER_GB
    }

    /// This memory held for a time.
    #[must_use]
    pub fn held_for(self, time: Seconds) -> GbSeconds {
        GbSeconds::new(self.gigabytes() * time.get())
    }
}

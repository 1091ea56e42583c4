//! How long texts and lists may be, and which answers no system can do without.

/// The longest name, in characters.
pub const LARGEST_NAME: usize = 500;
/// The longest notes, in characters.
pub const LARGEST_NOTES: usize = 10_000;
/// The most components of a system.
pub const LARGEST_COMPONENTS: usize = 20;
/// The most entries of any other list.
pub const LARGEST_LIST: usize = 100;
/// The most answers with a word on how sure they are.
pub const LARGEST_PROVENANCE: usize = 1_000;
/// The largest price of one's own, in US dollars a unit.
pub const LARGEST_RATE_USD: f64 = 1e6;

/// What each component must say, as paths below it.
pub const REQUIRED: [&str; 2] = ["traffic.requests_per_month", "work.duration_ms"];

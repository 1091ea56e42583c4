//! The cost and latency model of Breakeven.

pub mod behavior;
pub mod latency;
pub mod math;
pub mod traffic;
pub mod units;

//! The cost and latency model of Breakeven.

pub mod behavior;
pub mod bill;
pub mod latency;
pub mod math;
pub mod price;
pub mod traffic;
pub mod units;

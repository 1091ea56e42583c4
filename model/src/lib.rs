//! The cost and latency model of Breakeven.

pub mod behavior;
pub mod traffic;
pub mod units;

//! The cost and latency model of Breakeven.

pub mod units;

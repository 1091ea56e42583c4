//! The axum server and the `breakeven` program: configuration, routes, stores, reports.
//!
//! Start at [`startup::router`], which `main` and the tests share. Nothing here computes a
//! cost (that is `model`) or draws a page (that is `app`).

mod assets;
mod cache;
pub mod charts;
pub mod cli;
pub mod clock;
pub mod compute;
pub mod config;
pub mod entropy;
mod error;
mod http;
pub mod listen;
pub mod metrics;
mod middleware;
pub mod prices;
mod report;
pub mod scenarios;
pub mod shutdown;
pub mod signing;
pub mod simulations;
pub mod startup;
mod state;
pub mod store;
mod sweep;
pub mod telemetry;
mod tripwires;

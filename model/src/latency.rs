//! How long a request takes and how often it meets a cold start: the equations
//! of section 5 of the model, as pure functions.
//!
//! Start at [`percentile::Mixture`], which the others feed: the share of cold
//! requests comes from [`cold_start`], the time in a queue from [`queue`], the
//! shape of a service time from [`distribution`]; [`burst`] is for traffic that
//! rises faster than a steady state forms.

pub mod burst;
pub mod cold_start;
mod complex;
pub mod distribution;
pub mod percentile;
pub mod provisioned;
pub mod queue;

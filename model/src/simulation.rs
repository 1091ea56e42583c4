//! The discrete-event simulation: traffic, request by request, through the rules of a platform.
//!
//! It is the judge of the formulas of [`crate::latency`], and it answers what they cannot: bursts,
//! ramps, fleets that lag behind their load. Start at [`run`], which takes a [`Plan`] (rules,
//! traffic, how long, which seed) and gives an [`Outcome`].
//!
//! Pure as the rest of the model: no clock, no thread, no global randomness; the same plan gives
//! the same bits wherever it runs. Memory does not grow with the number of requests. Time is in
//! seconds from the start of what is counted; the warm-up before it is negative.
//!
//! ```
//! use model::simulation::{FunctionRules, Plan, Rules, Span, Traffic, Variation, run};
//! use std::ops::ControlFlow;
//!
//! let service = Span::new(0.2, Variation::Exponential);
//! let plan = Plan::new(
//!     Rules::Functions(FunctionRules::new(service)),
//!     Traffic::poisson(5.0),
//!     3600.0,
//! );
//! let outcome = run(&plan, &mut |_| ControlFlow::Continue(()))?;
//! assert_eq!(outcome.requests, outcome.completed);
//! # Ok::<(), model::simulation::Stopped>(())
//! ```

mod arrivals;
mod check;
pub mod comparison;
mod fleet;
mod functions;
mod interval;
mod managed_instances;
mod meter;
mod minima;
mod outcome;
mod random;
mod run;
mod series;
mod service;
mod sketch;
mod tally;

pub use arrivals::{Arrivals, Process, Traffic, TwoState};
pub use fleet::{Balancer, FleetRules, Metric, Scaling, Schedule, Spot, TargetTracking, WhenFull};
pub use functions::{
    ColdStartRules, FunctionRules, KeepAlive, Provisioned, Refused, Routing, StartRamp,
};
pub use interval::Interval;
pub use managed_instances::ManagedInstancesRules;
pub use outcome::{Bucket, LatencySummary, Outcome, Running, Share, Usage};
pub use run::{Plan, Progress, Rules, Stopped, replications, run};
pub use series::{Series, SeriesError, Step};
pub use service::{Span, Variation};
pub use sketch::Sketch;

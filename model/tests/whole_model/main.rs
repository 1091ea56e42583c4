//! Tests of the whole model, in one program so that it is linked once.

mod claims_and_answers;
mod common;
mod comparison;
mod docs;
mod fargate;
mod golden_bills;
mod instances;
mod lambda;
mod laws;
mod managed_instances;
mod state;
mod systems;

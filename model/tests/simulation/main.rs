//! The simulation against published, measured and exact figures, against the formulas that it
//! judges, and against its own laws.
mod common;
mod comparison;
mod formulas;
mod functions;
mod golden;
mod laws;
mod plans;
mod queues;
mod rules_of_functions;
mod scaling;

//! The simulation against published, measured and exact figures, against the formulas that it
//! judges, and against its own laws.
mod common;
mod functions;

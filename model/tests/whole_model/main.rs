//! Tests of the whole model, in one program so that it is linked once.

mod claims_and_answers;
mod common;
mod docs;
mod golden_bills;
mod lambda;
mod laws;
mod systems;

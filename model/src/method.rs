//! One equation at a time, as the page that explains the method and the API ask it: each with
//! the bounds of its inputs, each by the functions that the whole model is made of.

pub mod bounds;
mod fleet_size;
mod function_cost;
mod two_lines;

pub use fleet_size::{FleetSize, Sized};
pub use function_cost::{FunctionCost, FunctionCostError, FunctionCosts};
pub use two_lines::{Line, TwoLines};

//! Parts of pages.

pub mod assumptions;
pub mod bill;
pub mod break_even;
pub mod field;
pub mod frame;
pub mod limits;
pub mod options;
pub mod outlook;
pub mod problem;
pub mod result;
pub mod share;
pub mod verdict;

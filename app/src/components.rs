//! Parts of pages.

#![expect(
    clippy::must_use_candidate,
    reason = "a component is called by the view macro"
)]
#![expect(clippy::needless_pass_by_value, reason = "a component owns its props")]

pub mod answer_words;
pub mod assumptions;
pub mod bill;
pub mod break_even;
pub mod changed_lines;
pub mod confidence;
pub mod diagram;
pub mod done;
pub mod exports;
pub mod failure;
pub mod field;
pub mod figure;
pub mod form;
pub mod frame;
pub mod later;
pub mod limits;
pub mod mitigations;
pub mod options;
pub mod outlook;
pub mod over_input;
pub mod plans;
pub mod problem;
pub mod replay_form;
pub mod result;
pub mod services;
pub mod share;
pub mod sheet;
pub mod since;
pub mod split;
pub mod token;
pub mod trial;
pub mod verdict;

//! Charts: pure functions from an evaluation to what is drawn. Colours are names
//! of custom properties, `var(--..)`, that the page's script resolves.

pub mod break_even;
pub mod break_even_svg;
pub mod charted;
pub mod over_input;

//! The only code that ships as wasm. A page works without it.

#![expect(
    clippy::must_use_candidate,
    reason = "a component is called by the view macro"
)]

mod clipboard;
pub mod copy_link;
#[cfg(feature = "hydrate")]
mod live;
pub mod live_sheet;
#[cfg(feature = "hydrate")]
mod swap;
pub mod take_away;

pub use copy_link::CopyLink;
pub use live_sheet::LiveSheet;
pub use take_away::TakeAway;

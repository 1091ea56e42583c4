//! The only code that ships as wasm. A page works without it.

#![expect(
    clippy::must_use_candidate,
    reason = "a component is called by the view macro"
)]

pub mod copy_link;

pub use copy_link::CopyLink;

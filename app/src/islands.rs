//! The only code that ships as wasm. A page works without it.

pub mod copy_link;

pub use copy_link::CopyLink;

//! What both sides of the network share, and what the pages need from the server.

#[cfg(feature = "ssr")]
pub mod ports;
#[cfg(feature = "ssr")]
pub mod reference;

//! The files the program carries.

/// Name and text of each file of `data/prices`.
pub(super) const FILES: &[(&str, &str)] = &[("sources.toml", include_str!("../../data/prices/sources.toml"))];

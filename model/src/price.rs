//! The price book: what AWS charges, each figure with its source and date.
//!
//! Prices live in `data/prices/*.toml`, one file per vendor product. A price is
//! looked up by its id, `{product}/{what}/{variant}`, and a region. A price the
//! sources do not give for a region is missing, and never filled from another.

mod age;
mod allowance;
mod book;
mod embedded;
mod entry;
mod error;
mod file;
mod instances;
mod markdown;
mod reading;
mod region;
mod source;
mod table;
mod tier;
mod unit;
mod unpriced;

pub use age::{STALE_AFTER_DAYS, age_in_days, is_stale};
pub use allowance::{Allowance, Share};
pub use book::PriceBook;
pub use entry::Price;
pub use error::{MissingPrice, PriceBookError};
pub(crate) use instances::InstancePrices;
pub use region::{Region, UnknownRegion};
pub use source::{Confidence, Source, is_iso_date};
pub use tier::{Tier, TierCharge};
pub use unit::{Unit, UnknownUnit};
pub use unpriced::Unpriced;

//! Charts as images, drawn by an embedded JavaScript engine with the library that the pages load.
//!
//! A thread owns an engine, which cannot be shared; there are two where there are two processors. Work comes to them through
//! a bounded channel; when that is full the caller hears so at once. An engine has limits of memory, stack and time, and is
//! thrown away after a failure.

mod clean;
mod engine;
mod framed;
mod painter;

use std::sync::Arc;
use std::time::Duration;

use axum::body::Bytes;

pub(crate) use framed::{Frame, framed};
pub use painter::{PaintError, Painter, Sheet, Start};

use crate::assets;
use crate::cache::ContentCache;
use crate::http::Kept;

/// Longest time for one image; an ordinary one takes 50 ms.
const WITHIN: Duration = Duration::from_secs(5);
/// Most memory of kept drawings, of kept images, of kept rasters, of kept reports.
const MOST_BYTES: u64 = 16 << 20;

/// The painter, and what was drawn before.
#[derive(Debug)]
pub(crate) struct Gallery {
    pub(crate) painter: Painter,
    pub(crate) drawings: ContentCache<Arc<Kept>>,
    pub(crate) images: ContentCache<Arc<str>>,
    pub(crate) rasters: ContentCache<Bytes>,
    pub(crate) reports: ContentCache<Bytes>,
}

impl Gallery {
    /// An empty one. Where no site was built every image fails.
    pub(crate) fn open(engines: Start) -> Self {
        Self {
            painter: Painter::start(assets::drawing_script(), WITHIN, engines),
            drawings: ContentCache::of_bytes(MOST_BYTES),
            images: ContentCache::of_bytes(MOST_BYTES),
            rasters: ContentCache::of_bytes(MOST_BYTES),
            reports: ContentCache::of_bytes(MOST_BYTES),
        }
    }
}

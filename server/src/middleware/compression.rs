//! Compresses pages and JSON as they are sent. Assets come compressed already, and
//! what carries a `content-encoding` is left alone.

use tower_http::CompressionLevel;
use tower_http::compression::CompressionLayer;

pub(super) fn layer() -> CompressionLayer {
    // Stronger levels cost more time than they save on a page.
    CompressionLayer::new().quality(CompressionLevel::Fastest)
}

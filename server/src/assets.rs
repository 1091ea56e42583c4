//! The files of the site, inside the program: wasm, scripts, styles, icons.

use std::borrow::Cow;

use axum::body::Body;
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use rust_embed::RustEmbed;

/// What `make build` has put together.
#[derive(RustEmbed)]
#[folder = "../target/site"]
#[allow_missing = true]
struct Site;

/// Names below this folder carry a hash of their contents, so they never change.
const IMMUTABLE: &str = "pkg/";
const FOR_EVER: &str = "public, max-age=31536000, immutable";
const FOR_AN_HOUR: &str = "public, max-age=3600";

/// Names the folder below `pkg`.
const MANIFEST: &str = "manifest.json";

/// What lies below this folder is for the server itself.
const OWN: &str = "server/";
/// Draws charts as images.
const DRAWING: &str = "server/draw.js";

/// A compressed copy lies beside its file, under its name and this ending.
const ENCODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

/// The hash in the paths of scripts and styles.
pub(crate) fn hash() -> String {
    let manifest = Site::get(MANIFEST)
        .and_then(|file| serde_json::from_slice::<serde_json::Value>(&file.data).ok());
    let hash = manifest
        .as_ref()
        .and_then(|manifest| manifest["hash"].as_str());
    // Without a site nothing is found below it; the pages work all the same.
    hash.unwrap_or("unbuilt").to_owned()
}

/// The script that draws charts as images; `None` where no site was built.
pub(crate) fn drawing_script() -> Option<Vec<u8>> {
    Site::get(DRAWING).map(|file| file.data.into_owned())
}

/// Whether there is a file for everyone at this path of the site.
pub(crate) fn has(path: &str) -> bool {
    let path = path.trim_start_matches('/');
    is_public(path) && Site::get(path).is_some()
}

fn is_public(path: &str) -> bool {
    path != MANIFEST
        && !path.starts_with(OWN)
        && !ENCODINGS
            .iter()
            .any(|(_, ending)| path.ends_with(&format!(".{ending}")))
}

/// The file at this path of the site, in the best encoding that the client takes.
pub(crate) fn response(path: &str, request: &HeaderMap) -> Option<Response> {
    let path = path.trim_start_matches('/');
    let plain = is_public(path).then(|| Site::get(path)).flatten()?;
    let accepted = request
        .get(header::ACCEPT_ENCODING)
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    let packed = ENCODINGS.iter().find_map(|&(encoding, ending)| {
        let file = accepts(accepted, encoding)
            .then(|| Site::get(&format!("{path}.{ending}")))
            .flatten()?;
        Some((encoding, file))
    });
    let (encoding, file) = packed.map_or((None, plain), |(encoding, file)| (Some(encoding), file));

    let etag = etag(&file.metadata.sha256_hash());
    let headers = headers(path, encoding, &etag);
    let known = request
        .get(header::IF_NONE_MATCH)
        .is_some_and(|value| value.as_bytes() == etag.as_bytes());
    if known {
        return Some((StatusCode::NOT_MODIFIED, headers).into_response());
    }
    let body = match file.data {
        Cow::Borrowed(bytes) => Body::from(bytes),
        Cow::Owned(bytes) => Body::from(bytes),
    };
    Some((headers, body).into_response())
}

fn headers(path: &str, encoding: Option<&'static str>, etag: &str) -> HeaderMap {
    let kind = mime_guess::from_path(path).first_or_octet_stream();
    let kind = if kind.type_() == mime_guess::mime::TEXT {
        format!("{kind}; charset=utf-8")
    } else {
        kind.to_string()
    };
    let cache = if path.starts_with(IMMUTABLE) {
        FOR_EVER
    } else {
        FOR_AN_HOUR
    };
    let mut headers = HeaderMap::new();
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static(cache));
    headers.insert(header::VARY, HeaderValue::from_static("accept-encoding"));
    for (name, value) in [(header::CONTENT_TYPE, kind.as_str()), (header::ETAG, etag)] {
        if let Ok(value) = HeaderValue::from_str(value) {
            headers.insert(name, value);
        }
    }
    if let Some(encoding) = encoding {
        headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static(encoding));
    }
    headers
}

fn etag(sha256: &[u8; 32]) -> String {
    use base64::Engine as _;
    format!(
        "\"{}\"",
        base64::engine::general_purpose::URL_SAFE_NO_PAD.encode(&sha256[..16])
    )
}

/// Whether an `Accept-Encoding` names the encoding without refusing it (`;q=0`).
fn accepts(header: &str, encoding: &str) -> bool {
    header.split(',').any(|item| {
        let mut parts = item.split(';').map(str::trim);
        let named = parts
            .next()
            .is_some_and(|name| name.eq_ignore_ascii_case(encoding));
        let refused = parts.any(|parameter| {
            parameter
                .strip_prefix("q=")
                .and_then(|q| q.parse::<f32>().ok())
                .is_some_and(|q| q <= 0.0)
        });
        named && !refused
    })
}

#[cfg(test)]
mod tests {
    use super::accepts;

    #[test]
    fn encodings_are_taken_only_when_named_and_not_refused() {
        for (header, expected) in [
            ("br", true),
            ("gzip, deflate, br", true),
            ("gzip;q=1.0, BR;q=0.5", true),
            ("br;q=0", false),
            ("br;q=0.0, gzip", false),
            ("gzip", false),
            ("brotli", false),
            ("", false),
        ] {
            assert_eq!(accepts(header, "br"), expected, "{header}");
        }
    }
}

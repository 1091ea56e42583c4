//! What is too much for flat names, in one parameter: JSON, deflated, in base64url.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use miniz_oxide::deflate::compress_to_vec;
use miniz_oxide::inflate::decompress_to_vec_with_limit;
use model::system::{FieldError, InvalidSystem};
use serde::Serialize;
use serde::de::DeserializeOwned;

/// As large as the body of an API call may be.
const LARGEST_JSON: usize = 256 * 1024;
const BEST: u8 = 9;

pub(super) fn pack(value: &impl Serialize) -> String {
    let json = serde_json::to_vec(value).unwrap_or_default();
    URL_SAFE_NO_PAD.encode(compress_to_vec(&json, BEST))
}

/// What a parameter of this name holds.
pub(super) fn unpack<T: DeserializeOwned>(name: &str, text: &str) -> Result<T, InvalidSystem> {
    let refuse = |message: &str| refused(name, message);
    let bytes = URL_SAFE_NO_PAD
        .decode(text)
        .map_err(|_| refuse("is cut off or changed: it is not base64url"))?;
    let json = decompress_to_vec_with_limit(&bytes, LARGEST_JSON)
        .map_err(|_| refuse("is cut off or changed, or holds more than 256 kB"))?;
    serde_json::from_slice(&json).map_err(|_| refuse("is cut off or changed: it is not JSON"))
}

/// An error about a parameter as a whole.
pub(super) fn refused(name: &str, message: &str) -> InvalidSystem {
    InvalidSystem {
        errors: vec![FieldError {
            path: name.to_owned(),
            message: message.to_owned(),
        }],
    }
}

//! How answers and results are written down: JSON, packed by brotli. Every form that was ever written is read for ever;
//! `tests/stored` holds one fixture of each.

use std::io::{Read as _, Write as _};

/// The most that a revision may take in the store, answers and result together: 256 kB. One component takes about 15 kB.
pub const LARGEST_REVISION_BYTES: usize = 256 * 1024;

/// More than any text that was ever packed; what claims to be longer is damaged.
const LARGEST_TEXT_BYTES: u64 = 64 * 1024 * 1024;

/// A sixth of the time of stronger ones, and a few percent larger.
const QUALITY: u32 = 5;
/// Components repeat each other at a distance of 90 kB: a window of 1 MB makes twenty of them four times as large as one.
const WINDOW_BITS: u32 = 20;
const BUFFER_BYTES: usize = 4096;

/// A form of writing; its number stands beside what is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Format {
    /// JSON as it is: until 0.1.
    Plain = 1,
    /// JSON, compressed by brotli.
    Brotli = 2,
}

/// A JSON text as it is kept.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Document {
    format: Format,
    bytes: Vec<u8>,
}

/// What is kept cannot be read: it was changed or cut off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
#[error("a stored document is damaged")]
pub struct Damaged;

impl Document {
    /// Packs a JSON text.
    #[must_use]
    pub fn pack(json: &str) -> Self {
        let mut writer =
            brotli::CompressorWriter::new(Vec::new(), BUFFER_BYTES, QUALITY, WINDOW_BITS);
        // Writing into memory does not fail.
        let _ = writer.write_all(json.as_bytes());
        Self {
            format: Format::Brotli,
            bytes: writer.into_inner(),
        }
    }

    /// What a store holds, by the number of its form.
    pub(super) fn kept(format: i64, bytes: Vec<u8>) -> Result<Self, Damaged> {
        let forms = [Format::Plain, Format::Brotli];
        let format = forms.into_iter().find(|known| *known as i64 == format);
        format.map(|format| Self { format, bytes }).ok_or(Damaged)
    }

    /// The JSON text, to the byte.
    ///
    /// # Errors
    /// When it was not written by [`Document::pack`].
    pub fn json(&self) -> Result<String, Damaged> {
        match self.format {
            Format::Plain => String::from_utf8(self.bytes.clone()).map_err(|_| Damaged),
            Format::Brotli => {
                let unpacked = brotli::Decompressor::new(&self.bytes[..], BUFFER_BYTES);
                let mut text = String::new();
                let read = unpacked.take(LARGEST_TEXT_BYTES).read_to_string(&mut text);
                read.map(|_| text).map_err(|_| Damaged)
            }
        }
    }

    /// The number of its form.
    pub(super) const fn format(&self) -> i64 {
        self.format as i64
    }

    /// What is kept.
    #[must_use]
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_packed_is_unpacked_to_the_byte() {
        for text in ["", "{}", "\"Käse 🧀 \\u0000\"", &"[1,2,3],".repeat(100_000)] {
            assert_eq!(Document::pack(text).json().as_deref(), Ok(text));
        }
    }

    #[test]
    fn what_is_damaged_is_told() {
        let packed = Document::pack(&"{\"a\":1}".repeat(100));
        let cut = packed.bytes()[..packed.bytes().len() / 2].to_vec();
        assert_eq!(Document::kept(2, cut).expect("a form").json(), Err(Damaged));
        assert_eq!(
            Document::kept(1, vec![0xff]).expect("a form").json(),
            Err(Damaged)
        );
        assert_eq!(Document::kept(3, Vec::new()), Err(Damaged));
    }
}

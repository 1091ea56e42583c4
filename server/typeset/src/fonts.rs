//! The fonts: IBM Plex Sans for Latin, Greek and Cyrillic, with its Arabic, Hebrew, Korean and Thai; Noto Sans for
//! Devanagari; Droid Sans Fallback for Chinese and Japanese; Noto Emoji for symbols.
//!
//! Droid Sans Fallback is under the Apache License 2.0, the others under the SIL Open Font License; the texts lie beside
//! them. A document takes only the glyphs that it shows.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// The family of running text; Typst and the pictures fall back to the others by script.
pub(crate) const FAMILY: &str = "IBM Plex Sans";

/// The files.
pub(crate) const FILES: [&[u8]; 12] = [
    include_bytes!("../fonts/DroidSansFallbackFull.ttf"),
    include_bytes!("../fonts/IBMPlexSans-Italic.ttf"),
    include_bytes!("../fonts/IBMPlexSans-Regular.ttf"),
    include_bytes!("../fonts/IBMPlexSans-SemiBold.ttf"),
    include_bytes!("../fonts/IBMPlexSansArabic-Regular.ttf"),
    include_bytes!("../fonts/IBMPlexSansArabic-SemiBold.ttf"),
    include_bytes!("../fonts/IBMPlexSansHebrew-Regular.ttf"),
    include_bytes!("../fonts/IBMPlexSansHebrew-SemiBold.ttf"),
    include_bytes!("../fonts/IBMPlexSansKR-Regular.ttf"),
    include_bytes!("../fonts/IBMPlexSansThai-Regular.ttf"),
    include_bytes!("../fonts/NotoEmoji-Regular.ttf"),
    include_bytes!("../fonts/NotoSansDevanagari-Regular.ttf"),
];

/// The fonts with the book that finds them by name.
#[derive(Debug)]
pub(crate) struct Fonts {
    pub(crate) book: LazyHash<FontBook>,
    pub(crate) fonts: Vec<Font>,
}

/// Read once.
pub(crate) static FONTS: LazyLock<Fonts> = LazyLock::new(|| {
    let fonts: Vec<Font> = FILES
        .into_iter()
        .filter_map(|file| Font::new(Bytes::new(file), 0))
        .collect();
    Fonts {
        book: LazyHash::new(FontBook::from_fonts(&fonts)),
        fonts,
    }
});

/// One word of every script that has a font.
#[cfg(test)]
pub(crate) const WORDS: [&str; 12] = [
    "shop",
    "\u{3b1}\u{3b2}\u{3b3}",
    "\u{43c}\u{438}\u{440}",
    "\u{5e9}\u{5dc}\u{5d5}\u{5dd}",
    "\u{645}\u{631}\u{62d}\u{628}\u{627}",
    "\u{939}\u{93f}\u{928}\u{94d}\u{926}\u{940}",
    "\u{e23}\u{e49}\u{e32}\u{e19}",
    "\u{5546}\u{5e97}",
    "\u{304a}\u{5e97}",
    "\u{30b7}\u{30e7}\u{30c3}\u{30d7}",
    "\u{c0c1}\u{c810}",
    "\u{1f980}",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_font_and_the_family_is_among_them() {
        assert_eq!(FONTS.fonts.len(), FILES.len());
        assert!(FONTS.book.contains_family(&FAMILY.to_lowercase()));
    }
}

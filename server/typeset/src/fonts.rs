//! The fonts: IBM Plex Sans for Latin, Greek and Cyrillic, with its Arabic and Hebrew, and Noto Emoji for symbols.
//!
//! All are under the SIL Open Font License; its text lies beside them.

use std::sync::LazyLock;

use typst::foundations::Bytes;
use typst::text::{Font, FontBook};
use typst::utils::LazyHash;

/// The family of running text; Typst and the pictures fall back to the others by script.
pub(crate) const FAMILY: &str = "IBM Plex Sans";

/// The files.
pub(crate) const FILES: [&[u8]; 8] = [
    include_bytes!("../fonts/IBMPlexSans-Italic.ttf"),
    include_bytes!("../fonts/IBMPlexSans-Regular.ttf"),
    include_bytes!("../fonts/IBMPlexSans-SemiBold.ttf"),
    include_bytes!("../fonts/IBMPlexSansArabic-Regular.ttf"),
    include_bytes!("../fonts/IBMPlexSansArabic-SemiBold.ttf"),
    include_bytes!("../fonts/IBMPlexSansHebrew-Regular.ttf"),
    include_bytes!("../fonts/IBMPlexSansHebrew-SemiBold.ttf"),
    include_bytes!("../fonts/NotoEmoji-Regular.ttf"),
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_file_is_a_font_and_the_family_is_among_them() {
        assert_eq!(FONTS.fonts.len(), FILES.len());
        assert!(FONTS.book.contains_family(&FAMILY.to_lowercase()));
    }
}

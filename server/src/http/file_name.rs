//! What a download is called: after the scenario and its day.

use std::fmt::Write as _;

use axum::http::HeaderValue;

/// More of a name makes no file name better.
const LONGEST: usize = 60;

/// `attachment; filename="breakeven-shop-2026-11-28.pdf"`, with the name in its own script beside it (RFC 6266).
pub(super) fn attachment(name: &str, date: &str, ending: &str) -> HeaderValue {
    let plain = file_name(name, date, ending, |character| {
        character.is_ascii_alphanumeric()
    });
    let own = file_name(name, date, ending, char::is_alphanumeric);
    let value = format!(
        "attachment; filename=\"{plain}\"; filename*=UTF-8''{}",
        encoded(&own)
    );
    HeaderValue::from_str(&value).unwrap_or(HeaderValue::from_static("attachment"))
}

/// Everything but what may stay becomes a hyphen: no path, no quote, no hidden direction of writing.
fn file_name(name: &str, date: &str, ending: &str, stays: fn(char) -> bool) -> String {
    let mut slug = String::new();
    for character in name.chars() {
        if stays(character) {
            slug.extend(character.to_lowercase());
        } else if !slug.ends_with('-') {
            slug.push('-');
        }
    }
    let slug: String = slug.trim_matches('-').chars().take(LONGEST).collect();
    let parts = ["breakeven", slug.trim_matches('-'), date];
    let parts: Vec<&str> = parts.into_iter().filter(|part| !part.is_empty()).collect();
    format!("{}.{ending}", parts.join("-"))
}

/// Percent-encoded, but for letters, digits, `-` and `.`.
fn encoded(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'.') {
            out.push(char::from(byte));
        } else {
            // Writing into a string cannot fail.
            let _fits = write!(out, "%{byte:02X}");
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_named_after_the_scenario_and_the_day() {
        for (name, expected) in [
            (
                "Shop",
                "attachment; filename=\"breakeven-shop-2026-11-28.pdf\"; filename*=UTF-8''breakeven-shop-2026-11-28.pdf",
            ),
            (
                "",
                "attachment; filename=\"breakeven-2026-11-28.pdf\"; filename*=UTF-8''breakeven-2026-11-28.pdf",
            ),
            (
                "K\u{e4}se & Co",
                "attachment; filename=\"breakeven-k-se-co-2026-11-28.pdf\"; filename*=UTF-8''breakeven-k%C3%A4se-co-2026-11-28.pdf",
            ),
            (
                "../../etc/passwd\"\r\nx: y",
                "attachment; filename=\"breakeven-etc-passwd-x-y-2026-11-28.pdf\"; filename*=UTF-8''breakeven-etc-passwd-x-y-2026-11-28.pdf",
            ),
            (
                "\u{202e}fdp.exe",
                "attachment; filename=\"breakeven-fdp-exe-2026-11-28.pdf\"; filename*=UTF-8''breakeven-fdp-exe-2026-11-28.pdf",
            ),
        ] {
            assert_eq!(attachment(name, "2026-11-28", "pdf"), expected, "{name:?}");
        }
    }

    #[test]
    fn a_long_name_is_cut() {
        let name = attachment(&"\u{5d0}".repeat(500), "2026-11-28", "pdf");
        assert!(name.len() < 600, "{name:?}");
    }
}

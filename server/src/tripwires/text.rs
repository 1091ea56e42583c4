//! Text that people typed, as data of each format.

use std::fmt::Write as _;

/// The text as one line: what would break a line or command a terminal becomes a space.
pub(super) fn one_line(text: &str) -> String {
    let breaks = |letter: char| letter.is_control() || matches!(letter, '\u{2028}' | '\u{2029}');
    let spaced: String = text
        .chars()
        .map(|letter| if breaks(letter) { ' ' } else { letter })
        .collect();
    spaced.trim().to_owned()
}

/// The longest beginning of at most so many bytes.
pub(super) fn cut(text: &str, most: usize) -> &str {
    let mut end = most.min(text.len());
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}

/// Letters that turn the direction of what follows, or that YAML or editors take for marks: they
/// stay, as escapes.
fn unseen(letter: char) -> bool {
    letter.is_control()
        || matches!(letter, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}')
        || matches!(letter, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff0}'..='\u{ffff}')
}

/// A string in double quotes, whose escapes JSON, YAML and HCL understand alike.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\r' => out.push_str("\\r"),
            '\t' => out.push_str("\\t"),
            // All of these lie below U+10000. Writing into a string cannot fail.
            _ if unseen(letter) => drop(write!(out, "\\u{:04x}", u32::from(letter))),
            _ => out.push(letter),
        }
    }
    out.push('"');
    out
}

/// A line of a comment, of YAML and of HCL.
pub(super) fn comment(text: &str) -> String {
    let seen: String = one_line(text)
        .chars()
        .map(|letter| if unseen(letter) { ' ' } else { letter })
        .collect();
    format!("# {seen}\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_typed_is_one_string() {
        for (typed, expected) in [
            ("Shop", r#""Shop""#),
            ("a \"b\" \\ c", r#""a \"b\" \\ c""#),
            ("two\nlines\ttab\r", r#""two\nlines\ttab\r""#),
            (
                "nul\0 del\u{7f} nel\u{85}",
                r#""nul\u0000 del\u007f nel\u0085""#,
            ),
            ("\u{202e}txt.exe", r#""\u202etxt.exe""#),
            ("\u{feff}mark \u{ffff}", r#""\ufeffmark \uffff""#),
            ("Käse 🧀 עברית", r#""Käse 🧀 עברית""#),
            ("!Ref x: [y] #z", r#""!Ref x: [y] #z""#),
        ] {
            let written = quoted(typed);
            assert_eq!(written, expected);
            let read: String = serde_json::from_str(&written).expect("a JSON string");
            assert_eq!(read, typed);
        }
    }

    #[test]
    fn a_comment_stays_one_line() {
        for typed in ["a\nb: c", "a\r\nb", "a\u{2028}b", "a\u{85}b", "a\u{202e}b"] {
            let written = comment(typed);
            assert!(
                written.starts_with("# a") && written.ends_with("b\n") || written.ends_with("c\n")
            );
            let breaks = written.trim_end_matches('\n').chars().any(unseen);
            assert!(!breaks, "{written:?}");
        }
    }

    #[test]
    fn text_is_cut_between_letters() {
        assert_eq!(cut("Käse", 2), "K");
        assert_eq!(cut("Käse", 3), "Kä");
        assert_eq!(cut("🧀", 3), "");
        assert_eq!(cut("abc", 9), "abc");
    }
}

//! Text that people typed, made harmless in Markdown and in the HTML made of it.

use super::super::typed::turns;

/// The text as one line that shows what was typed and nothing else: no markup, no
/// HTML, no new cell of a table.
pub(super) fn escape(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for character in text.trim().chars() {
        match character {
            '&' => escaped.push_str("&amp;"),
            '<' => escaped.push_str("&lt;"),
            '>' => escaped.push_str("&gt;"),
            '\\' | '`' | '*' | '_' | '[' | ']' | '|' | '#' | '~' | '!' | '$' => {
                escaped.push('\\');
                escaped.push(character);
            }
            _ if turns(character) => {}
            _ if character.is_control() => escaped.push(' '),
            _ => escaped.push(character),
        }
    }
    // A list, a rule or a heading begins at the start of a line only.
    if escaped.starts_with(['-', '+', '=']) {
        escaped.insert(0, '\\');
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::escape;

    #[test]
    fn nothing_that_is_typed_becomes_markup() {
        for (typed, expected) in [
            ("Shop", "Shop"),
            (
                "<script>alert(1)</script>",
                "&lt;script&gt;alert(1)&lt;/script&gt;",
            ),
            ("a|b", "a\\|b"),
            ("`rm`", "\\`rm\\`"),
            ("[x](javascript:1)", "\\[x\\](javascript:1)"),
            ("two\nlines\r\n", "two lines"),
            ("- list", "\\- list"),
            ("a&lt;", "a&amp;lt;"),
            ("nul\0", "nul "),
            ("Käse 🧀", "Käse 🧀"),
            ("\u{202e}evil", "evil"),
        ] {
            assert_eq!(escape(typed), expected, "{typed:?}");
        }
    }
}

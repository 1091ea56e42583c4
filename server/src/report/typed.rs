//! What people type, made fit for a page: words that no line can hold get places to break at, and what would turn the
//! direction of the words around it is left out.

use serde_json::Value;

/// A run of characters without a space that is longer may have to be broken.
const LONGEST: usize = 28;
/// A place to break that shows nothing.
const BREAK: char = '\u{200b}';

/// Gives every long word among the texts of a document places to break at. Addresses (`url`, `link`, `file`) stay.
pub(super) fn broken(value: &mut Value) {
    match value {
        Value::String(text) => {
            if let Some(broken) = with_breaks(text) {
                *text = broken;
            }
        }
        Value::Array(items) => items.iter_mut().for_each(broken),
        Value::Object(fields) => {
            for (name, value) in fields.iter_mut() {
                if !matches!(name.as_str(), "url" | "link" | "file") {
                    broken(value);
                }
            }
        }
        _ => {}
    }
}

/// Whether a character turns the direction of what follows it, unseen.
pub(super) const fn turns(character: char) -> bool {
    matches!(character, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

fn with_breaks(text: &str) -> Option<String> {
    let long = text
        .split(char::is_whitespace)
        .any(|word| word.chars().count() > LONGEST);
    (long || text.contains(turns)).then(|| {
        let mut run = 0;
        let mut out = String::with_capacity(text.len() + text.len() / LONGEST * BREAK.len_utf8());
        for character in text.chars().filter(|character| !turns(*character)) {
            run = if character.is_whitespace() {
                0
            } else {
                run + 1
            };
            if run > LONGEST {
                out.push(BREAK);
                run = 1;
            }
            out.push(character);
        }
        out
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn long_words_can_break_and_addresses_stay() {
        let long = "x".repeat(60);
        let mut value = serde_json::json!({ "text": long, "url": long, "short": "a b", "turned": "\u{202e}evil\u{202c}" });
        broken(&mut value);
        assert_eq!(value["url"], long.as_str());
        assert_eq!(value["short"], "a b");
        assert_eq!(value["turned"], "evil");
        let text = value["text"].as_str().expect("text");
        assert_eq!(text.replace(BREAK, ""), long);
        assert!(text.split(BREAK).all(|part| part.len() <= LONGEST));
    }
}

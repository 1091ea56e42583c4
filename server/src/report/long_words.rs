//! Words that no line can hold, given places to break at.

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

fn with_breaks(text: &str) -> Option<String> {
    let long = text
        .split(char::is_whitespace)
        .any(|word| word.chars().count() > LONGEST);
    long.then(|| {
        let mut run = 0;
        let mut out = String::with_capacity(text.len() + text.len() / LONGEST * BREAK.len_utf8());
        for character in text.chars() {
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
        let mut value = serde_json::json!({ "text": long, "url": long, "short": "a b" });
        broken(&mut value);
        assert_eq!(value["url"], long.as_str());
        assert_eq!(value["short"], "a b");
        let text = value["text"].as_str().expect("text");
        assert_eq!(text.replace(BREAK, ""), long);
        assert!(text.split(BREAK).all(|part| part.len() <= LONGEST));
    }
}

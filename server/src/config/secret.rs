//! The secret of the server, which nothing shows: no log, no help, no message about a bad one.

use std::ffi::OsStr;

use clap::builder::TypedValueParser;
use clap::error::ErrorKind;
use clap::{Arg, Command};

/// As many as 128 random bits have in hexadecimal.
const FEWEST_CHARACTERS: usize = 32;

/// A text that only the operator knows.
#[derive(Clone, PartialEq, Eq)]
pub struct Secret(String);

impl Secret {
    /// A text of at least 32 characters; `None` where it is shorter.
    #[must_use]
    pub fn new(text: &str) -> Option<Self> {
        (text.chars().count() >= FEWEST_CHARACTERS).then(|| Self(text.to_owned()))
    }

    /// To derive keys from.
    #[must_use]
    pub fn as_bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

impl std::fmt::Debug for Secret {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Secret(..)")
    }
}

/// Reads a secret. A function would not do: clap repeats the value that a function refuses.
#[derive(Clone)]
pub(super) struct Parser;

impl TypedValueParser for Parser {
    type Value = Secret;

    fn parse_ref(
        &self,
        command: &Command,
        _: Option<&Arg>,
        value: &OsStr,
    ) -> Result<Secret, clap::Error> {
        value.to_str().and_then(Secret::new).ok_or_else(|| {
            let message = format!(
                "the secret ('--secret', BREAKEVEN_SECRET) must be text of at least {FEWEST_CHARACTERS} characters\n"
            );
            clap::Error::raw(ErrorKind::ValueValidation, message).with_cmd(command)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_secret_is_long_and_never_shown() {
        let text = "0123456789abcdef0123456789abcdef";
        let secret = Secret::new(text).expect("long enough");
        assert_eq!(secret.as_bytes(), text.as_bytes());
        assert_eq!(format!("{secret:?}"), "Secret(..)");
        assert_eq!(Secret::new(&text[1..]), None);
    }

    #[test]
    fn a_short_secret_is_not_repeated() {
        let refused = Parser.parse_ref(&Command::new("x"), None, OsStr::new("kestrel"));
        let message = refused.expect_err("too short").to_string();
        assert!(message.contains("BREAKEVEN_SECRET"), "{message}");
        assert!(!message.contains("kestrel"), "{message}");
    }
}

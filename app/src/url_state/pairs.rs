//! Names and texts of a query string, in their order, as a person typed them.

use form_urlencoded::{Serializer, parse};
use serde::{Deserialize, Serialize};

/// Answers as typed. Empty ones are kept until they are written again.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pairs(Vec<(String, String)>);

impl Pairs {
    /// Reads a query string, with or without its question mark.
    #[must_use]
    pub fn parse(query: &str) -> Self {
        let query = query.strip_prefix('?').unwrap_or(query);
        Self(parse(query.as_bytes()).into_owned().collect())
    }

    /// The text of a name; where it stands several times, the last that is not empty.
    #[must_use]
    pub fn last(&self, name: &str) -> Option<&str> {
        self.all(name).last()
    }

    /// All texts of a name that are not empty.
    pub fn all<'a>(&'a self, name: &str) -> impl Iterator<Item = &'a str> {
        let name = name.to_owned();
        self.iter()
            .filter(move |(key, _)| *key == name)
            .map(|(_, text)| text)
    }

    /// All names, those of empty texts too.
    pub(super) fn names(&self) -> impl Iterator<Item = &str> {
        self.0.iter().map(|(key, _)| key.as_str())
    }

    /// Whether a name was sent, be it with an empty text.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.names().any(|key| key == name)
    }

    /// Whether a name that begins so was sent.
    pub(crate) fn starts(&self, beginning: &str) -> bool {
        self.names().any(|key| key.starts_with(beginning))
    }

    /// One more text, after what the name has already.
    pub(super) fn push(&mut self, name: &str, text: &str) {
        self.0.push((name.to_owned(), text.to_owned()));
    }

    /// Only the names that are wanted.
    pub(super) fn retain(&mut self, wanted: impl Fn(&str) -> bool) {
        self.0.retain(|(key, _)| wanted(key));
    }

    /// Another text wherever one stands under a name that is meant.
    pub(super) fn replace(&mut self, meant: impl Fn(&str) -> bool, from: &str, to: &str) {
        for (key, text) in &mut self.0 {
            if meant(key) && text.trim() == from {
                to.clone_into(text);
            }
        }
    }

    /// All that are not empty.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(key, text)| (key.as_str(), text.trim()))
            .filter(|(_, text)| !text.is_empty())
    }

    /// With a name set to this text alone.
    #[must_use]
    pub fn with(self, name: &str, text: impl Into<String>) -> Self {
        let mut pairs = self.without(&[name]);
        pairs.0.push((name.to_owned(), text.into()));
        pairs
    }

    /// Without these names.
    #[must_use]
    pub fn without(mut self, names: &[&str]) -> Self {
        self.0.retain(|(key, _)| !names.contains(&key.as_str()));
        self
    }

    /// Only what describes the system, not where one is in the questionnaire or what is looked at.
    #[must_use]
    pub fn answers(self) -> Self {
        self.without(&[
            "step",
            "done",
            "path",
            "return",
            "over",
            "component",
            "do",
            "called",
        ])
    }

    /// The query string, without what is empty.
    #[must_use]
    pub fn query(&self) -> String {
        let mut out = Serializer::new(String::new());
        for (key, text) in self.iter() {
            out.append_pair(key, text);
        }
        out.finish()
    }

    /// How many there are, empty ones included.
    #[must_use]
    pub const fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was answered.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.iter().next().is_none()
    }
}

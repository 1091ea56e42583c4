//! `ETag` and `If-Match`: the guard against two writers.

use axum::http::{HeaderMap, header};

/// The state of a scenario as a tag: its newest revision, or the one that is shown, and how often it has changed.
pub(crate) fn etag(revision: u32, changes: u32) -> String {
    format!("\"{revision}-{changes}\"")
}

/// What the client believes to replace.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    /// It did not say.
    None,
    /// Whatever is there.
    Any,
    /// One of these.
    Tags(Vec<String>),
}

impl Condition {
    /// Reads `If-Match`. Compressing proxies mark tags as weak on their way; ours name states and not bytes, so a mark
    /// changes nothing.
    pub(crate) fn of(headers: &HeaderMap) -> Self {
        let mut given = headers.get_all(header::IF_MATCH).iter().peekable();
        if given.peek().is_none() {
            return Self::None;
        }
        let tags: Vec<String> = given
            .flat_map(|value| value.to_str().unwrap_or_default().split(','))
            .map(|tag| tag.trim().trim_start_matches("W/").to_owned())
            .collect();
        if tags.iter().any(|tag| tag == "*") {
            Self::Any
        } else {
            Self::Tags(tags)
        }
    }

    /// A tag that a form carries.
    pub(crate) fn tag(tag: &str) -> Self {
        Self::Tags(vec![tag.to_owned()])
    }

    /// Whether it lets a state be replaced.
    pub(crate) fn allows(&self, tag: &str) -> bool {
        match self {
            Self::None | Self::Any => true,
            Self::Tags(tags) => tags.iter().any(|known| known == tag),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(values: &[&str], allowed: bool) {
        let mut headers = HeaderMap::new();
        for value in values {
            headers.append(header::IF_MATCH, value.parse().expect("a value"));
        }
        let condition = Condition::of(&headers);
        assert_eq!(condition.allows("\"3-5\""), allowed, "{values:?}");
    }

    #[test]
    fn a_state_is_replaced_only_by_whoever_knows_it() {
        check(&[], true);
        check(&["*"], true);
        check(&["\"3-5\""], true);
        check(&["W/\"3-5\""], true);
        check(&["\"1-1\", \"3-5\""], true);
        check(&["\"1-1\"", "\"3-5\""], true);
        for stale in ["\"3-4\"", "3-5", "", "\"\"", "\u{e9}"] {
            check(&[stale], false);
        }
    }
}

//! What the page about the API shows: the document, and a call that a form of the page has sent.

use serde_json::Value;

/// The document that describes the API (`OpenAPI`), as the server serves it.
#[derive(Clone, Copy, Debug)]
pub struct ApiDocument(pub &'static Value);

/// A call that was tried, and what came back.
#[derive(Clone, Debug)]
pub struct Tried {
    /// The call, by its `operationId`.
    pub call: String,
    /// What was typed, by the name of its input; kept as it is.
    pub typed: Vec<(String, String)>,
    /// The address that was asked, from its root on.
    pub asked: String,
    /// The status with its words, such as `200 OK`.
    pub status: String,
    /// The headers of the answer.
    pub headers: Vec<(String, String)>,
    /// The body of the answer, indented.
    pub answer: String,
}

impl Tried {
    /// What was typed into an input.
    #[must_use]
    pub fn text(&self, name: &str) -> Option<&str> {
        let mut typed = self.typed.iter();
        typed
            .find(|(known, _)| known == name)
            .map(|(_, text)| text.as_str())
    }
}

/// The name of the input that holds the body; parameters have their own names after a dot.
pub const BODY: &str = "body";

/// The name of the input of a parameter.
#[must_use]
pub fn input(parameter: &str) -> String {
    format!("p.{parameter}")
}

/// Whether a form may try a call. What changes or deletes is shown as a command instead.
#[must_use]
pub fn can_be_tried(method: &str, operation: &Value) -> bool {
    matches!(method, "get" | "post") && operation["security"].is_null()
}

//! One call of the API, as the document describes it.

use model::openapi::PLACE;
use serde_json::{Map, Value, json};

use super::problems;

/// What may go wrong with any call: too many of them, a fault of ours, no time.
const ALWAYS: [u16; 3] = [429, 500, 503];
/// What may be wrong with a body.
const OF_A_BODY: [u16; 6] = [400, 403, 408, 413, 415, 422];

/// A call that is being described.
pub(super) struct Call {
    pub(super) path: &'static str,
    pub(super) method: &'static str,
    operation: Map<String, Value>,
    parameters: Vec<Value>,
    responses: Map<String, Value>,
}

impl Call {
    /// A call with what it is called by programs, what it does in a few words, and at length.
    pub(super) fn new(
        method: &'static str,
        path: &'static str,
        [id, summary, description]: [&str; 3],
    ) -> Self {
        let mut operation = Map::new();
        operation.insert("operationId".to_owned(), json!(id));
        operation.insert("summary".to_owned(), json!(summary));
        operation.insert("description".to_owned(), json!(description));
        let call = Self {
            path,
            method,
            operation,
            parameters: Vec::new(),
            responses: Map::new(),
        };
        call.refuses(&ALWAYS)
    }

    /// Takes JSON of this schema; each example has a name and is one that is answered.
    pub(super) fn takes(mut self, schema: &str, examples: &[(&str, Value)]) -> Self {
        let examples: Map<String, Value> = examples
            .iter()
            .map(|(name, value)| {
                (
                    (*name).to_owned(),
                    json!({ "summary": name, "value": value }),
                )
            })
            .collect();
        let content = json!({ "schema": reference(schema), "examples": examples });
        self.operation.insert(
            "requestBody".to_owned(),
            json!({ "required": true, "content": { "application/json": content } }),
        );
        self.refuses(&OF_A_BODY)
    }

    /// Takes a parameter.
    pub(super) fn with(mut self, parameter: Value) -> Self {
        self.parameters.push(parameter);
        self
    }

    /// Answers with JSON of this schema.
    pub(super) fn gives(self, status: u16, what: &str, schema: &Value) -> Self {
        self.gives_with(status, what, schema, &json!({}))
    }

    /// Answers with JSON of this schema, and with headers.
    pub(super) fn gives_with(
        self,
        status: u16,
        what: &str,
        schema: &Value,
        headers: &Value,
    ) -> Self {
        let content = json!({ "application/json": { "schema": schema } });
        self.responds(
            status,
            json!({
                "description": what,
                "headers": with_request_id(headers),
                "content": content,
            }),
        )
    }

    /// An example of what this status answers.
    pub(super) fn for_example(mut self, status: u16, value: &Value) -> Self {
        let response = &mut self.responses[&status.to_string()];
        response["content"]["application/json"]["example"] = value.clone();
        self
    }

    /// Answers with events, one after another.
    pub(super) fn streams(self, status: u16, what: &str) -> Self {
        let event = json!({
            "description": "One event.",
            "type": "object",
            "required": ["data"],
            "properties": {
                "event": { "description": "What it is.", "type": "string" },
                "data": { "description": "What it says, as JSON.", "type": "string" },
            },
        });
        let content = json!({ "text/event-stream": { "schema": event } });
        self.responds(
            status,
            json!({
                "description": what,
                "headers": with_request_id(&json!({})),
                "content": content,
            }),
        )
    }

    /// Answers without a body.
    pub(super) fn gives_nothing(self, status: u16, what: &str, headers: &Value) -> Self {
        self.responds(
            status,
            json!({ "description": what, "headers": with_request_id(headers) }),
        )
    }

    /// Answers 304 to who has it.
    pub(super) fn or_not_modified(self) -> Self {
        self.with(json!({
            "name": "If-None-Match",
            "in": "header",
            "description": "The `ETag` of what you have. If that is still so, the answer is 304 without a body.",
            "schema": { "type": "string" },
        }))
        .gives_nothing(304, "You have it already.", &etag())
    }

    /// Refuses with these problems.
    pub(super) fn refuses(mut self, statuses: &[u16]) -> Self {
        for status in statuses {
            self.responses
                .insert(status.to_string(), problems::reference(*status));
        }
        self
    }

    /// Needs the owner's token.
    pub(super) fn for_the_owner(mut self) -> Self {
        self.operation
            .insert("security".to_owned(), json!([{ "owner_token": [] }]));
        self.refuses(&[401, 403, 404, 410])
    }

    fn responds(mut self, status: u16, response: Value) -> Self {
        self.responses.insert(status.to_string(), response);
        self
    }

    /// The operation, in its group and at its place there.
    pub(super) fn operation(self, group: &str, order: usize) -> Value {
        let mut operation = self.operation;
        operation.insert("x-order".to_owned(), json!(order));
        operation.insert("tags".to_owned(), json!([group]));
        if !self.parameters.is_empty() {
            operation.insert("parameters".to_owned(), json!(self.parameters));
        }
        operation.insert("responses".to_owned(), json!(self.responses));
        Value::Object(operation)
    }
}

/// The schema of this name.
pub(super) fn reference(schema: &str) -> Value {
    json!({ "$ref": format!("{PLACE}{schema}") })
}

/// The header that names the content.
pub(super) fn etag() -> Value {
    json!({ "ETag": {
        "description": "Names this content; show it in `If-None-Match`, or in `If-Match` when you change it.",
        "required": true,
        "schema": { "type": "string", "pattern": "^\"[^\"]+\"$" },
    } })
}

/// These headers, and the one that each answer carries.
pub(super) fn with_request_id(headers: &Value) -> Value {
    let mut headers = headers.clone();
    headers["x-request-id"] = json!({
        "description": "Names the request in the log of the server.",
        "required": true,
        "schema": { "type": "string", "pattern": "^[a-z2-7]{26}$" },
    });
    headers
}

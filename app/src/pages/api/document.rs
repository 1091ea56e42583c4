//! Reading the document that describes the API.

use serde_json::Value;

/// Where the document keeps its schemas.
const SCHEMAS: &str = "#/components/schemas/";

/// The document.
#[derive(Clone, Copy)]
pub(super) struct Document(pub(super) &'static Value);

/// Calls that belong together.
pub(super) struct Group {
    pub(super) name: &'static str,
    pub(super) about: &'static str,
    pub(super) calls: Vec<Call>,
}

/// One call.
#[derive(Clone, Copy)]
pub(super) struct Call {
    pub(super) method: &'static str,
    pub(super) path: &'static str,
    pub(super) operation: &'static Value,
}

impl Call {
    pub(super) fn id(&self) -> &'static str {
        text(&self.operation["operationId"])
    }

    pub(super) fn title(&self) -> &'static str {
        text(&self.operation["summary"])
    }

    pub(super) fn parameters(&self) -> impl Iterator<Item = &'static Value> + use<> {
        self.operation["parameters"]
            .as_array()
            .into_iter()
            .flatten()
    }

    /// What its body holds; none where it takes none.
    pub(super) fn body(&self) -> Option<&'static Value> {
        let content = &self.operation["requestBody"]["content"]["application/json"];
        content.is_object().then_some(content)
    }

    /// The first example of its body.
    pub(super) fn example(&self) -> Option<&'static Value> {
        let examples = self.body()?["examples"].as_object()?;
        examples.values().next().map(|example| &example["value"])
    }
}

impl Document {
    /// The address that all paths begin with.
    pub(super) fn root(self) -> &'static str {
        text(&self.0["servers"][0]["url"])
    }

    pub(super) fn groups(self) -> Vec<Group> {
        let tags = self.0["tags"].as_array().into_iter().flatten();
        let group = |tag: &'static Value| {
            let own = |call: &Call| call.operation["tags"][0] == tag["name"];
            let mut calls: Vec<Call> = self.calls().filter(own).collect();
            calls.sort_by_key(|call| call.operation["x-order"].as_u64());
            Group {
                name: text(&tag["name"]),
                about: text(&tag["description"]),
                calls,
            }
        };
        tags.map(group).collect()
    }

    fn calls(self) -> impl Iterator<Item = Call> {
        let paths = self.0["paths"].as_object().into_iter().flatten();
        paths.flat_map(|(path, methods)| {
            let methods = methods.as_object().into_iter().flatten();
            methods.map(move |(method, operation)| Call {
                method,
                path,
                operation,
            })
        })
    }

    /// The schemas by name.
    pub(super) fn schemas(self) -> impl Iterator<Item = (&'static str, &'static Value)> {
        let schemas = self.0["components"]["schemas"]
            .as_object()
            .into_iter()
            .flatten();
        schemas.map(|(name, schema)| (name.as_str(), schema))
    }

    /// The responses that calls share, by status.
    pub(super) fn problems(self) -> impl Iterator<Item = (&'static str, &'static Value)> {
        let responses = self.0["components"]["responses"]
            .as_object()
            .into_iter()
            .flatten();
        responses.map(|(status, response)| (status.as_str(), response))
    }

    /// A schema by its name.
    pub(super) fn schema(self, name: &str) -> &'static Value {
        &self.0["components"]["schemas"][name]
    }
}

/// The name of the schema that is referred to.
pub(super) fn referred(schema: &'static Value) -> Option<&'static str> {
    schema["$ref"].as_str()?.strip_prefix(SCHEMAS)
}

/// A text, or nothing.
pub(super) fn text(value: &'static Value) -> &'static str {
    value.as_str().unwrap_or_default()
}

/// Whether a schema is a record with fields of its own.
pub(super) fn is_record(schema: &Value) -> bool {
    schema["properties"].is_object() || schema["allOf"].is_array()
}

/// The fields of a record, those that it shares with others among them; first what is always there.
pub(super) fn properties(
    document: Document,
    schema: &'static Value,
) -> Vec<(&'static str, &'static Value, bool)> {
    let parts = schema["allOf"].as_array().into_iter().flatten();
    let shared = parts.flat_map(|part| {
        let part = referred(part).map_or(part, |name| document.schema(name));
        properties(document, part)
    });
    let required = &schema["required"];
    let own = schema["properties"]
        .as_object()
        .into_iter()
        .flatten()
        .map(|(name, property)| {
            let needed = required
                .as_array()
                .is_some_and(|all| all.iter().any(|one| one == name));
            (name.as_str(), property, needed)
        });
    let mut all: Vec<_> = shared.chain(own).collect();
    all.sort_by_key(|(_, _, needed)| !needed);
    all
}

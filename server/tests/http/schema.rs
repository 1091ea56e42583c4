//! Checks JSON against the schemas of the document: the words that the document uses, no more. What no schema
//! names is wrong here, wherever it stands, so that nothing is given that is not described.

use serde_json::Value;

/// The schemas of a document.
pub(crate) struct Schemas<'a>(pub(crate) &'a Value);

impl Schemas<'_> {
    /// What of a value is not as its schema says; empty when all is.
    pub(crate) fn wrong(&self, schema: &Value, value: &Value) -> Vec<String> {
        let mut wrong = Vec::new();
        self.check(schema, value, "", &mut wrong);
        wrong
    }

    fn check(&self, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
        if let Some(reference) = schema["$ref"].as_str() {
            let pointer = reference.trim_start_matches('#');
            let target = self
                .0
                .pointer(pointer)
                .unwrap_or_else(|| panic!("{reference} leads nowhere"));
            return self.check(target, value, at, wrong);
        }
        if let Some(forms) = schema["oneOf"].as_array() {
            let fits = forms
                .iter()
                .filter(|form| self.wrong(form, value).is_empty())
                .count();
            if fits != 1 {
                wrong.push(format!(
                    "{at}: fits {fits} of {} forms: {value}",
                    forms.len()
                ));
            }
            return;
        }
        if let Some(parts) = schema["allOf"].as_array() {
            return self.check(&self.merged(parts), value, at, wrong);
        }
        if let Some(kind) = schema.get("type")
            && !fits(kind, value)
        {
            wrong.push(format!("{at}: {value} is not {kind}"));
            return;
        }
        if let Some(names) = schema["enum"].as_array()
            && !names.contains(value)
        {
            wrong.push(format!("{at}: {value} is none of the list"));
        }
        bounds(schema, value, at, wrong);
        match value {
            Value::Array(items) => items.iter().enumerate().for_each(|(place, item)| {
                self.check(&schema["items"], item, &format!("{at}[{place}]"), wrong);
            }),
            Value::Object(_) => self.fields(schema, value, at, wrong),
            _ => {}
        }
    }

    fn fields(&self, schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
        for name in schema["required"].as_array().into_iter().flatten() {
            if value.get(name.as_str().unwrap_or_default()).is_none() {
                wrong.push(format!("{at}: lacks {name}"));
            }
        }
        for (name, field) in value.as_object().into_iter().flatten() {
            let at = format!("{at}.{name}");
            let others = &schema["additionalProperties"];
            match schema["properties"].get(name) {
                Some(schema) => self.check(schema, field, &at, wrong),
                None if others.is_object() => self.check(others, field, &at, wrong),
                None if schema["properties"].is_object() => {
                    wrong.push(format!("{at}: is not described"));
                }
                None => {}
            }
        }
    }

    /// Records that are one in JSON.
    fn merged(&self, parts: &[Value]) -> Value {
        let mut whole = serde_json::json!({ "type": "object", "properties": {}, "required": [] });
        for part in parts {
            let pointer = part["$ref"]
                .as_str()
                .map(|reference| reference.trim_start_matches('#'));
            let part = pointer.map_or(part, |pointer| self.0.pointer(pointer).expect("a schema"));
            for (name, schema) in part["properties"].as_object().into_iter().flatten() {
                whole["properties"][name] = schema.clone();
            }
            for name in part["required"].as_array().into_iter().flatten() {
                whole["required"]
                    .as_array_mut()
                    .expect("a list")
                    .push(name.clone());
            }
        }
        whole
    }
}

fn fits(kind: &Value, value: &Value) -> bool {
    let one = |kind: &Value| match kind.as_str().unwrap_or_default() {
        "null" => value.is_null(),
        "boolean" => value.is_boolean(),
        "string" => value.is_string(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        "number" => value.is_number(),
        "integer" => value
            .as_f64()
            .is_some_and(|number| number.fract().abs() < f64::EPSILON),
        other => panic!("{other} is no type"),
    };
    kind.as_array()
        .map_or_else(|| one(kind), |kinds| kinds.iter().any(one))
}

fn bounds(schema: &Value, value: &Value, at: &str, wrong: &mut Vec<String>) {
    let size = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => Some(count(text.chars().count())),
        Value::Array(items) => Some(count(items.len())),
        Value::Object(fields) => Some(count(fields.len())),
        _ => None,
    };
    let (low, high) = match value {
        Value::Number(_) => ("minimum", "maximum"),
        Value::String(_) => ("minLength", "maxLength"),
        Value::Array(_) => ("minItems", "maxItems"),
        _ => ("minProperties", "maxProperties"),
    };
    let within = |size: f64| {
        schema[low].as_f64().is_none_or(|low| size >= low)
            && schema[high].as_f64().is_none_or(|high| size <= high)
    };
    if !size.is_none_or(within) {
        wrong.push(format!("{at}: {value:.60} is out of its bounds"));
    }
}

#[expect(clippy::cast_precision_loss, reason = "lists and texts are short")]
const fn count(size: usize) -> f64 {
    size as f64
}

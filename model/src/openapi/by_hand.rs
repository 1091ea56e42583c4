//! Schemas of the types whose JSON is written by hand. Others refer to them by name; what they
//! are is put in its place here.

use serde_json::{Value, json};
use utoipa::openapi::schema::Object;
use utoipa::openapi::{RefOr, Schema};
use utoipa::{PartialSchema, ToSchema};

use super::Schemas;
use crate::price::Unit;
use crate::system::Answer;
use crate::traffic::{HOURS, HOURS_PER_DAY, Shape, ShapeName};

macro_rules! by_hand {
    ($($type:ty),*) => {$(
        impl PartialSchema for $type {
            fn schema() -> RefOr<Schema> {
                Object::default().into()
            }
        }

        impl ToSchema for $type {}
    )*};
}

by_hand!(Answer, Shape, Unit);

pub(super) fn put(schemas: &mut Schemas) {
    schemas.insert("Answer".to_owned(), answer());
    schemas.insert("Shape".to_owned(), shape());
    schemas.insert("Unit".to_owned(), unit());
}

fn answer() -> Value {
    let number = json!({ "type": "number" });
    json!({
        "description": "A number, or its range: the 5, 50 and 95 % points.",
        "oneOf": [number, range(&number, &number)],
    })
}

/// `{low, typical, high}`.
pub(super) fn range(ends: &Value, typical: &Value) -> Value {
    json!({
        "type": "object",
        "properties": { "low": ends, "typical": typical, "high": ends },
        "required": ["low", "typical", "high"],
        "additionalProperties": false,
    })
}

fn shape() -> Value {
    let names: Vec<&str> = ShapeName::ALL.iter().map(|shape| shape.name()).collect();
    let hours = |length: usize| {
        json!({
            "type": "array",
            "items": { "type": "number", "minimum": 0 },
            "minItems": length,
            "maxItems": length,
            "contains": { "type": "number", "exclusiveMinimum": 0 },
        })
    };
    json!({
        "description": "The name of a week's shape, or the numbers of its 24 or 168 hours, in any unit and not all zero.",
        "oneOf": [
            { "type": "string", "enum": names },
            {
                "type": "object",
                "properties": { "hourly": { "oneOf": [hours(HOURS_PER_DAY), hours(HOURS)] } },
                "required": ["hourly"],
                "additionalProperties": false,
            },
        ],
    })
}

fn unit() -> Value {
    let names: Vec<&str> = Unit::ALL.iter().map(|unit| unit.name()).collect();
    json!({
        "description": "What one unit of a quantity is, spelled as on the bill.",
        "type": "string",
        "enum": names,
    })
}

//! Reading records from JSON objects only. What serde derives also takes a list for a record, its fields in their
//! order, and an object for a name: no form of ours, and a slip that should not pass for an answer.

use serde::de::value::{MapDeserializer, SeqDeserializer};
use serde::de::{Deserializer, Error as _, IntoDeserializer, Unexpected, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::{Error, Value};

/// JSON that is read strictly.
#[derive(Clone, Debug)]
pub struct Strict(pub Value);

impl Strict {
    fn unexpected(&self) -> Unexpected<'_> {
        match &self.0 {
            Value::Null => Unexpected::Unit,
            Value::Bool(value) => Unexpected::Bool(*value),
            Value::Number(_) => Unexpected::Other("a number"),
            Value::String(text) => Unexpected::Str(text),
            Value::Array(_) => Unexpected::Seq,
            Value::Object(_) => Unexpected::Map,
        }
    }
}

impl IntoDeserializer<'_, Error> for Strict {
    type Deserializer = Self;

    fn into_deserializer(self) -> Self {
        self
    }
}

impl<'de> Deserializer<'de> for Strict {
    type Error = Error;

    fn deserialize_any<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        match self.0 {
            Value::Array(items) => {
                visitor.visit_seq(SeqDeserializer::new(items.into_iter().map(Self)))
            }
            Value::Object(fields) => {
                let fields = fields.into_iter().map(|(name, value)| (name, Self(value)));
                visitor.visit_map(MapDeserializer::new(fields))
            }
            other => other.deserialize_any(visitor),
        }
    }

    fn deserialize_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        _: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.0.is_object() {
            self.deserialize_any(visitor)
        } else {
            Err(Error::invalid_type(self.unexpected(), &"an object"))
        }
    }

    fn deserialize_enum<V: Visitor<'de>>(
        self,
        name: &'static str,
        variants: &'static [&'static str],
        visitor: V,
    ) -> Result<V::Value, Error> {
        if self.0.is_string() {
            self.0.deserialize_enum(name, variants, visitor)
        } else {
            Err(Error::invalid_type(self.unexpected(), &"a name"))
        }
    }

    fn deserialize_option<V: Visitor<'de>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.0.is_null() {
            visitor.visit_none()
        } else {
            visitor.visit_some(self)
        }
    }

    fn deserialize_newtype_struct<V: Visitor<'de>>(
        self,
        _: &'static str,
        visitor: V,
    ) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf unit
        unit_struct seq tuple tuple_struct map identifier ignored_any
    }
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use crate::system::System;

    #[test]
    fn a_list_is_no_record_and_an_object_no_name() {
        let smallest = json!({ "version": 1, "components": [{
            "traffic": { "requests_per_month": 1 }, "work": { "duration_ms": 1 },
        }] });
        assert!(System::from_value(smallest.clone()).is_ok());
        for (path, bad) in [
            ("components[0].runtime", json!([])),
            ("components[0].kind", json!({ "http_api": null })),
            ("operations", json!([null])),
        ] {
            let mut system = smallest.clone();
            let pointer = format!("/{}", path.replace("[0].", "/0/"));
            let (parent, name) = pointer.rsplit_once('/').expect("a path");
            system.pointer_mut(parent).expect("a record")[name] = bad;
            for read in [
                System::from_value(system.clone()),
                System::from_json(system.to_string().as_bytes()),
            ] {
                assert_eq!(read.expect_err(path).errors[0].path, path);
            }
        }
    }
}

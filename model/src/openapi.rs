//! The schemas of everything public, as the document that describes the API holds them: derived
//! from the types, with the bounds that the checks use.

mod bounds;
mod by_hand;

use std::collections::BTreeMap;

use serde_json::{Value, json};
use utoipa::ToSchema;

use crate::bill::Bill;
use crate::evaluation::{Evaluation, InputBreakEvens};
use crate::example::Example;
use crate::latency::cold_start::{ColdStart, ColdStartOutcome};
use crate::latency::percentile::{Percentiles, WarmAndCold};
use crate::latency::provisioned::{Provisioned, Spill};
use crate::latency::queue::{Queue, WaitSummary};
use crate::price::{Allowance, Price, Share, Source};
use crate::system::{FieldError, System};

/// JSON schemas by the name of their type.
pub type Schemas = BTreeMap<String, Value>;

/// Where the document keeps them.
pub const PLACE: &str = "#/components/schemas/";

/// The schemas of what goes in and comes out, and of all that these are made of; `more` adds those
/// that are known elsewhere.
///
/// # Panics
/// Where a bound is of a field that no schema has, which the tests would show.
#[must_use]
pub fn schemas(more: impl FnOnce(&mut Schemas)) -> Schemas {
    let mut schemas = Schemas::new();
    add::<System>(&mut schemas);
    add::<Evaluation>(&mut schemas);
    add::<InputBreakEvens>(&mut schemas);
    add::<Bill>(&mut schemas);
    add::<Example>(&mut schemas);
    add::<FieldError>(&mut schemas);
    add::<Price>(&mut schemas);
    add::<Allowance>(&mut schemas);
    add::<Share>(&mut schemas);
    add::<Source>(&mut schemas);
    add::<ColdStart>(&mut schemas);
    add::<ColdStartOutcome>(&mut schemas);
    add::<Queue>(&mut schemas);
    add::<WaitSummary>(&mut schemas);
    add::<WarmAndCold>(&mut schemas);
    add::<Percentiles>(&mut schemas);
    add::<Provisioned>(&mut schemas);
    add::<Spill>(&mut schemas);
    more(&mut schemas);
    by_hand::put(&mut schemas);
    bounds::put(&mut schemas);
    schemas.values_mut().for_each(reworded);
    schemas
}

/// Adds a type with all that it is made of.
///
/// # Panics
/// Where two types of one name differ: in the document they would be one.
pub fn add<T: ToSchema>(schemas: &mut Schemas) {
    let mut found = vec![(T::name().into_owned(), T::schema())];
    T::schemas(&mut found);
    for (name, schema) in found {
        let schema = json!(schema);
        let known = schemas
            .entry(name.clone())
            .or_insert_with(|| schema.clone());
        assert_eq!(*known, schema, "two types are called {name}");
    }
}

/// Makes of comments in the code what a reader of the document can use: lines that were broken are
/// one again, and links to other parts of the code are their names.
fn reworded(schema: &mut Value) {
    match schema {
        Value::Object(fields) => {
            if let Some(Value::String(text)) = fields.get_mut("description") {
                *text = plain(text);
            }
            fields.values_mut().for_each(reworded);
        }
        Value::Array(items) => items.iter_mut().for_each(reworded),
        _ => {}
    }
}

fn plain(comment: &str) -> String {
    let paragraphs: Vec<String> = comment
        .split("\n\n")
        .map(|paragraph| paragraph.replace('\n', " "))
        .collect();
    let mut text = paragraphs.join("\n\n").replace("[`", "`");
    while let Some(link) = text.find("`](") {
        let end = text[link..]
            .find(')')
            .map_or(text.len(), |end| link + end + 1);
        text.replace_range(link + 1..end, "");
    }
    text.replace("`]", "`")
}

#[cfg(test)]
mod tests;

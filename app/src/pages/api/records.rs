//! Every record that calls take or give, with its fields.

use leptos::prelude::*;
use serde_json::Value;

use crate::markup::{IntoMarkup as _, Markup};

use super::document::{Document, is_record, text};
use super::fields::{self, prose};

pub(super) fn section(document: Document) -> Markup {
    let records = document
        .schemas()
        .filter(|(_, schema)| is_record(schema))
        .map(|(name, schema)| record(document, name, schema))
        .collect_view();
    view! {
        <section class="equation records" id="records" aria-labelledby="records-title">
            <h2 id="records-title">"Records"</h2>
            <p>"What calls take and give, by name. A field that is marked is always there: you must give it, or you always get it."</p>
            {records}
        </section>
    }
    .into_markup()
}

/// A link that leads to something within what is folded opens it.
fn record(document: Document, name: &'static str, schema: &'static Value) -> Markup {
    let fields = fields::of_record(document, schema);
    let about = text(&schema["description"]);
    view! {
        <details>
            <summary>{name}</summary>
            <p id=format!("record-{name}")>{prose(about)}</p>
            {fields::table("Fields".to_owned(), name, fields)}
        </details>
    }
    .into_markup()
}

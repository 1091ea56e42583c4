//! One call: its address, its parameters, its body, what it answers, and how to send it.

use leptos::prelude::*;
use serde_json::Value;

use super::document::{Call, Document, text};
use super::fields::{self, Field, prose};
use super::trial;
use crate::api::reference::{Tried, can_be_tried};
use crate::markup::{IntoMarkup as _, Markup};

/// A body up to this length stands in the command itself.
const LONGEST_INLINE: usize = 240;

pub(super) fn section(document: Document, call: &Call, tried: Option<&Tried>, url: &str) -> Markup {
    let (id, title) = (call.id(), call.title());
    let heading = format!("{id}-title");
    let address = format!(
        "{} {}{}",
        call.method.to_uppercase(),
        document.root(),
        call.path
    );
    let form = can_be_tried(call.method, call.operation).then(|| trial::form(call, tried));
    view! {
        <section class="call" id=id aria-labelledby=heading.clone()>
            <h3 id=heading.clone()>{title}</h3>
            <p class="address"><code>{address}</code></p>
            <p>{prose(text(&call.operation["description"]))}</p>
            {parameters(document, call)}
            {answers(document, call)}
            <h4>"From a shell" <span class="visually-hidden">": " {title}</span></h4>
            <div class="scroll" role="group" tabindex="0" aria-label=format!("Command: {title}")>
                <pre>{command(document, call, url)}</pre>
            </div>
            {form}
        </section>
    }
    .into_markup()
}

/// Parameters and body in one table; nothing where there are none.
fn parameters(document: Document, call: &Call) -> Option<Markup> {
    let parameters = call.parameters().map(|parameter| {
        let place = match text(&parameter["in"]) {
            "path" => "in the address",
            "header" => "a header",
            _ => "in the query",
        };
        Field {
            name: text(&parameter["name"]).to_owned(),
            needed: parameter["required"] == true,
            takes: fields::takes(document, &parameter["schema"]),
            about: format!(
                "{} ({place})",
                text(&parameter["description"]).trim_end_matches('.')
            ),
        }
    });
    let body = call.body().map(|body| Field {
        name: "body".to_owned(),
        needed: true,
        takes: fields::takes(document, &body["schema"]),
        about: "JSON, sent as `application/json`".to_owned(),
    });
    let all: Vec<Field> = parameters.chain(body).collect();
    (!all.is_empty()).then(|| fields::table("What it takes".to_owned(), call.title(), all))
}

/// What it answers when all is well, and the statuses of what may go wrong.
fn answers(document: Document, call: &Call) -> Markup {
    let responses = call.operation["responses"]
        .as_object()
        .into_iter()
        .flatten();
    let (problems, own): (Vec<_>, Vec<_>) =
        responses.partition(|(_, response)| response["$ref"].is_string());
    let own = own
        .into_iter()
        .map(|(status, response)| own_answer(document, status, response))
        .collect_view();
    let problems = problems
        .iter()
        .enumerate()
        .map(|(place, (status, _))| {
            view! { {(place > 0).then_some(", ")} <a href=format!("#problem-{status}")>{(*status).clone()}</a> }
        })
        .collect_view();
    view! {
        <dl class="notes answers-of-call">
            {own}
            <div><dt>"Problems"</dt><dd>{problems}</dd></div>
        </dl>
    }
    .into_markup()
}

fn own_answer(document: Document, status: &'static str, response: &'static Value) -> Markup {
    let schema = &response["content"]["application/json"]["schema"];
    let body = schema
        .is_object()
        .then(|| view! { " Body: " {fields::takes(document, schema)} "." });
    let headers = response["headers"].as_object().into_iter().flatten();
    let headers: Vec<Markup> = headers
        .filter(|(name, _)| *name != "x-request-id")
        .map(|(name, _)| view! { " " <code>{name.clone()}</code> }.into_markup())
        .collect();
    let headers = (!headers.is_empty()).then(|| view! { " Headers:" {headers} "." });
    view! {
        <div><dt>{status}</dt><dd>{prose(text(&response["description"]))} {body} {headers}</dd></div>
    }
    .into_markup()
}

/// The call as a command.
fn command(document: Document, call: &Call, url: &str) -> String {
    let mut path = call.path.to_owned();
    let mut query = String::new();
    let mut lines = Vec::new();
    for parameter in call
        .parameters()
        .filter(|parameter| parameter["required"] == true)
    {
        let name = text(&parameter["name"]);
        let example = &parameter["example"];
        let example = example
            .as_str()
            .map_or_else(|| example.to_string(), str::to_owned);
        match text(&parameter["in"]) {
            "path" => path = path.replace(&format!("{{{name}}}"), &example),
            "query" => {
                query = format!(
                    "?{name}={}",
                    example.replace('[', "%5B").replace(']', "%5D")
                );
            }
            _ => lines.push(format!("-H '{name}: \"ETAG\"'")),
        }
    }
    let method = match call.method {
        "get" => String::new(),
        method => format!("-X {} ", method.to_uppercase()),
    };
    let first = format!("curl {method}'{url}{}{path}{query}'", document.root());
    if call.operation["security"].is_array() {
        lines.push("-H 'Authorization: Bearer OWNER_TOKEN'".to_owned());
    }
    if let Some(example) = call.example() {
        let inline = Some(example.to_string()).filter(|json| json.len() <= LONGEST_INLINE);
        let body = inline.map_or_else(|| "@system.json".to_owned(), |json| format!("'{json}'"));
        lines.push("-H 'Content-Type: application/json'".to_owned());
        lines.push(format!("--data {body}"));
    }
    lines.insert(0, first);
    lines.join(" \\\n  ")
}

//! The form that sends a call, and what came back.

use leptos::prelude::*;
use serde_json::Value;

use super::document::{Call, text};
use crate::api::reference::{BODY, Tried, input};
use crate::components::frame::in_textarea;
use crate::markup::{IntoMarkup as _, Markup};

/// The address that sends what was typed.
const ADDRESS: &str = "/api/try";

pub(super) fn form(call: &Call, tried: Option<&Tried>) -> Markup {
    let (id, title) = (call.id(), call.title());
    let heading = format!("{id}-try");
    let parameters = call
        .parameters()
        .map(|parameter| parameter_field(id, parameter, tried))
        .collect_view();
    let body = call.example().map(|example| body_field(id, example, tried));
    let outcome = tried.map(|tried| outcome(title, tried));
    view! {
        <form method="post" action=format!("{ADDRESS}#{heading}") class="trial" aria-labelledby=heading.clone()>
            <h4 id=heading.clone()>"Try it" <span class="visually-hidden">": " {title}</span></h4>
            <input type="hidden" name="call" value=id/>
            {body}
            <div class="vary">{parameters} <button type="submit">"Send"</button></div>
        </form>
        {outcome}
    }
    .into_markup()
}

fn parameter_field(call: &str, parameter: &'static Value, tried: Option<&Tried>) -> Markup {
    let name = text(&parameter["name"]);
    let id = format!("{call}-{name}");
    let field = input(name);
    let default = if parameter["required"] == true {
        example(&parameter["example"])
    } else {
        String::new()
    };
    let value = tried
        .and_then(|tried| tried.text(&field))
        .map_or(default, str::to_owned);
    let optional = (parameter["required"] != true).then_some(" (optional)");
    view! {
        <div class="field small">
            <label for=id.clone()><code>{name}</code> <span class="unit">{optional}</span></label>
            <input class="words" type="text" id=id name=field value=value autocomplete="off" spellcheck="false"/>
        </div>
    }
    .into_markup()
}

/// A list is written with commas.
fn example(example: &Value) -> String {
    match example {
        Value::Array(items) => items
            .iter()
            .map(self::example)
            .collect::<Vec<_>>()
            .join(","),
        Value::String(text) => text.clone(),
        Value::Null => String::new(),
        other => other.to_string(),
    }
}

fn body_field(call: &str, example: &'static Value, tried: Option<&Tried>) -> Markup {
    let id = format!("{call}-body");
    let value = tried
        .and_then(|tried| tried.text(BODY))
        .map_or_else(|| format!("{example:#}"), str::to_owned);
    let rows = value.lines().count().clamp(4, 18).to_string();
    view! {
        <div class="field">
            <label for=id.clone()>"Body, JSON"</label>
            <textarea class="code" id=id name=BODY rows=rows spellcheck="false" autocomplete="off" wrap="off">{in_textarea(&value)}</textarea>
        </div>
    }
    .into_markup()
}

fn outcome(title: &'static str, tried: &Tried) -> Markup {
    let headers = tried
        .headers
        .iter()
        .map(|(name, value)| view! { <div><dt>{name.clone()}</dt><dd><code>{value.clone()}</code></dd></div> })
        .collect_view();
    let answer = (!tried.answer.is_empty()).then(|| {
        view! {
            <div class="scroll" role="group" tabindex="0" aria-label=format!("Answer: {title}")>
                <pre>{tried.answer.clone()}</pre>
            </div>
        }
    });
    view! {
        <div class="came-back">
            <p class="figure" role="status">{tried.status.clone()}</p>
            <p class="aside">"to " <code>{tried.asked.clone()}</code></p>
            <details><summary>"Headers of the answer"</summary><dl class="notes">{headers}</dl></details>
            {answer}
        </div>
    }
    .into_markup()
}

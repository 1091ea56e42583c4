//! What holds where a question is left open, and why.

use leptos::prelude::*;
use model::behavior::{Behavior, DefaultEntry};
use model::question::{Form, Question, question};

use crate::components::assumptions::value_words;
use crate::markup::{IntoMarkup as _, Markup};
use crate::url_state::{Pairs, json_path, read_typed};

/// "If you leave it: 5 MB. A bundled service with a few SDK clients."
pub(super) fn line(question: &'static Question, pairs: &Pairs) -> Option<Markup> {
    let is_text =
        matches!(question.form, Form::Text | Form::Hours) && !question.path.starts_with("pin.");
    if question.required || is_text || question.path.starts_with("component.") {
        return None;
    }
    let entry = entry(question.path, pairs)?;
    let value = default_words(question, pairs).map(|words| format!("{words}. "));
    Some(
        view! {
            <p class="default">
                <span class="visually-hidden">"Default. "</span>
                "If you leave it: " <strong>{value}</strong> {entry.reason.clone()}
            </p>
        }
        .into_markup(),
    )
}

/// The default in words, with the answers it depends on; `None` where there is none to name.
fn default_words(asked: &Question, pairs: &Pairs) -> Option<String> {
    let entry = entry(asked.path, pairs)?;
    let Some(factor) = entry.factor else {
        let value = serde_json::to_value(entry.value.as_ref()?).ok()?;
        let empty = value.as_array().is_some_and(Vec::is_empty);
        return (!empty && value != "").then(|| value_words(asked.path, &value));
    };
    if let Some(number) = number(asked.path, pairs) {
        return Some(value_words(asked.path, &number.into()));
    }
    let of = question(entry.factor_of.as_deref()?)?;
    let times = crate::format::number(factor);
    Some(format!("{times} times \u{201c}{}\u{201d}", of.name))
}

/// The number that is taken for an answer, as far as the answers before it tell.
fn number(path: &str, pairs: &Pairs) -> Option<f64> {
    let entry = entry(path, pairs)?;
    let Some(of) = entry.factor_of.as_deref() else {
        return entry.number();
    };
    let base = read_typed(of, pairs).or_else(|| number(of, pairs))?;
    entry.number_given(base)
}

fn entry(path: &str, pairs: &Pairs) -> Option<&'static DefaultEntry> {
    let behavior = Behavior::embedded();
    let kind = pairs
        .last("kind")
        .or_else(|| behavior.default("kind").text())
        .unwrap_or_default();
    behavior.find_default(json_path(path), kind)
}

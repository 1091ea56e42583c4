//! What a form carries beside its own fields, and what is wrong with these.

use leptos::prelude::*;
use model::question::Question;
use model::system::FieldError;

use crate::components::problem::field_of;
use crate::url_state::{COMPONENT, Draft, Pairs, full_path};

/// Whether a name of the query string is an answer to one of these questions.
fn answers(name: &str, asked: &[&'static Question]) -> bool {
    let name = name.strip_prefix("provenance.").unwrap_or(name);
    let list = if name.starts_with("rates.") {
        "rates"
    } else {
        name.split('[').next().unwrap_or(name)
    };
    asked.iter().any(|question| question.path == list)
}

/// All answers that are not asked for here, carried along.
pub(crate) fn carried(pairs: &Pairs, asked: &[&'static Question]) -> impl IntoView + use<> {
    pairs
        .clone()
        .answers()
        .iter()
        .filter(|(name, _)| !answers(name, asked))
        .map(|(name, text)| view! { <input type="hidden" name=name.to_owned() value=text.to_owned()/> })
        .collect_view()
}

/// All of a draft that the form of one component does not ask for.
pub(crate) fn carried_draft(
    draft: &Draft,
    index: usize,
    asked: &[&'static Question],
) -> impl IntoView + use<> {
    let several = draft.len() > 1;
    let number =
        several.then(|| view! { <input type="hidden" name=COMPONENT value=index.to_string()/> });
    view! { {carried(&Pairs::parse(&draft.query()), asked)} {number} }
}

/// What is wrong with the answers to these questions about one component.
pub(crate) fn errors_of(
    draft: &Draft,
    index: usize,
    asked: &[&'static Question],
) -> Vec<FieldError> {
    let mut errors = draft.errors_of(index);
    let pairs = draft.form(index);
    errors.retain(|error| {
        asked
            .iter()
            .any(|question| question.path == field_of(error))
    });
    for question in asked {
        let typed = pairs.last(question.path).is_some();
        let unknown = pairs.last(&format!("provenance.{}", question.path)) == Some("unknown");
        let message = match (typed, unknown) {
            (false, _) if question.required => "is needed: nothing can be computed without it",
            (true, true) => "has an answer, and yet is ticked as unknown; leave one out",
            _ => continue,
        };
        errors.retain(|error| field_of(error) != question.path);
        errors.push(FieldError {
            path: full_path(question.path, index),
            message: message.to_owned(),
        });
    }
    errors
}

/// Whether a question has an answer: something typed, rows, or that nobody knows.
pub(crate) fn is_answered(question: &Question, pairs: &Pairs) -> bool {
    let path = question.path;
    pairs.last(path).is_some()
        || pairs.last(&format!("provenance.{path}")) == Some("unknown")
        || pairs.iter().any(|(name, _)| {
            name.strip_prefix(path).is_some_and(|rest| {
                rest.starts_with('[') || (path == "rates" && rest.starts_with('.'))
            })
        })
}

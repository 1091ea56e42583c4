//! Answers to choose: radios, boxes, a list to drop down, and shares of a time.

use leptos::prelude::*;
use model::question::{Choice, Form, Question};

use crate::markup::{IntoMarkup as _, Markup};
use crate::url_state::Pairs;

/// Choices with more entries than this are a list to drop down.
const MOST_RADIOS: usize = 8;
/// What is sent where the default shall hold because nobody knows better.
const UNKNOWN: &str = "unknown";

/// Whether a choice has too many entries for radios.
pub(super) fn drops_down(question: &Question) -> bool {
    match question.form {
        Form::One(choices) => question.path == "region" || choices().len() > MOST_RADIOS,
        _ => false,
    }
}

/// Computing time is asked for as a share first: that is what people know.
pub(super) fn by_share(question: &Question) -> bool {
    question.path == "work.cpu_ms"
}

/// Radios, boxes, or a list. An empty text goes before them, so that "none" is an answer.
pub(super) fn choices(question: &'static Question, pairs: &Pairs, described: String) -> Markup {
    let typed = pairs.last(question.path).unwrap_or_default().to_owned();
    let none = view! { <input type="hidden" name=question.path value=""/> };
    match question.form {
        Form::One(choices) if drops_down(question) => {
            drop_down(question, choices(), &typed, described).into_markup()
        }
        Form::Many(choices) => {
            let chosen: Vec<_> = pairs
                .all(question.path)
                .flat_map(|text| text.split(','))
                .map(str::to_owned)
                .collect();
            let boxes = choices().into_iter().map(|choice| {
                let on = chosen.iter().any(|one| one == choice.value);
                option(question.path, "checkbox", choice, on)
            });
            view! { {none} {boxes.collect_view()} }.into_markup()
        }
        Form::One(choices) => view! { {none} {radios(question, choices(), pairs)} }.into_markup(),
        _ => {
            let yes_no = [("true", "Yes"), ("false", "No")]
                .map(|(value, label)| Choice { value, label })
                .to_vec();
            view! { {none} {radios(question, yes_no, pairs)} }.into_markup()
        }
    }
}

fn radios(question: &'static Question, choices: Vec<Choice>, pairs: &Pairs) -> impl IntoView {
    let said = format!("provenance.{}", question.path);
    let typed = pairs
        .last(question.path)
        .or_else(|| pairs.last(&said).filter(|text| *text == UNKNOWN))
        .unwrap_or_default()
        .to_owned();
    let options = choices
        .into_iter()
        .map(|choice| option(question.path, "radio", choice, typed == choice.value))
        .collect_view();
    let open = !question.required && question.path != "kind";
    let unknown = open.then(|| {
        let id = format!("{}-{UNKNOWN}", question.path);
        view! {
            <div class="choice unknown">
                <input type="radio" id=id.clone() name=question.path value=UNKNOWN checked=typed == UNKNOWN/>
                <label for=id>"I do not know"</label>
            </div>
        }
    });
    view! { {options} {unknown} }
}

fn drop_down(
    question: &'static Question,
    choices: Vec<Choice>,
    typed: &str,
    described: String,
) -> impl IntoView {
    let options = choices.into_iter().map(|choice| {
        let label = if question.path == "region" {
            format!("{}, {}", choice.label, choice.value)
        } else {
            choice.label.to_owned()
        };
        view! { <option value=choice.value selected=typed == choice.value>{label}</option> }
    });
    view! {
        <select id=question.path name=question.path aria-describedby=described>
            <option value="">"Choose"</option>
            {options.collect_view()}
        </select>
    }
}

fn option(name: &'static str, kind: &'static str, choice: Choice, on: bool) -> impl IntoView {
    let id = format!("{name}-{}", choice.value);
    view! {
        <div class="choice">
            <input type=kind id=id.clone() name=name value=choice.value checked=on/>
            <label for=id>{choice.label}</label>
        </div>
    }
}

/// Shares to choose from, and room for another; the text wins, because it comes last.
pub(super) fn shares(question: &'static Question, typed: &str) -> impl IntoView {
    let path = question.path;
    let known = question.typical.iter().any(|share| share.value == typed);
    let radios = question.typical.iter().map(|share| {
        let id = format!("{path}-{}", share.value.trim_end_matches('%'));
        view! {
            <div class="choice">
                <input type="radio" id=id.clone() name=path value=share.value checked=share.value == typed/>
                <label for=id>
                    <span class="figure">{share.value.replace('%', " %")}</span> " " {share.meaning}
                </label>
            </div>
        }
    });
    let other = if known {
        String::new()
    } else {
        typed.to_owned()
    };
    view! {
        {radios.collect_view()}
        <div class="other">
            <label for=format!("{path}-other")>"Or another share, or the time itself"</label>
            <input type="text" class="number" spellcheck="false" id=format!("{path}-other") name=path value=other aria-describedby=format!("{path}-examples")/>
            <p class="typed" id=format!("{path}-examples")>"40%, 30 ms, 10..60 ms"</p>
        </div>
    }
}

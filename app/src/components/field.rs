//! One answer of a form: label, why it is asked, control, unit, typical values, error.

use leptos::prelude::*;
use model::question::{Form, Question};
use model::system::FieldError;

use crate::components::problem::field_of;
use crate::url_state::{Pairs, in_component};

/// Choices with more entries than this are a list to drop down.
const MOST_RADIOS: usize = 8;

/// A question inside a form.
#[component]
pub fn Field(
    /// What is asked.
    question: &'static Question,
    /// What was answered, as typed.
    pairs: Pairs,
    /// What is wrong; others' errors are ignored.
    errors: Vec<FieldError>,
    /// The question is the page's only one, and so its heading.
    #[prop(optional)]
    heading: bool,
) -> impl IntoView {
    let path = question.path;
    let error = errors
        .iter()
        .find(|error| field_of(error) == path)
        .map(|error| capital(&error.message));
    let described = match &error {
        Some(_) => format!("{path}-why {path}-error"),
        None => format!("{path}-why"),
    };
    let class = if error.is_some() {
        "field wrong"
    } else {
        "field"
    };
    let why = view! { <p class="why" id=format!("{path}-why")>{question.why}</p> };
    let error = error.map(|text| view! { <p class="error" id=format!("{path}-error")><span class="visually-hidden">"Error: "</span>{text}</p> });
    if is_group(question) {
        let title = if heading {
            view! { <h1>{question.title}</h1> }.into_any()
        } else {
            question.title.into_any()
        };
        view! {
            <fieldset class=class id=path aria-describedby=described>
                <legend>{title}</legend>
                {why} {error} {control(question, &pairs, String::new())} {unknown(question, &pairs)}
            </fieldset>
        }
        .into_any()
    } else {
        let label = view! { <label for=path>{question.title}</label> };
        let label = if heading {
            view! { <h1>{label}</h1> }.into_any()
        } else {
            label.into_any()
        };
        view! {
            <div class=class>
                {label} {why} {error} {control(question, &pairs, described)} {typical(question)} {unknown(question, &pairs)}
            </div>
        }
        .into_any()
    }
}

/// Radios and boxes stand in a group with a legend.
fn is_group(question: &Question) -> bool {
    match question.form {
        Form::One(choices) => choices().len() <= MOST_RADIOS && question.path != "region",
        Form::Many(_) | Form::Flag => true,
        Form::Number => by_share(question),
        Form::Text => false,
    }
}

/// Computing time is asked for as a share first: that is what people know.
fn by_share(question: &Question) -> bool {
    question.path == "work.cpu_ms"
}

fn control(question: &'static Question, pairs: &Pairs, described: String) -> AnyView {
    let typed = pairs.last(question.path).unwrap_or_default().to_owned();
    match question.form {
        Form::Number if by_share(question) => shares(question, &typed).into_any(),
        Form::Number => number(question, typed, described).into_any(),
        Form::Text => text(question, typed, described).into_any(),
        Form::Flag => {
            let yes_no = [("true", "Yes"), ("false", "No")];
            yes_no
                .map(|(value, label)| option(question.path, "radio", value, label, typed == value))
                .into_any()
        }
        Form::Many(choices) => {
            let chosen: Vec<_> = pairs
                .all(question.path)
                .flat_map(|text| text.split(','))
                .map(str::to_owned)
                .collect();
            let boxes = choices().into_iter().map(|choice| {
                let on = chosen.iter().any(|one| one == choice.value);
                option(question.path, "checkbox", choice.value, choice.label, on)
            });
            boxes.collect_view().into_any()
        }
        Form::One(choices) if is_group(question) => choices()
            .into_iter()
            .map(|choice| {
                option(
                    question.path,
                    "radio",
                    choice.value,
                    choice.label,
                    typed == choice.value,
                )
            })
            .collect_view()
            .into_any(),
        Form::One(choices) => {
            let options = choices().into_iter().map(|choice| {
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
            .into_any()
        }
    }
}

fn number(question: &Question, typed: String, described: String) -> impl IntoView {
    view! {
        <span class="with-unit">
            <input
                type="text"
                inputmode="text"
                autocomplete="off"
                spellcheck="false"
                class="number"
                id=question.path
                name=question.path
                value=typed
                aria-describedby=format!("{described} {}-unit", question.path)
            />
            <span class="unit" id=format!("{}-unit", question.path)>{question.unit()}</span>
        </span>
    }
}

fn text(question: &Question, typed: String, described: String) -> impl IntoView {
    view! { <input type="text" id=question.path name=question.path value=typed aria-describedby=described/> }
}

fn option(
    name: &'static str,
    kind: &'static str,
    value: &'static str,
    label: &'static str,
    on: bool,
) -> impl IntoView {
    let id = format!("{name}-{value}");
    view! {
        <div class="choice">
            <input type=kind id=id.clone() name=name value=value checked=on/>
            <label for=id>{label}</label>
        </div>
    }
}

/// Shares to choose from, and room for another; the text wins, because it comes last.
fn shares(question: &'static Question, typed: &str) -> impl IntoView {
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
            <input type="text" class="number" autocomplete="off" spellcheck="false" id=format!("{path}-other") name=path value=other aria-describedby=format!("{path}-examples")/>
            <p class="typed" id=format!("{path}-examples")>"40%, 30 ms, 10..60 ms"</p>
        </div>
    }
}

fn typical(question: &'static Question) -> impl IntoView {
    let rows = question
        .typical
        .iter()
        .map(|one| view! { <div><dt>{one.value}</dt><dd>{one.meaning}</dd></div> });
    (!question.typical.is_empty()).then(
        || view! { <dl class="typical" aria-label="Typical values">{rows.collect_view()}</dl> },
    )
}

/// Says that the default with its whole range is meant.
fn unknown(question: &'static Question, pairs: &Pairs) -> impl IntoView {
    let asked = matches!(question.form, Form::Number)
        && !question.required
        && !question.path.starts_with("pin.");
    let name = format!("provenance.{}", question.path);
    let on = pairs.last(&name) == Some("unknown");
    asked.then(|| {
        let id = format!("{}-unknown", question.path);
        let default = crate::pages::check::default_words(question.path, pairs.last("kind"));
        view! {
            <div class="choice unknown">
                <input type="checkbox" id=id.clone() name=name value="unknown" checked=on/>
                <label for=id>"I do not know" {default.map(|words| format!(": take {words}"))}</label>
            </div>
        }
    })
}

/// All answers that are not asked for here, carried along.
pub(crate) fn carried(pairs: &Pairs, asked: &[&'static Question]) -> impl IntoView + use<> {
    let shown = |name: &str, text: &str| {
        asked.iter().any(|question| {
            question.path == name
                || (name.strip_prefix("provenance.") == Some(question.path) && text == "unknown")
        })
    };
    pairs
        .clone()
        .answers()
        .iter()
        .filter(|(name, text)| !shown(name, text))
        .map(|(name, text)| view! { <input type="hidden" name=name.to_owned() value=text.to_owned()/> })
        .collect_view()
}

/// What is wrong with the answers to these questions.
pub(crate) fn errors_of(pairs: &Pairs, asked: &[&'static Question]) -> Vec<FieldError> {
    let query = pairs.clone().answers().query();
    let mut errors = crate::url_state::system_from_query(&query)
        .err()
        .map(|invalid| invalid.errors)
        .unwrap_or_default();
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
            path: in_component(question.path),
            message: message.to_owned(),
        });
    }
    errors
}

fn capital(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).chain(['.']).collect()
    })
}

//! One answer of a form: label, why it is asked, control, unit, typical values, default, error.

mod choices;
mod default;
mod rows;

use leptos::prelude::*;
use model::question::{Form, Question};
use model::system::FieldError;

use crate::components::frame::in_textarea;
use crate::components::problem::{field_of, place_in_rows};
use crate::markup::{IntoMarkup as _, Markup};
use crate::url_state::{Pairs, echo};

pub(crate) use crate::components::form::carried;

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
    /// How sure the answer is may be said too.
    #[prop(optional)]
    sure: bool,
    /// The names of the system's components, where one of them may be the answer.
    #[prop(optional)]
    components: Vec<String>,
) -> impl IntoView {
    let path = question.path;
    let wrong = wrong(path, &errors);
    let (class, described) = if wrong.is_empty() {
        ("field", format!("{path}-why"))
    } else {
        ("field wrong", format!("{path}-why {path}-error"))
    };
    let error = said(path, wrong);
    let why = view! { <p class="why" id=format!("{path}-why")>{question.why}</p> };
    let group = is_group(question);
    let inside = view! {
        <div class="answering">
            <div>
                {why} {error}
                {control(question, &pairs, described.clone(), components)}
                {echo(question.path, &pairs).map(|words| view! { <p class="echo">"= " {words}</p> })}
                {if sure { how_sure(question, &pairs) } else { unknown(question, &pairs).into_markup() }}
            </div>
            <div class="margin">{typical(question)} {default::line(question, &pairs)}</div>
        </div>
    };
    if group {
        let title = if heading {
            view! { <h1>{question.title}</h1> }.into_markup()
        } else {
            question.title.into_markup()
        };
        view! {
            <fieldset class=class id=path aria-describedby=described>
                <legend>{title}</legend>
                {inside}
            </fieldset>
        }
        .into_markup()
    } else {
        let label = view! { <label for=path>{question.title}</label> };
        let label = if heading {
            view! { <h1>{label}</h1> }.into_markup()
        } else {
            label.into_markup()
        };
        view! { <div class=class>{label} {inside}</div> }.into_markup()
    }
}

/// What is wrong with the answer.
fn wrong(path: &str, errors: &[FieldError]) -> Vec<String> {
    errors
        .iter()
        .filter(|error| field_of(error) == path)
        .map(|error| capital(&format!("{}{}", place_in_rows(error), error.message)))
        .collect()
}

fn said(path: &str, wrong: Vec<String>) -> Option<impl IntoView + use<>> {
    (!wrong.is_empty()).then(|| {
        let lines = wrong
            .into_iter()
            .map(|text| view! { <span class="line"><span class="visually-hidden">"Error: "</span>{text}</span> })
            .collect_view();
        view! { <p class="error" id=format!("{path}-error")>{lines}</p> }
    })
}

/// Radios, boxes and rows stand in a group with a legend.
fn is_group(question: &Question) -> bool {
    match question.form {
        Form::One(_) => !choices::drops_down(question),
        Form::Many(_) | Form::Flag | Form::Rows(_) => true,
        Form::Number => choices::by_share(question),
        Form::Text | Form::Hours => false,
    }
}

fn control(
    question: &'static Question,
    pairs: &Pairs,
    described: String,
    components: Vec<String>,
) -> Markup {
    let typed = pairs.last(question.path).unwrap_or_default().to_owned();
    match question.form {
        Form::Number if choices::by_share(question) => {
            choices::shares(question, &typed).into_markup()
        }
        Form::Number => number(question, typed, described).into_markup(),
        Form::Hours => area(question, typed, described).into_markup(),
        Form::Text if question.path == "notes" => area(question, typed, described).into_markup(),
        Form::Text => text(question, typed, described).into_markup(),
        Form::Rows(form) => rows::rows(question, form, pairs, &components).into_markup(),
        Form::Flag | Form::One(_) | Form::Many(_) => choices::choices(question, pairs, described),
    }
}

/// The control that an error leads to.
pub(crate) fn control_id(question: &Question) -> String {
    let path = question.path;
    let first = match question.form {
        Form::Number if choices::by_share(question) => Some("other"),
        Form::One(choices) | Form::Many(choices) if is_group(question) => {
            choices().first().map(|choice| choice.value)
        }
        Form::Flag => Some("true"),
        _ => None,
    };
    first.map_or_else(|| path.to_owned(), |first| format!("{path}-{first}"))
}

fn number(question: &Question, typed: String, described: String) -> impl IntoView {
    view! {
        <span class="with-unit">
            <input
                type="text"
                inputmode="text"
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
    view! { <input type="text" autocomplete="off" id=question.path name=question.path value=typed aria-describedby=described/> }
}

fn area(question: &Question, typed: String, described: String) -> impl IntoView {
    view! { <textarea rows="4" spellcheck="false" id=question.path name=question.path aria-describedby=described>{in_textarea(&typed)}</textarea> }
}

fn typical(question: &'static Question) -> impl IntoView {
    let shown = !question.typical.is_empty() && !choices::by_share(question);
    let rows = question
        .typical
        .iter()
        .map(|one| view! { <div><dt>{one.value}</dt><dd>{one.meaning}</dd></div> });
    shown.then(
        || view! { <dl class="typical" aria-label="Typical values">{rows.collect_view()}</dl> },
    )
}

/// Whether somebody may say that they do not know the number.
fn may_be_unknown(question: &Question) -> bool {
    matches!(question.form, Form::Number)
        && !question.required
        && !question.path.starts_with("pin.")
        && !question.path.starts_with("component.")
}

/// Says that the default with its whole range is meant. What was said before of how sure the
/// answer is stays, unless it was this.
fn unknown(question: &'static Question, pairs: &Pairs) -> impl IntoView {
    let name = format!("provenance.{}", question.path);
    let said = pairs.last(&name).unwrap_or_default().to_owned();
    let on = said == "unknown";
    let before = if on { String::new() } else { said };
    let box_ = may_be_unknown(question).then(|| {
        let id = format!("{}-unknown", question.path);
        let name = name.clone();
        view! {
            <div class="choice unknown">
                <input type="checkbox" id=id.clone() name=name value="unknown" checked=on/>
                <label for=id>"I do not know"</label>
            </div>
        }
    });
    view! { <input type="hidden" name=name value=before/> {box_} }
}

/// Says how sure the answer is: a measured value needs no range, a guess gets the default's.
fn how_sure(question: &'static Question, pairs: &Pairs) -> Markup {
    let name = format!("provenance.{}", question.path);
    let said = pairs.last(&name).unwrap_or_default().to_owned();
    let mut levels = vec![
        ("", "I know it, or I decide it"),
        ("measured", "I measured it"),
        ("assumed", "It is a guess"),
    ];
    if may_be_unknown(question) {
        levels.push((
            "unknown",
            "I do not know: take the default with its whole range",
        ));
    }
    if !matches!(question.form, Form::Number) {
        return view! { <input type="hidden" name=name value=""/> }.into_markup();
    }
    let options = levels.into_iter().map(|(value, label)| {
        let id = format!("{name}-{}", if value.is_empty() { "stated" } else { value });
        let on = said == value || (value.is_empty() && said == "stated");
        view! {
            <div class="choice">
                <input type="radio" id=id.clone() name=name.clone() value=value checked=on/>
                <label for=id>{label}</label>
            </div>
        }
    });
    view! {
        <fieldset class="sure">
            <legend>"How sure are you?"</legend>
            {options.collect_view()}
        </fieldset>
    }
    .into_markup()
}

fn capital(message: &str) -> String {
    let mut letters = message.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).chain(['.']).collect()
    })
}

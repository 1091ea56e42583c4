//! The dense sheet beside the answer: every answer that can matter, to change and see the effect.
//!
//! It is a GET form of the same page; the island around it asks for the page as one types.

use leptos::prelude::*;
use model::evaluation::Assumption;
use model::question::{Choice, Form, Question, Section};
use model::{Evaluation, System};

use crate::components::assumptions::words;
use crate::components::form::carried_draft;
use crate::components::verdict::short_words;
use crate::islands::LiveSheet;
use crate::markup::{IntoMarkup as _, Markup};
use crate::url_state::{COMPONENT, Draft, Pairs, query_from_system};

/// Sections that stand open: what most people change.
const OPEN: [Section; 3] = [Section::Work, Section::Traffic, Section::Latency];

/// Letters of a unit that fit beside a field.
const LONGEST_BESIDE: usize = 5;

/// The sheet of one component.
#[component]
pub fn Sheet(
    /// The answers.
    system: System,
    /// The same as they were typed.
    draft: Draft,
    /// Which component is on the sheet.
    index: usize,
    /// What came of them, for the defaults.
    evaluation: Evaluation,
) -> impl IntoView {
    let pairs = draft.form(index);
    let asked: Vec<&'static Question> = model::question::all()
        .map(|(_, question)| question)
        .filter(|question| on_sheet(question, &system, index))
        .collect();
    let sections = Section::ALL
        .iter()
        .map(|section| of_section(*section, &asked, &pairs, &evaluation.assumptions, index))
        .collect_view();
    let others = others(&system, index);
    let carried = carried_draft(&draft, index, &asked);
    let check = format!("/check?{}", query_from_system(&system));
    view! {
        <aside class="sheet" id="sheet" aria-labelledby="sheet-title">
            <h2 id="sheet-title">"Change an answer"</h2>
            <p class="sheet-now" data-part="sheet-now">{short_words(&evaluation)}</p>
            {others}
            <LiveSheet>
                <form method="get" action="/answer" class="dense" data-live="">
                    {carried}
                    {sections}
                    <p class="actions"><button type="submit">"Compute again"</button></p>
                </form>
            </LiveSheet>
            <p class="aside" data-part="sheet-check"><a href=check>"All answers, with what hangs on them"</a></p>
        </aside>
    }
}

/// Numbers, choices and yes or no; lists and texts have their own pages.
fn on_sheet(question: &Question, system: &System, index: usize) -> bool {
    matches!(question.form, Form::Number | Form::One(_) | Form::Flag)
        && question.can_matter(system, index)
}

/// Links to the sheets of the other components.
fn others(system: &System, index: usize) -> impl IntoView + use<> {
    let query = query_from_system(system);
    let links = system
        .components
        .iter()
        .enumerate()
        .map(|(other, component)| {
            let here = other == index;
            let query = Pairs::parse(&query).with(COMPONENT, other.to_string()).query();
            view! {
                <li><a href=format!("/answer?{query}#sheet") aria-current=here.then_some("true")>{component.name.clone()}</a></li>
            }
        })
        .collect_view();
    (system.components.len() > 1).then(|| {
        view! { <nav class="sheet-parts" aria-label="Parts of the system"><ul>{links}</ul></nav> }
    })
}

fn of_section(
    section: Section,
    asked: &[&'static Question],
    pairs: &Pairs,
    assumptions: &[Assumption],
    index: usize,
) -> impl IntoView + use<> {
    let rows = section
        .questions()
        .iter()
        .filter(|question| asked.iter().any(|other| other.path == question.path))
        .map(|question| {
            let own = format!("components[{index}].{}", question.path);
            let assumed = assumptions
                .iter()
                .find(|assumption| {
                    [own.as_str(), question.path].contains(&assumption.input.as_str())
                })
                .map(|assumption| words(question, &assumption.value));
            row(question, pairs, assumed)
        })
        .collect::<Vec<_>>();
    (!rows.is_empty()).then(|| {
        view! {
            <details open=OPEN.contains(&section)>
                <summary>{section.title()}</summary>
                {rows}
            </details>
        }
    })
}

fn row(question: &'static Question, pairs: &Pairs, assumed: Option<String>) -> Markup {
    let typed = pairs.last(question.path).unwrap_or_default().to_owned();
    let id = format!("sheet-{}", question.path);
    let error = format!("{id}-error");
    let control = match question.form {
        Form::One(choices) => {
            select(question, &id, &error, choices(), &typed, assumed).into_markup()
        }
        Form::Flag => {
            let choices = vec![
                Choice {
                    value: "true",
                    label: "yes",
                },
                Choice {
                    value: "false",
                    label: "no",
                },
            ];
            select(question, &id, &error, choices, &typed, assumed).into_markup()
        }
        _ => number(question, &id, &error, typed, assumed).into_markup(),
    };
    view! {
        <div class="row" title=question.why>
            <label for=id>{question.name}{long_unit(question).map(|unit| view! { <span class="note">{unit}</span> })}</label>
            {control}
            <p class="error" id=error data-error=question.path hidden=true></p>
        </div>
    }
    .into_markup()
}

/// A unit that has no room beside the field stands under the name.
fn long_unit(question: &'static Question) -> Option<&'static str> {
    let unit = question.unit();
    (unit.len() > LONGEST_BESIDE).then_some(unit)
}

fn number(
    question: &'static Question,
    id: &str,
    error: &str,
    typed: String,
    assumed: Option<String>,
) -> impl IntoView + use<> {
    view! {
        <span class="with-unit">
            <input
                type="text"
                autocomplete="off"
                spellcheck="false"
                id=id.to_owned()
                name=question.path
                value=typed
                placeholder=assumed
                aria-describedby=error.to_owned()
            />
            {long_unit(question).is_none().then(|| view! { <span class="unit">{question.unit()}</span> })}
        </span>
    }
}

fn select(
    question: &'static Question,
    id: &str,
    error: &str,
    choices: Vec<Choice>,
    typed: &str,
    assumed: Option<String>,
) -> impl IntoView + use<> {
    let options = choices
        .into_iter()
        .map(|choice| view! { <option value=choice.value selected=choice.value == typed>{choice.label}</option> })
        .collect_view();
    let open = (!question.required).then(|| {
        let label = assumed.map_or_else(
            || "not answered".to_owned(),
            |value| format!("assumed: {value}"),
        );
        view! { <option value="" selected=typed.is_empty()>{label}</option> }
    });
    view! {
        <select id=id.to_owned() name=question.path aria-describedby=error.to_owned()>
            {open}
            {options}
        </select>
    }
}

//! All answers in one table: what was said, what is assumed, and what hangs on it.

use leptos::prelude::*;
use model::behavior::{Behavior, DefaultEntry};
use model::evaluation::Assumption;
use model::question::{Question, Section, all};
use model::{Parts, System};
use serde_json::Value;

use crate::components::assumptions::{value_words, words};
use crate::components::frame::Head;
use crate::components::problem::{CannotCompute, PortProblem};
use crate::pages;
use crate::url_state::{Pairs, in_component, query_from_system, system_from_query};

#[component]
pub fn CheckPage() -> impl IntoView {
    let query = pages::query();
    let pairs = Pairs::parse(&query).answers();
    let system = match system_from_query(&pairs.query()) {
        Ok(system) => system,
        Err(invalid) => return view! { <CannotCompute pairs errors=invalid.errors/> }.into_any(),
    };
    let ports = pages::ports();
    Suspend::new(async move {
        match ports.evaluator.evaluate(system.clone(), Parts::NONE).await {
            Ok(evaluation) => {
                view! { <Answers system assumptions=evaluation.assumptions/> }.into_any()
            }
            Err(error) => view! { <PortProblem error/> }.into_any(),
        }
    })
    .into_any()
}

#[component]
fn Answers(system: System, assumptions: Vec<Assumption>) -> impl IntoView {
    let query = query_from_system(&system);
    let single = system.components.len() == 1 && !query.starts_with("s=");
    let value = serde_json::to_value(&system).unwrap_or_default();
    let stated = stated_rows(&system, &value, single.then_some(query.as_str()));
    let defaults = Section::ALL
        .iter()
        .map(|section| defaults_of(*section, &assumptions, &query, single))
        .collect_view();
    view! {
        <Head title="Check your answers" description="All answers, stated and assumed." private=true/>
        <p class="back"><a href=format!("/advise/quick?{}", Pairs::parse(&query).with("step", "6").query())>"Back"</a></p>
        <h1>"Check your answers"</h1>
        <table class="answers stack">
            <caption>"What you said"</caption>
            <thead>
                <tr>
                    <th scope="col">"Answer"</th><th scope="col">"Value"</th><th scope="col">"How sure"</th>
                    <th scope="col"><span class="visually-hidden">"Change"</span></th>
                </tr>
            </thead>
            <tbody>{stated}</tbody>
        </table>
        <p class="actions"><a class="button" href=format!("/answer?{query}")>"Show the answer"</a></p>
        <h2>"What is assumed"</h2>
        <p>"Nobody said otherwise, so these defaults hold. Change those that are wrong for you."</p>
        {defaults}
    }
}

/// The answers that were given, of the system and of each component.
fn stated_rows(system: &System, value: &Value, query: Option<&str>) -> Vec<AnyView> {
    let mut rows = Vec::new();
    for (_, question) in all() {
        let places: Vec<(String, &Value)> = if crate::url_state::is_component_field(question.path) {
            let components = value["components"]
                .as_array()
                .into_iter()
                .flatten()
                .enumerate();
            components
                .map(|(index, component)| {
                    (format!("components[{index}].{}", question.path), component)
                })
                .collect()
        } else {
            vec![(question.path.to_owned(), value)]
        };
        for (full, place) in places {
            let Some(found) = question
                .path
                .split('.')
                .try_fold(place, |place, part| place.get(part))
            else {
                continue;
            };
            let of = component_name(system, &full);
            let provenance = system
                .provenance
                .get(&full)
                .map_or("stated", |provenance| provenance.id());
            rows.push(
                stated_row(question, &of, &words(question, found), provenance, query).into_any(),
            );
        }
    }
    rows
}

fn component_name(system: &System, full: &str) -> String {
    let index = full
        .strip_prefix("components[")
        .and_then(|rest| rest.split(']').next())
        .and_then(|index| index.parse::<usize>().ok());
    match index {
        Some(index) if system.components.len() > 1 => {
            format!("{}: ", system.components[index].name)
        }
        _ => String::new(),
    }
}

fn stated_row(
    question: &'static Question,
    of: &str,
    value: &str,
    provenance: &'static str,
    query: Option<&str>,
) -> impl IntoView {
    let change = query.map(|query| change_link(question, query));
    view! {
        <tr id=format!("row-{}", question.path)>
            <th scope="row">{of.to_owned()} {question.name}</th>
            <td data-label="Value" class="value">{value.to_owned()}</td>
            <td data-label="How sure">{provenance}</td>
            <td class="change">{change}</td>
        </tr>
    }
}

fn change_link(question: &'static Question, query: &str) -> impl IntoView + use<> {
    let href = format!(
        "/advise/field?{}",
        Pairs::parse(query).with("path", question.path).query()
    );
    view! { <a href=href>"Change"<span class="visually-hidden">" " {question.name}</span></a> }
}

/// The defaults of one section, closed until somebody wants them.
fn defaults_of(
    section: Section,
    assumptions: &[Assumption],
    query: &str,
    single: bool,
) -> Option<AnyView> {
    let rows: Vec<_> = section
        .questions()
        .iter()
        .filter_map(|question| {
            let path = in_component(question.path);
            let assumption = assumptions
                .iter()
                .find(|assumption| assumption.input == path)?;
            Some((question, assumption))
        })
        .collect();
    if rows.is_empty() {
        return None;
    }
    let count = rows.len();
    let rows = rows.into_iter().map(|(question, assumption)| {
        view! {
            <tr id=format!("row-{}", question.path)>
                <th scope="row">{question.name}</th>
                <td data-label="Default" class="value">{words(question, &assumption.value)}</td>
                <td data-label="What hangs on it" class="consequence">{assumption.consequence.clone()}</td>
                <td class="change">{single.then(|| change_link(question, query))}</td>
            </tr>
        }
    });
    Some(
        view! {
            <details class="defaults">
                <summary>{section.title()} <span class="aside">{count} " assumed"</span></summary>
                <table class="answers stack">
                    <caption class="visually-hidden">"Assumed: " {section.title()}</caption>
                    <thead>
                        <tr>
                            <th scope="col">"Answer"</th><th scope="col">"Default"</th><th scope="col">"What hangs on it"</th>
                            <th scope="col"><span class="visually-hidden">"Change"</span></th>
                        </tr>
                    </thead>
                    <tbody>{rows.collect_view()}</tbody>
                </table>
            </details>
        }
        .into_any(),
    )
}

/// A default in words, with its range; `None` where there is no plain number.
pub(crate) fn default_words(path: &str, kind: Option<&str>) -> Option<String> {
    let entries = Behavior::embedded()
        .defaults()
        .iter()
        .filter(|entry| entry.path == path);
    let of_kind = |entry: &&DefaultEntry| {
        kind.is_some_and(|kind| entry.kinds.iter().any(|name| name == kind))
    };
    let entry = entries
        .clone()
        .find(of_kind)
        .or_else(|| entries.clone().find(|entry| entry.kinds.is_empty()))?;
    match (entry.factor, entry.factor_of.as_deref()) {
        (Some(factor), Some(of)) => {
            let of = model::question::question(of).map_or(of, |question| question.name);
            Some(format!(
                "{} times \u{201c}{of}\u{201d}",
                crate::format::number(factor)
            ))
        }
        _ => entry
            .number()
            .map(|number| value_words(path, &number.into())),
    }
}

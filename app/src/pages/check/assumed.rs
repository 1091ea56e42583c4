//! The defaults that hold because nobody said otherwise: first those that could flip the result.

use leptos::prelude::*;
use model::evaluation::Assumption;
use model::question::{Question, Section, question};

use super::{Checked, row_id};
use crate::components::assumptions::words;
use crate::markup::{IntoMarkup as _, Markup};
use crate::pages::advise::field_link;
use crate::url_state::name_of;

/// A default with the question that it stands for.
struct Assumed<'a> {
    index: usize,
    question: &'static Question,
    assumption: &'a Assumption,
}

pub(super) fn tables(checked: &Checked) -> impl IntoView + use<> {
    let assumed: Vec<Assumed<'_>> = checked
        .evaluation
        .assumptions
        .iter()
        .filter_map(|assumption| {
            let (index, name) = name_of(&assumption.input);
            let index = index.unwrap_or(0);
            let question = question(&name)?;
            // A guess that was typed stands among the answers.
            let pairs = checked.draft.form(index);
            let guessed = pairs.last(&name).is_some_and(|text| text != "unknown");
            if guessed || !question.can_matter(&checked.system, index) {
                return None;
            }
            Some(Assumed {
                index,
                question,
                assumption,
            })
        })
        .collect();
    let (flips, rest): (Vec<_>, Vec<_>) = assumed
        .into_iter()
        .partition(|assumed| assumed.assumption.could_flip);
    let flips = (!flips.is_empty()).then(|| {
        let rows = rows(checked, &flips.iter().collect::<Vec<_>>());
        view! { <div class="flips">{table("Assumed, and could flip the answer".to_owned(), false, rows)}</div> }
    });
    let sections = Section::ALL
        .iter()
        .filter_map(|section| folded(checked, *section, &rest))
        .collect_view();
    view! {
        <h2>"What is assumed"</h2>
        <p>"Nobody said otherwise, so these defaults hold. Change those that are wrong for you."</p>
        {flips}
        {sections}
    }
}

/// The defaults of one section, closed until somebody wants them.
fn folded(checked: &Checked, section: Section, rest: &[Assumed<'_>]) -> Option<Markup> {
    let of_section: Vec<&Assumed<'_>> = section
        .questions()
        .iter()
        .flat_map(|question| {
            let mine = |assumed: &&Assumed<'_>| assumed.question.path == question.path;
            rest.iter().filter(mine)
        })
        .collect();
    if of_section.is_empty() {
        return None;
    }
    let count = of_section.len();
    let rows = rows(checked, &of_section);
    Some(
        view! {
            <details class="defaults">
                <summary>{section.title()} <span class="aside">{count} " assumed"</span></summary>
                {table(format!("Assumed: {}", section.title()), true, rows)}
            </details>
        }
        .into_markup(),
    )
}

fn table(caption: String, hidden: bool, rows: Vec<Markup>) -> impl IntoView {
    view! {
        <table class="answers stack">
            <caption class=hidden.then_some("visually-hidden")>{caption}</caption>
            <thead>
                <tr>
                    <th scope="col">"Answer"</th><th scope="col">"Default"</th><th scope="col">"How sure"</th>
                    <th scope="col">"What hangs on it"</th>
                    <th scope="col"><span class="visually-hidden">"Change"</span></th>
                </tr>
            </thead>
            <tbody>{rows}</tbody>
        </table>
    }
}

fn rows(checked: &Checked, assumed: &[&Assumed<'_>]) -> Vec<Markup> {
    let several = checked.draft.len() > 1;
    let names = checked.draft.names();
    let row = |assumed: &&Assumed<'_>| {
        let Assumed {
            index,
            question,
            assumption,
        } = **assumed;
        let of_part = several && assumption.input.starts_with("components[");
        let of = of_part.then(|| format!("{}: ", names[index]));
        let unsure = checked.system.provenance.get(&assumption.input);
        let unsure = unsure.copied().unwrap_or(assumption.provenance);
        let href = field_link(&checked.draft, index, question.path);
        view! {
            <tr id=row_id(index, question.path)>
                <th scope="row">{of} {question.name}</th>
                <td data-label="Default" class="value">{words(question, &assumption.value)}</td>
                <td data-label="How sure">{unsure.id()}</td>
                <td data-label="What hangs on it" class="consequence">{assumption.consequence.clone()}</td>
                <td class="change"><a href=href>"Change"<span class="visually-hidden">" " {question.name}</span></a></td>
            </tr>
        }
        .into_markup()
    };
    assumed.iter().map(row).collect()
}

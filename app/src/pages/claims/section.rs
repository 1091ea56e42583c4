//! One claim: what it says, what it leaves out, what holds, and the form to vary it.

use leptos::prelude::*;
use model::claims::Standing;
use model::system::FieldError;

use crate::components::trial::Typed;
use crate::markup::{IntoMarkup as _, Markup};
use crate::url_state::Pairs;

/// A claim as it is shown.
pub(super) struct Section {
    pub(super) id: &'static str,
    /// What is claimed, with the figures put in.
    pub(super) said: String,
    pub(super) typed: Typed,
    /// `None` where an input cannot be used; the form says which.
    pub(super) answer: Option<Answer>,
}

/// What was computed.
pub(super) struct Answer {
    pub(super) standing: Standing,
    /// The condition or the reason, as a sentence's end.
    pub(super) finding: Markup,
    pub(super) leaves_out: Markup,
    pub(super) holds: Markup,
    pub(super) table: Markup,
}

impl Section {
    /// A claim with its form; what cannot be computed is said beside the inputs.
    pub(super) fn new(
        id: &'static str,
        said: String,
        mut typed: Typed,
        compute: impl FnOnce(&Typed) -> Result<Answer, Vec<FieldError>>,
    ) -> Self {
        let answer = typed.checked().and_then(|()| compute(&typed));
        let answer = answer.map_err(|errors| typed.accuse(errors)).ok();
        Self {
            id,
            said,
            typed,
            answer,
        }
    }

    /// What becomes of the claim, in a word or three.
    pub(super) fn word(&self) -> &'static str {
        self.answer
            .as_ref()
            .map_or("not computed", |answer| word(answer.standing))
    }
}

const fn word(standing: Standing) -> &'static str {
    match standing {
        Standing::Holds => "holds",
        Standing::OnlyIf => "holds only if",
        Standing::Not => "does not hold",
    }
}

pub(super) fn section(section: Section, pairs: &Pairs) -> impl IntoView + use<> {
    let id = section.id;
    let said = section.said.clone();
    let form = form(&section, pairs).into_markup();
    let body = match section.answer {
        Some(answer) => shown(answer).into_markup(),
        None => view! { <p class="error" role="alert">"Not computed: see the form below."</p> }
            .into_markup(),
    };
    view! {
        <section class="wide claim" id=id aria-labelledby=format!("{id}-title")>
            <h2 id=format!("{id}-title")>{said}</h2>
            {body}
            {form}
        </section>
    }
}

fn shown(answer: Answer) -> impl IntoView + use<> {
    let word = match answer.standing {
        Standing::Holds => "Holds: ",
        Standing::OnlyIf => "Holds only if ",
        Standing::Not => "Does not hold: ",
    };
    view! {
        <p class="finding"><strong>{word}</strong> {answer.finding}</p>
        <dl class="three two">
            <div><dt>"What it leaves out"</dt><dd>{answer.leaves_out}</dd></div>
            <div><dt>"What holds"</dt><dd>{answer.holds}</dd></div>
        </dl>
        {answer.table}
    }
}

fn form(section: &Section, pairs: &Pairs) -> impl IntoView + use<> {
    let id = section.id;
    let heading = format!("{id}-vary");
    view! {
        <form method="get" action=format!("/claims#{id}") class="trial" aria-labelledby=heading.clone()>
            <h3 id=heading.clone()>"With your numbers" <span class="visually-hidden">": " {section.said.clone()}</span></h3>
            {section.typed.carried(pairs)}
            <div class="vary">{section.typed.fields()} <button type="submit">"Compute again"</button></div>
        </form>
    }
}

//! Which two: a form that takes links and ids, keeps what was typed, and says what is wrong with it.

use leptos::prelude::*;

use super::sides::{Entry, Side};
use super::{LEFT, RIGHT};
use crate::components::frame::Head;
use crate::markup::{IntoMarkup as _, Markup};

const TITLE: &str = "Compare two scenarios";

/// The page before anything was typed.
pub(super) fn start() -> Markup {
    view! {
        <Head title=TITLE description="Two saved scenarios, or two revisions of one, side by side." private=true/>
        <h1>{TITLE}</h1>
        <p class="lead">
            "Two saved scenarios, or two revisions of one, side by side: which answers differ, what each option costs in both, "
            "and which lines of the bills make the difference."
        </p>
        {fields(Field::default(), Field::default())}
    }
    .into_markup()
}

/// One field of the form.
#[derive(Clone, Debug, Default)]
pub(super) struct Field {
    typed: String,
    error: Option<String>,
    /// What was found for it.
    found: Option<String>,
}

impl Field {
    /// Of a scenario that is shown.
    pub(super) fn known(side: &Side) -> Self {
        Self {
            typed: side.reference(),
            ..Self::default()
        }
    }

    fn of(entry: &Entry) -> Self {
        let side = entry.found.as_ref().ok();
        let refused = entry.found.as_ref().err();
        Self {
            typed: entry.typed.clone(),
            error: refused.map(|refused| refused.message.clone()),
            found: side.map(|side| {
                let record = &side.record;
                format!(
                    "{}, revision {}, saved on {}",
                    side.title(),
                    record.revision,
                    side.day()
                )
            }),
        }
    }
}

/// The form again, with what is wrong beside each field; what is right is kept.
pub(super) fn mend(left: &Entry, right: &Entry) -> Markup {
    let (left, right) = (Field::of(left), Field::of(right));
    let line = |name: &'static str, letter: &'static str, field: &Field| {
        let message = field.error.clone()?;
        Some(view! { <li><a href=format!("#{name}")>{letter} ": " {message}</a></li> })
    };
    view! {
        <Head title=TITLE description="One of the two scenarios cannot be shown." private=true/>
        <div class="error-summary" role="alert" aria-labelledby="error-title" tabindex="-1" autofocus>
            <h2 id="error-title">"There is a problem"</h2>
            <ul>{line(LEFT, "A", &left)} {line(RIGHT, "B", &right)}</ul>
        </div>
        <h1>{TITLE}</h1>
        {fields(left, right)}
    }
    .into_markup()
}

/// Both fields and the button.
pub(super) fn fields(left: Field, right: Field) -> Markup {
    view! {
        <form class="two" method="get" action="/compare">
            {one(LEFT, "Scenario A", left)}
            {one(RIGHT, "Scenario B", right)}
            <button type="submit">"Compare"</button>
        </form>
    }
    .into_markup()
}

fn one(name: &'static str, label: &'static str, field: Field) -> Markup {
    let wrong = field.error.is_some();
    let (why, error) = (format!("{name}-why"), format!("{name}-error"));
    let described = if wrong {
        format!("{why} {error}")
    } else {
        why.clone()
    };
    view! {
        <div class=if wrong { "field wrong" } else { "field" }>
            <label for=name>{label}</label>
            <p class="why" id=why>"The link of a saved scenario, its id, or id@3 for its third revision."</p>
            {field.error.map(|message| view! { <p class="error" id=error>{message}</p> })}
            <input
                type="text" id=name name=name value=field.typed autocomplete="off" autocapitalize="off" spellcheck="false"
                aria-describedby=described aria-invalid=wrong.then_some("true")
            />
            {field.found.map(|found| view! { <p class="typed">{found}</p> })}
        </div>
    }
    .into_markup()
}

//! A request that failed, said to a person: why, and with what was sent, so that nothing is lost.

use leptos::prelude::*;

use crate::api::ports::{Failure, Instead, Retry};
use crate::components::frame::Head;
use crate::markup::{IntoMarkup as _, Markup};

/// The page that says so, in place of the one that was asked for.
#[component]
pub fn FailurePage(
    /// What failed.
    failure: Failure,
) -> impl IntoView {
    let Failure {
        status,
        title,
        detail,
        errors,
        request_id,
        retry,
        instead,
    } = failure;
    let errors = errors
        .into_iter()
        .map(|error| {
            let field = if error.path.is_empty() {
                String::new()
            } else {
                format!("{}: ", error.path)
            };
            view! { <li>{field} {error.message}</li> }
        })
        .collect_view();
    view! {
        <Head title=title description="What was asked for could not be done." private=true/>
        <h1>{title}</h1>
        <p class="lead">{capitalized(&detail)} "."</p>
        <ul class="mend">{errors}</ul>
        {advice(status).map(|advice| view! { <p>{advice}</p> })}
        {retry.map(|retry| view! { <SendAgain retry/> })}
        {in_its_place(instead)}
        <p class="actions">
            <a class="aside" href="/scenarios">"My scenarios"</a>
            <a class="aside" href="/">"Start page"</a>
        </p>
        {request_id.map(|id| view! { <p class="aside">"Request " <code>{id}</code> ", status " {status} "."</p> })}
    }
}

/// What was sent, to be sent again.
#[component]
fn SendAgain(retry: Retry) -> impl IntoView {
    let fields = retry
        .fields
        .into_iter()
        .map(|(name, value)| view! { <input type="hidden" name=name value=value/> })
        .collect_view();
    view! {
        <p>"Nothing is lost: what you sent stands in this form."</p>
        <form method="post" action=retry.action class="actions">
            {fields}
            <button type="submit">{retry.button}</button>
            <a class="aside" href=retry.back>"Back to where it came from"</a>
        </form>
    }
}

/// Links to what can be had in its place.
fn in_its_place(instead: Vec<Instead>) -> Option<Markup> {
    let links = instead
        .iter()
        .map(|one| view! { <li><a href=one.url.clone() download="">{one.name.clone()}</a></li> })
        .collect_view();
    (!instead.is_empty())
        .then(|| view! { <p>"The same in another format:"</p> <ul>{links}</ul> }.into_markup())
}

const fn advice(status: u16) -> Option<&'static str> {
    match status {
        403 => Some(
            "Only whoever saved a scenario may change it: in the browser that saved it, or with the owner's token. \
             Anybody may copy it.",
        ),
        412 => Some("Look at the newest revision first; your answers are kept."),
        429 | 503 => Some("Try again in a moment."),
        _ => None,
    }
}

fn capitalized(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| {
        first.to_uppercase().chain(letters).collect()
    })
}

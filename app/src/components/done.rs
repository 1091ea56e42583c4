//! Says that what was asked for is done, after a form has led back to a page.

use leptos::prelude::*;

use crate::url_state::Pairs;

/// One line at the top of the page, for the word that `done=` names.
#[component]
pub fn Done(
    /// The query of the page.
    query: String,
    /// Words and what they say.
    all: &'static [(&'static str, &'static str)],
) -> impl IntoView {
    let pairs = Pairs::parse(&query);
    let done = pairs.last("done");
    let said = all.iter().find(|(word, _)| Some(*word) == done);
    said.map(|(_, said)| view! { <p class="done" role="status">{*said}</p> })
}

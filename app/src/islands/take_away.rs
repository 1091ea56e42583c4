//! Buttons that need a script: copy the options as a Markdown table, print the page.

use leptos::prelude::*;

use super::clipboard;

/// Shown only once it works: a browser prints and copies without it too.
#[island]
pub fn TakeAway(
    /// The options as a Markdown table.
    table: String,
) -> impl IntoView {
    let ready = RwSignal::new(false);
    let copied = RwSignal::new(false);
    Effect::new(move |_| ready.set(true));
    let copy = move |_| clipboard::write(&table, copied);
    view! {
        <span class="take-away" hidden=move || !ready.get()>
            <button type="button" class="quiet" on:click=copy>"Copy as Markdown table"</button>
            <button type="button" class="quiet" on:click=move |_| print()>"Print"</button>
        </span>
        <span role="status" class="copied">{move || copied.get().then_some("Copied")}</span>
    }
}

#[cfg(feature = "hydrate")]
fn print() {
    // A browser that cannot print does nothing.
    let _cannot = window().print();
}

#[cfg(not(feature = "hydrate"))]
fn print() {}

//! A button that copies an address and says that it did.

use leptos::prelude::*;

use super::clipboard;

/// Shown only once it works; the address stands beside it as a link anyway.
#[island]
pub fn CopyLink(
    /// The whole address; empty for that of the page as it is then.
    url: String,
) -> impl IntoView {
    let ready = RwSignal::new(false);
    let copied = RwSignal::new(false);
    Effect::new(move |_| ready.set(true));
    let copy = move |_| {
        if url.is_empty() {
            clipboard::write(&here(), copied);
        } else {
            clipboard::write(&url, copied);
        }
    };
    view! {
        <button type="button" class="quiet" hidden=move || !ready.get() on:click=copy>
            "Copy link"
        </button>
        <span role="status" class="copied">{move || copied.get().then_some("Copied")}</span>
    }
}

#[cfg(feature = "hydrate")]
fn here() -> String {
    window().location().href().unwrap_or_default()
}

#[cfg(not(feature = "hydrate"))]
fn here() -> String {
    String::new()
}

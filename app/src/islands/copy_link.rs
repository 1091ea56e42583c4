//! A button that copies an address and says that it did.

use leptos::prelude::*;

/// Shown only once it works; the address stands beside it as a link anyway.
#[island]
pub fn CopyLink(
    /// The whole address; empty for that of the page as it is then.
    url: String,
) -> impl IntoView {
    let ready = RwSignal::new(false);
    let copied = RwSignal::new(false);
    Effect::new(move |_| ready.set(true));
    let copy = move |_| write_to_clipboard(&url, copied);
    view! {
        <button type="button" class="quiet" hidden=move || !ready.get() on:click=copy>
            "Copy link"
        </button>
        <span role="status" class="copied">{move || copied.get().then_some("Copied")}</span>
    }
}

#[cfg(feature = "hydrate")]
fn write_to_clipboard(url: &str, copied: RwSignal<bool>) {
    let here = window().location().href().unwrap_or_default();
    let url = if url.is_empty() { here.as_str() } else { url };
    let promise = window().navigator().clipboard().write_text(url);
    leptos::task::spawn_local(async move {
        copied.set(wasm_bindgen_futures::JsFuture::from(promise).await.is_ok());
    });
}

#[cfg(not(feature = "hydrate"))]
fn write_to_clipboard(_: &str, _: RwSignal<bool>) {}

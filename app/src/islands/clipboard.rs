//! Puts text on the clipboard and says whether that worked.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
pub(super) fn write(text: &str, copied: RwSignal<bool>) {
    let promise = window().navigator().clipboard().write_text(text);
    leptos::task::spawn_local(async move {
        copied.set(wasm_bindgen_futures::JsFuture::from(promise).await.is_ok());
    });
}

#[cfg(not(feature = "hydrate"))]
pub(super) fn write(_: &str, _: RwSignal<bool>) {}

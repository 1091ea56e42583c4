//! A field for a token that a link carries in its fragment, where no server and no log sees it.

use leptos::prelude::*;

/// The field; `fragment.js` takes the token from the address, else it is pasted.
#[component]
pub fn TokenField(
    /// What it is called.
    label: &'static str,
    /// What it looks like and where it comes from.
    hint: &'static str,
) -> impl IntoView {
    view! {
        <div class="field">
            <label for="token-field">{label}</label>
            <p class="why" id="token-hint">{hint}</p>
            <input
                type="text" id="token-field" name="token" required autocomplete="off" spellcheck="false"
                autocapitalize="none" maxlength="500" aria-describedby="token-hint" data-from-fragment=""
            />
        </div>
    }
}

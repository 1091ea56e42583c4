//! Keeps the answer in step with the sheet as one types, and fetches the parts of the answer
//! that come later. Without scripts the sheet is a form with a button, and those parts are links.

use leptos::prelude::*;

#[cfg(feature = "hydrate")]
use super::live::Live;

/// The sheet's form, alive.
#[island]
pub fn LiveSheet(
    /// The form.
    children: Children,
) -> impl IntoView {
    let said = RwSignal::new("");
    #[cfg(feature = "hydrate")]
    let live = {
        let live = Live::new(said);
        let starting = live.clone();
        Effect::new(move |_| starting.fetch_later());
        live
    };
    #[cfg(feature = "hydrate")]
    let typed = {
        let live = live.clone();
        move |_| live.typed()
    };
    #[cfg(not(feature = "hydrate"))]
    let typed = |_| {};
    #[cfg(feature = "hydrate")]
    let sent = move |event: leptos::ev::SubmitEvent| {
        event.prevent_default();
        live.sent();
    };
    #[cfg(not(feature = "hydrate"))]
    let sent = |_: leptos::ev::SubmitEvent| {};
    view! {
        <div class="live" on:input=typed on:submit=sent>
            {children()}
            <p role="status" class="said">{move || said.get()}</p>
        </div>
    }
}

//! Moves the list of another browser to this one.

use leptos::prelude::*;

use crate::components::frame::Head;
use crate::components::token::TokenField;
use crate::markup::IntoMarkup as _;
use crate::shell::asset;

#[component]
pub fn RecoverPage() -> impl IntoView {
    view! {
        <Head title="Move scenarios here" description="Moves the scenarios of another browser to this one." private=true/>
        <p class="back"><a href="/scenarios">"My scenarios"</a></p>
        <h1>"Move scenarios to this browser"</h1>
        <p class="lead">"What the other browser has saved will be on the list of this one, and no longer on that of the other. Links stay as they are."</p>
        <form method="post" action="/scenarios/recover">
            <TokenField
                label="What stands behind the # of the recovery link"
                hint="The other browser shows the link under My scenarios. It works for seven days."
            />
            <button type="submit">"Move them here"</button>
        </form>
        <script type="module" src=asset("fragment.js")></script>
    }
    .into_markup()
}

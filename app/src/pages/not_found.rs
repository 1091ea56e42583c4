//! There is nothing here.

use http::StatusCode;
use leptos::prelude::*;

use crate::components::frame::Head;
use crate::markup::IntoMarkup as _;
use crate::pages::set_status;

#[component]
pub fn NotFoundPage() -> impl IntoView {
    set_status(StatusCode::NOT_FOUND);
    view! {
        <Head title="Nothing here" description="There is no such page." private=true/>
        <h1>"There is nothing here"</h1>
        <p class="lead">
            "The address may be mistyped, or the scenario was deleted or has expired. A link that was saved works as long as its scenario."
        </p>
        <p><a class="button" href="/">"Start page"</a></p>
    }
    .into_markup()
}

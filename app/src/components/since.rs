//! Placeholder until the comparison lands.

use leptos::prelude::*;
use model::Evaluation;

#[component]
pub fn Since(
    saved: Evaluation,
    today: Evaluation,
    saved_on: String,
    region: String,
) -> impl IntoView {
    let _ = region;
    view! { <p>{saved_on} {saved.verdict.headline} {today.verdict.headline}</p> }
}

//! One answer to change, whichever it is.

use leptos::prelude::*;
use model::question::question;

use crate::components::field::{Field, carried, errors_of};
use crate::components::frame::Head;
use crate::components::problem::ErrorSummary;
use crate::pages;
use crate::pages::not_found::NotFoundPage;
use crate::url_state::Pairs;

#[component]
pub fn FieldPage() -> impl IntoView {
    let pairs = Pairs::parse(&pages::query());
    let Some(question) = pairs.last("path").and_then(question) else {
        return view! { <NotFoundPage/> }.into_any();
    };
    let sent = pairs.last("done").is_some();
    let errors = if sent {
        errors_of(&pairs, &[question])
    } else {
        Vec::new()
    };
    let check = format!("/check?{}", pairs.clone().answers().query());
    if sent && errors.is_empty() {
        pages::redirect(&format!("{check}#row-{}", question.path));
        return ().into_any();
    }
    view! {
        <Head title=question.title description=question.why private=true/>
        <p class="back"><a href=check>"Back to your answers"</a></p>
        <ErrorSummary errors=errors.clone()/>
        <form class="question" method="get" action="/advise/field" novalidate>
            {carried(&pairs, &[question])}
            <input type="hidden" name="path" value=question.path/>
            <input type="hidden" name="done" value="1"/>
            <Field question pairs=pairs.clone() errors=errors heading=true/>
            <p class="actions">
                <button type="submit">"Save this answer"</button>
            </p>
        </form>
    }
    .into_any()
}

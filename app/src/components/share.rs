//! Save, share, take away.

use leptos::prelude::*;

use crate::islands::CopyLink;

/// The form that saves an answer, and its reports.
#[component]
pub fn Share(
    /// The answers.
    query: String,
    /// The name that they already have.
    name: String,
    /// The address of this answer.
    url: String,
) -> impl IntoView {
    view! {
        <section class="share" data-part="share" aria-labelledby="share">
            <h2 id="share">"Save and share"</h2>
            <form method="post" action="/scenarios" class="save">
                <input type="hidden" name="answers" value=query.clone()/>
                <label for="scenario-name">"Name, if you like"</label>
                <div class="inline">
                    <input type="text" id="scenario-name" name="name" value=name maxlength="500" autocomplete="off"/>
                    <button type="submit">"Save"</button>
                </div>
                <p class="aside">"Saving gives a short link to this result as it is now, prices included. Whoever has the link can read it."</p>
            </form>
            <Reports base="/answer".to_owned() query/>
            <p>"Not saved, the address of this page carries all answers. " <CopyLink url/></p>
        </section>
    }
}

/// Links to the reports of a page.
#[component]
pub fn Reports(
    /// The page.
    base: String,
    /// Its query; empty for a saved scenario.
    query: String,
) -> impl IntoView {
    let end = if query.is_empty() {
        String::new()
    } else {
        format!("?{query}")
    };
    view! {
        <p class="reports">
            "Reports: "
            <a href=format!("{base}/report.md{end}") download="">"Markdown decision record"</a>
            ", "
            <a href=format!("{base}/report.json{end}") download="">"JSON"</a>
            "."
        </p>
    }
}

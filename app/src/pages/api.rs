//! The API: how to call it, each call with what it takes and gives, and a form to try it. All of it is
//! read from the document that programs get.

mod call;
mod document;
mod fields;
mod manners;
mod records;
mod trial;

use leptos::prelude::*;

use crate::api::reference::{ApiDocument, Tried};
use crate::components::frame::Head;
use crate::markup::{IntoMarkup as _, Markup};
use crate::pages;
use document::{Document, Group};

/// Where the document itself is.
const DOCUMENT: &str = "/api/v1/openapi.json";

#[component]
pub fn ApiPage() -> impl IntoView {
    let document = Document(expect_context::<ApiDocument>().0);
    let tried = use_context::<Tried>();
    let url = pages::ports().public_url.clone();
    let groups = document.groups();
    let contents = contents(&groups);
    let sections = groups
        .iter()
        .map(|group| section(document, group, tried.as_ref(), &url))
        .collect_view();
    view! {
        <Head title="API" description="The JSON API of Breakeven: each call with its fields, its errors and its limits, and a form to try it."/>
        <h1>"API"</h1>
        <p class="lead">
            "Everything that the pages compute, a program can ask for: JSON over HTTP, without an account. The "
            <a href=DOCUMENT>"OpenAPI document"</a> " says the same to tools."
        </p>
        <nav class="contents" aria-label="On this page"><ol>{contents}</ol></nav>
        {manners::section(document, &url)}
        {sections}
        {records::section(document)}
    }
    .into_markup()
}

fn contents(groups: &[Group]) -> Vec<Markup> {
    let link = |id: String, title: String| {
        view! { <li><a href=format!("#{id}")>{title}</a></li> }.into_markup()
    };
    let first = link("manners".to_owned(), "How to call it".to_owned());
    let calls = groups.iter().flat_map(|group| {
        group
            .calls
            .iter()
            .map(|call| link(call.id().to_owned(), call.title().to_owned()))
    });
    let last = link("records".to_owned(), "Records".to_owned());
    [first].into_iter().chain(calls).chain([last]).collect()
}

fn section(document: Document, group: &Group, tried: Option<&Tried>, url: &str) -> Markup {
    let title = format!("group-{}", group.name.to_lowercase());
    let calls = group
        .calls
        .iter()
        .map(|one| {
            call::section(
                document,
                one,
                tried.filter(|tried| tried.call == one.id()),
                url,
            )
        })
        .collect_view();
    view! {
        <section class="equation" aria-labelledby=title.clone()>
            <h2 id=title.clone()>{group.name}</h2>
            <p>{group.about}</p>
        </section>
        {calls}
    }
    .into_markup()
}

//! What this is in one sentence, and where to begin.

use std::sync::LazyLock;

use leptos::prelude::*;
use model::example::{Example, all};

use crate::components::frame::Head;
use crate::markup::IntoMarkup as _;
use crate::url_state::query_from_system;

/// Examples never change, nor do their links.
static LINKS: LazyLock<Vec<(&'static Example, String)>> = LazyLock::new(|| {
    all()
        .iter()
        .map(|example| (example, query_from_system(&example.system)))
        .collect()
});

#[component]
pub fn HomePage() -> impl IntoView {
    view! {
        <Head
            title="Breakeven"
            description="Describe a workload and learn whether to run it serverless or in containers, what each costs, how fast each answers, and where the break-even lies."
        />
        <div class="hero">
            <h1>"Serverless or containers?"</h1>
            <p class="lead">
                "Describe a workload. Breakeven tells you where to run it, what each way costs and how fast it answers, where the break-even lies, and what would have to change for the answer to flip."
            </p>
            <p class="actions">
                <a class="button" href="/advise/quick">"Start from nothing"</a>
                <span class="aside">"Six questions, under two minutes, no account."</span>
            </p>
            <p class="aside">
                "It knows AWS: Lambda, Fargate and EC2, in six regions. Or let it "
                <a href="/advise/0/work">"ask you everything"</a>
                ", or put together "
                <a href="/advise/system">"a system of several parts"</a>
                "."
            </p>
        </div>
        <section aria-labelledby="examples">
            <h2 id="examples">"Or start from an example"</h2>
            <p>"Each is priced in us-east-1. Look at its answer, or change its answers until they are yours."</p>
            <div class="examples">{groups()}</div>
        </section>
    }
    .into_markup()
}

fn groups() -> impl IntoView {
    LINKS
        .chunk_by(|(one, _), (next, _)| one.group == next.group)
        .map(|group| {
            let rows = group
                .iter()
                .map(|(example, query)| row(example, query))
                .collect_view();
            view! {
                <section class="example-group">
                    <h3>{group[0].0.group.clone()}</h3>
                    <ul>{rows}</ul>
                </section>
            }
        })
        .collect_view()
}

fn row(example: &'static Example, query: &str) -> impl IntoView {
    let change = format!("Change the answers of {}", example.title);
    view! {
        <li id=example.slug.clone()>
            <a class="example" href=format!("/answer?{query}")>{example.title.clone()}</a>
            <span class="what">{example.what.clone()}</span>
            <a class="change" href=format!("/check?{query}") aria-label=change>"Change"</a>
        </li>
    }
}

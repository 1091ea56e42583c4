//! What was saved from this browser.

use leptos::prelude::*;

use crate::api::ports::{Fresh, ScenarioLine};
use crate::components::done::Done;
use crate::components::frame::Head;
use crate::components::problem::PortProblem;
use crate::components::share::called;
use crate::islands::CopyLink;
use crate::markup::IntoMarkup as _;
use crate::pages::{self, day};
use crate::shell::asset;

const DONE: [(&str, &str); 2] = [
    ("deleted", "The scenario is deleted."),
    (
        "moved",
        "What the other browser had saved is on this list now.",
    ),
];

#[component]
pub fn ScenariosPage() -> impl IntoView {
    let (ports, visitor, fresh) = (pages::ports(), pages::visitor(), use_context::<Fresh>());
    let query = pages::query();
    Suspend::new(async move {
        match pages::saved_here(&ports, visitor).await {
            Ok(lines) => view! { <List lines fresh query/> }.into_markup(),
            Err(error) => view! { <PortProblem error/> }.into_markup(),
        }
    })
    .into_any()
}

#[component]
fn List(lines: Vec<ScenarioLine>, fresh: Option<Fresh>, query: String) -> impl IntoView {
    let content = if lines.is_empty() {
        view! { <Empty/> }.into_markup()
    } else {
        view! { <Table lines/> <Move fresh/> }.into_markup()
    };
    view! {
        <Head title="My scenarios" description="The scenarios that were saved from this browser." private=true/>
        <Done query all=&DONE/>
        <h1>"My scenarios"</h1>
        {content}
        <script type="module" src=asset("islands.js")></script>
    }
}

#[component]
fn Empty() -> impl IntoView {
    view! {
        <p class="lead">"Nothing was saved from this browser yet. There are no accounts: a random number in a cookie tells this browser from others, and is set with the first thing you save."</p>
        <p class="actions"><a class="button" href="/advise/quick">"Describe a workload"</a></p>
        <p>"Saved something in another browser? Its page of scenarios gives a link that moves them here: " <a href="/scenarios/recover">"use the link"</a> "."</p>
    }
}

#[component]
fn Table(lines: Vec<ScenarioLine>) -> impl IntoView {
    let several = lines.len() > 1;
    let rows = lines
        .into_iter()
        .enumerate()
        .map(|(index, line)| row(index, line, several))
        .collect_view();
    view! {
        <p class="lead">"Saved from this browser, the latest first. Whoever has a link can read what it leads to; only this browser, or the owner's token, can change it."</p>
        <form method="get" action="/compare">
            <table class="stack scenarios">
                <caption class="visually-hidden">"My scenarios"</caption>
                <thead>
                    <tr>
                        <th scope="col">"Scenario"</th><th scope="col">"Verdict"</th><th scope="col">"Saved on"</th>
                        <th scope="col">"Last day"</th>{several.then(|| view! { <th scope="col">"Compare"</th> })}
                    </tr>
                </thead>
                <tbody>{rows}</tbody>
            </table>
            {several.then(|| view! { <p class="actions"><button type="submit" class="quiet">"Compare the two"</button></p> })}
        </form>
    }
}

fn row(index: usize, line: ScenarioLine, several: bool) -> impl IntoView + use<> {
    let name = called(&line);
    let id = line.id;
    let newest = line.newest;
    let compare = several.then(|| {
        let side = |side: &'static str, word: &'static str, checked: bool| {
            let control = format!("{side}-{index}");
            let label = format!("{name} as {word}");
            view! {
                <input type="radio" name=side id=control.clone() value=id.clone() checked=checked aria-label=label/>
                <label for=control aria-hidden="true">{word}</label>
            }
        };
        view! {
            <td data-label="Compare" class="sides">
                {side("left", "A", index == 1)} " " {side("right", "B", index == 0)}
            </td>
        }
    });
    view! {
        <tr>
            <th scope="row">
                <a href=format!("/s/{id}")>{name.clone()}</a>
                <span class="note">
                    {if newest.revision == 1 { "one revision".to_owned() } else { format!("{} revisions", newest.revision) }}
                    ", " <a href=format!("/s/{id}/manage") aria-label=format!("Manage {name}")>"manage"</a>
                </span>
            </th>
            <td data-label="Verdict">{newest.headline.unwrap_or_else(|| "in the scenario itself".to_owned())}</td>
            <td data-label="Saved on"><time datetime=newest.created_at.clone()>{day(&newest.created_at)}</time></td>
            <td data-label="Last day">{line.expires_at.map_or_else(|| "none".to_owned(), |at| super::manage::last_day(&at))}</td>
            {compare}
        </tr>
    }
}

/// The way to another browser.
#[component]
fn Move(fresh: Option<Fresh>) -> impl IntoView {
    let link = match fresh {
        Some(Fresh::Recovery { url }) => Some(view! {
            <div class="fresh" role="status">
                <p><strong>"Open this link in the other browser within seven days."</strong> " Keep it to yourself: whoever opens it has the list."</p>
                <p class="link"><code class="token">{url.clone()}</code> " " <CopyLink url/></p>
            </div>
        }),
        _ => None,
    };
    view! {
        <section class="share" aria-labelledby="move">
            <h2 id="move">"Another browser"</h2>
            <p>"This list belongs to this browser. A recovery link moves it to another one."</p>
            {link}
            <form method="post" action="/scenarios/recovery-link">
                <button type="submit" class="quiet">"Make a recovery link"</button>
            </form>
            <p class="aside">"Do you have such a link from another browser? " <a href="/scenarios/recover">"Use it here"</a> "."</p>
        </section>
    }
}

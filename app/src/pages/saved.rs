//! A saved scenario: what was computed then, to the cent.

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::api::ports::ScenarioRecord;
use crate::components::figure::ChartsOf;
use crate::components::frame::Head;
use crate::components::problem::PortProblem;
use crate::components::result::{ResultView, Shown};
use crate::components::share::Reports;
use crate::islands::CopyLink;
use crate::pages;
use crate::pages::not_found::NotFoundPage;
use crate::shell::asset;
use crate::url_state::query_from_system;

#[component]
pub fn SavedPage() -> impl IntoView {
    let params = use_params_map().get_untracked();
    let id = params.get("id").unwrap_or_default();
    let revision = match params.get("revision").map(|text| text.parse::<u32>()) {
        None => None,
        Some(Ok(revision)) => Some(revision),
        Some(Err(_)) => return view! { <NotFoundPage/> }.into_any(),
    };
    let ports = pages::ports();
    Suspend::new(async move {
        match ports.scenarios.read(&id, revision).await {
            Ok(Some(record)) => view! { <Saved record public_url=ports.public_url.clone() newest=revision.is_none()/> }.into_any(),
            Ok(None) => view! { <NotFoundPage/> }.into_any(),
            Err(error) => view! { <PortProblem error/> }.into_any(),
        }
    })
    .into_any()
}

#[component]
fn Saved(record: ScenarioRecord, public_url: String, newest: bool) -> impl IntoView {
    let query = query_from_system(&record.system);
    let base = format!("/s/{}/revisions/{}", record.id, record.revision);
    provide_context(ChartsOf { base: base.clone() });
    let url = format!("{public_url}{base}");
    let title = if record.name.is_empty() {
        "A saved scenario".to_owned()
    } else {
        record.name.clone()
    };
    let day = record
        .created_at
        .get(..10)
        .unwrap_or(&record.created_at)
        .to_owned();
    let mut system = record.system;
    if system.name.is_empty() {
        system.name.clone_from(&record.name);
    }
    let headline = record.evaluation.verdict.headline.clone();
    let shown = Shown {
        system,
        evaluation: record.evaluation,
        query: query.clone(),
        later: false,
        over: None,
    };
    view! {
        <Head title=title description=headline private=true/>
        <p class="saved-as">
            "Saved on " <time datetime=record.created_at>{day}</time>
            {format!(
                ", revision {}{}. Price book {}, model {}.",
                record.revision,
                if newest { ", the newest" } else { "" },
                record.price_book,
                record.model_version,
            )}
            {record.expires_at.map(|at| format!(" Expires on {}.", at.get(..10).unwrap_or(&at)))}
        </p>
        {view! { <ResultView shown/> }.into_any()}
        <section class="share" aria-labelledby="share">
            <h2 id="share">"Share"</h2>
            <p class="link"><a href=base.clone()>{url.clone()}</a> " " <CopyLink url/></p>
            <p class="aside">"This link shows this revision for ever, with these numbers."</p>
            <Reports base query=String::new()/>
            <p><a class="button" href=format!("/check?{query}")>"Change these answers"</a></p>
            <p class="aside">"That makes a scenario of your own; this one stays as it is."</p>
        </section>
        <script type="module" src=asset("islands.js")></script>
    }
}

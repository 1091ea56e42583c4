//! A saved scenario: what was computed then, to the cent, and beside it what comes of it today.

mod history;
pub mod today;

use leptos::prelude::*;
use leptos_router::hooks::use_params_map;

use crate::api::ports::{PortError, Ports, RevisionLine, ScenarioRecord, Visitor};
use crate::components::exports::Exports;
use crate::components::figure::ChartsOf;
use crate::components::frame::Head;
use crate::components::problem::PortProblem;
use crate::components::result::{ResultView, Shown};
use crate::islands::CopyLink;
use crate::markup::IntoMarkup as _;
use crate::pages::not_found::NotFoundPage;
use crate::pages::{self, day};
use crate::shell::asset;
use crate::url_state::query_from_system;
use history::history;
use today::today_or_link;

#[component]
pub fn SavedPage() -> impl IntoView {
    let Some((id, revision)) = asked() else {
        return view! { <NotFoundPage/> }.into_markup().into_any();
    };
    let (ports, visitor) = (pages::ports(), pages::visitor());
    Suspend::new(async move {
        match found(&ports, &id, revision).await {
            Ok(Some((record, revisions))) => {
                let today = ports.evaluator.known(&record.system).map(Box::new);
                let public_url = ports.public_url.clone();
                view! { <Saved record revisions visitor today public_url newest=revision.is_none()/> }
                    .into_markup()
            }
            Ok(None) => view! { <NotFoundPage/> }.into_markup(),
            Err(error) => view! { <PortProblem error/> }.into_markup(),
        }
    })
    .into_any()
}

/// The scenario and the revision of the address; `None` where the revision is no number.
fn asked() -> Option<(String, Option<u32>)> {
    let params = use_params_map().get_untracked();
    let revision = params.get("revision").map(|text| text.parse::<u32>());
    Some((
        params.get("id").unwrap_or_default(),
        revision.transpose().ok()?,
    ))
}

async fn found(
    ports: &Ports,
    id: &str,
    revision: Option<u32>,
) -> Result<Option<(ScenarioRecord, Vec<RevisionLine>)>, PortError> {
    let Some(record) = ports.scenarios.read(id, revision).await? else {
        return Ok(None);
    };
    let revisions = ports.scenarios.history(id).await?;
    Ok(Some((record, revisions)))
}

/// What people call it.
fn title(record: &ScenarioRecord) -> String {
    if record.name.is_empty() {
        "A saved scenario".to_owned()
    } else {
        record.name.clone()
    }
}

#[component]
fn Saved(
    record: ScenarioRecord,
    revisions: Vec<RevisionLine>,
    visitor: Visitor,
    today: Option<Box<model::Evaluation>>,
    public_url: String,
    newest: bool,
) -> impl IntoView {
    let query = query_from_system(&record.system);
    let base = format!("/s/{}/revisions/{}", record.id, record.revision);
    provide_context(ChartsOf { base: base.clone() });
    let mut system = record.system.clone();
    if system.name.is_empty() {
        system.name.clone_from(&record.name);
    }
    let headline = record.evaluation.verdict.headline.clone();
    let shown = Shown {
        system,
        evaluation: record.evaluation.clone(),
        query: query.clone(),
        later: false,
        over: None,
    };
    [
        view! { <Head title=title(&record) description=headline private=true/> }.into_markup(),
        view! { <SavedAs record=record.clone() newest/> }.into_markup(),
        view! { <ResultView shown/> }.into_markup(),
        today_or_link(record.clone(), today, &base),
        history(&record.id, record.revision, revisions).into_markup(),
        view! { <ShareSaved record visitor base query public_url/> }.into_markup(),
        view! { <script type="module" src=asset("islands.js")></script> }.into_markup(),
    ]
}

/// What is shown, of when, and where it comes from.
#[component]
fn SavedAs(record: ScenarioRecord, newest: bool) -> impl IntoView {
    let saved_on = day(&record.created_at);
    let place = match (newest || record.revision == record.newest, record.newest) {
        (true, 1) => "the only revision".to_owned(),
        (true, of) => format!("revision {of}, the newest"),
        (false, of) => format!("revision {} of {of}", record.revision),
    };
    let newer = (record.revision < record.newest)
        .then(|| view! { " " <a href=format!("/s/{}", record.id)>"Show the newest."</a> });
    let copied_from = record.copied_from.as_deref().map(|from| {
        let (id, revision) = from.split_once('@').unwrap_or((from, "1"));
        view! { " Copied from " <a href=format!("/s/{id}/revisions/{revision}")>"another scenario"</a> "." }
    });
    view! {
        <p class="saved-as">
            "Saved on " <time datetime=record.created_at>{saved_on}</time> ", " {place} ". Price book "
            {record.price_book} ", model " {record.model_version} "." {newer} {copied_from}
            {record.expires_at.map(|at| format!(" Expires on {}.", day(&at)))}
        </p>
    }
}

/// What one can do with it.
#[component]
fn ShareSaved(
    record: ScenarioRecord,
    visitor: Visitor,
    base: String,
    query: String,
    public_url: String,
) -> impl IntoView {
    let url = format!("{public_url}{base}");
    let mine = record.is_of(visitor);
    let manage = format!("/s/{}/manage", record.id);
    view! {
        <section class="share" aria-labelledby="share">
            <h2 id="share">"Share"</h2>
            <p class="link"><a href=base.clone()>{url.clone()}</a> " " <CopyLink url/></p>
            <p class="aside">"This link shows this revision for ever, with these numbers."</p>
            <Exports base=base.clone() query=String::new() system=record.system.clone() evaluation=record.evaluation.clone()/>
            <div class="actions">
                <a class="button" href=format!("/check?{query}")>"Change these answers"</a>
                <form method="post" action=format!("/s/{}/copy", record.id)>
                    <input type="hidden" name="revision" value=record.revision/>
                    <button type="submit" class="quiet">"Save a copy of my own"</button>
                </form>
                <a class="aside" href=format!("/compare?left={}@{}", record.id, record.revision)>"Compare with another"</a>
            </div>
            {if mine {
                view! {
                    <p class="aside">
                        "You saved it in this browser: changed answers can become its next revision, and you can "
                        <a href=manage>"rename it, give it a last day or delete it"</a> "."
                    </p>
                }.into_markup()
            } else {
                view! {
                    <p class="aside">
                        "Changing the answers makes a scenario of your own; this one stays as it is. Is it yours, saved elsewhere? "
                        <a href=manage>"Prove it with the owner's token"</a> "."
                    </p>
                }.into_markup()
            }}
        </section>
    }
}

//! The parts of the system: add, copy, rename, order, remove, link. Each action is a link or a
//! form that leads to the address of the changed system.

use leptos::prelude::*;
use model::question::{Section, question};
use model::system::{FieldError, Kind};

use crate::components::field::Field;
use crate::components::form::{carried_draft, errors_of};
use crate::components::frame::Head;
use crate::components::problem::{CannotCompute, ErrorSummary};
use crate::markup::IntoMarkup as _;
use crate::pages;
use crate::pages::advise::{progress, section_link};
use crate::url_state::{COMPONENT, Draft, MOST_COMPONENTS, Pairs, per_second};

const LINKS: &str = "links";
/// A longer name is refused with all other errors, when the system is checked.
const LONGEST_NAME: usize = 500;

#[component]
pub fn SystemPage() -> impl IntoView {
    let query = pages::query();
    let draft = match Draft::parse(&query) {
        Ok(draft) => draft,
        Err(invalid) => {
            return view! { <CannotCompute pairs=Pairs::default() errors=invalid.errors/> }
                .into_markup();
        }
    };
    let sent = Pairs::parse(&query);
    if let Some(to) = after_action(&draft, &sent) {
        pages::redirect(&to);
        return ().into_markup();
    }
    let mut errors = Vec::new();
    if sent.last("done").is_some() {
        let links: Vec<_> = question(LINKS).into_iter().collect();
        errors = errors_of(&draft, 0, &links);
        if errors.is_empty() {
            pages::redirect(&format!("/advise/system?{}", draft.query()));
            return ().into_markup();
        }
    }
    page(&draft, &errors).into_markup()
}

/// Where an action leads; `None` without one.
fn after_action(draft: &Draft, sent: &Pairs) -> Option<String> {
    let index = sent.last(COMPONENT).and_then(|text| text.parse().ok());
    let index: usize = index.filter(|index| *index < draft.len()).unwrap_or(0);
    let room = draft.len() < MOST_COMPONENTS;
    let changed = match sent.last("do")? {
        "add" if room => {
            let draft = draft.clone().added(Pairs::default());
            return Some(section_link(&draft, draft.len() - 1, Section::Work));
        }
        "copy" if room => draft.clone().copied(index),
        "remove" => draft.clone().removed(index),
        "up" => draft.clone().moved(index, true),
        "down" => draft.clone().moved(index, false),
        "rename" => {
            let name: String = sent
                .last("called")
                .unwrap_or_default()
                .chars()
                .take(LONGEST_NAME)
                .collect();
            draft.clone().renamed(index, &name)
        }
        _ => draft.clone(),
    };
    Some(format!("/advise/system?{}", changed.query()))
}

fn page(draft: &Draft, errors: &[FieldError]) -> impl IntoView + use<> {
    let query = draft.query();
    let title = if errors.is_empty() {
        "Parts of the system".to_owned()
    } else {
        "Error: Parts of the system".to_owned()
    };
    let parts = (0..draft.len())
        .map(|index| part(draft, index))
        .collect_view();
    let room = draft.len() < MOST_COMPONENTS;
    let add = Pairs::parse(&query).with("do", "add").query();
    view! {
        <Head title=title description="The parts of the system and the links between them." private=true/>
        <p class="back"><a href=format!("/check?{query}")>"Back to your answers"</a></p>
        <ErrorSummary errors=errors.to_vec()/>
        <h1>"Parts of the system"</h1>
        <p class="lead">"Each part gets a verdict of its own; what they share is paid once."</p>
        <ol class="parts">{parts}</ol>
        <p class="actions">
            {if room {
                view! { <a class="button" href=format!("/advise/system?{add}")>"Add a part"</a> }.into_markup()
            } else {
                view! { <span class="aside">{format!("A system has at most {MOST_COMPONENTS} parts.")}</span> }.into_markup()
            }}
            <a class="aside" href=format!("/check?{query}")>"See all answers"</a>
        </p>
        {(draft.len() > 1).then(|| links(draft, errors))}
    }
}

/// One part with its actions.
fn part(draft: &Draft, index: usize) -> impl IntoView + use<> {
    let name = draft.names()[index].clone();
    let (system, _) = draft.read();
    let component = system.components.get(index);
    let kind = component
        .and_then(|component| component.kind)
        .map(Kind::label);
    let traffic = component
        .and_then(|component| component.traffic.requests_per_month)
        .and_then(per_second);
    let what: Vec<String> = [kind.map(str::to_owned), traffic]
        .into_iter()
        .flatten()
        .collect();
    let (answered, asked) = progress(draft, &system, index);
    let action = |what: &str| {
        let query = Pairs::parse(&draft.query())
            .with("do", what)
            .with(COMPONENT, index.to_string());
        format!("/advise/system?{}", query.query())
    };
    let link = |label: &'static str, what: &str| {
        view! { <a href=action(what)>{label}<span class="visually-hidden">" " {name.clone()}</span></a> }
    };
    let several = draft.len() > 1;
    let room = draft.len() < MOST_COMPONENTS;
    let change = section_link(draft, index, Section::Work);
    let id = format!("called-{index}");
    view! {
        <li id=format!("part-{index}")>
            <h2>{name.clone()}</h2>
            <p class="what">{what.join(", ")} " " <span class="aside">{format!("{answered} of {asked} answered")}</span></p>
            <p class="part-actions">
                <a href=change>"Answer its questions"<span class="visually-hidden">" (" {name.clone()} ")"</span></a>
                {room.then(|| link("Copy", "copy"))}
                {(index > 0).then(|| link("Move up", "up"))}
                {(index + 1 < draft.len()).then(|| link("Move down", "down"))}
                {several.then(|| link("Remove", "remove"))}
            </p>
            <form class="rename" method="get" action="/advise/system">
                {carried_draft(draft, index, &[])}
                <input type="hidden" name="do" value="rename"/>
                <label for=id.clone()>"Name"<span class="visually-hidden">" of " {name.clone()}</span></label>
                <input type="text" autocomplete="off" maxlength=LONGEST_NAME.to_string() id=id name="called" value=name.clone()/>
                <button class="quiet" type="submit">"Rename"<span class="visually-hidden">" " {name.clone()}</span></button>
            </form>
        </li>
    }
}

fn links(draft: &Draft, errors: &[FieldError]) -> impl IntoView + use<> {
    let links: Vec<_> = question(LINKS).into_iter().collect();
    let fields = links.iter().map(|question| {
        view! { <Field question=question pairs=draft.form(0) errors=errors.to_vec() components=draft.names()/> }
    });
    let fields = fields.collect_view();
    view! {
        <form class="question" method="get" action="/advise/system" novalidate>
            {carried_draft(draft, 0, &links)}
            <input type="hidden" name="done" value="1"/>
            {fields}
            <p class="actions"><button type="submit">"Save the links"</button></p>
        </form>
    }
}

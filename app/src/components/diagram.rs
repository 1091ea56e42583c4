//! A plain diagram of the parts that a request passes, for the choice and for the best of the
//! other side: who calls, what stands in front, what computes, what keeps.

use std::sync::Arc;

use leptos::prelude::*;
use model::PriceBook;
use model::bill::{Group, LineItem};
use model::evaluation::{ComponentEvaluation, PlatformOption};
use model::system::Kind;

use crate::api::ports::Ports;
use crate::components::options::{arranged, configuration};
use crate::components::services::need_label;
use crate::components::verdict::family_class;

/// One place on the way of a request.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Stop {
    /// What it is for.
    pub role: &'static str,
    /// What stands there.
    pub what: Vec<String>,
    /// How it is set up; may be empty.
    pub note: String,
}

/// The way of a request through an option, from who calls to what keeps.
#[must_use]
pub fn stops(
    component: &ComponentEvaluation,
    option: &PlatformOption,
    kind: Kind,
    book: &PriceBook,
) -> Vec<Stop> {
    let lines = option.bill.as_ref().map_or(&[][..], |bill| &bill.lines);
    let stop = |role, what, note| Stop { role, what, note };
    let mut way = vec![stop(
        "Comes from",
        vec![caller(kind).to_owned()],
        String::new(),
    )];
    let front = products(lines, Group::FrontDoor, book);
    if !front.is_empty() {
        way.push(stop("In front", front, String::new()));
    }
    way.push(stop(
        "Computes",
        vec![option.label.clone()],
        configuration(&option.configuration),
    ));
    let serverless = option.family == model::evaluation::Family::Serverless;
    let kept = component.services.iter().map(|service| {
        let name = if serverless {
            &service.serverless
        } else {
            &service.containers
        };
        format!("{}: {name}", need_label(&service.need))
    });
    let kept: Vec<String> = kept.collect();
    if !kept.is_empty() {
        way.push(stop("Keeps", kept, String::new()));
    }
    way
}

const fn caller(kind: Kind) -> &'static str {
    match kind {
        Kind::HttpApi => "Clients, over HTTPS",
        Kind::WebApp => "Browsers, over HTTPS",
        Kind::Event => "Events",
        Kind::QueueWorker => "A queue",
        Kind::ScheduledBatch => "A schedule",
        Kind::Workflow => "A workflow",
        Kind::Stream => "A stream",
        Kind::Websocket => "Clients, over WebSockets",
    }
}

/// The products behind the lines of a group, each once.
fn products(lines: &[LineItem], group: Group, book: &PriceBook) -> Vec<String> {
    let mut found: Vec<String> = Vec::new();
    for line in lines.iter().filter(|line| line.group == group) {
        let id = line.price_id.split('/').next().unwrap_or_default();
        let name = book
            .products()
            .find(|(product, _)| *product == id)
            .map_or(id, |(_, name)| name)
            .to_owned();
        if !found.contains(&name) {
            found.push(name);
        }
    }
    found
}

/// The choice and the best of the other side, one under the other.
#[component]
pub fn Diagram(
    /// Whose parts.
    component: ComponentEvaluation,
    /// What it does.
    kind: Kind,
) -> impl IntoView {
    let ports = expect_context::<Arc<Ports>>();
    let (able, _) = arranged(&component);
    let first = able.first().copied();
    let other = first.and_then(|first| {
        let mut rest = able.iter();
        rest.find(|option| option.family != first.family).copied()
    });
    let lanes = first
        .into_iter()
        .chain(other)
        .map(|option| lane(option, &stops(&component, option, kind, &ports.book)))
        .collect::<Vec<_>>();
    (!lanes.is_empty()).then(|| view! { <div class="lanes">{lanes}</div> })
}

fn lane(option: &PlatformOption, stops: &[Stop]) -> impl IntoView + use<> {
    let stops = stops
        .iter()
        .map(|stop| {
            let what = stop
                .what
                .iter()
                .map(|name| view! { <span class="what">{name.clone()}</span> })
                .collect_view();
            let note = (!stop.note.is_empty())
                .then(|| view! { <span class="note">{stop.note.clone()}</span> });
            view! { <li><span class="role">{stop.role}</span> {what} {note}</li> }
        })
        .collect_view();
    view! {
        <ol class=format!("lane {}", family_class(option.family)) aria-label=format!("The parts with {}", option.label)>
            {stops}
        </ol>
    }
}

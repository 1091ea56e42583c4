//! A saved scenario with the prices and the model of today: on its page where that is known, else a page of its own that
//! the script fetches when it comes near.

use leptos::prelude::*;
use model::{Evaluation, Parts};

use super::asked;
use crate::api::ports::{PortError, Ports, ScenarioRecord};
use crate::components::frame::Head;
use crate::components::problem::PortProblem;
use crate::components::since::Since;
use crate::markup::{IntoMarkup as _, Markup};
use crate::pages::not_found::NotFoundPage;
use crate::pages::{self, day};

const PART: &str = "today";

/// The section, or the link to it.
pub(super) fn today_or_link(
    record: ScenarioRecord,
    today: Option<Box<Evaluation>>,
    base: &str,
) -> Markup {
    if let Some(today) = today {
        return view! { <Section record today/> }.into_markup();
    }
    let href = format!("{base}/today");
    view! {
        <div class="later today" data-part=PART data-later=href.clone()>
            <p><a href=href.clone()>"What comes of it with today's prices and model"</a></p>
        </div>
    }
    .into_markup()
}

#[component]
fn Section(record: ScenarioRecord, today: Box<Evaluation>) -> impl IntoView {
    let saved_on = day(&record.created_at);
    let region = record.system.region.unwrap_or(model::Region::UsEast1);
    view! {
        <div class="wide today" data-part=PART>
            <Since saved=record.evaluation today=*today saved_on region=region.id().to_owned()/>
        </div>
    }
}

#[component]
pub fn TodayPage() -> impl IntoView {
    let Some((id, revision)) = asked() else {
        return view! { <NotFoundPage/> }.into_markup().into_any();
    };
    let ports = pages::ports();
    Suspend::new(async move {
        match computed(&ports, &id, revision).await {
            Ok(Some((record, today))) => {
                let back = format!("/s/{}/revisions/{}", record.id, record.revision);
                let title = format!("{}, with today's prices", super::title(&record));
                view! {
                    <Head title description="A saved scenario with the prices and the model of today." private=true/>
                    <p class="back"><a href=back>"As it was saved"</a></p>
                    <h1>{super::title(&record)}</h1>
                    <Section record today/>
                }
                .into_markup()
            }
            Ok(None) => view! { <NotFoundPage/> }.into_markup(),
            Err(error) => view! { <PortProblem error/> }.into_markup(),
        }
    })
    .into_any()
}

async fn computed(
    ports: &Ports,
    id: &str,
    revision: Option<u32>,
) -> Result<Option<(ScenarioRecord, Box<Evaluation>)>, PortError> {
    let Some(record) = ports.scenarios.read(id, revision).await? else {
        return Ok(None);
    };
    let system = record.system.clone();
    let today = ports.evaluator.evaluate(system, Parts::ALL).await?;
    Ok(Some((record, Box::new(today))))
}

//! The chart of two saved scenarios, as an image and as what the page's script draws.

use app::api::ports::ScenarioRecord;
use app::charts::{Subject, break_even_of_two};
use app::pages::compare::{CHART, LEFT, RIGHT};
use app::url_state::{Pairs, Reference};
use axum::Router;
use axum::extract::{RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;
use model::comparison::evaluations;

use super::charts::{Form, Wishes, kept, shown};
use crate::error::{Error, invalid};
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    let forms = [
        (Form::Image, "svg"),
        (Form::Option, "json"),
        (Form::Raster, "png"),
    ];
    forms
        .into_iter()
        .fold(Router::new(), |routes, (form, ending)| {
            routes.route(
                &format!("/compare/charts/{CHART}.{ending}"),
                get(move |State(state), headers, RawQuery(query)| {
                    of_two(state, headers, query, form)
                }),
            )
        })
}

async fn of_two(
    state: AppState,
    headers: HeaderMap,
    query: Option<String>,
    form: Form,
) -> Result<Response, Error> {
    let pairs = Pairs::parse(query.as_deref().unwrap_or_default());
    let wishes = Wishes::parse(&pairs)?;
    let left = read(&state, &pairs, LEFT).await?;
    let right = read(&state, &pairs, RIGHT).await?;
    let compared = evaluations(&left.evaluation, &right.evaluation);
    let pair = compared
        .components
        .get(wishes.index)
        .map(|pair| &pair.index);
    let pair = pair.ok_or_else(|| {
        invalid(
            "component",
            format!("there is no component {}", wishes.index),
        )
    })?;
    // A component of one side only has nothing to be drawn beside.
    let (Some(of_left), Some(of_right)) = (pair.left, pair.right) else {
        return Err(Error::NotFound);
    };
    let drawing = kept(break_even_of_two::drawing(
        &subject(&left, of_left),
        &subject(&right, of_right),
    ))?;
    shown(&state, &headers, &drawing, wishes, form).await
}

fn subject(record: &ScenarioRecord, index: usize) -> Subject<'_> {
    Subject {
        system: &record.system,
        evaluation: &record.evaluation,
        index,
    }
}

async fn read(state: &AppState, pairs: &Pairs, name: &str) -> Result<ScenarioRecord, Error> {
    let reference =
        Reference::parse(pairs.last(name).unwrap_or_default()).map_err(|why| invalid(name, why))?;
    let found = state
        .ports
        .scenarios
        .read(&reference.id, reference.revision);
    found.await?.ok_or(Error::NotFound)
}

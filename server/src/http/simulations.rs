//! `/simulations` of the API: begin one, see how it stands, follow it, cancel it.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::sse::{Event, KeepAlive, Sse};
use axum::response::{IntoResponse, Response};
use futures_util::stream::{Stream, unfold};
use model::replay::{Question, Replay};
use serde::Serialize;
use tokio::sync::OwnedSemaphorePermit;

use super::body::LargeJson;
use crate::clock::rfc3339;
use crate::error::Error;
use crate::simulations::{self, Found, Progress, Simulations, Status};
use crate::state::AppState;

/// A sign of life while there is nothing to tell, so that nobody on the way cuts the line.
const KEEP_ALIVE: Duration = Duration::from_secs(10);
const NO_STORE: (header::HeaderName, HeaderValue) =
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));

/// A simulation as it stands.
#[derive(Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct Simulation {
    /// Its id.
    id: String,
    /// `queued`, `running`, `done`, `failed`, `cancelled`, or `interrupted` where the program that computed it ended.
    state: &'static str,
    /// How many wait before it; null where it does not wait.
    #[schema(required)]
    ahead: Option<usize>,
    /// How far it is.
    progress: Progress,
    /// Why it failed; null where it did not.
    #[schema(required)]
    why: Option<String>,
    /// When it was asked, RFC 3339.
    created_at: String,
    /// When it is deleted, RFC 3339.
    expires_at: String,
    /// What came of it; null until it is done.
    #[schema(required)]
    result: Option<Replay>,
}

/// What whoever follows a simulation is told.
#[derive(Debug, Serialize)]
struct Told<'s> {
    state: &'static str,
    ahead: Option<usize>,
    #[serde(flatten)]
    progress: &'s Progress,
    /// The same in words.
    said: String,
}

/// Puts a question into the queue.
pub(super) async fn begin_question(state: &AppState, question: Question) -> Result<String, Error> {
    let place = state.simulations.reserve()?;
    let json = serde_json::to_string(&question).map_err(|_| Error::Internal)?;
    let book = Arc::clone(&state.book);
    let threads = state.simulations.threads;
    // Preparing the platforms computes.
    let work = state
        .compute
        .run(move || simulations::work_of(question, book, threads))
        .await??;
    state.simulations.begin(place, &json, work).await
}

pub(super) async fn begin(
    State(state): State<AppState>,
    body: LargeJson,
) -> Result<impl IntoResponse, Error> {
    // Two megabytes of a series are read elsewhere than where requests are.
    let value = body.value()?;
    let question = state
        .compute
        .run(move || Question::from_value(value))
        .await??;
    let id = begin_question(&state, question).await?;
    let location = format!("/api/v1/simulations/{id}");
    let simulation = found(&state, &id).await?;
    Ok((
        StatusCode::ACCEPTED,
        [(header::LOCATION, location)],
        [NO_STORE],
        Answer(simulation),
    ))
}

pub(super) async fn read(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<impl IntoResponse, Error> {
    Ok(([NO_STORE], Answer(found(&state, &id).await?)))
}

async fn found(state: &AppState, id: &str) -> Result<Simulation, Error> {
    let Found { status, stored } = state.simulations.find(id).await?.ok_or(Error::NotFound)?;
    let result = stored.result.as_ref().map(|document| {
        let json = document.json().map_err(|_| Error::Internal)?;
        serde_json::from_str(&json).map_err(|_| Error::Internal)
    });
    Ok(Simulation {
        id: id.to_owned(),
        state: status.state.name(),
        ahead: status.ahead,
        progress: status.progress,
        why: status.why,
        created_at: rfc3339(stored.created_at),
        expires_at: rfc3339(stored.expires_at),
        result: result.transpose()?,
    })
}

pub(super) async fn cancel(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<StatusCode, Error> {
    state.simulations.cancel(&id).await?;
    Ok(StatusCode::NO_CONTENT)
}

pub(super) async fn events(
    State(state): State<AppState>,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    if state.simulations.find(&id).await?.is_none() {
        return Err(Error::NotFound);
    }
    let place = state.simulations.follower()?;
    let stream = told(Arc::clone(&state.simulations), id, place);
    let events = Sse::new(stream).keep_alive(KeepAlive::new().interval(KEEP_ALIVE));
    // Proxies that gather answers would hold the progress back.
    let unbuffered = [("x-accel-buffering", "no")];
    Ok(([NO_STORE], unbuffered, events).into_response())
}

/// An event for each piece of news; the last one says how it ended.
fn told(
    simulations: Arc<Simulations>,
    id: String,
    place: OwnedSemaphorePermit,
) -> impl Stream<Item = Result<Event, Infallible>> + Send + 'static {
    unfold(None::<Status>, move |known| {
        // Free again when the stream is gone.
        let _held = &place;
        let (simulations, id) = (Arc::clone(&simulations), id.clone());
        async move {
            let status = simulations.news(&id, known.as_ref()).await?;
            let name = if status.state.is_open() {
                "progress"
            } else {
                "end"
            };
            let told = Told {
                state: status.state.name(),
                ahead: status.ahead,
                progress: &status.progress,
                said: app::pages::replay::said(&status.port()),
            };
            let data = serde_json::to_string(&told).unwrap_or_default();
            Some((Ok(Event::default().event(name).data(data)), Some(status)))
        }
    })
}

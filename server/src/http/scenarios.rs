//! `/scenarios` of the API: save, and read as saved.

use app::api::ports::{Saved, ScenarioRecord};
use axum::Json as Answer;
use axum::extract::{Path, State};
use axum::http::{StatusCode, header};
use axum::response::IntoResponse;
use serde::Deserialize;
use serde_json::json;

use super::body::Json;
use super::query::Query;
use crate::error::Error;
use crate::state::AppState;

/// No parameter is known yet; one that would be ignored is refused.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoWishes {}

pub(super) async fn create(
    State(state): State<AppState>,
    Query(NoWishes {}): Query<NoWishes>,
    body: Json,
) -> Result<impl IntoResponse, Error> {
    let Saved {
        id,
        url,
        owner_token,
        revision,
        expires_at,
    } = state.scenarios().save(body.system()?).await?;
    let location = format!("/api/v1/scenarios/{id}");
    let saved = json!({
        "id": id, "url": url, "owner_token": owner_token, "revision": revision, "expires_at": expires_at,
    });
    Ok((
        StatusCode::CREATED,
        [
            (header::LOCATION, location),
            (header::CACHE_CONTROL, "no-store".into()),
        ],
        Answer(saved),
    ))
}

pub(super) async fn newest(
    State(state): State<AppState>,
    Query(NoWishes {}): Query<NoWishes>,
    Path(id): Path<String>,
) -> Result<Answer<ScenarioRecord>, Error> {
    read(&state, &id, None).await.map(Answer)
}

pub(super) async fn revision(
    State(state): State<AppState>,
    Query(NoWishes {}): Query<NoWishes>,
    Path((id, revision)): Path<(String, String)>,
) -> Result<Answer<ScenarioRecord>, Error> {
    read(&state, &id, Some(&revision)).await.map(Answer)
}

/// A revision; anything that is no revision number is not found.
pub(super) async fn read(
    state: &AppState,
    id: &str,
    revision: Option<&str>,
) -> Result<ScenarioRecord, Error> {
    let revision = revision
        .map(str::parse)
        .transpose()
        .map_err(|_| Error::NotFound)?;
    state
        .scenarios()
        .read(id, revision)
        .await?
        .ok_or(Error::NotFound)
}

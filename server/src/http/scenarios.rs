//! `/scenarios` of the API: save, read as saved, and change with the owner's token.

use app::api::ports::ScenarioRecord;
use axum::Json as Answer;
use axum::extract::{Path, State as Shared};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use model::evaluation::Evaluation;
use serde::{Deserialize, Deserializer, Serialize};
use time::format_description::well_known::Rfc3339;
use time::{OffsetDateTime, UtcOffset};

use super::body::Json;
use super::query::Query;
use super::who::{Bearer, Who};
use crate::cache::ContentKey;
use crate::error::{Error, invalid};
use crate::scenarios::{Condition, Saving, State, Wishes, etag};
use crate::state::AppState;

const NO_STORE: (header::HeaderName, HeaderValue) =
    (header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
/// Kept by whoever asked, and asked again each time: a scenario may be renamed or deleted.
const REVALIDATE: HeaderValue = HeaderValue::from_static("private, no-cache");

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SaveWishes {
    expires_at: Option<String>,
    copied_from: Option<String>,
}

pub(super) async fn create(
    Shared(state): Shared<AppState>,
    who: Who,
    headers: HeaderMap,
    Query(wishes): Query<SaveWishes>,
    body: Json,
) -> Result<impl IntoResponse, Error> {
    let system = body.system()?;
    let key = idempotency_key(&headers)?;
    let request = || {
        ContentKey::of(&[
            wishes.expires_at.as_deref().unwrap_or_default().as_bytes(),
            wishes.copied_from.as_deref().unwrap_or_default().as_bytes(),
            body.bytes(),
        ])
    };
    let saving = Saving {
        key: key.map(|key| (key, request())),
        expires_at: wishes.expires_at.as_deref().map(moment).transpose()?,
        copied_from: wishes.copied_from,
        client: who.client,
        ..Saving::default()
    };
    let saved = state.scenarios.save(system, saving).await?;
    let headers = [
        (header::LOCATION, format!("/api/v1/scenarios/{}", saved.id)),
        (header::ETAG, etag(saved.revision, saved.changes)),
    ];
    Ok((StatusCode::CREATED, headers, [NO_STORE], Answer(saved)))
}

/// Keys are chosen by clients; only their hash is kept.
fn idempotency_key(headers: &HeaderMap) -> Result<Option<String>, Error> {
    let Some(key) = headers.get("idempotency-key") else {
        return Ok(None);
    };
    let key = key.to_str().ok().map(str::trim);
    let key = key.filter(|key| (1..=255).contains(&key.len()));
    key.map(|key| Some(key.to_owned())).ok_or_else(|| {
        invalid(
            "Idempotency-Key",
            "must be 1 to 255 visible ASCII characters",
        )
    })
}

fn moment(text: &str) -> Result<OffsetDateTime, Error> {
    OffsetDateTime::parse(text, &Rfc3339)
        .map(|at| at.to_offset(UtcOffset::UTC))
        .map_err(|_| invalid("expires_at", "must be a time such as 2027-01-31T12:00:00Z"))
}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct ReadWishes {
    #[serde(default)]
    recompute: bool,
}

/// A scenario as saved and, where that was asked for, as of today.
#[derive(Serialize)]
struct Read {
    #[serde(flatten)]
    record: ScenarioRecord,
    #[serde(skip_serializing_if = "Option::is_none")]
    today: Option<Evaluation>,
}

pub(super) async fn newest(
    Shared(state): Shared<AppState>,
    Query(wishes): Query<ReadWishes>,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    shown(&state, &headers, wishes, read(&state, &id, None).await?).await
}

pub(super) async fn revision(
    Shared(state): Shared<AppState>,
    Query(wishes): Query<ReadWishes>,
    headers: HeaderMap,
    Path((id, revision)): Path<(String, String)>,
) -> Result<Response, Error> {
    let record = read(&state, &id, Some(&revision)).await?;
    shown(&state, &headers, wishes, record).await
}

async fn shown(
    state: &AppState,
    headers: &HeaderMap,
    wishes: ReadWishes,
    record: ScenarioRecord,
) -> Result<Response, Error> {
    let mut tag = etag(record.revision, record.changes);
    let today = if wishes.recompute {
        let today = state.scenarios.today(&record).await?;
        // What comes of the answers today is part of what is shown.
        let content = serde_json::to_vec(&today).map_err(|_| Error::Internal)?;
        tag = ContentKey::of(&[tag.as_bytes(), &content]).etag();
        Some(today)
    } else {
        None
    };
    let mut caching = HeaderMap::new();
    caching.insert(header::CACHE_CONTROL, REVALIDATE);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        caching.insert(header::ETAG, tag);
    }
    if super::known::knows(headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, caching).into_response());
    }
    Ok((caching, Answer(Read { record, today })).into_response())
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
        .ports
        .scenarios
        .read(id, revision)
        .await?
        .ok_or(Error::NotFound)
}

pub(super) async fn revise(
    Shared(state): Shared<AppState>,
    who: Who,
    bearer: Bearer,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(NoWishes {}): Query<NoWishes>,
    body: Json,
) -> Result<Response, Error> {
    // Whose it is comes before what is wrong with the body.
    state.scenarios.owned(&id, bearer.proof()).await?;
    let condition = Condition::of(&headers);
    let system = body.system()?;
    let state = state
        .scenarios
        .revise(&id, bearer.proof(), &condition, system, who.client)
        .await?;
    Ok(changed(state))
}

/// No parameter is known; one that would be ignored is refused.
#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct NoWishes {}

#[derive(Debug, Deserialize)]
#[serde(deny_unknown_fields)]
struct Patch {
    name: Option<String>,
    /// `null` for never.
    #[expect(
        clippy::option_option,
        reason = "absent, null and a time are three wishes"
    )]
    #[serde(default, deserialize_with = "given")]
    expires_at: Option<Option<String>>,
}

/// Tells `null` from what is not there.
#[expect(
    clippy::option_option,
    reason = "absent, null and a time are three wishes"
)]
fn given<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Option<String>>, D::Error> {
    Option::deserialize(from).map(Some)
}

pub(super) async fn amend(
    Shared(state): Shared<AppState>,
    bearer: Bearer,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(NoWishes {}): Query<NoWishes>,
    body: Json,
) -> Result<Response, Error> {
    state.scenarios.owned(&id, bearer.proof()).await?;
    let Patch { name, expires_at } = body.record()?;
    if name.is_none() && expires_at.is_none() {
        return Err(invalid("", "says nothing to change: name or expires_at"));
    }
    let expires_at = expires_at.map(|at| at.as_deref().map(moment).transpose());
    let wishes = Wishes {
        name,
        expires_at: expires_at.transpose()?,
    };
    let condition = Condition::of(&headers);
    let state = state
        .scenarios
        .amend(&id, bearer.proof(), &condition, wishes)
        .await?;
    Ok(changed(state))
}

fn changed(state: State) -> Response {
    let tag = [(header::ETAG, etag(state.revision, state.changes))];
    (tag, [NO_STORE], Answer(state)).into_response()
}

pub(super) async fn remove(
    Shared(state): Shared<AppState>,
    bearer: Bearer,
    headers: HeaderMap,
    Path(id): Path<String>,
    Query(NoWishes {}): Query<NoWishes>,
) -> Result<StatusCode, Error> {
    let condition = Condition::of(&headers);
    state
        .scenarios
        .remove(&id, bearer.proof(), &condition)
        .await?;
    Ok(StatusCode::NO_CONTENT)
}

/// A new owner's token; the old one has stopped.
#[derive(Serialize, utoipa::ToSchema)]
pub(super) struct NewToken {
    /// Its id.
    id: String,
    /// Whoever has it may change the scenario. It is told this once.
    owner_token: String,
}

pub(super) async fn owner_token(
    Shared(state): Shared<AppState>,
    bearer: Bearer,
    Path(id): Path<String>,
    Query(NoWishes {}): Query<NoWishes>,
) -> Result<impl IntoResponse, Error> {
    let owner_token = state.scenarios.new_owner_token(&id, bearer.proof()).await?;
    Ok(([NO_STORE], Answer(NewToken { id, owner_token })))
}

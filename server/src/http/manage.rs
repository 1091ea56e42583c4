//! The forms on the pages of a saved scenario and of the list: rename, expiry, delete, tokens, copy, move. They prove
//! whose it is by the browser's cookie, and lead back to a page.

use app::api::ports::Fresh;
use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::post;
use serde::Deserialize;
use time::format_description::BorrowedFormatItem;
use time::macros::format_description;
use time::{Date, Time};

use super::body::Form;
use super::pages;
use super::save::into_list;
use super::scenarios::read;
use super::who::Who;
use crate::error::{Error, invalid};
use crate::scenarios::{Condition, Saving, Wishes};
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/s/{id}/claim", post(claim))
        .route("/s/{id}/copy", post(copy))
        .route("/s/{id}/delete", post(delete))
        .route("/s/{id}/expiry", post(expire))
        .route("/s/{id}/owner-token", post(owner_token))
        .route("/s/{id}/rename", post(rename))
        .route("/scenarios/recover", post(recover))
        .route("/scenarios/recovery-link", post(recovery_link))
}

fn managed(id: &str, done: &str) -> Response {
    Redirect::to(&format!("/s/{id}/manage?done={done}")).into_response()
}

#[derive(Debug, Deserialize)]
struct Rename {
    name: String,
}

async fn rename(
    State(state): State<AppState>,
    who: Who,
    Path(id): Path<String>,
    Form(Rename { name }): Form<Rename>,
) -> Result<Response, Error> {
    let wishes = Wishes {
        name: Some(name.trim().to_owned()),
        ..Wishes::default()
    };
    state
        .scenarios
        .amend(&id, who.proof(), &Condition::Any, wishes)
        .await?;
    Ok(managed(&id, "renamed"))
}

#[derive(Debug, Deserialize)]
struct Expiry {
    /// The last day; empty for none.
    #[serde(default)]
    last_day: String,
}

const DAY: &[BorrowedFormatItem<'_>] = format_description!("[year]-[month]-[day]");

async fn expire(
    State(state): State<AppState>,
    who: Who,
    Path(id): Path<String>,
    Form(Expiry { last_day }): Form<Expiry>,
) -> Result<Response, Error> {
    let expires_at = match last_day.trim() {
        "" => None,
        day => Some(end_of(day).ok_or_else(|| {
            invalid(
                "last_day",
                "must be a day such as 2027-01-31, or empty for never",
            )
        })?),
    };
    let wishes = Wishes {
        expires_at: Some(expires_at),
        ..Wishes::default()
    };
    state
        .scenarios
        .amend(&id, who.proof(), &Condition::Any, wishes)
        .await?;
    Ok(managed(&id, "dated"))
}

/// The moment at which a day is over, in UTC.
fn end_of(day: &str) -> Option<time::OffsetDateTime> {
    let day = Date::parse(day, DAY).ok()?.next_day()?;
    Some(day.with_time(Time::MIDNIGHT).assume_utc())
}

async fn delete(
    State(state): State<AppState>,
    who: Who,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    state
        .scenarios
        .remove(&id, who.proof(), &Condition::Any)
        .await?;
    Ok(Redirect::to("/scenarios?done=deleted").into_response())
}

/// The token is on the page that answers, and nowhere else.
async fn owner_token(
    State(state): State<AppState>,
    who: Who,
    headers: HeaderMap,
    Path(id): Path<String>,
) -> Result<Response, Error> {
    let token = state.scenarios.new_owner_token(&id, who.proof()).await?;
    let url = format!("{}/s/{id}/manage#{token}", state.ports.public_url);
    let path = format!("/s/{id}/manage");
    let fresh = Fresh::OwnerToken { token, url };
    Ok(never_kept(
        pages::with(&state, &path, &headers, fresh).await,
    ))
}

#[derive(Deserialize)]
struct Claim {
    token: String,
}

async fn claim(
    State(state): State<AppState>,
    who: Who,
    Path(id): Path<String>,
    Form(Claim { token }): Form<Claim>,
) -> Result<Response, Error> {
    let (browser, cookie) = who.known_or_fresh(&state)?;
    state.scenarios.claim(&id, token.trim(), browser).await?;
    Ok(with_cookie(managed(&id, "claimed"), cookie))
}

#[derive(Debug, Deserialize)]
struct Copy {
    revision: String,
}

async fn copy(
    State(state): State<AppState>,
    who: Who,
    Path(id): Path<String>,
    Form(Copy { revision }): Form<Copy>,
) -> Result<Response, Error> {
    let record = read(&state, &id, Some(&revision)).await?;
    let saving = Saving {
        name: Some(record.name).filter(|name| !name.is_empty()),
        copied_from: Some(format!("{id}@{revision}")),
        ..Saving::default()
    };
    into_list(&state, who, record.system, saving).await
}

async fn recovery_link(
    State(state): State<AppState>,
    who: Who,
    headers: HeaderMap,
) -> Result<Response, Error> {
    let browser = who.visitor.browser.ok_or(Error::NotTheOwner)?;
    let token = state.scenarios.recovery(browser);
    let url = format!("{}/scenarios/recover#{token}", state.ports.public_url);
    let page = pages::with(&state, "/scenarios", &headers, Fresh::Recovery { url });
    Ok(never_kept(page.await))
}

async fn recover(
    State(state): State<AppState>,
    who: Who,
    Form(Claim { token }): Form<Claim>,
) -> Result<Response, Error> {
    let (browser, cookie) = who.known_or_fresh(&state)?;
    match state.scenarios.recover(&token, browser).await? {
        Some(_) => Ok(with_cookie(
            Redirect::to("/scenarios?done=moved").into_response(),
            cookie,
        )),
        None => Err(invalid(
            "token",
            "is no recovery link of this server, or is older than a week",
        )),
    }
}

fn with_cookie(mut response: Response, cookie: Option<HeaderValue>) -> Response {
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    response
}

fn never_kept(mut page: Response) -> Response {
    let no_store = HeaderValue::from_static("no-store");
    page.headers_mut().insert(header::CACHE_CONTROL, no_store);
    page
}

//! Tripwires to download: of the answers in the query, of a saved scenario.

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, StatusCode, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

use super::known::knows;
use super::reports::{Found, material_of_answers, material_of_saved};
use crate::cache::ContentKey;
use crate::error::Error;
use crate::state::AppState;
use crate::tripwires::{self, Format};

/// As for reports: a saved scenario may be renamed or deleted; an answer follows the price book.
const REVALIDATE: HeaderValue = HeaderValue::from_static("private, no-cache");

pub(super) fn routes() -> Router<AppState> {
    let mut routes = Router::new();
    for format in tripwires::all() {
        let file = format.file;
        routes = routes
            .route(
                &format!("/answer/{file}"),
                get(move |State(state), headers, RawQuery(query)| {
                    of_answers(state, headers, query, format)
                }),
            )
            .route(
                &format!("/s/{{id}}/{file}"),
                get(move |State(state), headers, Path(id): Path<String>| {
                    of_saved(state, headers, (id, None), format)
                }),
            )
            .route(
                &format!("/s/{{id}}/revisions/{{revision}}/{file}"),
                get(
                    move |State(state), headers, Path((id, revision)): Path<(String, String)>| {
                        of_saved(state, headers, (id, Some(revision)), format)
                    },
                ),
            );
    }
    routes
}

async fn of_answers(
    state: AppState,
    headers: HeaderMap,
    query: Option<String>,
    format: Format,
) -> Result<Response, Error> {
    let found = material_of_answers(&state, query.as_deref().unwrap_or_default()).await?;
    Ok(download(&headers, &found, format))
}

async fn of_saved(
    state: AppState,
    headers: HeaderMap,
    (id, revision): (String, Option<String>),
    format: Format,
) -> Result<Response, Error> {
    let found = material_of_saved(&state, &id, revision.as_deref()).await?;
    Ok(download(&headers, &found, format))
}

fn download(headers: &HeaderMap, found: &Found, format: Format) -> Response {
    let file = (format.write)(&found.material.subject());
    let etag = ContentKey::of(&[file.as_bytes()]).etag();
    let mut response = if knows(headers, &etag) {
        StatusCode::NOT_MODIFIED.into_response()
    } else {
        file.into_response()
    };
    let answer = response.headers_mut();
    answer.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(format.content_type),
    );
    answer.insert(header::CONTENT_DISPOSITION, found.attachment(format.file));
    answer.insert(header::CACHE_CONTROL, REVALIDATE);
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        answer.insert(header::ETAG, etag);
    }
    response
}

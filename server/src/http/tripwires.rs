//! Tripwires to download: of the answers in the query, of a saved scenario.

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::get;

use super::download::download;
use super::reports::{Found, material_of_answers, material_of_saved};
use crate::error::Error;
use crate::state::AppState;
use crate::tripwires::{self, Format};

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
    Ok(file(&headers, &found, format))
}

async fn of_saved(
    state: AppState,
    headers: HeaderMap,
    (id, revision): (String, Option<String>),
    format: Format,
) -> Result<Response, Error> {
    let found = material_of_saved(&state, &id, revision.as_deref()).await?;
    Ok(file(&headers, &found, format))
}

fn file(headers: &HeaderMap, found: &Found, format: Format) -> Response {
    let text = (format.write)(&found.material.subject());
    let name = found.attachment(format.file);
    download(headers, text.into(), format.content_type, name)
}

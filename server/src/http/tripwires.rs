//! Tripwires to download: of the answers in the query, of a saved scenario.

use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;

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
                get(move |State(state), RawQuery(query)| of_answers(state, query, format)),
            )
            .route(
                &format!("/s/{{id}}/{file}"),
                get(move |State(state), Path(id): Path<String>| of_saved(state, id, None, format)),
            )
            .route(
                &format!("/s/{{id}}/revisions/{{revision}}/{file}"),
                get(
                    move |State(state), Path((id, revision)): Path<(String, String)>| {
                        of_saved(state, id, Some(revision), format)
                    },
                ),
            );
    }
    routes
}

async fn of_answers(
    state: AppState,
    query: Option<String>,
    format: Format,
) -> Result<Response, Error> {
    let found = material_of_answers(&state, query.as_deref().unwrap_or_default()).await?;
    Ok(download(&found, format))
}

async fn of_saved(
    state: AppState,
    id: String,
    revision: Option<String>,
    format: Format,
) -> Result<Response, Error> {
    let found = material_of_saved(&state, &id, revision.as_deref()).await?;
    Ok(download(&found, format))
}

fn download(found: &Found, format: Format) -> Response {
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static(format.content_type),
        ),
        (header::CONTENT_DISPOSITION, found.attachment(format.file)),
    ];
    (headers, (format.write)(&found.material.subject())).into_response()
}

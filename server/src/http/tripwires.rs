//! Tripwires to download: of the answers in the query, of a saved scenario.

use app::url_state::{query_from_system, system_from_query};
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::header;
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use model::Parts;

use super::scenarios;
use crate::error::Error;
use crate::report::{Saved, Subject};
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
    let system = system_from_query(query.as_deref().unwrap_or_default())?;
    let evaluator = state.evaluator();
    let evaluation = evaluator.evaluate(system.clone(), Parts::ALL).await?;
    let answers = query_from_system(&system);
    let subject = Subject {
        system: &system,
        evaluation: &evaluation,
        book: &state.book,
        link: format!("{}/answer?{answers}", state.ports.public_url),
        saved: None,
    };
    Ok(download(&subject, format, "answer"))
}

async fn of_saved(
    state: AppState,
    id: String,
    revision: Option<String>,
    format: Format,
) -> Result<Response, Error> {
    let record = scenarios::read(&state, &id, revision.as_deref()).await?;
    let (id, revision) = (record.id, record.revision);
    let subject = Subject {
        system: &record.system,
        evaluation: &record.evaluation,
        book: &state.book,
        // The link to what never changes.
        link: format!("{}/s/{id}/revisions/{revision}", state.ports.public_url),
        saved: Some(Saved {
            created_at: record.created_at,
            revision,
        }),
    };
    Ok(download(&subject, format, &format!("{id}-{revision}")))
}

/// The name holds nothing that a person typed.
fn download(subject: &Subject<'_>, format: Format, name: &str) -> Response {
    let disposition = format!("attachment; filename=\"breakeven-{name}-{}\"", format.file);
    let headers = [
        (header::CONTENT_TYPE, format.content_type.to_owned()),
        (header::CONTENT_DISPOSITION, disposition),
    ];
    (headers, (format.write)(subject)).into_response()
}

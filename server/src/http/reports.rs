//! Reports to download: of the answers in the query, of a saved scenario.

use app::url_state::{query_from_system, system_from_query};
use axum::Router;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use model::Parts;

use super::scenarios;
use crate::error::Error;
use crate::report::{self, Format, Saved, Subject};
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    report::all()
        .into_iter()
        .fold(Router::new(), |routes, format| {
            let name = format!("report.{}", format.extension);
            routes
                .route(
                    &format!("/answer/{name}"),
                    get(move |State(state), RawQuery(query)| of_answers(state, query, format)),
                )
                .route(
                    &format!("/s/{{id}}/{name}"),
                    get(move |State(state), Path(id): Path<String>| {
                        of_saved(state, id, None, format)
                    }),
                )
                .route(
                    &format!("/s/{{id}}/revisions/{{revision}}/{name}"),
                    get(
                        move |State(state), Path((id, revision)): Path<(String, String)>| {
                            of_saved(state, id, Some(revision), format)
                        },
                    ),
                )
        })
}

async fn of_answers(
    state: AppState,
    query: Option<String>,
    format: Format,
) -> Result<Response, Error> {
    let system = system_from_query(query.as_deref().unwrap_or_default())?;
    let evaluation = state
        .evaluator()
        .evaluate(system.clone(), Parts::ALL)
        .await?;
    let link = format!(
        "{}/answer?{}",
        state.ports.public_url,
        query_from_system(&system)
    );
    let subject = Subject {
        system: &system,
        evaluation: &evaluation,
        book: &state.book,
        link,
        saved: None,
    };
    download(&subject, format, "answer")
}

async fn of_saved(
    state: AppState,
    id: String,
    revision: Option<String>,
    format: Format,
) -> Result<Response, Error> {
    let record = scenarios::read(&state, &id, revision.as_deref()).await?;
    let (id, revision) = (record.id, record.revision);
    // The link to what never changes.
    let link = format!("{}/s/{id}/revisions/{revision}", state.ports.public_url);
    let saved = Some(Saved {
        created_at: record.created_at,
        revision,
    });
    let subject = Subject {
        system: &record.system,
        evaluation: &record.evaluation,
        book: &state.book,
        link,
        saved,
    };
    download(&subject, format, &format!("{id}-{revision}"))
}

/// The name holds nothing that a person typed.
fn download(subject: &Subject<'_>, format: Format, name: &str) -> Result<Response, Error> {
    let name = format!(
        "attachment; filename=\"breakeven-{name}.{}\"",
        format.extension
    );
    let file = (format.write)(subject).map_err(|error| {
        tracing::error!(%error, "a report could not be written");
        Error::Internal
    })?;
    let mut response = file.into_response();
    response.headers_mut().insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(format.content_type),
    );
    if let Ok(name) = HeaderValue::from_str(&name) {
        response
            .headers_mut()
            .insert(header::CONTENT_DISPOSITION, name);
    }
    Ok(response)
}

//! Reports to download: of the answers in the query, of a saved scenario.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::api::ports::Instead;
use app::charts::theme::Theme;
use app::url_state::{Pairs, query_from_system, system_from_query};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue, header};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use model::Parts;

use super::charts::picture;
use super::file_name::attachment;
use super::known::knows;
use super::scenarios;
use crate::cache::ContentKey;
use crate::error::{Error, invalid};
use crate::report::{self, Format, Material, Paper, Saved};
use crate::state::AppState;

/// What is asked for beside the answers.
const WISHES: [&str; 1] = ["paper"];
/// Width of the charts in a report: their words are then as large as those around them.
const CHART_WIDTH: u32 = 680;
/// A saved scenario may be renamed or deleted; an answer follows the price book.
const REVALIDATE: HeaderValue = HeaderValue::from_static("private, no-cache");

pub(super) fn routes() -> Router<AppState> {
    report::all().iter().fold(Router::new(), |routes, format| {
        let name = format!("report.{}", format.extension);
        routes
            .route(
                &format!("/answer/{name}"),
                get(move |State(state), headers, RawQuery(query)| {
                    of_answers(state, headers, query, format)
                }),
            )
            .route(
                &format!("/s/{{id}}/{name}"),
                get(
                    move |State(state), headers, RawQuery(query), Path(id): Path<String>| {
                        of_saved(state, headers, query, (id, None), format)
                    },
                ),
            )
            .route(
                &format!("/s/{{id}}/revisions/{{revision}}/{name}"),
                get(
                    move |State(state),
                          headers,
                          RawQuery(query),
                          Path((id, revision)): Path<(String, String)>| {
                        of_saved(state, headers, query, (id, Some(revision)), format)
                    },
                ),
            )
    })
}

/// The size of the pages that is asked for.
fn paper(pairs: &Pairs) -> Result<Paper, Error> {
    pairs
        .last("paper")
        .map_or(Some(Paper::default()), Paper::named)
        .ok_or_else(|| invalid("paper", "is a4 or letter"))
}

async fn of_answers(
    state: AppState,
    headers: HeaderMap,
    query: Option<String>,
    format: &'static Format,
) -> Result<Response, Error> {
    let pairs = Pairs::parse(query.as_deref().unwrap_or_default());
    let paper = paper(&pairs)?;
    let answers = pairs.without(&WISHES).query();
    let system = system_from_query(&answers)?;
    let evaluation = state
        .evaluator()
        .evaluate(system.clone(), Parts::ALL)
        .await?;
    let link = format!(
        "{}/answer?{}",
        state.ports.public_url,
        query_from_system(&system)
    );
    let today = state.ports.calendar.today();
    let material = Material {
        system,
        evaluation,
        book: Arc::clone(&state.book),
        link,
        saved: None,
        pictures: BTreeMap::new(),
        paper,
    };
    Ok(made(
        &state,
        &headers,
        material,
        format,
        &today,
        ("/answer", &answers),
    )
    .await)
}

async fn of_saved(
    state: AppState,
    headers: HeaderMap,
    query: Option<String>,
    (id, revision): (String, Option<String>),
    format: &'static Format,
) -> Result<Response, Error> {
    let paper = paper(&Pairs::parse(query.as_deref().unwrap_or_default()))?;
    let record = scenarios::read(&state, &id, revision.as_deref()).await?;
    // The link to what never changes.
    let page = format!("/s/{}/revisions/{}", record.id, record.revision);
    let date = record.created_at.get(..10).unwrap_or_default().to_owned();
    let mut system = record.system;
    if system.name.trim().is_empty() {
        system.name = record.name;
    }
    let material = Material {
        system,
        evaluation: record.evaluation,
        book: Arc::clone(&state.book),
        link: format!("{}{page}", state.ports.public_url),
        saved: Some(Saved {
            created_at: record.created_at,
            revision: record.revision,
        }),
        pictures: BTreeMap::new(),
        paper,
    };
    Ok(made(&state, &headers, material, format, &date, (&page, "")).await)
}

/// The file; where it cannot be made, why not, and where the others are.
async fn made(
    state: &AppState,
    headers: &HeaderMap,
    material: Material,
    format: &'static Format,
    date: &str,
    (page, answers): (&str, &str),
) -> Response {
    let name = material.system.name.clone();
    match file(state, material, format).await {
        Ok(file) => download(
            headers,
            &file,
            format,
            &attachment(&name, date, format.extension),
        ),
        Err(error) => {
            let mut response = error.into_response();
            response
                .extensions_mut()
                .insert(others(format, page, answers));
            response
        }
    }
}

/// The file of a report, made once for the same content.
async fn file(
    state: &AppState,
    mut material: Material,
    format: &'static Format,
) -> Result<Bytes, Error> {
    let key = key(&material, format)?;
    let make = async {
        if format.draws {
            material.pictures = pictures(state, &material).await;
        }
        let write = move || (format.write)(&material).map(Bytes::from);
        state.compute.run(write).await?.map_err(|error| {
            tracing::error!(format = format.extension, %error, "a report cannot be made");
            Error::NoReport {
                name: format.name,
                why: error.to_string(),
            }
        })
    };
    state.gallery.reports.get_or_make(key, make).await
}

fn key(material: &Material, format: &Format) -> Result<ContentKey, Error> {
    let json = |value: serde_json::Result<Vec<u8>>| value.map_err(|_| Error::Internal);
    let system = json(serde_json::to_vec(&material.system))?;
    let evaluation = json(serde_json::to_vec(&material.evaluation))?;
    Ok(ContentKey::of(&[
        format.extension.as_bytes(),
        format!("{:?} {:?}", material.paper, material.saved).as_bytes(),
        material.link.as_bytes(),
        material.book.version().as_bytes(),
        &system,
        &evaluation,
    ]))
}

/// The charts of a report. One that cannot be drawn is left out: what it says stands there in words.
async fn pictures(
    state: &AppState,
    material: &Material,
) -> BTreeMap<(&'static str, usize), Arc<str>> {
    let mut pictures = BTreeMap::new();
    for (id, index, drawing) in material.charts() {
        if let Ok(svg) = picture(state, &drawing, Theme::Print, CHART_WIDTH).await {
            pictures.insert((id, index), svg);
        }
    }
    pictures
}

fn download(headers: &HeaderMap, file: &Bytes, format: &Format, name: &HeaderValue) -> Response {
    let etag = ContentKey::of(&[file]).etag();
    let mut response = if knows(headers, &etag) {
        axum::http::StatusCode::NOT_MODIFIED.into_response()
    } else {
        file.clone().into_response()
    };
    let answer = response.headers_mut();
    answer.insert(
        header::CONTENT_TYPE,
        HeaderValue::from_static(format.content_type),
    );
    answer.insert(header::CONTENT_DISPOSITION, name.clone());
    answer.insert(header::CACHE_CONTROL, REVALIDATE);
    if let Ok(etag) = HeaderValue::from_str(&etag) {
        answer.insert(header::ETAG, etag);
    }
    response
}

/// The same in other formats.
fn others(format: &Format, page: &str, answers: &str) -> Vec<Instead> {
    let end = if answers.is_empty() {
        String::new()
    } else {
        format!("?{answers}")
    };
    report::all()
        .iter()
        .filter(|other| other.extension != format.extension)
        .map(|other| Instead {
            name: other.name.to_owned(),
            url: format!("{page}/report.{}{end}", other.extension),
        })
        .collect()
}

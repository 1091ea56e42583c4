//! Reports to download: of the answers in the query, of a saved scenario.

use std::collections::BTreeMap;
use std::sync::Arc;

use app::api::ports::Instead;
use app::charts::theme::Theme;
use app::url_state::{Pairs, query_from_system, system_from_query};
use axum::Router;
use axum::body::Bytes;
use axum::extract::{Path, RawQuery, State};
use axum::http::{HeaderMap, HeaderValue};
use axum::response::{IntoResponse as _, Response};
use axum::routing::get;
use model::Parts;
use tokio::task::JoinSet;

use super::charts::picture;
use super::download::download;
use super::file_name::attachment;
use super::scenarios;
use crate::cache::ContentKey;
use crate::error::{Error, invalid};
use crate::report::{self, Format, Material, Paper, Saved};
use crate::state::AppState;

/// What is asked for beside the answers.
const WISHES: [&str; 1] = ["paper"];
/// Width of the charts in a report: their words are then as large as those around them.
const CHART_WIDTH: u32 = 680;
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
    let found = material_of_answers(&state, &pairs.without(&WISHES).query()).await?;
    Ok(Box::pin(made(&state, &headers, found.on(paper), format)).await)
}

async fn of_saved(
    state: AppState,
    headers: HeaderMap,
    query: Option<String>,
    (id, revision): (String, Option<String>),
    format: &'static Format,
) -> Result<Response, Error> {
    let paper = paper(&Pairs::parse(query.as_deref().unwrap_or_default()))?;
    let found = material_of_saved(&state, &id, revision.as_deref()).await?;
    Ok(Box::pin(made(&state, &headers, found.on(paper), format)).await)
}

/// What a file is made from, and where it comes from.
pub(super) struct Found {
    /// Large, and moved from task to task.
    pub(super) material: Box<Material>,
    /// The day that its name bears.
    pub(super) date: String,
    /// The page that it is a file of.
    page: String,
    /// The page's query.
    answers: String,
}

impl Found {
    fn on(mut self, paper: Paper) -> Self {
        self.material.paper = paper;
        self
    }

    /// What a download is called.
    pub(super) fn attachment(&self, ending: &str) -> HeaderValue {
        attachment(&self.material.system.name, &self.date, ending)
    }
}

/// The answers of a query, evaluated.
pub(super) async fn material_of_answers(state: &AppState, answers: &str) -> Result<Found, Error> {
    let system = system_from_query(answers)?;
    let evaluation = state
        .evaluator()
        .evaluate(system.clone(), Parts::ALL)
        .await?;
    let link = format!(
        "{}/answer?{}",
        state.ports.public_url,
        query_from_system(&system)
    );
    Ok(Found {
        material: Box::new(Material {
            system,
            evaluation,
            book: Arc::clone(&state.book),
            link,
            saved: None,
            pictures: BTreeMap::new(),
            paper: Paper::default(),
        }),
        date: state.ports.calendar.today(),
        page: "/answer".to_owned(),
        answers: answers.to_owned(),
    })
}

/// A revision as it was saved; its link is to what never changes.
pub(super) async fn material_of_saved(
    state: &AppState,
    id: &str,
    revision: Option<&str>,
) -> Result<Found, Error> {
    let record = scenarios::read(state, id, revision).await?;
    let page = format!("/s/{}/revisions/{}", record.id, record.revision);
    let date = record.created_at.get(..10).unwrap_or_default().to_owned();
    let mut system = record.system;
    if system.name.trim().is_empty() {
        system.name = record.name;
    }
    Ok(Found {
        material: Box::new(Material {
            system,
            evaluation: record.evaluation,
            book: Arc::clone(&state.book),
            link: format!("{}{page}", state.ports.public_url),
            saved: Some(Saved {
                created_at: record.created_at,
                revision: record.revision,
            }),
            pictures: BTreeMap::new(),
            paper: Paper::default(),
        }),
        date,
        page,
        answers: String::new(),
    })
}

/// The file; where it cannot be made, why not, and where the others are.
async fn made(
    state: &AppState,
    headers: &HeaderMap,
    found: Found,
    format: &'static Format,
) -> Response {
    let name = found.attachment(format.extension);
    let others = others(format, &found.page, &found.answers);
    match Box::pin(file(state, found.material, format)).await {
        Ok(file) => download(headers, file, format.content_type, name),
        Err(error) => {
            let mut response = error.into_response();
            response.extensions_mut().insert(others);
            response
        }
    }
}

/// The file of a report, made once for the same content.
async fn file(
    state: &AppState,
    mut material: Box<Material>,
    format: &'static Format,
) -> Result<Bytes, Error> {
    let key = key(&material, format)?;
    let make = async {
        if format.draws {
            material.pictures = Box::pin(pictures(state, &material)).await;
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
    Box::pin(state.gallery.reports.get_or_make(key, make)).await
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
    let mut drawn = JoinSet::new();
    for (id, index, drawing) in material.charts() {
        let state = state.clone();
        drawn.spawn(async move {
            let svg = picture(&state, &drawing, Theme::Print, CHART_WIDTH).await;
            svg.ok().map(|svg| ((id, index), svg))
        });
    }
    let mut pictures = BTreeMap::new();
    while let Some(picture) = drawn.join_next().await {
        pictures.extend(picture.ok().flatten());
    }
    pictures
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

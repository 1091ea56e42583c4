//! Replays of the pages: the form that begins one, the button that ends it, the charts of its runs.

use app::charts::replay;
use app::components::replay_form::{ANSWERS, PLATFORM, SERIES, STEP};
use app::url_state::{Pairs, system_from_query};
use axum::Router;
use axum::extract::multipart::MultipartError;
use axum::extract::{Path, RawQuery, State};
use axum::http::HeaderMap;
use axum::response::{IntoResponse as _, Redirect, Response};
use axum::routing::{get, post};
use model::replay::{LARGEST_SERIES_BYTES, Play, Question, SeriesText};
use model::simulation::Step;

use super::body::Parts;
use super::charts::{Form, Wishes, kept, shown};
use super::simulations::begin_question;
use crate::error::{Error, invalid};
use crate::state::AppState;

/// What is replayed, in months: a week, or where that is too much a day, an hour.
const SPANS: [f64; 3] = [168.0 / 730.0, 24.0 / 730.0, 1.0 / 730.0];
/// Independent runs while they are cheap: so many requests altogether.
const CHEAP_REQUESTS: f64 = 3e7;
const MOST_RUNS: u32 = 5;

pub(super) fn routes() -> Router<AppState> {
    let forms = [
        (Form::Image, "svg"),
        (Form::Option, "json"),
        (Form::Raster, "png"),
    ];
    let routes = Router::new()
        .route("/replays", post(from_form))
        .route("/replays/{id}/cancel", post(cancel));
    forms.into_iter().fold(routes, |routes, (form, ending)| {
        routes.route(
            &format!("/replays/{{id}}/charts/{}.{ending}", replay::ID),
            get(
                move |State(state), headers, RawQuery(query), Path(id): Path<String>| {
                    chart(state, headers, query, id, form)
                },
            ),
        )
    })
}

/// What the form says.
#[derive(Debug, Default)]
struct Wanted {
    answers: String,
    platforms: Vec<String>,
    csv: String,
    step: String,
}

async fn from_form(State(state): State<AppState>, Parts(form): Parts) -> Result<Response, Error> {
    let wanted = read(form).await?;
    let Ok(system) = system_from_query(&wanted.answers) else {
        // The page of the answer says what is wrong, beside the fields.
        let answers = Pairs::parse(&wanted.answers).query();
        return Ok(Redirect::to(&format!("/answer?{answers}")).into_response());
    };
    let series = (!wanted.csv.trim().is_empty()).then(|| SeriesText {
        component: 0,
        step: step(&wanted.step),
        csv: wanted.csv.clone(),
    });
    let mut question = Question {
        series,
        ..Question::week(system, wanted.platforms)
    };
    let asked = question.clone();
    state.compute.run(move || asked.check()).await??;
    fit(&state, &mut question).await?;
    let id = begin_question(&state, question).await?;
    Ok(Redirect::to(&format!("/replays/{id}")).into_response())
}

fn step(name: &str) -> Step {
    match name {
        "second" => Step::Second,
        "hour" => Step::Hour,
        _ => Step::Minute,
    }
}

/// The longest span that can be replayed, as often as is cheap.
async fn fit(state: &AppState, question: &mut Question) -> Result<(), Error> {
    let book = state.book.clone();
    let asked = question.clone();
    let (months, replications) = state
        .compute
        .run(move || {
            let of = |months: f64| {
                let asked = Question {
                    months,
                    ..asked.clone()
                };
                asked.plays(&book)
            };
            let mut found = of(SPANS[0]);
            let mut chosen = SPANS[0];
            for months in &SPANS[1..] {
                if found.is_ok() {
                    break;
                }
                (found, chosen) = (of(*months), *months);
            }
            let (plays, _) = found?;
            let once: f64 = plays.iter().map(Play::expected_requests).sum();
            let runs = (1..=MOST_RUNS)
                .rev()
                .find(|runs| f64::from(*runs) * once <= CHEAP_REQUESTS);
            Ok::<_, model::InvalidSystem>((chosen, runs.unwrap_or(1)))
        })
        .await??;
    (question.months, question.replications) = (months, replications);
    Ok(())
}

async fn read(mut form: axum::extract::Multipart) -> Result<Wanted, Error> {
    let refused = |error: MultipartError| Error::Malformed(error.body_text());
    let mut wanted = Wanted::default();
    while let Some(field) = form.next_field().await.map_err(refused)? {
        let name = field.name().unwrap_or_default().to_owned();
        let bytes = field.bytes().await.map_err(refused)?;
        if name == SERIES && bytes.len() > LARGEST_SERIES_BYTES {
            return Err(Error::TooLarge(
                "the traffic series may have at most 2 MB".to_owned(),
            ));
        }
        let text = String::from_utf8(bytes.to_vec())
            .map_err(|_| invalid(name.clone(), "is no text in UTF-8"))?;
        match name.as_str() {
            ANSWERS => wanted.answers = text,
            PLATFORM => wanted.platforms.push(text),
            SERIES => wanted.csv = text,
            STEP => wanted.step = text,
            _ => return Err(invalid(name, "is no field of this form")),
        }
    }
    Ok(wanted)
}

async fn cancel(State(state): State<AppState>, Path(id): Path<String>) -> Result<Response, Error> {
    state.simulations.cancel(&id).await?;
    Ok(Redirect::to(&format!("/replays/{id}")).into_response())
}

async fn chart(
    state: AppState,
    headers: HeaderMap,
    query: Option<String>,
    id: String,
    form: Form,
) -> Result<Response, Error> {
    let wishes = Wishes::parse(&Pairs::parse(query.as_deref().unwrap_or_default()))?;
    let record = state.ports.replays.find(&id).await?;
    let replay = record
        .and_then(|record| record.replay)
        .ok_or(Error::NotFound)?;
    let run = replay.runs.get(wishes.index);
    let run =
        run.ok_or_else(|| invalid("component", format!("there is no run {}", wishes.index)))?;
    let drawing = kept(replay::drawing(run))?;
    shown(&state, &headers, &drawing, wishes, form).await
}

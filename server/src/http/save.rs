//! `POST /scenarios`: the save button of the pages, which works without JavaScript.

use app::api::ports::Retry;
use app::url_state::{Pairs, system_from_query};
use axum::extract::State;
use axum::http::header;
use axum::response::{IntoResponse as _, Redirect, Response};
use model::system::System;
use serde::Deserialize;

use super::body::Form;
use super::who::Who;
use crate::error::Error;
use crate::scenarios::{Condition, Saving};
use crate::state::AppState;

#[derive(Clone, Debug, Deserialize)]
pub(super) struct SaveForm {
    /// The query string of the answer that is saved.
    answers: String,
    /// What to call it, when that is not among the answers.
    #[serde(default)]
    name: String,
    /// The scenario that gets a revision, and the state in which it was seen, `id tag`; empty for a new one.
    #[serde(default, rename = "as")]
    revises: String,
}

pub(super) async fn from_form(
    State(state): State<AppState>,
    who: Who,
    Form(form): Form<SaveForm>,
) -> Result<Response, Failed> {
    let Ok(system) = system_from_query(&form.answers) else {
        // The page of the answer says what is wrong, beside the fields.
        let answers = Pairs::parse(&form.answers).query();
        return Ok(Redirect::to(&format!("/answer?{answers}")).into_response());
    };
    let saved = match form.revises.split_once(' ') {
        Some((id, tag)) => revise(&state, who, id, tag, system).await,
        None => save(&state, who, system, &form.name).await,
    };
    saved.map_err(|error| Failed {
        error,
        retry: form.retry(),
    })
}

async fn save(state: &AppState, who: Who, system: System, name: &str) -> Result<Response, Error> {
    let name = Some(name.trim()).filter(|name| !name.is_empty());
    into_list(
        state,
        who,
        system,
        Saving {
            name: name.map(str::to_owned),
            ..Saving::default()
        },
    )
    .await
}

/// Saves on the list of the visitor's browser, and leads to the page.
pub(super) async fn into_list(
    state: &AppState,
    who: Who,
    system: System,
    saving: Saving,
) -> Result<Response, Error> {
    let (browser, cookie) = who.known_or_fresh(state)?;
    let saving = Saving {
        browser: Some(browser),
        client: who.client,
        ..saving
    };
    let saved = state.scenarios.save(system, saving).await?;
    let mut response = Redirect::to(&format!("/s/{}", saved.id)).into_response();
    if let Some(cookie) = cookie {
        response.headers_mut().insert(header::SET_COOKIE, cookie);
    }
    Ok(response)
}

async fn revise(
    state: &AppState,
    who: Who,
    id: &str,
    tag: &str,
    system: System,
) -> Result<Response, Error> {
    let condition = Condition::tag(tag);
    let state = state
        .scenarios
        .revise(id, who.proof(), &condition, system, who.client)
        .await?;
    Ok(Redirect::to(&format!("/s/{}", state.id)).into_response())
}

/// A failure, with the form to send again.
#[derive(Debug)]
pub(super) struct Failed {
    error: Error,
    retry: Retry,
}

impl axum::response::IntoResponse for Failed {
    fn into_response(self) -> Response {
        let mut response = self.error.into_response();
        response.extensions_mut().insert(self.retry);
        response
    }
}

impl SaveForm {
    /// The same once more, as a new scenario: what failed may be the old one's fault.
    fn retry(self) -> Retry {
        Retry {
            action: "/scenarios".to_owned(),
            button: "Save as a scenario of its own".to_owned(),
            back: format!("/answer?{}", self.answers),
            fields: vec![
                ("answers".to_owned(), self.answers),
                ("name".to_owned(), self.name),
            ],
        }
    }
}

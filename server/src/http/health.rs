//! Whether the program lives, and whether it can serve.

use axum::extract::State;

use crate::error::Error;
use crate::state::AppState;

pub(super) async fn alive() -> &'static str {
    "alive\n"
}

pub(super) async fn ready(State(state): State<AppState>) -> Result<&'static str, Error> {
    match state.store.ready().await {
        Ok(()) => Ok("ready\n"),
        Err(error) => {
            tracing::warn!(%error, "not ready");
            Err(Error::Unavailable)
        }
    }
}

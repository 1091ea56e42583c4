//! The routes: pages, files, reports, forms and the JSON API, each a thin handler.

mod api;
mod assets;
mod bill;
mod body;
mod break_even;
mod charts;
mod compare;
mod evaluate;
mod examples;
mod health;
mod method;
mod pages;
mod price_book;
mod query;
mod reports;
mod save;
mod scenarios;

pub(crate) use charts::Kept;

use axum::Router;
use axum::routing::get;

use crate::middleware;
use crate::state::AppState;

/// Everything that the server answers.
pub(crate) fn router(state: AppState) -> Router {
    let routes = pages::routes(&state)
        .nest("/api/v1", api::routes())
        .route("/api/", axum::routing::any(api::not_found))
        .route("/api/{*rest}", axum::routing::any(api::not_found))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/pkg/{*file}", get(assets::file))
        .route("/scenarios", axum::routing::post(save::from_form))
        .merge(reports::routes())
        .merge(charts::routes())
        .merge(compare::routes());
    middleware::around(routes, &state).with_state(state)
}

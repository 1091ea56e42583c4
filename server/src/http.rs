//! The routes: pages, files, reports, forms and the JSON API, each a thin handler.

mod api;
mod assets;
mod bill;
mod body;
mod break_even;
mod charts;
mod compare;
mod download;
mod evaluate;
mod examples;
mod file_name;
mod health;
mod known;
mod manage;
mod method;
mod openapi;
pub(crate) mod pages;
mod price_book;
mod query;
mod replays;
mod reports;
mod save;
mod scenarios;
mod simulations;
mod trial;
mod tripwires;
mod who;

pub(crate) use charts::Kept;
pub(crate) use who::BrowserCookie;

use axum::Router;
use axum::routing::get;

use crate::middleware;
use crate::state::AppState;

/// Everything that the server answers.
pub(crate) fn router(state: AppState) -> Router {
    // What the forms of the page about the API ask: the same as programs do.
    let api = middleware::around(Router::new().nest(openapi::ROOT, api::routes()), &state);
    let routes = pages::routes(&state)
        .nest(openapi::ROOT, api::routes())
        .route("/api/try", trial::route(api.with_state(state.clone())))
        .route("/api/", axum::routing::any(api::not_found))
        .route("/api/{*rest}", axum::routing::any(api::not_found))
        .route("/healthz", get(health::alive))
        .route("/readyz", get(health::ready))
        .route("/pkg/{*file}", get(assets::file))
        .route("/scenarios", axum::routing::post(save::from_form))
        .merge(manage::routes())
        .merge(replays::routes())
        .merge(reports::routes())
        .merge(tripwires::routes())
        .merge(charts::routes())
        .merge(compare::routes());
    middleware::around(routes, &state).with_state(state)
}

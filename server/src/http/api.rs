//! The JSON API, version 1.

use axum::Router;
use axum::routing::{get, post};

use super::{
    bill, break_even, evaluate, examples, method, openapi, price_book, scenarios, simulations,
};
use crate::error::Error;
use crate::state::AppState;

pub(super) fn routes() -> Router<AppState> {
    Router::new()
        .route("/bill", post(bill::bill))
        .route("/break-even", post(break_even::break_even))
        .route("/evaluate", post(evaluate::evaluate))
        .route("/examples", get(examples::examples))
        .route("/method/cold_start", post(method::cold_start))
        .route("/method/mixture", post(method::mixture))
        .route("/method/provisioned", post(method::provisioned))
        .route("/method/queue", post(method::queue))
        .route("/openapi.json", get(openapi::document))
        .route("/price-book", price_book::route())
        .route("/scenarios", post(scenarios::create))
        .route(
            "/scenarios/{id}",
            get(scenarios::newest)
                .put(scenarios::revise)
                .patch(scenarios::amend)
                .delete(scenarios::remove),
        )
        .route("/scenarios/{id}/owner-token", post(scenarios::owner_token))
        .route(
            "/scenarios/{id}/revisions/{revision}",
            get(scenarios::revision),
        )
        .route("/simulations", post(simulations::begin))
        .route(
            "/simulations/{id}",
            get(simulations::read).delete(simulations::cancel),
        )
        .route("/simulations/{id}/events", get(simulations::events))
        .fallback(not_found)
}

pub(super) async fn not_found() -> Error {
    Error::NotFound
}

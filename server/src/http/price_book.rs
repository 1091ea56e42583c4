//! `GET /price-book`: every price with its source and date.

use axum::Json as Answer;
use axum::extract::State;
use model::price::{Allowance, Price, Share, Source};
use serde::Serialize;

use crate::state::AppState;

#[derive(Debug, Serialize)]
pub(super) struct Book<'a> {
    version: &'a str,
    prices: Vec<&'a Price>,
    allowances: Vec<&'a Allowance>,
    shares: Vec<&'a Share>,
    sources: Vec<&'a Source>,
}

pub(super) async fn price_book(State(state): State<AppState>) -> Answer<serde_json::Value> {
    let book = state.book.as_ref();
    let book = Book {
        version: book.version(),
        prices: book.entries().collect(),
        allowances: book.allowances().collect(),
        shares: book.shares().collect(),
        sources: book.sources().collect(),
    };
    Answer(serde_json::json!(book))
}

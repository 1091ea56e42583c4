//! `GET /price-book`: every price with its source and date.

use std::sync::{Arc, OnceLock};

use axum::extract::State;
use axum::http::HeaderMap;
use axum::response::Response;
use axum::routing::{MethodRouter, get};
use model::PriceBook;
use model::price::{Allowance, Price, Share, Source};
use serde::Serialize;
use utoipa::ToSchema;

use super::known::Fixed;
use crate::error::Error;
use crate::state::AppState;

/// Every figure that a bill is made of.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = PriceBook)]
pub(super) struct Book<'a> {
    /// Its version, which is a date.
    version: &'a str,
    /// By id and region.
    prices: Vec<&'a Price>,
    /// What is free each month.
    allowances: Vec<&'a Allowance>,
    /// Fees and discounts that are a share of another price.
    shares: Vec<&'a Share>,
    /// Where the figures come from.
    sources: Vec<&'a Source>,
}

/// One server has one price book; it is written when it is first asked for.
pub(super) fn route() -> MethodRouter<AppState> {
    let written: Arc<OnceLock<Option<Fixed>>> = Arc::default();
    get(
        move |State(state): State<AppState>, headers: HeaderMap| async move {
            price_book(&state.book, &written, &headers)
        },
    )
}

fn price_book(
    book: &PriceBook,
    written: &OnceLock<Option<Fixed>>,
    headers: &HeaderMap,
) -> Result<Response, Error> {
    let fixed = written.get_or_init(|| {
        let book = Book {
            version: book.version(),
            prices: book.entries().collect(),
            allowances: book.allowances().collect(),
            shares: book.shares().collect(),
            sources: book.sources().collect(),
        };
        Fixed::of(&book).ok()
    });
    let fixed = fixed.as_ref().ok_or(Error::Internal)?;
    Ok(fixed.answer(headers))
}

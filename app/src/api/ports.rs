//! What the pages need from outside, as traits: the server implements them and
//! provides [`Ports`] as an `Arc` in context. `app` knows no store and no pool.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use model::Parts;
use model::break_even::UnknownInput;
use model::evaluation::{Evaluation, InputBreakEvens};
use model::system::System;
use serde::Serialize;

use crate::charts::{Chart, Drawing};

/// A future that a trait object can return.
pub type Boxed<'a, T> = Pin<Box<dyn Future<Output = T> + Send + 'a>>;

/// One revision of a saved scenario, as saved.
#[derive(Clone, Debug, Serialize)]
pub struct ScenarioRecord {
    /// Its id.
    pub id: String,
    /// Its name for people; may be empty.
    pub name: String,
    /// The answers.
    pub system: System,
    /// The result as it was saved; it is never computed again.
    pub evaluation: Evaluation,
    /// Which revision this is.
    pub revision: u32,
    /// The price book it was computed from.
    pub price_book: String,
    /// The model it was computed by.
    pub model_version: String,
    /// When it was saved, RFC 3339.
    pub created_at: String,
    /// When it goes, RFC 3339.
    pub expires_at: Option<String>,
    /// The scenario it was copied from.
    pub copied_from: Option<String>,
}

/// What saving returns.
#[derive(Clone, Debug, Serialize)]
pub struct Saved {
    /// Its id.
    pub id: String,
    /// Its address.
    pub url: String,
    /// Whoever has it may change the scenario.
    pub owner_token: String,
    /// The first revision.
    pub revision: u32,
    /// When it goes, RFC 3339.
    pub expires_at: Option<String>,
}

/// Why a port could not do its work; details are logged where they happen.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PortError {
    /// Too much is being computed; try again.
    #[error("too much is being computed at the moment")]
    Overloaded,
    /// The store cannot be used; try again.
    #[error("the store cannot be reached at the moment")]
    Unavailable,
    /// What was to be stored is too large, and why.
    #[error("too large: {0}")]
    TooLarge(String),
    /// A fault on our side.
    #[error("something failed on our side")]
    Internal,
}

/// Saved scenarios.
pub trait Scenarios: Send + Sync {
    /// The newest revision, or the given one; `None` if there is no such thing.
    fn read<'a>(
        &'a self,
        id: &'a str,
        revision: Option<u32>,
    ) -> Boxed<'a, Result<Option<ScenarioRecord>, PortError>>;

    /// Evaluates and saves as a first revision.
    fn save(&self, system: System) -> Boxed<'_, Result<Saved, PortError>>;
}

/// Computes an evaluation without blocking the caller's thread.
pub trait Evaluator: Send + Sync {
    /// The evaluation of a checked system.
    fn evaluate(&self, system: System, parts: Parts) -> Boxed<'_, Result<Evaluation, PortError>>;

    /// The evaluation with all its parts, where it was computed before.
    fn known(&self, system: &System) -> Option<Evaluation>;

    /// Costs and break-evens over one numeric input of the component of that number.
    fn over_input(
        &self,
        system: System,
        index: usize,
        path: String,
    ) -> Boxed<'_, Result<Result<InputBreakEvens, UnknownInput>, PortError>>;

    /// A chart of the component of that number; none where there is nothing to draw.
    fn drawing(
        &self,
        chart: &'static Chart,
        system: System,
        index: usize,
    ) -> Boxed<'_, Result<Option<Drawing>, PortError>>;
}

/// Tells the date, which pages must not look up by themselves.
pub trait Calendar: Send + Sync {
    /// Today in UTC, `2026-11-23`.
    fn today(&self) -> String;
}

/// All ports; an `Arc<Ports>` is in the context of every page.
pub struct Ports {
    /// Saved scenarios.
    pub scenarios: Arc<dyn Scenarios>,
    /// Computing.
    pub evaluator: Arc<dyn Evaluator>,
    /// The date.
    pub calendar: Arc<dyn Calendar>,
    /// The address that links are built from, without a slash at the end.
    pub public_url: String,
    /// The price book that the evaluator computes with.
    pub book: Arc<model::PriceBook>,
    /// Names the folder of scripts and styles, `/pkg/{asset_hash}/`.
    pub asset_hash: String,
}

impl std::fmt::Debug for Ports {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Ports")
            .field("public_url", &self.public_url)
            .finish_non_exhaustive()
    }
}

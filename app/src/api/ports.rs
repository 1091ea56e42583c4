//! What the pages need from outside, as traits: the server implements them and
//! provides [`Ports`] as an `Arc` in context. `app` knows no store and no pool.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;

use model::Parts;
use model::break_even::UnknownInput;
use model::evaluation::{Evaluation, InputBreakEvens};
use model::replay::{Question, Replay};
use model::system::{FieldError, System};
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
    /// The revision it was copied from, `id@n`.
    pub copied_from: Option<String>,
    /// The newest revision.
    #[serde(skip)]
    pub newest: u32,
    /// How often the scenario has changed: the guard against two writers.
    #[serde(skip)]
    pub changes: u32,
    /// The browser on whose list it is.
    #[serde(skip)]
    pub browser: Option<BrowserHash>,
}

/// SHA-256 of the random id that a browser keeps in its cookie.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct BrowserHash(pub [u8; 32]);

/// Who asks: put into the extensions of every request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Visitor {
    /// The browser, if it has saved something before.
    pub browser: Option<BrowserHash>,
}

impl ScenarioRecord {
    /// Whether it was saved from the visitor's browser.
    #[must_use]
    pub fn is_of(&self, visitor: Visitor) -> bool {
        self.browser.is_some() && self.browser == visitor.browser
    }
}

/// A line of a scenario's history.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct RevisionLine {
    /// Its number.
    pub revision: u32,
    /// The verdict in a sentence, where it is known without reading it all.
    pub headline: Option<String>,
    /// The price book it was computed from.
    pub price_book: String,
    /// The model it was computed by.
    pub model_version: String,
    /// When it was saved, RFC 3339.
    pub created_at: String,
}

/// A line of a browser's list.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ScenarioLine {
    /// Its id.
    pub id: String,
    /// Its name; may be empty.
    pub name: String,
    /// When it goes, RFC 3339.
    pub expires_at: Option<String>,
    /// How often it has changed.
    pub changes: u32,
    /// Its newest revision.
    pub newest: RevisionLine,
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
    /// It was there, and was deleted or has expired.
    #[error("it was deleted or has expired")]
    Gone,
    /// A fault on our side.
    #[error("something failed on our side")]
    Internal,
}

/// What a page shows once and nobody keeps, such as a new token: in the context of that one page.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Fresh {
    /// A new owner's token, and the link that hands the scenario over.
    OwnerToken {
        /// The token.
        token: String,
        /// The link, with the token in its fragment.
        url: String,
    },
    /// The link that moves the list to another browser.
    Recovery {
        /// The link, with the token in its fragment.
        url: String,
    },
}

/// Why a request of a person failed: in the context of the page that says so.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The HTTP status.
    pub status: u16,
    /// What it is, in a few words.
    pub title: &'static str,
    /// A sentence, without a capital or a full stop.
    pub detail: String,
    /// What is wrong with the fields.
    pub errors: Vec<FieldError>,
    /// Names it in the log.
    pub request_id: Option<String>,
    /// What was sent.
    pub retry: Option<Retry>,
    /// What can be had in its place.
    pub instead: Vec<Instead>,
}

/// Something that can be had in place of what failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Instead {
    /// What it is.
    pub name: String,
    /// Where it is.
    pub url: String,
}

/// A form that can be sent again as it was.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Retry {
    /// Where to.
    pub action: String,
    /// What the button says.
    pub button: String,
    /// Where it came from.
    pub back: String,
    /// Names and values.
    pub fields: Vec<(String, String)>,
}

/// Saved scenarios.
pub trait Scenarios: std::fmt::Debug + Send + Sync {
    /// The newest revision, or the given one; `None` if there is no such thing, [`PortError::Gone`] if there was.
    fn read<'a>(
        &'a self,
        id: &'a str,
        revision: Option<u32>,
    ) -> Boxed<'a, Result<Option<ScenarioRecord>, PortError>>;

    /// Every revision, the newest first; none of what is not there.
    fn history<'a>(&'a self, id: &'a str) -> Boxed<'a, Result<Vec<RevisionLine>, PortError>>;

    /// What was saved from a browser, the latest first.
    fn of_browser(&self, browser: BrowserHash) -> Boxed<'_, Result<Vec<ScenarioLine>, PortError>>;
}

/// Where a replay stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReplayState {
    /// It waits for its turn.
    Queued,
    /// It is computed.
    Running,
    /// Its result is there.
    Done,
    /// It cannot be computed.
    Failed,
    /// Nobody wants it any more.
    Cancelled,
    /// The program that computed it ended.
    Interrupted,
}

impl ReplayState {
    /// Whether something may still happen.
    #[must_use]
    pub const fn is_open(self) -> bool {
        matches!(self, Self::Queued | Self::Running)
    }
}

/// How far a replay is.
#[derive(Clone, Debug, PartialEq)]
pub struct ReplayProgress {
    /// Where it stands.
    pub state: ReplayState,
    /// How many wait before it.
    pub ahead: Option<usize>,
    /// 0..=100.
    pub percent: f64,
    /// What is computed at the moment.
    pub doing: String,
    /// Requests so far.
    pub requests: f64,
    /// Requests that are simulated in a second.
    pub requests_per_s: f64,
    /// Time until the end, as far as can be foreseen.
    pub seconds_left: Option<f64>,
    /// Why it failed.
    pub why: Option<String>,
}

/// A replay that was asked for.
#[derive(Clone, Debug)]
pub struct ReplayRecord {
    /// Its id.
    pub id: String,
    /// What was asked.
    pub question: Question,
    /// How far it is.
    pub progress: ReplayProgress,
    /// What came of it.
    pub replay: Option<Replay>,
    /// When it is deleted, RFC 3339.
    pub expires_at: String,
}

/// Replays.
pub trait Replays: std::fmt::Debug + Send + Sync {
    /// A replay as it stands; `None` where there is no such thing, or no longer.
    fn find<'a>(&'a self, id: &'a str) -> Boxed<'a, Result<Option<ReplayRecord>, PortError>>;
}

/// Computes an evaluation without blocking the caller's thread.
pub trait Evaluator: std::fmt::Debug + Send + Sync {
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
    /// Replays.
    pub replays: Arc<dyn Replays>,
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

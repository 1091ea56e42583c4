//! Saved scenarios: evaluates, names, stamps, and hands to the store. Reading never computes.
//!
//! Whoever may change one proves it ([`Proof`]): by the owner's token, or by the cookie of the browser that saved it.
//! The checks come in one order everywhere: never there, gone, no proof, wrong proof, no `If-Match`, stale.

mod change;
mod condition;
mod lists;
mod quota;
mod saving;

use std::sync::Arc;

use app::api::ports::{
    Boxed, BrowserHash, Evaluator, PortError, RevisionLine, ScenarioLine, ScenarioRecord, Scenarios,
};
use model::Parts;
use model::evaluation::Evaluation;
use model::system::System;

use crate::clock::{Clock, rfc3339};
use crate::entropy::{Entropy, is_id};
use crate::error::Error;
use crate::signing::Signer;
use crate::store::{Damaged, Document, Kept, Store, StoreError, StoredRevision};

pub(crate) use change::{Proof, State, Wishes};
pub(crate) use condition::{Condition, etag};
pub use quota::Quotas;
pub(crate) use quota::Room;
pub(crate) use saving::{Saved, Saving};

/// Scenarios in a store.
#[derive(Clone, Debug)]
pub(crate) struct StoredScenarios {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) evaluator: Arc<dyn Evaluator>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) signer: Signer,
    pub(crate) quotas: Arc<Room>,
    pub(crate) public_url: String,
}

impl StoredScenarios {
    async fn read(
        &self,
        id: &str,
        revision: Option<u32>,
    ) -> Result<Option<ScenarioRecord>, PortError> {
        if !is_id(id) {
            return Ok(None);
        }
        let stored = self.store.read(id, revision, self.clock.now()).await;
        match stored.map_err(|error| refused(&error))? {
            None => Ok(None),
            Some(Kept::Gone) => Err(PortError::Gone),
            Some(Kept::There(stored)) => record(stored).map(Some),
        }
    }

    /// The same answers with the prices and the model of today.
    pub(crate) async fn today(&self, record: &ScenarioRecord) -> Result<Evaluation, Error> {
        let system = record.system.clone();
        Ok(self.evaluator.evaluate(system, Parts::ALL).await?)
    }
}

fn record(stored: StoredRevision) -> Result<ScenarioRecord, PortError> {
    let StoredRevision { head, revision } = stored;
    Ok(ScenarioRecord {
        id: head.id,
        name: head.name,
        system: parsed(&revision.system)?,
        evaluation: parsed(&revision.evaluation)?,
        revision: revision.revision,
        price_book: revision.price_book,
        model_version: revision.model_version,
        created_at: rfc3339(revision.created_at),
        expires_at: head.expires_at.map(rfc3339),
        copied_from: head.copied_from,
        newest: head.newest,
        changes: head.changes,
        browser: head.browser_hash.map(BrowserHash),
    })
}

fn parsed<T: serde::de::DeserializeOwned>(document: &Document) -> Result<T, PortError> {
    let json = document.json().map_err(|error: Damaged| internal(&error))?;
    serde_json::from_str(&json).map_err(|error| internal(&error))
}

/// The one place where a store's failure is logged.
fn refused(error: &StoreError) -> PortError {
    if let StoreError::Unavailable(_) = error {
        tracing::warn!(%error, "the store cannot be used");
        PortError::Unavailable
    } else {
        internal(error)
    }
}

/// The same for what is no port.
fn failed(error: &StoreError) -> Error {
    refused(error).into()
}

fn internal(error: &(dyn std::error::Error + 'static)) -> PortError {
    tracing::error!(error, "a scenario could not be saved or read");
    PortError::Internal
}

/// The system's own name is what people see, so it is the scenario's too.
fn named(mut system: System, name: Option<String>) -> Result<System, Error> {
    if let Some(name) = name {
        system.name = name;
        system.check()?;
    }
    Ok(system)
}

impl Scenarios for StoredScenarios {
    fn read<'a>(
        &'a self,
        id: &'a str,
        revision: Option<u32>,
    ) -> Boxed<'a, Result<Option<ScenarioRecord>, PortError>> {
        Box::pin(self.read(id, revision))
    }

    fn history<'a>(&'a self, id: &'a str) -> Boxed<'a, Result<Vec<RevisionLine>, PortError>> {
        Box::pin(self.history(id))
    }

    fn of_browser(&self, browser: BrowserHash) -> Boxed<'_, Result<Vec<ScenarioLine>, PortError>> {
        Box::pin(self.of_browser(browser))
    }
}

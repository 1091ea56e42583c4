//! Saving and reading scenarios: evaluates, names, stamps, and hands to the store.

use std::sync::Arc;

use app::api::ports::{Boxed, Evaluator, PortError, Saved, ScenarioRecord, Scenarios};
use model::Parts;
use model::system::System;

use crate::clock::{Clock, rfc3339};
use crate::entropy::{Entropy, NoEntropy, OwnerToken, is_id, random_id};
use crate::store::{Document, NewScenario, Revision, Store, StoreError, StoredRevision};

/// The first revision's number.
const FIRST: u32 = 1;

/// Scenarios in a store.
#[derive(Clone)]
pub(crate) struct StoredScenarios {
    pub(crate) store: Arc<dyn Store>,
    pub(crate) evaluator: Arc<dyn Evaluator>,
    pub(crate) clock: Arc<dyn Clock>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) public_url: String,
}

impl StoredScenarios {
    async fn save(&self, system: System) -> Result<Saved, PortError> {
        let evaluation = self.evaluator.evaluate(system.clone(), Parts::ALL).await?;
        let owner = OwnerToken::random(self.entropy.as_ref()).map_err(no_entropy)?;
        let scenario = NewScenario {
            id: random_id(self.entropy.as_ref()).map_err(no_entropy)?,
            name: system.name.clone(),
            owner_token_hash: owner.hash,
            expires_at: None,
            copied_from: None,
            first: Revision {
                revision: FIRST,
                system: document("the answers", &system)?,
                evaluation: document("the result", &evaluation)?,
                price_book: evaluation.price_book,
                model_version: evaluation.model_version,
                created_at: self.clock.now(),
            },
        };
        self.store
            .create(&scenario)
            .await
            .map_err(|error| refused(&error))?;
        let url = format!("{}/s/{}", self.public_url, scenario.id);
        Ok(Saved {
            id: scenario.id,
            url,
            owner_token: owner.token,
            revision: FIRST,
            expires_at: None,
        })
    }

    async fn read(
        &self,
        id: &str,
        revision: Option<u32>,
    ) -> Result<Option<ScenarioRecord>, PortError> {
        if !is_id(id) {
            return Ok(None);
        }
        let stored = self
            .store
            .read(id, revision)
            .await
            .map_err(|error| refused(&error))?;
        stored.map(record).transpose()
    }
}

fn record(stored: StoredRevision) -> Result<ScenarioRecord, PortError> {
    let StoredRevision {
        id,
        name,
        expires_at,
        copied_from,
        revision,
    } = stored;
    Ok(ScenarioRecord {
        id,
        name,
        system: parsed(&revision.system)?,
        evaluation: parsed(&revision.evaluation)?,
        revision: revision.revision,
        price_book: revision.price_book,
        model_version: revision.model_version,
        created_at: rfc3339(revision.created_at),
        expires_at: expires_at.map(rfc3339),
        copied_from,
    })
}

fn document<T: serde::Serialize>(what: &str, value: &T) -> Result<Document, PortError> {
    let json = serde_json::to_string(value).map_err(|error| internal(&error))?;
    Document::new(json).map_err(|error| PortError::TooLarge(format!("{what} {error}")))
}

fn parsed<T: serde::de::DeserializeOwned>(document: &Document) -> Result<T, PortError> {
    serde_json::from_str(document.as_str()).map_err(|error| internal(&error))
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

fn no_entropy(error: NoEntropy) -> PortError {
    internal(&error)
}

fn internal(error: &(dyn std::error::Error + 'static)) -> PortError {
    tracing::error!(error, "a scenario could not be saved or read");
    PortError::Internal
}

impl Scenarios for StoredScenarios {
    fn read<'a>(
        &'a self,
        id: &'a str,
        revision: Option<u32>,
    ) -> Boxed<'a, Result<Option<ScenarioRecord>, PortError>> {
        Box::pin(self.read(id, revision))
    }

    fn save(&self, system: System) -> Boxed<'_, Result<Saved, PortError>> {
        Box::pin(self.save(system))
    }
}

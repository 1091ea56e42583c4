//! Saving for the first time.

use app::api::ports::BrowserHash;
use model::Parts;
use model::evaluation::Evaluation;
use model::system::System;
use serde::Serialize;
use time::OffsetDateTime;

use super::{StoredScenarios, failed, internal, named};
use crate::cache::ContentKey;
use crate::clock::rfc3339;
use crate::entropy::{NoEntropy, OwnerToken, random_id};
use crate::error::{Error, invalid};
use crate::store::{
    Created, Document, Hash, Idempotency, Kept, LARGEST_REVISION_BYTES, NewScenario, Revision,
};

/// The first revision's number.
const FIRST: u32 = 1;

/// How it is saved.
#[derive(Clone, Debug, Default)]
pub(crate) struct Saving {
    /// What to call it, if not what the system is called.
    pub(crate) name: Option<String>,
    /// When it goes.
    pub(crate) expires_at: Option<OffsetDateTime>,
    /// The scenario or revision that it is a copy of: `id` or `id@n`.
    pub(crate) copied_from: Option<String>,
    /// On whose list it is.
    pub(crate) browser: Option<BrowserHash>,
    /// Against whose quota it counts.
    pub(crate) client: Option<Hash>,
    /// The key of a request that may come twice, and what was requested.
    pub(crate) key: Option<(String, ContentKey)>,
}

/// What saving returns.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
pub(crate) struct Saved {
    /// Its id.
    pub(crate) id: String,
    /// Its page.
    pub(crate) url: String,
    /// Whoever has it may change the scenario. It is told this once.
    pub(crate) owner_token: String,
    /// The first revision.
    pub(crate) revision: u32,
    /// When it goes, RFC 3339; null where it stays.
    #[schema(required)]
    pub(crate) expires_at: Option<String>,
    /// How often it has changed.
    #[serde(skip)]
    pub(crate) changes: u32,
}

impl StoredScenarios {
    /// Evaluates and saves as a first revision.
    pub(crate) async fn save(&self, system: System, saving: Saving) -> Result<Saved, Error> {
        let system = named(system, saving.name)?;
        self.check_expiry(saving.expires_at)?;
        let copied_from = match saving.copied_from {
            None => None,
            Some(from) => Some(self.original(&from).await?),
        };
        let first = self.evaluated(&system).await?;
        let room = &self.quotas;
        room.check(self.store.as_ref(), saving.client, first.bytes())
            .await?;
        let owner = OwnerToken::random(self.entropy.as_ref()).map_err(no_entropy)?;
        let at = first.created_at;
        let key = saving.key.map(|(key, request)| Idempotency {
            key_hash: ContentKey::of(&[&saving.client.unwrap_or_default(), key.as_bytes()]).bytes(),
            request_hash: request.bytes(),
            at,
        });
        let scenario = NewScenario {
            id: random_id(self.entropy.as_ref()).map_err(no_entropy)?,
            name: system.name,
            owner_token_hash: owner.hash,
            browser_hash: saving.browser.map(|browser| browser.0),
            client_hash: saving.client,
            expires_at: saving.expires_at,
            copied_from,
            first,
        };
        let created = self.store.create(&scenario, key.as_ref()).await;
        let (id, expires_at, changes) = match created.map_err(|error| failed(&error))? {
            Created::New => (scenario.id, scenario.expires_at, 0),
            Created::Before(head) => (head.id, head.expires_at, head.changes),
            Created::KeyReused => {
                return Err(invalid(
                    "Idempotency-Key",
                    "was used within the day for another request",
                ));
            }
        };
        Ok(Saved {
            url: format!("{}/s/{id}", self.public_url),
            id,
            owner_token: owner.token,
            revision: FIRST,
            expires_at: expires_at.map(rfc3339),
            changes,
        })
    }

    /// What a system comes to now, as a revision.
    pub(super) async fn evaluated(&self, system: &System) -> Result<Revision, Error> {
        let evaluation = self.evaluator.evaluate(system.clone(), Parts::ALL).await?;
        let (system, result) = packed(system, &evaluation).await?;
        let Evaluation {
            verdict,
            price_book,
            model_version,
            ..
        } = evaluation;
        let revision = Revision {
            revision: FIRST,
            system,
            evaluation: result,
            headline: Some(verdict.headline),
            price_book,
            model_version,
            created_at: self.clock.now(),
        };
        if revision.bytes() > LARGEST_REVISION_BYTES {
            return Err(Error::TooLarge(format!(
                "answers and result may take {LARGEST_REVISION_BYTES} bytes (256 kB) packed, and take {}; \
                 split the system, or shorten its notes",
                revision.bytes()
            )));
        }
        Ok(revision)
    }

    pub(super) fn check_expiry(&self, expires_at: Option<OffsetDateTime>) -> Result<(), Error> {
        if expires_at.is_some_and(|at| at <= self.clock.now()) {
            return Err(invalid("expires_at", "must lie in the future"));
        }
        Ok(())
    }

    /// The revision that is copied, which must be there to be named.
    async fn original(&self, from: &str) -> Result<String, Error> {
        let wrong = || {
            invalid(
                "copied_from",
                "is no scenario that can be read: `id` or `id@revision`",
            )
        };
        let (id, revision) = match from.split_once('@') {
            None => (from, None),
            Some((id, number)) => (id, Some(number.parse().map_err(|_| wrong())?)),
        };
        let found = self.store.read(id, revision, self.clock.now()).await;
        match found.map_err(|error| failed(&error))? {
            Some(Kept::There(there)) => Ok(format!("{id}@{}", there.revision.revision)),
            _ => Err(wrong()),
        }
    }
}

/// Packing takes as long as a small evaluation, so it is done where one may block.
async fn packed(system: &System, result: &Evaluation) -> Result<(Document, Document), Error> {
    let json = |error: serde_json::Error| internal(&error);
    let system = serde_json::to_string(system).map_err(json)?;
    let result = serde_json::to_string(result).map_err(json)?;
    let pack = move || (Document::pack(&system), Document::pack(&result));
    tokio::task::spawn_blocking(pack)
        .await
        .map_err(|error| internal(&error).into())
}

pub(super) fn no_entropy(error: NoEntropy) -> Error {
    internal(&error).into()
}

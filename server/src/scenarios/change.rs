//! Changing what was saved, for whoever may.

use app::api::ports::BrowserHash;
use model::system::System;
use serde::Serialize;
use time::OffsetDateTime;

use super::saving::no_entropy;
use super::{Condition, StoredScenarios, etag, failed};
use crate::clock::rfc3339;
use crate::entropy::{OwnerToken, is_id, token_hash};
use crate::error::{Error, invalid};
use crate::store::{Amendment, Change, Hash, Head, Kept, MOST_REVISIONS, Owner};

/// How a client proves that it may change a scenario.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Proof<'a> {
    /// It does not.
    None,
    /// By the owner's token.
    Token(&'a str),
    /// By the cookie of the browser that saved it.
    Browser(BrowserHash),
}

impl Proof<'_> {
    /// Whether it is the owner's.
    fn is_of(self, head: &Head) -> Result<(), Error> {
        let right = match self {
            Self::None => return Err(Error::NoOwnerToken),
            // Hashes are compared, so the time it takes tells nothing of the token.
            Self::Token(token) => token_hash(token) == head.owner_token_hash,
            Self::Browser(browser) => Some(browser.0) == head.browser_hash,
        };
        if right {
            Ok(())
        } else {
            Err(Error::NotTheOwner)
        }
    }
}

/// What a scenario says after a change.
#[derive(Clone, Debug, Serialize, utoipa::ToSchema)]
#[schema(as = Changed)]
pub(crate) struct State {
    /// Its id.
    pub(crate) id: String,
    /// The address of its newest revision, which never changes.
    pub(crate) url: String,
    /// Its name.
    pub(crate) name: String,
    /// The number of its newest revision.
    pub(crate) revision: u32,
    /// When it goes, RFC 3339; null where it stays.
    #[schema(required)]
    pub(crate) expires_at: Option<String>,
    /// How often it has changed.
    #[serde(skip)]
    pub(crate) changes: u32,
}

/// Another name, another date; `None` leaves it as it is.
#[derive(Clone, Debug, Default)]
pub(crate) struct Wishes {
    pub(crate) name: Option<String>,
    #[expect(
        clippy::option_option,
        reason = "absent, null and a time are three wishes"
    )]
    pub(crate) expires_at: Option<Option<OffsetDateTime>>,
}

const LONGEST_NAME: usize = 500;

impl StoredScenarios {
    /// What a scenario says now, for its owner.
    pub(crate) async fn owned(&self, id: &str, proof: Proof<'_>) -> Result<Head, Error> {
        let head = self.head(id).await?;
        proof.is_of(&head)?;
        Ok(head)
    }

    async fn head(&self, id: &str) -> Result<Head, Error> {
        if !is_id(id) {
            return Err(Error::NotFound);
        }
        let head = self.store.head(id, self.clock.now()).await;
        match head.map_err(|error| failed(&error))? {
            None => Err(Error::NotFound),
            Some(Kept::Gone) => Err(Error::Gone),
            Some(Kept::There(head)) => Ok(head),
        }
    }

    /// Adds a revision.
    pub(crate) async fn revise(
        &self,
        id: &str,
        proof: Proof<'_>,
        condition: &Condition,
        system: System,
        client: Option<Hash>,
    ) -> Result<State, Error> {
        let head = self.owned(id, proof).await?;
        if *condition == Condition::None {
            return Err(Error::NoIfMatch);
        }
        fresh(condition, &head)?;
        if head.newest >= MOST_REVISIONS {
            return Err(full());
        }
        let revision = self.evaluated(&system).await?;
        self.quotas
            .check(self.store.as_ref(), client, revision.bytes())
            .await?;
        let done = self.store.revise(id, head.changes, &revision).await;
        self.after(head, done.map_err(|error| failed(&error))?)
    }

    /// Gives another name or date.
    pub(crate) async fn amend(
        &self,
        id: &str,
        proof: Proof<'_>,
        condition: &Condition,
        wishes: Wishes,
    ) -> Result<State, Error> {
        let mut head = self.owned(id, proof).await?;
        fresh(condition, &head)?;
        let Wishes { name, expires_at } = wishes;
        if name
            .as_ref()
            .is_some_and(|name| name.chars().count() > LONGEST_NAME)
        {
            return Err(invalid(
                "name",
                format!("may have at most {LONGEST_NAME} characters"),
            ));
        }
        self.check_expiry(expires_at.flatten())?;
        let amendment = Amendment { name, expires_at };
        let done = self.store.amend(id, head.changes, &amendment).await;
        if let Some(name) = amendment.name {
            head.name = name;
        }
        if let Some(expires_at) = amendment.expires_at {
            head.expires_at = expires_at;
        }
        self.after(head, done.map_err(|error| failed(&error))?)
    }

    /// Deletes everything but the id.
    pub(crate) async fn remove(
        &self,
        id: &str,
        proof: Proof<'_>,
        condition: &Condition,
    ) -> Result<(), Error> {
        let head = self.owned(id, proof).await?;
        fresh(condition, &head)?;
        let done = self.store.remove(id, head.changes).await;
        self.after(head, done.map_err(|error| failed(&error))?)
            .map(|_| ())
    }

    /// Issues a new owner's token; the one before stops.
    pub(crate) async fn new_owner_token(
        &self,
        id: &str,
        proof: Proof<'_>,
    ) -> Result<String, Error> {
        self.owned(id, proof).await?;
        let owner = OwnerToken::random(self.entropy.as_ref()).map_err(no_entropy)?;
        let done = self.store.hand_over(id, Owner::Token(owner.hash)).await;
        done.map_err(|error| failed(&error))?;
        Ok(owner.token)
    }

    /// Puts it on a browser's list, for whoever has the token.
    pub(crate) async fn claim(
        &self,
        id: &str,
        token: &str,
        browser: BrowserHash,
    ) -> Result<(), Error> {
        self.owned(id, Proof::Token(token)).await?;
        let done = self.store.hand_over(id, Owner::Browser(browser.0)).await;
        done.map_err(|error| failed(&error))
    }

    fn after(&self, head: Head, change: Change) -> Result<State, Error> {
        match change {
            Change::Done { changes, newest } => Ok(State {
                url: format!("{}/s/{}/revisions/{newest}", self.public_url, head.id),
                id: head.id,
                name: head.name,
                revision: newest,
                expires_at: head.expires_at.map(rfc3339),
                changes,
            }),
            Change::Stale => Err(Error::Stale),
            Change::Full => Err(full()),
        }
    }
}

fn fresh(condition: &Condition, head: &Head) -> Result<(), Error> {
    if condition.allows(&etag(head.newest, head.changes)) {
        Ok(())
    } else {
        Err(Error::Stale)
    }
}

fn full() -> Error {
    Error::Conflict(format!(
        "a scenario has at most {MOST_REVISIONS} revisions; save a new one"
    ))
}

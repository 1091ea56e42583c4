//! The history of a scenario, and the list of a browser.

use app::api::ports::{BrowserHash, PortError, RevisionLine, ScenarioLine};
use time::{Duration, OffsetDateTime};

use super::{StoredScenarios, failed, refused};
use crate::clock::rfc3339;
use crate::entropy::is_id;
use crate::error::Error;
use crate::signing::Purpose;
use crate::store::{Hash, RevisionSummary, ScenarioSummary};

/// A page of them is enough for anybody who is not a program.
const MOST_ON_A_LIST: u32 = 500;
/// How long a link to another browser works.
const RECOVERY: Duration = Duration::days(7);

impl StoredScenarios {
    pub(super) async fn history(&self, id: &str) -> Result<Vec<RevisionLine>, PortError> {
        if !is_id(id) {
            return Ok(Vec::new());
        }
        let revisions = self.store.history(id, self.clock.now()).await;
        let revisions = revisions.map_err(|error| refused(&error))?;
        Ok(revisions.into_iter().rev().map(revision_line).collect())
    }

    pub(super) async fn of_browser(
        &self,
        browser: BrowserHash,
    ) -> Result<Vec<ScenarioLine>, PortError> {
        let list = self
            .store
            .of_browser(browser.0, self.clock.now(), MOST_ON_A_LIST)
            .await;
        let list = list.map_err(|error| refused(&error))?;
        Ok(list.into_iter().map(scenario_line).collect())
    }

    /// A text that moves a browser's list to whichever browser sends it within a week.
    pub(crate) fn recovery(&self, browser: BrowserHash) -> String {
        use std::fmt::Write as _;
        let mut text = (self.clock.now() + RECOVERY).unix_timestamp().to_string();
        text.push('.');
        for byte in browser.0 {
            let _ = write!(text, "{byte:02x}");
        }
        self.signer.sign(Purpose::Recovery, &text)
    }

    /// Moves the list that such a text speaks of; how many scenarios that were. `None` where the text is none, or too old.
    pub(crate) async fn recover(&self, text: &str, to: BrowserHash) -> Result<Option<u64>, Error> {
        let signed = self.signer.verified(Purpose::Recovery, text.trim());
        let Some((until, from)) = signed.and_then(recovered) else {
            return Ok(None);
        };
        if until <= self.clock.now() {
            return Ok(None);
        }
        let moved = self.store.move_list(from, to.0).await;
        moved.map(Some).map_err(|error| failed(&error))
    }
}

fn recovered(text: &str) -> Option<(OffsetDateTime, Hash)> {
    let (until, hex) = text.split_once('.')?;
    let until = OffsetDateTime::from_unix_timestamp(until.parse().ok()?).ok()?;
    let mut hash = Hash::default();
    if hex.len() != 2 * hash.len() || !hex.is_ascii() {
        return None;
    }
    for (index, byte) in hash.iter_mut().enumerate() {
        *byte = u8::from_str_radix(&hex[2 * index..2 * index + 2], 16).ok()?;
    }
    Some((until, hash))
}

fn scenario_line(summary: ScenarioSummary) -> ScenarioLine {
    ScenarioLine {
        id: summary.id,
        name: summary.name,
        expires_at: summary.expires_at.map(rfc3339),
        changes: summary.changes,
        newest: revision_line(summary.newest),
    }
}

fn revision_line(summary: RevisionSummary) -> RevisionLine {
    RevisionLine {
        revision: summary.revision,
        headline: summary.headline,
        price_book: summary.price_book,
        model_version: summary.model_version,
        created_at: rfc3339(summary.created_at),
    }
}

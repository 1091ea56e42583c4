//! Against filling the disk: so much for all, so much for one client.

use std::sync::Mutex;
use std::time::{Duration, Instant};

use crate::error::Error;
use crate::store::{Hash, Store};

use super::failed;

/// How much may be kept, in bytes; `None` is without limit.
#[derive(Clone, Copy, Debug, Default)]
pub struct Quotas {
    /// By all together.
    pub store_bytes: Option<u64>,
    /// By one client.
    pub client_bytes: Option<u64>,
}

impl Quotas {
    /// As the settings say it: 0 is without limit.
    #[must_use]
    pub fn of_megabytes(store: u64, client: u64) -> Self {
        let bytes = |megabytes: u64| (megabytes > 0).then(|| megabytes.saturating_mul(MEGABYTE));
        Self {
            store_bytes: bytes(store),
            client_bytes: bytes(client),
        }
    }
}

/// Adding up the whole store is work for the database, and the sum changes slowly.
const SUM_IS_GOOD_FOR: Duration = Duration::from_secs(30);
const MEGABYTE: u64 = 1_000_000;

/// Watches how much room is left.
#[derive(Debug)]
pub(crate) struct Room {
    quotas: Quotas,
    /// What all keep, when that was added up.
    sum: Mutex<Option<(u64, Instant)>>,
}

impl Room {
    pub(crate) const fn new(quotas: Quotas) -> Self {
        Self {
            quotas,
            sum: Mutex::new(None),
        }
    }

    /// Whether this client may keep so much more.
    pub(crate) async fn check(
        &self,
        store: &dyn Store,
        client: Option<Hash>,
        more: usize,
    ) -> Result<(), Error> {
        let more = more as u64;
        if let (Some(limit), Some(client)) = (self.quotas.client_bytes, client) {
            let kept = store.bytes(Some(client)).await;
            if kept.map_err(|error| failed(&error))? + more > limit {
                return Err(Error::Full(format!(
                    "what you keep here has reached its {} MB: delete a scenario, or let some expire",
                    limit.div_ceil(MEGABYTE)
                )));
            }
        }
        if let Some(limit) = self.quotas.store_bytes
            && (self.sum(store, false).await? + more > limit
                // Something may have been deleted since.
                && self.sum(store, true).await? + more > limit)
        {
            return Err(Error::Full(
                "this server keeps as much as it may; nothing more can be saved until something is deleted".into(),
            ));
        }
        self.add(more);
        Ok(())
    }

    async fn sum(&self, store: &dyn Store, afresh: bool) -> Result<u64, Error> {
        let known = *self.lock();
        if let Some((sum, at)) = known
            && !afresh
            && at.elapsed() < SUM_IS_GOOD_FOR
        {
            return Ok(sum);
        }
        let sum = store.bytes(None).await.map_err(|error| failed(&error))?;
        *self.lock() = Some((sum, Instant::now()));
        Ok(sum)
    }

    fn add(&self, more: u64) {
        if let Some((sum, _)) = self.lock().as_mut() {
            *sum += more;
        }
    }

    /// Plain numbers are whole even when a thread died while it held them.
    fn lock(&self) -> std::sync::MutexGuard<'_, Option<(u64, Instant)>> {
        self.sum
            .lock()
            .unwrap_or_else(std::sync::PoisonError::into_inner)
    }
}

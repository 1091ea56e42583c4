//! Deletes what has expired, now and then. Reading does not wait for it: what has expired is gone at once.

use std::sync::Arc;
use std::time::Duration;

use time::Duration as Days;

use crate::clock::Clock;
use crate::store::Store;

const EVERY: Duration = Duration::from_mins(10);
/// How long a repeated request finds what the first one saved.
const KEYS_ARE_KEPT: Days = Days::days(1);

/// Sweeps until the program ends. Several copies of the program may do so at once.
pub(crate) async fn forever(store: Arc<dyn Store>, clock: Arc<dyn Clock>) {
    let mut turns = tokio::time::interval(EVERY);
    loop {
        turns.tick().await;
        let now = clock.now();
        match store.sweep(now, now - KEYS_ARE_KEPT).await {
            Ok(swept) if swept.scenarios + swept.keys + swept.simulations > 0 => {
                tracing::info!(
                    scenarios = swept.scenarios,
                    keys = swept.keys,
                    simulations = swept.simulations,
                    "swept what had expired"
                );
            }
            Ok(_) => {}
            // Whoever reads or saves hears of it; the next turn is soon.
            Err(error) => tracing::warn!(%error, "could not sweep"),
        }
    }
}

//! `breakeven serve`.

use std::sync::Arc;

use tokio::net::TcpListener;

use super::{Failure, Serve};
use crate::clock::SystemClock;
use crate::compute::Bounds;
use crate::config::Limits;
use crate::entropy::SystemEntropy;
use crate::scenarios::Quotas;
use crate::signing::Signer;
use crate::startup::{Foundation, router};
use crate::{listen, shutdown, store, sweep, telemetry};

pub(super) fn run(serve: Serve) -> Result<(), Failure> {
    telemetry::start(serve.settings.log);
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build();
    let runtime = runtime.map_err(|error| Failure::Failed(error.to_string()))?;
    let served = runtime.block_on(until_stopped(serve));
    // A computation that nobody waits for does not hold up the end.
    runtime.shutdown_background();
    served
}

async fn until_stopped(Serve { settings, book }: Serve) -> Result<(), Failure> {
    let failed = |error: std::io::Error| {
        Failure::Failed(format!("cannot listen on {}: {error}", settings.addr))
    };
    let book = Arc::new(book.open()?);
    let stopped = shutdown::on_signal().map_err(failed)?;
    let store = store::open(&settings.database_url)
        .await
        .map_err(|error| Failure::Failed(error.to_string()))?;
    let entropy = SystemEntropy;
    let signer = Signer::open(settings.secret.as_ref(), store.as_ref(), &entropy).await;
    let signer = signer.map_err(|error| Failure::Failed(error.to_string()))?;
    let listener = TcpListener::bind(settings.addr).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let public_url = settings
        .public_url
        .unwrap_or_else(|| format!("http://{address}"));
    let foundation = Foundation {
        store: Arc::clone(&store),
        book,
        clock: Arc::new(SystemClock),
        entropy: Arc::new(entropy),
        bounds: Bounds::default(),
        limits: Limits {
            requests_per_minute: settings.rate_limit,
            trusted_proxies: settings.trusted_proxies,
        },
        public_url,
        signer,
        quotas: Quotas::of_megabytes(settings.max_store_mb, settings.client_quota_mb),
    };
    tokio::spawn(sweep::forever(Arc::clone(&store), Arc::new(SystemClock)));
    let router = router(foundation);
    super::print(&format!("Breakeven listens on http://{address}\n"))?;
    listen::serve(listener, router, stopped).await;
    store.close().await;
    tracing::info!("stopped");
    Ok(())
}

//! `breakeven serve`.

use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::TcpListener;
use tokio::sync::watch;

use super::{Failure, Serve};
use crate::charts::Start;
use crate::clock::SystemClock;
use crate::compute::Bounds;
use crate::config::{Limits, METRICS_ADDR, MetricsAddr};
use crate::entropy::SystemEntropy;
use crate::metrics::{self, Metrics};
use crate::scenarios::Quotas;
use crate::signing::Signer;
use crate::simulations::SimulationBounds;
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
    let failed = |error: std::io::Error| cannot_listen(settings.addr, &error);
    let book = Arc::new(book.open()?);
    let clock = Arc::new(SystemClock);
    let metrics = Metrics::new(&book, Arc::clone(&clock) as _);
    let stopped = shutdown::on_signal().map_err(failed)?;
    let store = store::open(&settings.database_url)
        .await
        .map_err(|error| Failure::Failed(error.to_string()))?;
    let entropy = SystemEntropy;
    let signer = Signer::open(settings.secret.as_ref(), store.as_ref(), &entropy).await;
    let signer = signer.map_err(|error| Failure::Failed(error.to_string()))?;
    let listener = TcpListener::bind(settings.addr).await.map_err(failed)?;
    let address = listener.local_addr().map_err(failed)?;
    let metrics_listener = metrics_listener(settings.metrics_addr).await?;
    let public_url = settings
        .public_url
        .unwrap_or_else(|| format!("http://{address}"));
    let foundation = Foundation {
        store: Arc::clone(&store),
        book,
        clock: Arc::clone(&clock) as _,
        entropy: Arc::new(entropy),
        bounds: Bounds::default(),
        limits: Limits {
            requests_per_minute: settings.rate_limit,
            trusted_proxies: settings.trusted_proxies,
        },
        metrics: metrics.clone(),
        public_url,
        signer,
        quotas: Quotas::of_megabytes(settings.max_store_mb, settings.client_quota_mb),
        simulations: SimulationBounds::default(),
        engines: Start::AtOnce,
        stopped: stopped.clone(),
    };
    tokio::spawn(sweep::forever(Arc::clone(&store), Arc::new(SystemClock)));
    let router = router(foundation);
    super::print(&format!("Breakeven listens on http://{address}\n"))?;
    tokio::join!(
        listen::serve(listener, router, stopped.clone()),
        serve_metrics(metrics_listener, metrics, stopped),
    );
    store.close().await;
    tracing::info!("stopped");
    Ok(())
}

fn cannot_listen(address: SocketAddr, error: &std::io::Error) -> Failure {
    Failure::Failed(format!("cannot listen on {address}: {error}"))
}

/// Two servers on one machine is no mistake, so the address that nobody asked for may be taken.
async fn metrics_listener(stated: Option<MetricsAddr>) -> Result<Option<TcpListener>, Failure> {
    let (address, is_stated) = match stated {
        Some(MetricsAddr::Off) => return Ok(None),
        Some(MetricsAddr::At(address)) => (address, true),
        None => (METRICS_ADDR, false),
    };
    match TcpListener::bind(address).await {
        Ok(listener) => Ok(Some(listener)),
        Err(error) if is_stated => Err(cannot_listen(address, &error)),
        Err(error) => {
            tracing::warn!(%address, %error, "no metrics are served");
            Ok(None)
        }
    }
}

async fn serve_metrics(
    listener: Option<TcpListener>,
    metrics: Metrics,
    stopped: watch::Receiver<bool>,
) {
    if let Some(listener) = listener {
        listen::serve(listener, metrics::router(metrics), stopped).await;
    }
}

//! What every handler can reach.

use std::sync::Arc;

use app::api::ports::{Evaluator, Ports};
use axum::extract::FromRef;
use leptos::config::LeptosOptions;
use model::price::PriceBook;

use crate::charts::Gallery;
use crate::compute::Compute;
use crate::config::TrustedProxies;
use crate::entropy::Entropy;
use crate::http::BrowserCookie;
use crate::metrics::Metrics;
use crate::middleware::RateLimits;
use crate::scenarios::StoredScenarios;
use crate::simulations::Simulations;
use crate::store::Store;

/// What every handler can reach.
#[derive(Clone)]
pub(crate) struct AppState {
    pub(crate) leptos: LeptosOptions,
    pub(crate) ports: Arc<Ports>,
    pub(crate) store: Arc<dyn Store>,
    pub(crate) compute: Arc<Compute>,
    pub(crate) book: Arc<PriceBook>,
    pub(crate) entropy: Arc<dyn Entropy>,
    pub(crate) gallery: Arc<Gallery>,
    pub(crate) scenarios: Arc<StoredScenarios>,
    pub(crate) simulations: Arc<Simulations>,
    pub(crate) browsers: BrowserCookie,
    /// `None`: no limit.
    pub(crate) rate_limits: Option<Arc<RateLimits>>,
    pub(crate) trusted_proxies: Arc<TrustedProxies>,
    pub(crate) metrics: Metrics,
}

impl AppState {
    pub(crate) fn evaluator(&self) -> &dyn Evaluator {
        self.ports.evaluator.as_ref()
    }
}

impl FromRef<AppState> for LeptosOptions {
    fn from_ref(state: &AppState) -> Self {
        state.leptos.clone()
    }
}

//! Puts the program together: the same way for `breakeven serve` and for the tests.

use std::sync::Arc;

use app::api::ports::{Evaluator, Ports};
use axum::Router;
use leptos::config::LeptosOptions;
use model::price::PriceBook;
use tokio::sync::watch;

use crate::charts::{Gallery, Start};
use crate::clock::{Clock, Dates};
use crate::compute::{Bounds, Compute};
use crate::config::Limits;
use crate::entropy::Entropy;
use crate::http::BrowserCookie;
use crate::metrics::Metrics;
use crate::middleware::RateLimits;
use crate::scenarios::{Quotas, Room, StoredScenarios};
use crate::signing::Signer;
use crate::simulations::{SimulationBounds, Simulations};
use crate::state::AppState;
use crate::store::{Measured, Store};
use crate::{assets, http};

/// What the routes stand on. Whatever differs between a test and a server comes in here.
#[derive(Debug)]
pub struct Foundation {
    /// Where scenarios are kept.
    pub store: Arc<dyn Store>,
    /// The prices.
    pub book: Arc<PriceBook>,
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// Ids and tokens.
    pub entropy: Arc<dyn Entropy>,
    /// How much may be computed.
    pub bounds: Bounds,
    /// How much one client may ask.
    pub limits: Limits,
    /// What is counted.
    pub metrics: Metrics,
    /// What links begin with; no slash at the end.
    pub public_url: String,
    /// Signs cookies and links; all copies of the program share its secret.
    pub signer: Signer,
    /// How much may be kept.
    pub quotas: Quotas,
    /// How many simulations may be under way.
    pub simulations: SimulationBounds,
    /// When the engines that draw charts are started.
    pub engines: Start,
    /// Turns true when the program is asked to stop.
    pub stopped: watch::Receiver<bool>,
}

/// Everything that the server answers.
pub fn router(foundation: Foundation) -> Router {
    let Foundation {
        store,
        book,
        clock,
        entropy,
        bounds,
        limits,
        metrics,
        public_url,
        signer,
        quotas,
        simulations,
        engines,
        stopped,
    } = foundation;
    let store: Arc<dyn Store> = Arc::new(Measured::new(store, metrics.clone()));
    let browsers = BrowserCookie::new(signer.clone(), &public_url);
    let compute = Arc::new(Compute::new(Arc::clone(&book), bounds, metrics.clone()));
    let evaluator: Arc<dyn Evaluator> = Arc::clone(&compute) as _;
    let simulations = Arc::new(Simulations::open(
        Arc::clone(&store),
        Arc::clone(&clock),
        Arc::clone(&entropy),
        simulations,
        stopped,
    ));
    let scenarios = Arc::new(StoredScenarios {
        store: Arc::clone(&store),
        evaluator: Arc::clone(&evaluator),
        clock: Arc::clone(&clock),
        entropy: Arc::clone(&entropy),
        signer,
        quotas: Arc::new(Room::new(quotas)),
        public_url: public_url.clone(),
    });
    let asset_hash = assets::hash();
    let leptos = LeptosOptions::builder()
        .output_name("breakeven")
        .site_pkg_dir(format!("pkg/{asset_hash}"))
        .build();
    let ports = Arc::new(Ports {
        scenarios: Arc::clone(&scenarios) as _,
        replays: Arc::clone(&simulations) as _,
        evaluator,
        calendar: Arc::new(Dates(clock)),
        public_url,
        book: Arc::clone(&book),
        asset_hash,
    });
    http::router(AppState {
        leptos,
        ports,
        store,
        compute,
        book,
        entropy,
        gallery: Arc::new(Gallery::open(engines)),
        scenarios,
        simulations,
        browsers,
        rate_limits: RateLimits::new(limits.requests_per_minute).map(Arc::new),
        trusted_proxies: Arc::new(limits.trusted_proxies),
        metrics,
    })
}

//! What is counted and measured, as `OpenMetrics` text, on an address of its own.
//!
//! Every label has a small fixed set of values: templates of routes and never paths, names from this
//! program and never what somebody sent. No metric knows an id, an answer or an address.

mod labels;

use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::State;
use axum::http::{HeaderName, HeaderValue, header};
use axum::response::IntoResponse;
use axum::routing::get;
use model::price::{PriceBook, age_in_days};
use prometheus_client::collector::Collector;
use prometheus_client::encoding::{DescriptorEncoder, EncodeMetric as _, text};
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::{ConstGauge, Gauge};
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::metrics::info::Info;
use prometheus_client::registry::{Registry, Unit};

use crate::clock::{Clock, iso_date};

pub use labels::StoreOutcome;
pub(crate) use labels::{ChartOutcome, Purpose, Request as Labels};
use labels::{Charts, Limited, Route, StoreCall};

/// Seconds, from a file out of memory to the deadline of a request.
const BUCKETS_S: [f64; 13] = [
    0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 10.0, 30.0,
];

type Timing<Labels> = Family<Labels, Histogram, fn() -> Histogram>;

/// All metrics of one server; a clone counts on the same.
#[derive(Clone, Debug)]
pub struct Metrics(Arc<Inner>);

#[derive(Debug)]
struct Inner {
    registry: Registry,
    requests: Family<Labels, Counter>,
    request_duration: Timing<Route>,
    requests_in_flight: Gauge,
    evaluations: Counter,
    evaluation_duration: Histogram,
    computations_refused: Counter,
    charts: Family<Charts, Counter>,
    rate_limited: Family<Limited, Counter>,
    store_duration: Timing<StoreCall>,
}

impl Metrics {
    /// All at zero.
    #[must_use]
    pub fn new(book: &PriceBook, clock: Arc<dyn Clock>) -> Self {
        let mut inner = Inner {
            registry: Registry::with_prefix("breakeven"),
            requests: Family::default(),
            request_duration: Family::new_with_constructor(histogram),
            requests_in_flight: Gauge::default(),
            evaluations: Counter::default(),
            evaluation_duration: histogram(),
            computations_refused: Counter::default(),
            charts: Family::default(),
            rate_limited: Family::default(),
            store_duration: Family::new_with_constructor(histogram),
        };
        inner.register_requests();
        inner.register_work();
        let registry = &mut inner.registry;
        let build = Info::new(vec![
            ("version", env!("CARGO_PKG_VERSION").to_owned()),
            ("model_version", model::MODEL_VERSION.to_owned()),
            ("price_book", book.version().to_owned()),
        ]);
        registry.register("build", "What is running", build);
        registry.register_collector(Box::new(BookAge {
            version: book.version().to_owned(),
            clock,
        }));
        Self(Arc::new(inner))
    }

    /// Notes how long the store took for an operation; its name is that of the trait's method.
    pub fn store(&self, operation: &'static str, outcome: StoreOutcome, took: Duration) {
        let call = StoreCall { operation, outcome };
        let timing = self.0.store_duration.get_or_create(&call);
        timing.observe(took.as_secs_f64());
    }

    /// A request is under way for as long as this lives, be it answered or given up.
    pub(crate) fn request_begins(&self) -> UnderWay {
        self.0.requests_in_flight.inc();
        UnderWay(self.clone())
    }

    pub(crate) fn request_ends(&self, request: &Labels, took: Duration) {
        let route = Route {
            route: Arc::clone(&request.route),
        };
        self.0.requests.get_or_create(request).inc();
        let timing = self.0.request_duration.get_or_create(&route);
        timing.observe(took.as_secs_f64());
    }

    pub(crate) fn evaluation_answered(&self) {
        self.0.evaluations.inc();
    }

    pub(crate) fn evaluation_computed(&self, took: Duration) {
        self.0.evaluation_duration.observe(took.as_secs_f64());
    }

    pub(crate) fn computation_refused(&self) {
        self.0.computations_refused.inc();
    }

    pub(crate) fn chart(&self, outcome: ChartOutcome) {
        self.0.charts.get_or_create(&Charts { outcome }).inc();
    }

    pub(crate) fn rate_limited(&self, budget: Purpose) {
        self.0.rate_limited.get_or_create(&Limited { budget }).inc();
    }

    /// All of them, as they are now.
    #[must_use]
    pub fn text(&self) -> String {
        let mut metrics = String::new();
        // A string takes all that is written to it.
        let _never_fails = text::encode(&mut metrics, &self.0.registry);
        metrics
    }
}

impl Inner {
    fn register_requests(&mut self) {
        self.registry.register(
            "http_requests",
            "Requests that were answered",
            self.requests.clone(),
        );
        self.registry.register_with_unit(
            "http_request_duration",
            "From the head of a request to the head of its answer",
            Unit::Seconds,
            self.request_duration.clone(),
        );
        self.registry.register(
            "http_requests_in_flight",
            "Requests that are being answered",
            self.requests_in_flight.clone(),
        );
        self.registry.register(
            "rate_limited_requests",
            "Requests refused because their client had spent its budget",
            self.rate_limited.clone(),
        );
    }

    fn register_work(&mut self) {
        self.registry.register(
            "evaluations",
            "Evaluations that were answered, computed or kept from before",
            self.evaluations.clone(),
        );
        self.registry.register_with_unit(
            "evaluation_duration",
            "Computing an evaluation, without waiting for its turn",
            Unit::Seconds,
            self.evaluation_duration.clone(),
        );
        self.registry.register(
            "computations_refused",
            "Computations of any kind that found no place or had no time",
            self.computations_refused.clone(),
        );
        self.registry.register(
            "charts",
            "Images of charts that were asked for",
            self.charts.clone(),
        );
        self.registry.register_with_unit(
            "store_operation_duration",
            "Operations on the database",
            Unit::Seconds,
            self.store_duration.clone(),
        );
    }
}

fn histogram() -> Histogram {
    Histogram::new(BUCKETS_S)
}

/// A request that is being answered.
#[derive(Debug)]
pub(crate) struct UnderWay(Metrics);

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.0.requests_in_flight.dec();
    }
}

/// How old the prices are, whenever somebody asks.
#[derive(Debug)]
struct BookAge {
    version: String,
    clock: Arc<dyn Clock>,
}

impl Collector for BookAge {
    fn encode(&self, mut encoder: DescriptorEncoder) -> Result<(), std::fmt::Error> {
        let Some(days) = age_in_days(&self.version, &iso_date(self.clock.now())) else {
            return Ok(());
        };
        let age = ConstGauge::new(days);
        let unit = Unit::Other("days".to_owned());
        let help = "Days since the version of the price book.";
        age.encode(encoder.encode_descriptor(
            "price_book_age",
            help,
            Some(&unit),
            age.metric_type(),
        )?)
    }
}

/// What the address of the metrics answers.
pub(crate) fn router(metrics: Metrics) -> Router {
    Router::new()
        .route("/metrics", get(exposition))
        .with_state(metrics)
}

const OPEN_METRICS: (HeaderName, HeaderValue) = (
    header::CONTENT_TYPE,
    HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8"),
);

async fn exposition(State(metrics): State<Metrics>) -> impl IntoResponse {
    ([OPEN_METRICS], metrics.text())
}

//! The one `TestApp`: the server's own router over a fresh SQLite file, with a clock that stands.

use std::sync::{Arc, Once};
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::http::{HeaderMap, Request, StatusCode, header};
use http_body_util::BodyExt as _;
use server::charts::Start;
use server::clock::FixedClock;
use server::compute::Bounds;
use server::config::Limits;
use server::entropy::SystemEntropy;
use server::metrics::Metrics;
use server::scenarios::Quotas;
use server::signing::Signer;
use server::simulations::SimulationBounds;
use server::startup::{Foundation, router};
use server::store;
use server::telemetry::{LogFormat, subscriber};
use tempfile::TempDir;
use time::OffsetDateTime;
use tower::ServiceExt as _;

/// 2026-11-23T10:00:00Z.
const NOW_S: i64 = 1_795_428_000;

pub(crate) struct TestApp {
    router: Router,
    pub(crate) metrics: Metrics,
    pub(crate) folder: TempDir,
}

pub(crate) struct Answer {
    pub(crate) status: StatusCode,
    pub(crate) headers: HeaderMap,
    pub(crate) body: Vec<u8>,
}

/// Tests run side by side; what one thread logs to nobody, `tracing` would hide from all.
pub(crate) fn always_log() {
    static LOG: Once = Once::new();
    LOG.call_once(|| {
        let quiet = subscriber(LogFormat::Text, std::io::sink);
        tracing::subscriber::set_global_default(quiet).expect("the first");
    });
}

impl TestApp {
    pub(crate) async fn start() -> Self {
        // Tests run side by side on few cores; what is too slow is measured elsewhere.
        let patient = Bounds {
            deadline: Duration::from_secs(25),
            ..Bounds::default()
        };
        Self::with_bounds(patient).await
    }

    pub(crate) async fn with_bounds(bounds: Bounds) -> Self {
        Self::with(
            bounds,
            Limits::off(),
            Quotas::default(),
            SimulationBounds::default(),
        )
        .await
    }

    pub(crate) async fn with_limits(limits: Limits) -> Self {
        Self::with(
            Bounds::default(),
            limits,
            Quotas::default(),
            SimulationBounds::default(),
        )
        .await
    }

    pub(crate) async fn with_quotas(quotas: Quotas) -> Self {
        Self::with(
            Bounds::default(),
            Limits::off(),
            quotas,
            SimulationBounds::default(),
        )
        .await
    }

    pub(crate) async fn with_simulations(simulations: SimulationBounds) -> Self {
        Self::with(
            Bounds::default(),
            Limits::off(),
            Quotas::default(),
            simulations,
        )
        .await
    }

    async fn with(
        bounds: Bounds,
        limits: Limits,
        quotas: Quotas,
        simulations: SimulationBounds,
    ) -> Self {
        always_log();
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}/test.db", folder.path().display());
        let store = store::open(&url).await.expect("a store");
        let book = server::prices::embedded();
        let clock = Arc::new(FixedClock(
            OffsetDateTime::from_unix_timestamp(NOW_S).expect("a moment"),
        ));
        let metrics = Metrics::new(&book, Arc::clone(&clock) as _);
        let foundation = Foundation {
            store,
            book,
            clock,
            entropy: Arc::new(SystemEntropy),
            bounds,
            limits,
            metrics: metrics.clone(),
            public_url: "https://breakeven.example".into(),
            signer: Signer::new(b"a secret of the tests"),
            quotas,
            simulations,
            engines: Start::WithFirstChart,
            stopped: server::shutdown::never(),
        };
        Self {
            router: router(foundation),
            metrics,
            folder,
        }
    }

    pub(crate) async fn send(&self, request: Request<Body>) -> Answer {
        let response = self
            .router
            .clone()
            .oneshot(request)
            .await
            .expect("a router does not fail");
        let (parts, body) = response.into_parts();
        let body = body
            .collect()
            .await
            .expect("a whole body")
            .to_bytes()
            .to_vec();
        Answer {
            status: parts.status,
            headers: parts.headers,
            body,
        }
    }

    /// A request of the API with these headers: an empty body is none.
    pub(crate) async fn call(
        &self,
        method: &str,
        path: &str,
        headers: &[(&str, &str)],
        body: &str,
    ) -> Answer {
        let mut request = Request::builder().method(method).uri(path);
        for (name, value) in headers {
            request = request.header(*name, *value);
        }
        if !body.is_empty() {
            request = request.header(header::CONTENT_TYPE, "application/json");
        }
        let body = Body::from(body.to_owned());
        self.send(request.body(body).expect("a request")).await
    }

    /// What a browser sends: a form, with its cookie.
    pub(crate) async fn browse(
        &self,
        method: &str,
        path: &str,
        cookie: &str,
        form: &str,
    ) -> Answer {
        let request = Request::builder()
            .method(method)
            .uri(path)
            .header(header::ACCEPT, "text/html,application/xhtml+xml")
            .header(header::COOKIE, cookie)
            .header("sec-fetch-site", "same-origin")
            .header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        let body = Body::from(form.to_owned());
        self.send(request.body(body).expect("a request")).await
    }

    pub(crate) async fn get(&self, path: &str) -> Answer {
        self.send(Request::get(path).body(Body::empty()).expect("a request"))
            .await
    }

    pub(crate) async fn post_json(&self, path: &str, json: impl Into<Body>) -> Answer {
        let request = Request::post(path).header(header::CONTENT_TYPE, "application/json");
        self.send(request.body(json.into()).expect("a request"))
            .await
    }

    pub(crate) async fn post_form(&self, path: &str, form: &str) -> Answer {
        let request =
            Request::post(path).header(header::CONTENT_TYPE, "application/x-www-form-urlencoded");
        self.send(
            request
                .body(Body::from(form.to_owned()))
                .expect("a request"),
        )
        .await
    }
}

impl Answer {
    pub(crate) fn text(&self) -> &str {
        std::str::from_utf8(&self.body).expect("text")
    }

    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body)
            .unwrap_or_else(|error| panic!("{error}: {}", self.text()))
    }

    pub(crate) fn header(&self, name: &str) -> &str {
        self.headers
            .get(name)
            .and_then(|value| value.to_str().ok())
            .unwrap_or_default()
    }

    /// Checks that this is a whole problem document of the given status.
    pub(crate) fn problem(&self, status: u16, case: &str) -> serde_json::Value {
        assert_eq!(self.status.as_u16(), status, "{case}: {}", self.text());
        assert_eq!(
            self.header("content-type"),
            "application/problem+json",
            "{case}"
        );
        let problem = self.json();
        assert_eq!(problem["status"], status, "{case}");
        assert_eq!(problem["request_id"], self.header("x-request-id"), "{case}");
        for name in ["type", "title", "detail"] {
            assert!(
                problem[name].as_str().is_some_and(|text| !text.is_empty()),
                "{case}: {name} in {problem}"
            );
        }
        problem
    }
}

/// Only what is required.
pub(crate) const SMALLEST: &str = r#"{"version":1,"components":[{"traffic":{"requests_per_month":1000000},"work":{"duration_ms":120}}]}"#;

/// The same with one value replaced: `set(SMALLEST, "/components/0/work/cpu_ms", 5)`.
pub(crate) fn with(pointer: &str, value: impl Into<serde_json::Value>) -> String {
    let mut system: serde_json::Value = serde_json::from_str(SMALLEST).expect("JSON");
    let mut place = &mut system;
    for part in pointer.trim_start_matches('/').split('/') {
        place = match part.parse::<usize>() {
            Ok(index) => &mut place[index],
            Err(_) => &mut place[part],
        };
    }
    *place = value.into();
    system.to_string()
}

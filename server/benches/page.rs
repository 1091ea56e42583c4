//! How long one answer takes, from the request to its last byte, and the image of a chart: the
//! first with the start of the engine, a later one, one that is kept; and reports of saved scenarios.
//!
//! The baseline, 2026-11-24, medians on an otherwise idle Intel Xeon: the first paint of an answer
//! 23 ms, an answer that is known 4.4 ms, home 0.28 ms; a chart with the start of the engine
//! 115 ms, a later one 46 ms, one that is kept 0.08 ms.

use std::sync::Arc;

use axum::Router;
use axum::body::{Body, Bytes};
use axum::http::{Request, header};
use http_body_util::BodyExt as _;
use server::clock::SystemClock;
use server::compute::Bounds;
use server::config::Limits;
use server::entropy::SystemEntropy;
use server::metrics::Metrics;
use server::startup::{Foundation, router};
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

const SYSTEM: &str = include_str!("../tests/http/system.json");
const ANSWER: &str = "/answer?region=us-east-1&traffic.requests_per_month=1000000&work.duration_ms=120&work.cpu_ms=30";

fn main() {
    divan::main();
}

/// The server's routes on a fresh database.
struct Bench {
    runtime: Runtime,
    router: Router,
    _folder: tempfile::TempDir,
}

impl Bench {
    fn new() -> Self {
        let runtime = Runtime::new().expect("a runtime");
        let folder = tempfile::tempdir().expect("a folder");
        let url = format!("sqlite://{}/bench.db", folder.path().display());
        let store = runtime
            .block_on(server::store::open(&url))
            .expect("a store");
        let inside = runtime.enter();
        let book = server::prices::embedded();
        let clock = Arc::new(SystemClock);
        let router = router(Foundation {
            store,
            metrics: Metrics::new(&book, Arc::clone(&clock) as _),
            book,
            clock,
            entropy: Arc::new(SystemEntropy),
            bounds: Bounds::default(),
            limits: Limits::off(),
            public_url: "http://127.0.0.1:3000".into(),
            signer: server::signing::Signer::new(b"a secret of the benches"),
            quotas: server::scenarios::Quotas::default(),
            simulations: server::simulations::SimulationBounds::default(),
            engines: server::charts::Start::WithFirstChart,
            stopped: server::shutdown::never(),
        });
        drop(inside);
        Self {
            runtime,
            router,
            _folder: folder,
        }
    }

    fn get(&self, address: &str) -> usize {
        self.send(
            Request::get(address)
                .body(Body::empty())
                .expect("a request"),
        )
    }

    fn send(&self, request: Request<Body>) -> usize {
        self.sent(request).len()
    }

    fn sent(&self, request: Request<Body>) -> Bytes {
        self.runtime.block_on(async {
            let response = self
                .router
                .clone()
                .oneshot(request)
                .await
                .expect("an answer");
            assert!(response.status().is_success(), "{}", response.status());
            response
                .into_body()
                .collect()
                .await
                .expect("a whole body")
                .to_bytes()
        })
    }
}

#[divan::bench]
fn evaluation_by_the_api(bencher: divan::Bencher<'_, '_>) {
    let bench = Bench::new();
    bencher.bench(|| {
        let request =
            Request::post("/api/v1/evaluate").header(header::CONTENT_TYPE, "application/json");
        bench.send(request.body(Body::from(SYSTEM)).expect("a request"))
    });
}

/// Nobody asked for these answers before.
#[divan::bench]
fn answer_page_first_paint(bencher: divan::Bencher<'_, '_>) {
    let bench = Bench::new();
    let asked = std::cell::Cell::new(0);
    bencher.bench_local(|| {
        asked.set(asked.get() + 1);
        let address = format!("{ANSWER}&state.storage_gb={}", asked.get());
        bench.send(
            Request::get(address)
                .body(Body::empty())
                .expect("a request"),
        )
    });
}

/// All parts were computed before.
#[divan::bench]
fn answer_page_known(bencher: divan::Bencher<'_, '_>) {
    let bench = Bench::new();
    let whole = ANSWER.replace("/answer?", "/answer/confidence?");
    bench.get(&whole);
    bencher.bench(|| bench.get(ANSWER));
}

#[divan::bench]
fn home_page(bencher: divan::Bencher<'_, '_>) {
    let bench = Bench::new();
    bencher.bench(|| bench.get("/"));
}

/// An image of an answer with this many requests a month, with nothing sampled.
fn image(requests: u32) -> String {
    format!(
        "/answer/charts/break_even_lines.svg?region=us-east-1&traffic.requests_per_month={requests}&work.duration_ms=120&work.cpu_ms=30"
    )
}

#[divan::bench(sample_count = 10)]
fn chart_first(bencher: divan::Bencher<'_, '_>) {
    bencher
        .with_inputs(Bench::new)
        .bench_values(|bench| bench.get(&image(1_000_000)));
}

#[divan::bench(sample_count = 30)]
fn chart_later(bencher: divan::Bencher<'_, '_>) {
    let bench = Bench::new();
    bench.get(&image(1));
    let mut requests = 1_000_000;
    bencher
        .with_inputs(|| {
            requests += 1_000;
            requests
        })
        .bench_local_values(|requests| bench.get(&image(requests)));
}

#[divan::bench]
fn chart_kept(bencher: divan::Bencher<'_, '_>) {
    let bench = Bench::new();
    bench.get(&image(1_000_000));
    bencher.bench_local(|| bench.get(&image(1_000_000)));
}

/// The report of a revision that was saved just now: its charts and its pages are made anew.
fn report(bencher: divan::Bencher<'_, '_>, format: &str) {
    let bench = Bench::new();
    let mut saved = 0;
    let mut save = || {
        saved += 1;
        let mut system: serde_json::Value = serde_json::from_str(SYSTEM).expect("JSON");
        system["name"] = format!("Shop {saved}").into();
        system["components"][0]["traffic"]["requests_per_month"] = (1_000_000 + saved).into();
        let request =
            Request::post("/api/v1/scenarios").header(header::CONTENT_TYPE, "application/json");
        let request = request.body(Body::from(system.to_string()));
        let answer: serde_json::Value =
            serde_json::from_slice(&bench.sent(request.expect("a request"))).expect("JSON");
        format!(
            "/s/{}/report.{format}",
            answer["id"].as_str().expect("an id")
        )
    };
    // The engines start and the fonts are read with the first.
    bench.get(&save());
    bencher
        .with_inputs(save)
        .bench_local_values(|address| bench.get(&address));
}

#[divan::bench(sample_count = 20)]
fn report_pdf(bencher: divan::Bencher<'_, '_>) {
    report(bencher, "pdf");
}

#[divan::bench(sample_count = 20)]
fn report_xlsx(bencher: divan::Bencher<'_, '_>) {
    report(bencher, "xlsx");
}

#[divan::bench(sample_count = 20)]
fn report_markdown(bencher: divan::Bencher<'_, '_>) {
    report(bencher, "md");
}

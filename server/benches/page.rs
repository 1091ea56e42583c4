//! How long one answer takes, from the request to its last byte.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::{Request, header};
use http_body_util::BodyExt as _;
use server::clock::SystemClock;
use server::compute::Bounds;
use server::entropy::SystemEntropy;
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
        let router = router(Foundation {
            store,
            book: server::prices::embedded(),
            clock: Arc::new(SystemClock),
            entropy: Arc::new(SystemEntropy),
            bounds: Bounds::default(),
            public_url: "http://127.0.0.1:3000".into(),
        });
        drop(inside);
        Self {
            runtime,
            router,
            _folder: folder,
        }
    }

    fn send(&self, request: Request<Body>) -> usize {
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
                .len()
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
    bench.send(Request::get(whole).body(Body::empty()).expect("a request"));
    bencher.bench(|| bench.send(Request::get(ANSWER).body(Body::empty()).expect("a request")));
}

#[divan::bench]
fn home_page(bencher: divan::Bencher<'_, '_>) {
    let bench = Bench::new();
    bencher.bench(|| bench.send(Request::get("/").body(Body::empty()).expect("a request")));
}

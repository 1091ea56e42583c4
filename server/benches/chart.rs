//! How long one image of a chart takes: the first with the start of the engine, a later one, one that is kept.

use std::sync::Arc;

use axum::Router;
use axum::body::Body;
use axum::http::Request;
use divan::Bencher;
use http_body_util::BodyExt as _;
use server::clock::SystemClock;
use server::compute::Bounds;
use server::entropy::SystemEntropy;
use server::startup::{Foundation, router};
use tempfile::TempDir;
use tokio::runtime::Runtime;
use tower::ServiceExt as _;

fn main() {
    divan::main();
}

/// An image of an answer with this many requests a month.
fn image(requests: u32) -> String {
    format!(
        "/answer/charts/break_even.svg?region=us-east-1&traffic.requests_per_month={requests}&work.duration_ms=120&work.cpu_ms=30"
    )
}

/// The server's routes on a fresh database.
struct Bench {
    runtime: Runtime,
    router: Router,
    _folder: TempDir,
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

    fn get(&self, path: &str) -> usize {
        self.runtime.block_on(async {
            let request = Request::get(path).body(Body::empty()).expect("a request");
            let response = self.router.clone().oneshot(request).await;
            let response = response.expect("a router does not fail");
            assert_eq!(response.status(), 200, "build the site first");
            let body = response.into_body().collect().await.expect("a body");
            body.to_bytes().len()
        })
    }
}

#[divan::bench(sample_count = 10)]
fn first(bencher: Bencher) {
    bencher
        .with_inputs(Bench::new)
        .bench_values(|bench| bench.get(&image(1_000_000)));
}

#[divan::bench(sample_count = 30)]
fn later(bencher: Bencher) {
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
fn kept(bencher: Bencher) {
    let bench = Bench::new();
    bench.get(&image(1_000_000));
    bencher.bench_local(|| bench.get(&image(1_000_000)));
}

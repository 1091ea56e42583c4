//! How long the answer of one component takes on the server, computed and rendered: verdict,
//! options and bills alone, with the break-evens (the first paint of the page), and whole.
//!
//! `cargo bench -p app --features app/ssr --bench answer`; nothing is asserted, times are shown.
//!
//! The baseline, 2026-11-24, medians on one core of an otherwise idle Intel Xeon: verdict, options
//! and bills 3.0 ms (target 15), with the break-evens 20 ms (40), all parts 132 ms, the rendering
//! alone 3.1 ms.

use std::sync::Arc;

use app::api::ports::{
    Boxed, BrowserHash, Calendar, Evaluator, PortError, Ports, ReplayRecord, Replays, RevisionLine,
    ScenarioLine, ScenarioRecord, Scenarios,
};
use app::charts::{Chart, Drawing};
use app::components::over_input::Over;
use app::components::result::{ResultView, ResultViewProps, Shown};
use app::url_state::{query_from_system, system_from_query};
use leptos::prelude::*;
use model::break_even::UnknownInput;
use model::evaluation::InputBreakEvens;
use model::{Evaluation, Parts, PriceBook, System};

const ANSWER: &str = "kind=http_api&region=us-east-1&work.duration_ms=120&work.duration_p99_ms=400&work.cpu_ms=30&traffic.requests_per_month=5M&traffic.shape=daily_wave&traffic.peak_to_mean=4&latency.percentile=p99&latency.target_ms=800";

fn main() {
    divan::main();
}

/// Ports of a page that asks for nothing.
#[derive(Debug)]
struct Nowhere;

impl Evaluator for Nowhere {
    fn evaluate(&self, _: System, _: Parts) -> Boxed<'_, Result<Evaluation, PortError>> {
        Box::pin(async { Err(PortError::Internal) })
    }

    fn known(&self, _: &System) -> Option<Evaluation> {
        None
    }

    fn drawing(
        &self,
        _: &'static Chart,
        _: System,
        _: usize,
    ) -> Boxed<'_, Result<Option<Drawing>, PortError>> {
        Box::pin(async { Err(PortError::Internal) })
    }

    fn over_input(
        &self,
        _: System,
        _: usize,
        _: String,
    ) -> Boxed<'_, Result<Result<InputBreakEvens, UnknownInput>, PortError>> {
        Box::pin(async { Err(PortError::Internal) })
    }
}

impl Scenarios for Nowhere {
    fn read<'a>(
        &'a self,
        _: &'a str,
        _: Option<u32>,
    ) -> Boxed<'a, Result<Option<ScenarioRecord>, PortError>> {
        Box::pin(async { Err(PortError::Internal) })
    }

    fn history<'a>(&'a self, _: &'a str) -> Boxed<'a, Result<Vec<RevisionLine>, PortError>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn of_browser(&self, _: BrowserHash) -> Boxed<'_, Result<Vec<ScenarioLine>, PortError>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

impl Replays for Nowhere {
    fn find<'a>(&'a self, _: &'a str) -> Boxed<'a, Result<Option<ReplayRecord>, PortError>> {
        Box::pin(async { Ok(None) })
    }
}

impl Calendar for Nowhere {
    fn today(&self) -> String {
        "2026-11-24".to_owned()
    }
}

fn nowhere() -> Arc<Ports> {
    Arc::new(Ports {
        scenarios: Arc::new(Nowhere),
        replays: Arc::new(Nowhere),
        evaluator: Arc::new(Nowhere),
        calendar: Arc::new(Nowhere),
        public_url: "http://127.0.0.1:3000".to_owned(),
        book: Arc::new(PriceBook::embedded().clone()),
        asset_hash: "bench".to_owned(),
    })
}

/// The answer's HTML, from the query string on.
fn answer(outside: &Arc<Ports>, parts: Parts) -> String {
    let system = system_from_query(ANSWER).expect("answers");
    let evaluation = model::evaluate(&system, &outside.book, &parts);
    Owner::new().with(|| {
        provide_context(Arc::clone(outside));
        let query = query_from_system(&system);
        let later = !parts.confidence;
        let over = Some(Over::Offered);
        let shown = Shown {
            system,
            evaluation,
            query,
            later,
            over,
        };
        ResultView(ResultViewProps { shown }).into_view().to_html()
    })
}

#[divan::bench(args = ["bill,latency,hybrid", "bill,latency,hybrid,break_even", "bill,latency,hybrid,break_even,flips,confidence,growth"])]
fn computed_and_rendered(bencher: divan::Bencher<'_, '_>, parts: &str) {
    let outside = nowhere();
    let parts: Parts = parts.parse().expect("parts");
    bencher.bench_local(|| answer(&outside, parts));
}

/// The rendering alone.
#[divan::bench]
fn rendered(bencher: divan::Bencher<'_, '_>) {
    let outside = nowhere();
    let system = system_from_query(ANSWER).expect("answers");
    let evaluation = model::evaluate(&system, &outside.book, &Parts::ALL);
    bencher.bench_local(|| {
        Owner::new().with(|| {
            provide_context(Arc::clone(&outside));
            let shown = Shown {
                system: system.clone(),
                evaluation: evaluation.clone(),
                query: query_from_system(&system),
                later: false,
                over: Some(Over::Offered),
            };
            ResultView(ResultViewProps { shown }).into_view().to_html()
        })
    });
}

//! Every page renders on the server, for each example and for what people get wrong.
#![cfg(feature = "ssr")]

use std::sync::Arc;

use app::api::ports::{
    Boxed, BrowserHash, Calendar, Evaluator, PortError, Ports, ReplayRecord, Replays, RevisionLine,
    ScenarioLine, ScenarioRecord, Scenarios,
};
use app::charts::break_even::BreakEvenPlot;
use app::charts::{self, Chart, Drawing, Subject};
use app::components::over_input::Over;
use app::components::result::{ResultView, Shown};
use app::components::sheet::Sheet;
use app::pages::{check, field, home, quick};
use app::url_state::{Draft, query_from_system};
use hydration_context::SsrSharedContext;
use leptos::prelude::*;
use model::break_even::UnknownInput;
use model::evaluation::InputBreakEvens;
use model::question::Form;
use model::system::Answer;
use model::{Evaluation, Parts, PriceBook, System};

#[path = "pages/learn.rs"]
mod learn;
#[path = "pages/since.rs"]
mod since;

#[derive(Debug)]
struct Here;

impl Evaluator for Here {
    fn evaluate(&self, system: System, parts: Parts) -> Boxed<'_, Result<Evaluation, PortError>> {
        Box::pin(async move { Ok(model::evaluate(&system, PriceBook::embedded(), &parts)) })
    }

    fn known(&self, _: &System) -> Option<Evaluation> {
        None
    }

    fn over_input(
        &self,
        system: System,
        index: usize,
        path: String,
    ) -> Boxed<'_, Result<Result<InputBreakEvens, UnknownInput>, PortError>> {
        Box::pin(async move {
            Ok(model::over_input(
                &system,
                index,
                &path,
                PriceBook::embedded(),
            ))
        })
    }

    fn drawing(
        &self,
        chart: &'static Chart,
        system: System,
        index: usize,
    ) -> Boxed<'_, Result<Option<Drawing>, PortError>> {
        Box::pin(async move { Ok(chart.of_answers(&system, index, PriceBook::embedded())) })
    }
}

impl Replays for Here {
    fn find<'a>(&'a self, _: &'a str) -> Boxed<'a, Result<Option<ReplayRecord>, PortError>> {
        Box::pin(async { Ok(None) })
    }
}

impl Calendar for Here {
    fn today(&self) -> String {
        "2026-11-24".to_owned()
    }
}

impl Scenarios for Here {
    fn read<'a>(
        &'a self,
        _: &'a str,
        _: Option<u32>,
    ) -> Boxed<'a, Result<Option<ScenarioRecord>, PortError>> {
        Box::pin(async { Ok(None) })
    }

    fn history<'a>(&'a self, _: &'a str) -> Boxed<'a, Result<Vec<RevisionLine>, PortError>> {
        Box::pin(async { Ok(Vec::new()) })
    }

    fn of_browser(&self, _: BrowserHash) -> Boxed<'_, Result<Vec<ScenarioLine>, PortError>> {
        Box::pin(async { Ok(Vec::new()) })
    }
}

/// The HTML of a view for a request to this address.
fn html<V: IntoView + 'static>(address: &str, view: impl FnOnce() -> V) -> String {
    let (parts, ()) = http::Request::get(address)
        .body(())
        .expect("an address")
        .into_parts();
    // Islands ask whether they stand inside another one.
    let server = Arc::new(SsrSharedContext::new_islands());
    Owner::new_root(Some(server)).with(|| {
        provide_context(parts);
        provide_context(Arc::new(Ports {
            scenarios: Arc::new(Here),
            replays: Arc::new(Here),
            evaluator: Arc::new(Here),
            calendar: Arc::new(Here),
            public_url: "https://be.example".to_owned(),
            book: Arc::new(PriceBook::embedded().clone()),
            asset_hash: "test".to_owned(),
        }));
        view().into_view().to_html()
    })
}

fn check_has(page: &str, expected: &[&str]) {
    for text in expected {
        assert!(page.contains(text), "{text} is not in\n{page}");
    }
}

fn shown(system: System, evaluation: Evaluation, query: String) -> Shown {
    Shown {
        system,
        evaluation,
        query,
        later: false,
        over: Some(Over::Offered),
    }
}

/// The whole answer as a page.
fn answer(system: System, evaluation: Evaluation) -> String {
    let query = query_from_system(&system);
    html(
        "/answer",
        || view! { <ResultView shown=shown(system, evaluation, query)/> },
    )
}

fn evaluated(system: &System) -> Evaluation {
    model::evaluate(system, PriceBook::embedded(), &Parts::ALL)
}

#[test]
fn the_answer_of_every_example_renders_without_inline_styles_and_scripts() {
    for example in model::example::all() {
        let system = example.system.clone();
        let evaluation = evaluated(&system);
        let headline = evaluation.verdict.headline.clone();
        let page = answer(system, evaluation);
        check_has(
            &page,
            &[
                "The options side by side",
                "The bills, line by line",
                "What is assumed",
            ],
        );
        assert!(!headline.is_empty(), "{}", example.slug);
        assert!(!page.contains(" style="), "{}", example.slug);
        assert!(!page.contains("onclick"), "{}", example.slug);
    }
}

#[test]
fn where_nothing_fits_nothing_is_promised() {
    let mut system = model::example::all()[0].system.clone();
    let work = &mut system.components[0].work;
    work.process_memory_mb = Some(Answer::Exact(800_000.0));
    system.components[0].traffic.growth_per_month_pct = Some(Answer::Exact(5.0));
    let evaluation = evaluated(&system);
    assert_eq!(evaluation.verdict.monthly_usd, None);
    let page = answer(system, evaluation);
    check_has(
        &page,
        &[
            "There is no choice that could flip",
            "There is no cost to follow",
            "Limits that are broken",
        ],
    );
    for absent in ["charts/week", "class=\"figures\"", "No growth was stated"] {
        assert!(!page.contains(absent), "{absent} in {page}");
    }
}

#[test]
fn what_takes_longer_is_a_link_until_it_is_there() {
    let system = model::example::all()[0].system.clone();
    let first: Parts = "bill,latency,break_even".parse().expect("parts");
    let evaluation = model::evaluate(&system, PriceBook::embedded(), &first);
    let mut shown = shown(system, evaluation, "region=us-east-1".to_owned());
    shown.later = true;
    let page = html("/answer", || view! { <ResultView shown/> });
    for part in ["confidence", "flips", "growth"] {
        check_has(&page, &[&format!("/answer/{part}?region=us-east-1")]);
    }
    assert!(!page.contains("as it grows"), "{page}");
}

#[test]
fn the_sheet_asks_what_can_matter_and_shows_what_is_assumed() {
    let mut system = model::example::all()[0].system.clone();
    system.components[0].runtime.package_mb = None;
    let evaluation = evaluated(&system);
    let page = html(
        "/answer",
        || view! { <Sheet system=system.clone() draft=Draft::of(&system).expect("a draft") index=0 evaluation/> },
    );
    for (_, question) in model::question::all() {
        let asked = page.contains(&format!("id=\"sheet-{}\"", question.path));
        let dense = matches!(question.form, Form::Number | Form::One(_) | Form::Flag);
        assert_eq!(
            asked,
            dense && question.can_matter(&system, 0),
            "{}",
            question.path
        );
    }
    check_has(&page, &["placeholder=\"", "Compute again"]);
}

#[test]
fn the_chart_of_every_example_is_json_that_names_its_colours() {
    for example in model::example::all() {
        let evaluation = evaluated(&example.system);
        let component = &evaluation.components[0];
        let here = example.system.traffic(0);
        let Some(plot) = BreakEvenPlot::of(component, here, None) else {
            continue;
        };
        let subject = Subject {
            system: &example.system,
            evaluation: &evaluation,
            index: 0,
        };
        let chart = charts::find("break_even").expect("the chart");
        let drawing = chart.of_evaluation(&subject).expect("a drawing");
        let option = serde_json::to_value(&drawing.wide.option).expect("JSON");
        let kind = option
            .pointer("/xAxis/type")
            .or_else(|| option.pointer("/xAxis/0/type"));
        assert_eq!(
            kind.and_then(serde_json::Value::as_str),
            Some("log"),
            "{}: {option}",
            example.slug
        );
        let series = option["series"].as_array().expect("series");
        // A band is two stacked lines.
        let of_band = |series: &&serde_json::Value| !series["stack"].is_null();
        let bands = plot.lines.iter().filter(|line| !line.band.is_empty());
        assert_eq!(
            series.iter().filter(of_band).count(),
            2 * bands.count(),
            "{}",
            example.slug
        );
        let lines = series
            .iter()
            .filter(|series| series["type"] == "line" && !of_band(series));
        assert_eq!(lines.count(), plot.lines.len(), "{}", example.slug);
        assert!(drawing.table.rows.len() > 2, "{}", example.slug);
        assert!(option.to_string().contains("var(--"), "{}", example.slug);
        assert!(
            plot.x.0 < plot.x.1 && plot.y.0 < plot.y.1,
            "{}",
            example.slug
        );
    }
}

#[test]
fn what_a_person_types_is_text_on_the_page() {
    let mut system = model::example::all()[0].system.clone();
    system.name = "<script>alert(1)</script>".to_owned();
    let evaluation = evaluated(&system);
    let page = html(
        "/answer",
        || view! { <ResultView shown=shown(system, evaluation, String::new())/> },
    );
    assert!(!page.contains("<script>alert"), "{page}");
}

#[test]
fn home_lists_every_example_and_the_start() {
    let page = html("/", || view! { <home::HomePage/> });
    check_has(
        &page,
        &[
            "/advise/quick",
            "PDF generation",
            "Seasonal shop",
            "/answer?",
        ],
    );
}

#[test]
fn a_question_keeps_what_was_typed_and_says_what_is_wrong() {
    let page = html(
        "/advise/quick?done=2&kind=event&region=eu-west-1&work.duration_ms=fast",
        || {
            view! { <quick::QuickPage/> }
        },
    );
    check_has(
        &page,
        &[
            "There is a problem",
            "value=\"fast\"",
            "Question 2 of 6",
            "name=\"kind\"",
            "value=\"eu-west-1\"",
        ],
    );
}

#[test]
fn the_region_is_asked_for_and_never_filled_in() {
    let page = html(
        "/advise/quick?done=1&kind=event",
        || view! { <quick::QuickPage/> },
    );
    check_has(&page, &["Question 1 of 6", "There is a problem"]);
    assert!(!page.contains("selected value=\"us-east-1\""), "{page}");
}

#[test]
fn an_incomplete_link_lists_what_is_missing() {
    let page = html("/check?kind=event", || view! { <check::CheckPage/> });
    check_has(
        &page,
        &["Nearly there", "Mean duration", "Traffic", "/advise/field?"],
    );
}

#[test]
fn any_answer_can_be_changed_alone() {
    for (_, question) in model::question::all() {
        let page = html(
            &format!("/advise/field?path={}", question.path),
            || view! { <field::FieldPage/> },
        );
        check_has(
            &page,
            &[
                question.why.split('\'').next().unwrap_or_default(),
                "Save this answer",
            ],
        );
    }
}

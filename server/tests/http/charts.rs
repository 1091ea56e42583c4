//! Charts as images and as options, of answers and of saved scenarios.

use app::charts;
use app::url_state::query_from_system;
use axum::body::Body;
use axum::http::{Request, header};
use server::charts::{PaintError, Painter, Sheet, Start};

use super::support::{Answer, SMALLEST, TestApp, with};

const EXAMPLES: [&str; 3] = ["thumbnails", "steady-api", "shop-system"];
const HOSTILE: &str = "</title><script>alert(1)</script> & \"x\"";

fn query(slug: &str) -> String {
    let mut examples = model::example::all().iter();
    let example = examples.find(|example| example.slug == slug);
    query_from_system(&example.expect(slug).system)
}

/// A whole image that a page with a strict policy may show.
fn check_image(image: &Answer, case: &str) {
    assert_eq!(image.status, 200, "{case}: {}", image.text());
    assert_eq!(image.header("content-type"), "image/svg+xml", "{case}");
    assert!(image.header("cache-control").contains("max-age"), "{case}");
    let svg = image.text();
    assert!(
        svg.starts_with("<svg ") && svg.trim_end().ends_with("</svg>"),
        "{case}: {svg}"
    );
    for banned in [
        "<style",
        "style=",
        "<script",
        "var(--",
        "javascript:",
        "NaN",
        "Infinity",
    ] {
        assert!(!svg.contains(banned), "{case}: {banned} in {svg}");
    }
}

#[tokio::test]
async fn a_chart_is_the_same_bytes_whatever_was_drawn_before_it() {
    let chart = format!("/answer/charts/break_even.svg?{}", query("thumbnails"));
    let first = TestApp::start().await.get(&chart).await;
    check_image(&first, "first");
    assert!(first.text().contains("url(#"), "it names parts of its own");
    let app = TestApp::start().await;
    for before in EXAMPLES.map(query) {
        app.get(&format!("/answer/charts/latency.svg?{before}"))
            .await;
    }
    assert_eq!(app.get(&chart).await.text(), first.text());
}

#[tokio::test]
async fn a_chart_is_a_picture_in_two_formats() {
    let app = TestApp::start().await;
    let query = query("thumbnails");
    for chart in ["break_even", "bill", "latency"] {
        let svg = app
            .get(&format!("/answer/charts/{chart}.svg?{query}&theme=print"))
            .await;
        check_image(&svg, chart);
        let png = app
            .get(&format!(
                "/answer/charts/{chart}.png?{query}&theme=print&width=600"
            ))
            .await;
        assert_eq!(png.status, 200, "{chart}");
        assert_eq!(png.header("content-type"), "image/png", "{chart}");
        assert!(png.body.starts_with(b"\x89PNG\r\n"), "{chart}");
        // Two pixels for each that was asked for; the width stands first in the header.
        assert_eq!(png.body[16..20], 1200_u32.to_be_bytes(), "{chart}");
    }
}

#[tokio::test]
async fn every_chart_of_an_answer_is_an_image_with_its_labels() {
    let app = TestApp::start().await;
    for slug in EXAMPLES {
        for chart in charts::all() {
            let case = format!("{} of {slug}", chart.id);
            let path = format!("/answer/charts/{}", chart.id);
            let option = app.get(&format!("{path}.json?{}", query(slug))).await;
            // A chart of growth needs some.
            if chart.id == "growth" && option.status == 404 {
                continue;
            }
            assert_eq!(option.status, 200, "{case}: {}", option.text());
            let option = option.json();
            let title = option["title"].as_str().expect("a title");
            assert!(!title.is_empty(), "{case}");
            for width in ["360", "840"] {
                let image = app
                    .get(&format!("{path}.svg?{}&width={width}", query(slug)))
                    .await;
                check_image(&image, &case);
                for label in labels(&option[if width == "360" { "narrow" } else { "wide" }]) {
                    for line in label.lines() {
                        assert!(
                            image.text().contains(&escaped(line)),
                            "{case}, {width}: {line:?} in {}",
                            image.text()
                        );
                    }
                }
            }
        }
    }
}

/// The texts that stand beside lines and marks.
fn labels(picture: &serde_json::Value) -> Vec<String> {
    let series = picture["option"]["series"].as_array().expect("series");
    let found: Vec<String> = series
        .iter()
        .filter_map(|series| series["label"]["formatter"].as_str())
        .filter(|text| !text.contains('{') && !text.is_empty())
        .map(str::to_owned)
        .collect();
    assert!(!found.is_empty(), "{picture}");
    found
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
}

#[tokio::test]
async fn a_chart_has_a_page_of_its_own_with_its_numbers() {
    let app = TestApp::start().await;
    for chart in ["winner_map", "week"] {
        let page = app
            .get(&format!("/answer/charts/{chart}?{}", query("thumbnails")))
            .await;
        assert_eq!(page.status, 200, "{chart}");
        for part in ["<h1>", "<table", "<picture>", "The whole answer"] {
            assert!(
                page.text().contains(part),
                "{chart}: {part} in {}",
                page.text()
            );
        }
    }
    for (path, status) in [
        (format!("/answer/charts/pie?{}", query("thumbnails")), 404),
        (
            format!("/answer/charts/week?{}&component=7", query("thumbnails")),
            404,
        ),
        (
            "/answer/charts/week?traffic.requests_per_month=-1".to_owned(),
            400,
        ),
    ] {
        assert_eq!(app.get(&path).await.status.as_u16(), status, "{path}");
    }
}

#[tokio::test]
async fn themes_differ_and_what_is_known_is_not_sent_again() {
    let app = TestApp::start().await;
    let path = format!("/answer/charts/break_even.svg?{}", query("thumbnails"));
    let [light, dark, print] = [
        app.get(&path).await,
        app.get(&format!("{path}&theme=dark")).await,
        app.get(&format!("{path}&theme=print")).await,
    ];
    assert!(light.body != dark.body && light.body != print.body && dark.body != print.body);
    let again = app.get(&format!("{path}&theme=light")).await;
    assert_eq!(again.body, light.body);
    assert_eq!(again.header("etag"), light.header("etag"));
    let known = Request::get(&path).header(header::IF_NONE_MATCH, light.header("etag"));
    let known = app
        .send(known.body(Body::empty()).expect("a request"))
        .await;
    assert_eq!(known.status, 304);
    assert!(known.body.is_empty());
    assert_eq!(known.header("etag"), light.header("etag"));
}

#[tokio::test]
async fn what_cannot_be_drawn_is_refused_by_name() {
    let app = TestApp::start().await;
    let good = query("thumbnails");
    for (path, field) in [
        (
            format!("/answer/charts/break_even.svg?{good}&component=1"),
            "component",
        ),
        (
            format!("/answer/charts/break_even.svg?{good}&component=x"),
            "component",
        ),
        (
            format!("/answer/charts/break_even.svg?{good}&component=99999999999999999999"),
            "component",
        ),
        (
            format!("/answer/charts/break_even.svg?{good}&theme=pink"),
            "theme",
        ),
        (
            format!("/answer/charts/break_even.svg?{good}&width=0"),
            "width",
        ),
        (
            format!("/answer/charts/break_even.svg?{good}&width=1e9"),
            "width",
        ),
        (
            "/answer/charts/break_even.json?traffic.requests_per_month=-1".to_owned(),
            "components[0].traffic.requests_per_month",
        ),
    ] {
        let problem = app.get(&path).await.problem(422, &path);
        let paths: Vec<_> = problem["errors"]
            .as_array()
            .expect("errors")
            .iter()
            .map(|error| error["path"].as_str().unwrap_or_default().to_owned())
            .collect();
        assert!(paths.iter().any(|path| path == field), "{path}: {problem}");
    }
    for path in [
        "/answer/charts/pie.svg",
        "/answer/charts/break_even.gif",
        "/s/nothing/charts/break_even.svg",
        "/server/draw.js",
    ] {
        assert_eq!(app.get(path).await.status, 404, "{path}");
    }
}

#[tokio::test]
async fn a_saved_scenario_has_the_charts_of_what_was_saved() {
    let app = TestApp::start().await;
    let saved = app.post_json("/api/v1/scenarios", SMALLEST).await.json();
    let id = saved["id"].as_str().expect("an id");
    for chart in charts::all().iter().filter(|chart| chart.id != "growth") {
        let newest = app
            .get(&format!("/s/{id}/charts/{}.svg?theme=dark", chart.id))
            .await;
        check_image(&newest, chart.id);
        let named = app
            .get(&format!(
                "/s/{id}/revisions/1/charts/{}.svg?theme=dark",
                chart.id
            ))
            .await;
        assert_eq!(newest.body, named.body, "{}", chart.id);
    }
    let missing = app
        .get(&format!("/s/{id}/revisions/2/charts/break_even.svg"))
        .await;
    assert_eq!(missing.status, 404);
}

#[tokio::test]
async fn names_with_markup_are_text() {
    let app = TestApp::start().await;
    let system = with("/components/0/name", HOSTILE);
    let saved = app.post_json("/api/v1/scenarios", system).await.json();
    let id = saved["id"].as_str().expect("an id");
    for chart in charts::all().iter().filter(|chart| chart.id != "growth") {
        let image = app.get(&format!("/s/{id}/charts/{}.svg", chart.id)).await;
        check_image(&image, chart.id);
        assert!(!image.text().contains("</title><script"), "{}", chart.id);
    }
}

#[tokio::test]
async fn a_painter_survives_a_broken_option_and_a_chart_without_end() {
    let script = "globalThis.draw = (option) => { const { endless } = JSON.parse(option); while (endless); return '<svg><g/></svg>'; };";
    let good = "<svg role=\"img\"><title>A &lt;finding&gt;</title><g/></svg>";
    for start in [Start::AtOnce, Start::WithFirstChart] {
        let painter = painter(script, start);
        assert_eq!(painted(&painter, "{}").await.as_deref(), Ok(good));
        for bad in ["{", "null", r#"{"endless":true}"#] {
            let failed = Err(PaintError::Failed);
            assert_eq!(painted(&painter, bad).await, failed, "{bad}");
            let next = painted(&painter, "{}").await;
            assert_eq!(next.as_deref(), Ok(good), "after {bad}");
        }
    }
}

#[tokio::test]
async fn a_painter_whose_script_is_broken_says_so_with_each_chart() {
    for start in [Start::AtOnce, Start::WithFirstChart] {
        let painter = painter("throw new Error('broken')", start);
        for _ in 0..2 {
            assert_eq!(painted(&painter, "{}").await, Err(PaintError::Failed));
        }
    }
}

fn painter(script: &str, start: Start) -> Painter {
    let within = std::time::Duration::from_millis(100);
    Painter::start(Some(script.into()), within, start)
}

async fn painted(painter: &Painter, option: &str) -> Result<String, PaintError> {
    let sheet = Sheet {
        option: option.to_owned(),
        width: 100,
        height: 100,
        title: "A <finding>".to_owned(),
        description: String::new(),
    };
    painter.paint(sheet).await
}

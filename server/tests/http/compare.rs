//! Two saved scenarios side by side.

use super::support::{Answer, SMALLEST, TestApp, with};

const UNKNOWN: &str = "aaaaaaaaaaaaaaaaaaaaaaaaaa";
const HOSTILE: &str = "<script>alert(1)</script>";

async fn saved(app: &TestApp, system: impl Into<axum::body::Body>) -> String {
    let saved = app.post_json("/api/v1/scenarios", system).await.json();
    saved["id"].as_str().expect("an id").to_owned()
}

async fn compared(app: &TestApp, left: &str, right: &str) -> Answer {
    let query = app::url_state::Pairs::default()
        .with("left", left)
        .with("right", right)
        .query();
    app.get(&format!("/compare?{query}")).await
}

fn check(page: &Answer, status: u16, expected: &[&str]) {
    assert_eq!(page.status.as_u16(), status, "{}", page.text());
    assert_eq!(page.header("x-robots-tag"), "noindex");
    assert!(
        page.text().contains("content=\"noindex\""),
        "{}",
        page.text()
    );
    for text in expected {
        assert!(
            page.text().contains(text),
            "{text} is not in {}",
            page.text()
        );
    }
}

fn of_example(slug: &str) -> String {
    let mut examples = model::example::all().iter();
    let example = examples.find(|example| example.slug == slug);
    serde_json::to_string(&example.expect(slug).system).expect("JSON")
}

#[tokio::test]
async fn without_parameters_there_is_the_form_alone() {
    let app = TestApp::start().await;
    let page = app.get("/compare").await;
    check(
        &page,
        200,
        &["Compare two scenarios", "name=\"left\"", "name=\"right\""],
    );
    assert!(!page.text().contains("There is a problem"));
}

#[tokio::test]
async fn two_scenarios_stand_side_by_side_with_what_differs() {
    let app = TestApp::start().await;
    let left = saved(&app, with("/name", "Before")).await;
    let right = saved(
        &app,
        with("/components/0/traffic/requests_per_month", 40_000_000),
    )
    .await;
    let page = compared(
        &app,
        &left,
        &format!("https://host.example/s/{right}/revisions/1"),
    )
    .await;
    check(
        &page,
        200,
        &[
            "Before</bdi>",
            "Without a name",
            "more a month",
            "What differs in the answers",
            "1 million requests a month",
            "40 million requests a month",
            "The options side by side",
            ">quantity<",
            "Break-evens",
            "<picture>",
            &format!(
                "/compare/charts/break_even.json?left={left}%401&amp;right={right}%401&amp;component=0"
            ),
        ],
    );
    assert!(!page.text().contains(" style="), "{}", page.text());
    let other_way = compared(&app, &right, &left).await;
    check(&other_way, 200, &["less a month"]);
}

#[tokio::test]
async fn what_is_the_same_is_said_to_be() {
    let app = TestApp::start().await;
    let one = saved(&app, SMALLEST).await;
    let other = saved(&app, SMALLEST).await;
    let page = compared(&app, &one, &format!("{one}@1")).await;
    check(
        &page,
        200,
        &[
            "A and B are the same revision of the same scenario",
            "both were given the same answers",
        ],
    );
    let page = compared(&app, &one, &other).await;
    check(
        &page,
        200,
        &[
            "The answer is the same",
            "the cost is the same",
            "Every line of every bill is the same in both",
        ],
    );
}

#[tokio::test]
async fn what_cannot_be_found_is_said_beside_its_field_and_the_other_is_kept() {
    let app = TestApp::start().await;
    let good = saved(&app, with("/name", "Shop")).await;
    let kept = format!("value=\"{good}\"");
    for (wrong, status, message) in [
        (UNKNOWN, 404, "There is no such scenario here."),
        ("", 404, "Which scenario?"),
        ("shop", 400, "This is not the id of a saved scenario"),
        (
            "https://host.example/answer?kind=event",
            400,
            "that is not saved",
        ),
        (
            &format!("{good}@7"),
            404,
            "has no revision 7; its newest is 1.",
        ),
        (&format!("{good}@x"), 400, "no number from 1 on"),
    ] {
        let page = compared(&app, wrong, &good).await;
        check(
            &page,
            status,
            &[
                "There is a problem",
                message,
                &kept,
                "Shop, revision 1, saved on 2026-11-23",
            ],
        );
        let page = compared(&app, &good, wrong).await;
        check(&page, status, &[message, &kept]);
    }
    let page = app.get(&format!("/compare?left={good}")).await;
    check(&page, 404, &["Which scenario?", &kept]);
    let page = compared(&app, HOSTILE, UNKNOWN).await;
    check(
        &page,
        404,
        &[
            "There is no such scenario",
            "value=\"&lt;script&gt;alert(1)&lt;/script&gt;\"",
        ],
    );
    assert!(!page.text().contains(HOSTILE));
}

#[tokio::test]
async fn systems_of_several_parts_are_compared_part_by_part() {
    let app = TestApp::start().await;
    let left = saved(&app, of_example("shop-system")).await;
    let mut less: serde_json::Value =
        serde_json::from_str(&of_example("shop-system")).expect("JSON");
    let parts = less["components"].as_array_mut().expect("components");
    let last = parts.pop().expect("a part");
    parts[0]["work"]["duration_ms"] = 900.into();
    let gone = last["name"].as_str().expect("a name").to_owned();
    let links = less["links"].as_array().cloned().unwrap_or_default();
    let links = links
        .into_iter()
        .filter(|link| link["from"] != gone && link["to"] != gone);
    less["links"] = links.collect();
    let right = saved(&app, less.to_string()).await;
    let page = compared(&app, &left, &right).await;
    check(
        &page,
        200,
        &[
            &format!("{gone}, only in A"),
            "Mean duration",
            "The whole system",
            "component=0",
        ],
    );
}

#[tokio::test]
async fn what_people_type_is_text_however_long() {
    let app = TestApp::start().await;
    let long = "\u{5e9}\u{5dc}\u{5d5}\u{5dd} ".repeat(100);
    let left = saved(&app, with("/name", HOSTILE)).await;
    let right = saved(&app, with("/name", long.trim())).await;
    let page = compared(&app, &left, &right).await;
    check(
        &page,
        200,
        &["&lt;script&gt;alert(1)&lt;/script&gt;", long.trim()],
    );
    assert!(!page.text().contains(HOSTILE), "{}", page.text());
    let notes = saved(&app, with("/notes", HOSTILE)).await;
    let page = compared(&app, &left, &notes).await;
    assert!(!page.text().contains(HOSTILE), "{}", page.text());
}

#[tokio::test]
async fn the_chart_of_both_is_an_image_and_an_option_with_both_letters() {
    let app = TestApp::start().await;
    let left = saved(&app, SMALLEST).await;
    let right = saved(&app, with("/components/0/work/duration_ms", 900)).await;
    let query = format!("left={left}@1&right={right}");
    let option = app
        .get(&format!("/compare/charts/break_even.json?{query}"))
        .await;
    assert_eq!(option.status, 200, "{}", option.text());
    let option = option.json();
    assert!(
        option["title"]
            .as_str()
            .is_some_and(|title| title.contains("both are at 1 million")),
        "{option}"
    );
    let heads = option["table"]["heads"].to_string();
    assert!(heads.contains(" A\"") && heads.contains(" B\""), "{heads}");
    for (width, theme) in [("840", "light"), ("360", "dark"), ("840", "print")] {
        let image = app
            .get(&format!(
                "/compare/charts/break_even.svg?{query}&width={width}&theme={theme}"
            ))
            .await;
        assert_eq!(image.status, 200, "{}", image.text());
        assert_eq!(image.header("content-type"), "image/svg+xml");
        assert_eq!(image.header("x-robots-tag"), "noindex");
        assert!(image.text().contains("both are here"), "{}", image.text());
        for banned in ["<style", "style=", "<script", "var(--", "NaN", "Infinity"] {
            assert!(
                !image.text().contains(banned),
                "{banned} in {}",
                image.text()
            );
        }
    }
}

#[tokio::test]
async fn a_chart_of_what_is_not_there_is_refused_by_name() {
    let app = TestApp::start().await;
    let good = saved(&app, SMALLEST).await;
    let chart = "/compare/charts/break_even.json";
    for (query, status) in [
        (format!("left={good}&right={UNKNOWN}"), 404),
        (format!("left={good}&right=shop"), 422),
        (format!("left={good}"), 422),
        (format!("left={good}&right={good}&component=1"), 422),
        (format!("left={good}&right={good}&theme=pink"), 422),
    ] {
        app.get(&format!("{chart}?{query}"))
            .await
            .problem(status, &query);
    }
}

//! Reports of an answer and of a saved scenario.

use std::collections::BTreeMap;

use super::reading::{figures, seen, words};
use super::support::{SMALLEST, TestApp, with};

const HOSTILE: &str = "<script>alert(1)</script> | `x`";
const ANSWER: &str = "region=us-east-1&traffic.requests_per_month=1000000&work.duration_ms=120";

/// Section names of MADR 4, in its order.
const MADR: [&str; 8] = [
    "## Context and Problem Statement",
    "## Decision Drivers",
    "## Considered Options",
    "## Decision Outcome",
    "### Consequences",
    "### Confirmation",
    "## Pros and Cons of the Options",
    "## More Information",
];

#[tokio::test]
async fn an_answer_has_its_decision_record() {
    let app = TestApp::start().await;
    let markdown = app.get(&format!("/answer/report.md?{ANSWER}")).await;
    assert_eq!(markdown.status, 200, "{}", markdown.text());
    assert_eq!(
        markdown.header("content-type"),
        "text/markdown; charset=utf-8"
    );
    assert!(
        markdown
            .header("content-disposition")
            .starts_with("attachment; filename=\"breakeven-2026-11-23.md\""),
        "{}",
        markdown.header("content-disposition")
    );
    let json = app.get(&format!("/answer/report.json?{ANSWER}")).await;
    assert_eq!(json.header("content-type"), "application/json");
    let headline = json.json()["evaluation"]["verdict"]["headline"]
        .as_str()
        .expect("a headline")
        .to_owned();
    let text = markdown.text();
    let mut rest = text
        .strip_prefix("---\nstatus: proposed\n")
        .expect("front matter");
    for heading in MADR {
        let (_, after) = rest
            .split_once(&format!("\n{heading}\n"))
            .unwrap_or_else(|| panic!("{heading} in its place in\n{text}"));
        rest = after;
    }
    for expected in [
        "# Serverless or containers?",
        headline.split(['$', '.']).next().expect("its beginning"),
        "Chosen option: \"",
        "* Good, because ",
        "* Neutral, because ",
        "```mermaid\n%%{init: ",
        "\nxychart-beta horizontal\n",
        "estimated bill a month",
        "### Limits and headroom",
        "Break-even points",
        "### What is assumed",
        "price book of",
        "https://breakeven.example/answer?",
        "estimates",
    ] {
        assert!(
            text.contains(expected),
            "{expected:?} is missing in\n{text}"
        );
    }
    assert!(!text.contains("\ndate:"), "an unsaved answer has no date");
}

#[tokio::test]
async fn a_report_of_bad_answers_names_them() {
    let app = TestApp::start().await;
    for format in ["md", "pdf", "csv", "break-even.csv", "json", "xlsx"] {
        let problem = app
            .get(&format!(
                "/answer/report.{format}?traffic.requests_per_month=-1"
            ))
            .await
            .problem(422, "bad answers");
        assert!(
            problem["errors"]
                .as_array()
                .is_some_and(|errors| !errors.is_empty()),
            "{format}: {problem}"
        );
    }
    let problem = app
        .get(&format!("/answer/report.pdf?{ANSWER}&paper=a5"))
        .await
        .problem(422, "no such paper");
    assert_eq!(problem["errors"][0]["path"], "paper", "{problem}");
    let missing = app.get(&format!("/answer/report.docx?{ANSWER}")).await;
    assert_eq!(missing.status, 404);
}

#[tokio::test]
async fn a_saved_report_is_dated_and_harmless() {
    let app = TestApp::start().await;
    let saved = app
        .post_json("/api/v1/scenarios", with("/name", HOSTILE))
        .await
        .json();
    let id = saved["id"].as_str().expect("an id");
    let newest = app.get(&format!("/s/{id}/report.md")).await;
    let named = app.get(&format!("/s/{id}/revisions/1/report.md")).await;
    assert_eq!(newest.status, 200, "{}", newest.text());
    assert_eq!(newest.body, named.body);
    assert!(
        newest.header("content-disposition").starts_with(
            "attachment; filename=\"breakeven-script-alert-1-script-x-2026-11-23.md\""
        ),
        "{}",
        newest.header("content-disposition")
    );
    let text = newest.text();
    assert!(text.contains("\ndate: 2026-11-23\n"), "{text}");
    assert!(
        text.contains(&format!("<https://breakeven.example/s/{id}/revisions/1>")),
        "{text}"
    );
    assert!(
        text.contains(
            "# &lt;script&gt;alert(1)&lt;/script&gt; \\| \\`x\\`: serverless or containers?"
        ),
        "{text}"
    );
    let body = text.splitn(3, "---\n").last().expect("a body");
    assert!(!body.contains("<script"), "{text}");
}

#[tokio::test]
async fn a_saved_report_shows_what_was_saved() {
    let app = TestApp::start().await;
    let saved = app.post_json("/api/v1/scenarios", SMALLEST).await.json();
    let id = saved["id"].as_str().expect("an id");
    let record = app.get(&format!("/api/v1/scenarios/{id}")).await.json();
    let report = app.get(&format!("/s/{id}/report.json")).await.json();
    assert_eq!(report["evaluation"], record["evaluation"]);
    assert_eq!(report["system"], record["system"]);
}

/// A saved example, by the address of its page.
async fn saved(app: &TestApp, slug: &str) -> String {
    let example = model::example::all()
        .iter()
        .find(|example| example.slug == slug);
    let system = serde_json::to_string(&example.expect("an example").system).expect("JSON");
    let saved = app.post_json("/api/v1/scenarios", system).await.json();
    format!("/s/{}/revisions/1", saved["id"].as_str().expect("an id"))
}

#[tokio::test]
async fn every_figure_of_a_report_stands_on_the_screen() {
    let app = TestApp::start().await;
    for slug in ["thumbnails", "shop-system", "launch-announced", "chat"] {
        let page = saved(&app, slug).await;
        let html = app.get(&page).await;
        let mut screen = figures(&seen(html.text()));
        // The answers themselves stand on the page that checks them.
        let check = html.text().split("href=\"/check?").nth(1).expect("a link");
        let check = check
            .split('"')
            .next()
            .expect("its end")
            .replace("&amp;", "&");
        let check = app.get(&format!("/check?{check}")).await;
        screen.extend(figures(&seen(check.text())));
        // So do the charts, as wide as in the report.
        for component in 0..2 {
            for chart in ["break_even", "growth", "latency"] {
                let address = format!(
                    "{page}/charts/{chart}.svg?theme=print&width=680&component={component}"
                );
                screen.extend(figures(&seen(app.get(&address).await.text())));
            }
        }
        assert!(screen.len() > 40, "{slug}: {} figures", screen.len());
        let markdown = app.get(&format!("{page}/report.md")).await;
        let pdf = app.get(&format!("{page}/report.pdf")).await;
        assert_eq!(
            pdf.status,
            200,
            "{slug}: {}",
            String::from_utf8_lossy(&pdf.body)
        );
        let pdf = words(&pdf.body);
        let texts = [
            ("md", Some(markdown.text().replace('\\', ""))),
            ("pdf", pdf),
        ];
        for (format, text) in texts
            .into_iter()
            .filter_map(|(format, text)| Some((format, text?)))
        {
            let reported = figures(&text);
            assert!(
                reported.len() > 30,
                "{slug}.{format}: {} figures",
                reported.len()
            );
            let strange: Vec<_> = reported.difference(&screen).collect();
            assert!(
                strange.is_empty(),
                "{slug}.{format} has what the screen has not: {strange:?}"
            );
        }
    }
}

#[tokio::test]
async fn every_bill_is_the_same_in_json_csv_and_on_the_screen_and_the_chosen_in_all() {
    let app = TestApp::start().await;
    for slug in ["thumbnails", "shop-system", "launch-announced", "chat"] {
        let page = saved(&app, slug).await;
        let screen = figures(&seen(app.get(&page).await.text()));
        let json = app.get(&format!("{page}/report.json")).await.json();
        let csv = app.get(&format!("{page}/report.csv")).await;
        assert_eq!(
            csv.header("content-type"),
            "text/csv; charset=utf-8; header=present"
        );
        let sums = sums(csv.text());
        let markdown = app.get(&format!("{page}/report.md")).await;
        let markdown = figures(&markdown.text().replace('\\', ""));
        let pdf = words(&app.get(&format!("{page}/report.pdf")).await.body);
        let pdf = pdf.map(|text| figures(&text));
        let evaluation = &json["evaluation"];
        for component in evaluation["components"].as_array().expect("components") {
            let mut first = true;
            for option in component["options"].as_array().expect("options") {
                let Some(usd) = option["bill"]["monthly_usd"].as_f64() else {
                    continue;
                };
                let key = [&component["name"], &option["platform"]];
                let key = key.map(|part| part.as_str().expect("a name")).join(" ");
                let sum = sums.get(&key).unwrap_or_else(|| panic!("{slug}: {key}"));
                assert!((sum - usd).abs() < 0.005, "{slug} {key}: {sum}, {usd}");
                let shown = app::format::usd_cents(usd);
                assert!(screen.contains(&shown), "{slug} {key}: {shown}");
                if first && option["fit"]["ok"] == true {
                    first = false;
                    assert!(markdown.contains(&shown), "{slug} {key}: {shown}");
                    let there = pdf.as_ref().is_none_or(|pdf| pdf.contains(&shown));
                    assert!(there, "{slug} {key}: {shown}");
                }
            }
        }
        assert!(sums.len() > 3, "{slug}: {sums:?}");
        let curve = app.get(&format!("{page}/report.break-even.csv")).await;
        assert!(curve.text().lines().count() > 100, "{slug}");
    }
}

/// The sum of the lines of each bill, by component and platform.
fn sums(csv: &str) -> BTreeMap<String, f64> {
    let mut sums = BTreeMap::new();
    for row in csv.lines().skip(1) {
        let cells: Vec<&str> = row.split(',').collect();
        let amount: f64 = cells[cells.len() - 4]
            .parse()
            .unwrap_or_else(|_| panic!("{row}"));
        *sums.entry(cells[..2].join(" ")).or_default() += amount;
    }
    sums
}

#[tokio::test]
async fn the_pdf_is_tagged_small_and_the_same_each_time() {
    let [first, second] = [TestApp::start().await, TestApp::start().await];
    let path = format!("/answer/report.pdf?{ANSWER}&name=Shop");
    let pdf = first.get(&path).await;
    assert_eq!(pdf.status, 200, "{}", String::from_utf8_lossy(&pdf.body));
    assert_eq!(pdf.header("content-type"), "application/pdf");
    assert!(
        pdf.header("content-disposition")
            .contains("breakeven-shop-2026-11-23.pdf"),
        "{}",
        pdf.header("content-disposition")
    );
    assert_eq!(pdf.body, second.get(&path).await.body);
    assert!(pdf.body.len() < 1_000_000, "{} bytes", pdf.body.len());
    for expected in [
        "/MarkInfo",
        "/StructTreeRoot",
        "/Outlines",
        "/Lang",
        "pdfuaid:part",
    ] {
        let found = pdf
            .body
            .windows(expected.len())
            .any(|window| window == expected.as_bytes());
        assert!(found, "{expected} is missing");
    }
    let letter = first.get(&format!("{path}&paper=letter")).await;
    for (pdf, size) in [(&pdf, "595.27"), (&letter, "612")] {
        let text = String::from_utf8_lossy(&pdf.body);
        let media = text.split("/MediaBox").nth(1).expect("a page");
        assert!(
            media.starts_with(&format!(" [0 0 {size}"))
                || media.starts_with(&format!("[0 0 {size}")),
            "{}",
            &media[..40]
        );
    }
}

#[tokio::test]
async fn a_report_has_what_stands_beside_the_options() {
    let app = TestApp::start().await;
    for (slug, expected) in [
        (
            "shop-system",
            &[
                "The whole system",
                "All serverless",
                "Each where it is best",
                "### State and services",
                "Amazon S3",
            ][..],
        ),
        (
            "chat",
            &[
                "### State and services",
                "Open connections",
                "WebSocket API",
            ],
        ),
        ("launch-announced", &["### What else could be done", "P99"]),
    ] {
        let page = saved(&app, slug).await;
        let report = app.get(&format!("{page}/report.md")).await;
        for text in expected {
            assert!(
                report.text().contains(text),
                "{slug}: {text:?} is missing in\n{}",
                report.text()
            );
        }
    }
}

#[tokio::test]
async fn to_stay_is_an_option_where_todays_cost_is_known() {
    let app = TestApp::start().await;
    let answer = format!("{ANSWER}&today_usd_per_month=1234");
    let page = app.get(&format!("/answer?{answer}")).await;
    let report = app.get(&format!("/answer/report.md?{answer}")).await;
    for text in [page.text(), report.text()] {
        assert!(
            text.contains("Stay as you are") && text.contains("$1,234.00"),
            "{text}"
        );
    }
    let without = app.get(&format!("/answer/report.md?{ANSWER}")).await;
    assert!(!without.text().contains("Stay as you are"));
}

#[tokio::test]
async fn a_report_names_prices_that_the_region_lacks() {
    let app = TestApp::start().await;
    let answer = "kind=websocket&region=eu-west-1&traffic.requests_per_month=1000000&work.duration_ms=120&state.websocket_connections=1000";
    let report = app.get(&format!("/answer/report.md?{answer}")).await;
    let text = report.text();
    for expected in ["The price book has no", "eu-west-1", "not priced"] {
        assert!(
            text.contains(expected),
            "{expected:?} is missing in\n{text}"
        );
    }
}

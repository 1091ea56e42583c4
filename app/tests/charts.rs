//! The charts of the examples: findings, names, and tables that say the same.
#![cfg(feature = "ssr")]

use app::charts::{self, Drawing};
use model::PriceBook;

fn drawn(chart: &str, slug: &str) -> Option<Drawing> {
    let mut examples = model::example::all().iter();
    let example = examples.find(|example| example.slug == slug).expect(slug);
    let chart = charts::find(chart).expect(chart);
    chart.of_answers(&example.system, 0, PriceBook::embedded())
}

/// The finding holds the words, and both pictures hold the names.
fn check(chart: &str, slug: &str, words: &[&str], names: &[&str]) {
    let drawing = drawn(chart, slug).unwrap_or_else(|| panic!("{chart} of {slug}"));
    for word in words {
        assert!(
            drawing.title.contains(word),
            "{chart} of {slug}: {word} in {:?}",
            drawing.title
        );
    }
    for picture in [&drawing.wide, &drawing.narrow] {
        let option = picture.json().replace("\\n", " ");
        for name in names {
            assert!(
                option.contains(name),
                "{chart} of {slug}: {name} in {option}"
            );
        }
        assert!(picture.width > 0 && picture.height > 0, "{chart} of {slug}");
    }
    assert!(
        !drawing.title.ends_with('.') && drawing.sentence.ends_with('.'),
        "{chart}"
    );
    check_table(&drawing, chart, slug);
}

/// Every row has a cell for each column, and a name.
fn check_table(drawing: &Drawing, chart: &str, slug: &str) {
    let table = &drawing.table;
    assert!(
        !table.rows.is_empty() && table.heads.len() > 1,
        "{chart} of {slug}"
    );
    for row in &table.rows {
        assert_eq!(row.len(), table.heads.len(), "{chart} of {slug}: {row:?}");
        assert!(
            row.iter()
                .all(|cell| !cell.is_empty() && !cell.contains("NaN")),
            "{row:?}"
        );
    }
}

#[test]
fn findings_are_sentences_about_the_example() {
    check(
        "break_even",
        "thumbnails",
        &["requests a month"],
        &["Lambda", "you are here"],
    );
    check(
        "latency",
        "thumbnails",
        &["P99"],
        &["Lambda, P99", "var(--serverless)"],
    );
    check(
        "bill",
        "thumbnails",
        &["of the bill", "%"],
        &["compute", "var(--containers)"],
    );
    check(
        "winner_map",
        "thumbnails",
        &["CPU time"],
        &["you are here", "Lambda"],
    );
    check("week", "steady-api", &["week"], &["step", "Lambda"]);
}

#[test]
fn every_chart_of_every_example_has_whole_tables() {
    for example in model::example::all() {
        for chart in charts::all()
            .iter()
            .filter(|chart| chart.id != "winner_map")
        {
            if let Some(drawing) = drawn(chart.id, &example.slug) {
                check_table(&drawing, chart.id, &example.slug);
            }
        }
    }
}

#[test]
fn growth_is_drawn_where_there_is_some() {
    let mut examples = model::example::all().iter();
    let example = examples
        .find(|example| example.slug == "thumbnails")
        .expect("the example");
    let chart = charts::find("growth").expect("the chart");
    let mut system = example.system.clone();
    system.components[0].traffic.growth_per_month_pct = Some(0.0.into());
    assert!(
        chart
            .of_answers(&system, 0, PriceBook::embedded())
            .is_none()
    );
    system.components[0].traffic.growth_per_month_pct = Some(20.0.into());
    let drawing = chart
        .of_answers(&system, 0, PriceBook::embedded())
        .expect("a drawing");
    assert!(drawing.title.contains("month"), "{}", drawing.title);
    check_table(&drawing, "growth", "thumbnails");
}

#[test]
fn odd_answers_are_drawn_or_left_out() {
    for requests in [0.0, 1.0, 1e13] {
        let json = serde_json::json!({ "version": 1, "region": "us-east-1", "components": [{
            "traffic": { "requests_per_month": requests }, "work": { "duration_ms": 120 } }] });
        let system = model::System::from_value(json).expect("a system");
        for chart in charts::all() {
            if let Some(drawing) = chart.of_answers(&system, 0, PriceBook::embedded()) {
                let json = drawing.wide.json();
                assert!(!json.contains("null"), "{} at {requests}: {json}", chart.id);
                check_table(&drawing, chart.id, "odd answers");
            }
        }
    }
}

/// A chart of the first component; of the second where the first calls it.
fn of(chart: &str, components: &serde_json::Value, calls: Option<f64>) -> Drawing {
    let links = calls.map(
        |calls| serde_json::json!({ "from": "front", "to": "back", "calls_per_request": calls }),
    );
    let links: Vec<serde_json::Value> = links.into_iter().collect();
    let index = links.len();
    let json = serde_json::json!({ "version": 1, "region": "us-east-1",
        "today_usd_per_month": 900, "components": components, "links": links });
    let system = model::System::from_value(json).expect("a system");
    let found = charts::find(chart).expect(chart);
    let drawing = found.of_answers(&system, index, PriceBook::embedded());
    let drawing = drawing.expect("a drawing");
    check_table(&drawing, chart, "answers");
    drawing
}

#[test]
fn without_requests_no_target_is_kept_or_missed() {
    let components = serde_json::json!([{ "traffic": { "requests_per_month": 0 },
        "work": { "duration_ms": 120 }, "latency": { "target_ms": 500, "percentile": "p95" } }]);
    let drawing = of("latency", &components, None);
    assert_eq!(drawing.title, "Without requests none is late");
}

#[test]
fn the_reader_stands_where_links_bring_the_traffic() {
    let components = serde_json::json!([
        { "name": "front", "traffic": { "requests_per_month": 3_000_000 }, "work": { "duration_ms": 120 } },
        { "name": "back", "traffic": { "requests_per_month": 1_000 }, "work": { "duration_ms": 120 } }]);
    let drawing = of("break_even", &components, Some(10.0));
    assert!(
        drawing.title.ends_with("; you are at 30 million"),
        "{}",
        drawing.title
    );
}

#[test]
fn a_mark_beyond_the_lines_is_said_to_lie_there() {
    let at = |requests: f64| {
        let components = serde_json::json!([{ "traffic": { "requests_per_month": requests },
            "work": { "duration_ms": 120 } }]);
        of("break_even_lines", &components, None).sentence
    };
    assert!(
        at(1e12).ends_with("a mark beyond them lies on no line."),
        "{}",
        at(1e12)
    );
    assert!(!at(1e6).contains("beyond"), "{}", at(1e6));
}

#[test]
fn what_is_paid_today_has_a_line_where_costs_grow() {
    let components = serde_json::json!([{ "work": { "duration_ms": 120 },
        "traffic": { "requests_per_month": 1_000_000, "growth_per_month_pct": 20 } }]);
    let drawing = of("growth", &components, None);
    assert!(
        drawing.sentence.ends_with("what is paid today."),
        "{}",
        drawing.sentence
    );
    assert!(drawing.wide.json().contains("\"today\""));
    assert!(!drawing.table.heads.contains(&"today".to_owned()));
}

/// The chart of an example beside the same with other answers.
fn beside(slug: &str, change: impl FnOnce(&mut model::system::Component)) -> Drawing {
    let mut examples = model::example::all().iter();
    let left = examples.find(|example| example.slug == slug).expect(slug);
    let mut right = left.system.clone();
    change(&mut right.components[0]);
    let parts: model::Parts = "bill,latency,break_even".parse().expect("parts");
    let evaluated = |system| model::evaluate(system, PriceBook::embedded(), &parts);
    let (one, other) = (evaluated(&left.system), evaluated(&right));
    let subject = |system, evaluation| charts::Subject {
        system,
        evaluation,
        index: 0,
    };
    let drawing =
        charts::break_even_of_two::drawing(&subject(&left.system, &one), &subject(&right, &other));
    let drawing = drawing.expect("a chart");
    check_table(&drawing, "break_even_of_two", slug);
    drawing
}

#[test]
fn two_scenarios_of_the_same_cost_share_their_lines() {
    let drawing = beside("thumbnails", |right| {
        right.traffic.requests_per_month = Some(50_000_000.0.into());
    });
    assert!(
        drawing.title.starts_with("Both break even at about "),
        "{}",
        drawing.title
    );
    assert!(
        drawing
            .title
            .ends_with("; A is at 1 million, B at 50 million"),
        "{}",
        drawing.title
    );
    assert_eq!(
        drawing.table.heads[1..],
        ["Serverless A, B", "Containers A, B"]
    );
}

#[test]
fn two_scenarios_of_other_costs_have_lines_and_break_evens_of_their_own() {
    let drawing = beside("thumbnails", |right| {
        right.work.duration_ms = Some(8_000.0.into());
    });
    assert!(
        drawing
            .title
            .starts_with("The break-even moves from about "),
        "{}",
        drawing.title
    );
    assert!(
        drawing.title.ends_with("; both are at 1 million"),
        "{}",
        drawing.title
    );
    let heads = &drawing.table.heads[1..];
    assert_eq!(
        heads,
        [
            "Serverless A",
            "Containers A",
            "Serverless B",
            "Containers B"
        ]
    );
    for picture in [&drawing.wide, &drawing.narrow] {
        let option = picture.json();
        for words in ["both are here", "A ", "B "] {
            assert!(option.contains(words), "{words} in {option}");
        }
    }
}

//! What people type stands in a report as they typed it: never as markup, never as a formula.

use super::reading::words;
use super::support::{SMALLEST, TestApp};

/// Names that would be markup, formulas or trouble somewhere.
fn hostile_names() -> Vec<String> {
    vec![
        "\"quoted\" 'twice' \u{201c}and\u{201d} `so`".to_owned(),
        "\u{5e9}\u{5dc}\u{5d5}\u{5dd} \u{645}\u{631}\u{62d}\u{628}\u{627} \u{202e}evil".to_owned(),
        "\u{1f980} crabs \u{1f469}\u{200d}\u{1f4bb}".to_owned(),
        "x".repeat(500),
        "=HYPERLINK(\"http://evil.example\",\"x\")".to_owned(),
        "#panic(\"typst\") $x^2$ *bold* _it_ @ref <label> #link(\"x\")[y]".to_owned(),
        "# heading\n\n- list [a](javascript:1) ![i](http://x/y.png) | cell".to_owned(),
        "</w:t> & ]]> %0A \\\\ {{ }} ${x}".to_owned(),
        "\u{6771}\u{4eac} tower \u{c0c1}\u{c810} \u{30b7}\u{30e7}\u{30c3}\u{30d7}".to_owned(),
    ]
}

/// Whether a letter is read from a PDF in the order in which it was typed: from the left to the right, in one piece.
fn is_in_order(letter: char) -> bool {
    letter.is_ascii_alphanumeric() || ('\u{3040}'..='\u{d7a3}').contains(&letter)
}

#[tokio::test]
async fn what_is_typed_is_text_in_every_format() {
    let app = TestApp::start().await;
    for name in hostile_names() {
        let mut system: serde_json::Value = serde_json::from_str(SMALLEST).expect("JSON");
        system["name"] = name.clone().into();
        system["notes"] = name.clone().into();
        system["components"][0]["name"] = name.clone().into();
        let saved = app.post_json("/api/v1/scenarios", system.to_string()).await;
        assert_eq!(saved.status, 201, "{name}: {}", saved.text());
        let id = saved.json()["id"].as_str().expect("an id").to_owned();
        for format in ["md", "json", "csv", "break-even.csv", "pdf"] {
            let report = app.get(&format!("/s/{id}/report.{format}")).await;
            assert_eq!(report.status, 200, "{name} as {format}");
            if format == "pdf" {
                continue;
            }
            let text = report.text();
            if format == "md" {
                assert!(
                    !text.contains("\n# heading") && !text.contains("\n- list"),
                    "{name} as {format}"
                );
            }
            if format.ends_with("csv") {
                let formula = |row: &str| {
                    row.split(',')
                        .any(|cell| cell.trim_start_matches('"').starts_with(['=', '@']))
                };
                assert!(!text.lines().any(formula), "{name} as {format}");
            }
        }
        let pdf = app.get(&format!("/s/{id}/report.pdf")).await;
        if let Some(words) = words(&pdf.body) {
            let in_order = |text: &str| -> String {
                text.chars().filter(|letter| is_in_order(*letter)).collect()
            };
            assert!(
                in_order(&words).contains(&in_order(&name)),
                "{name} is missing in the PDF:\n{words}"
            );
        }
    }
}

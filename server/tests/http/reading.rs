//! What a reader finds in a page or a file: its words, and the figures among them.

use std::collections::BTreeSet;
use std::io::Write as _;
use std::process::{Command, Stdio};

/// The words of a PDF, by poppler's `pdftotext`; `None` where that is not installed, which CI does not allow.
pub(crate) fn words(pdf: &[u8]) -> Option<String> {
    let started = Command::new("pdftotext")
        .args(["-raw", "-", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn();
    let Ok(mut program) = started else {
        assert!(
            std::env::var_os("CI").is_none(),
            "pdftotext is not installed (poppler-utils)"
        );
        eprintln!("left out: pdftotext is not installed");
        return None;
    };
    let mut input = program.stdin.take().expect("its input");
    let pdf = pdf.to_vec();
    let writer = std::thread::spawn(move || input.write_all(&pdf));
    let output = program.wait_with_output().expect("it ends");
    writer.join().expect("written").expect("written");
    assert!(output.status.success());
    Some(String::from_utf8(output.stdout).expect("UTF-8"))
}

/// What a reader sees of a page: its text without tags.
pub(crate) fn seen(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut in_tag = false;
    for character in html.chars() {
        match character {
            '<' => {
                in_tag = true;
                text.push(' ');
            }
            '>' => in_tag = false,
            _ if !in_tag => text.push(character),
            _ => {}
        }
    }
    text.replace("&amp;", "&")
        .replace("&lt;", "<")
        .replace("&gt;", ">")
}

/// Every amount of money and every time in a text: `$1,234.50`, `120 ms`.
pub(crate) fn figures(text: &str) -> BTreeSet<String> {
    let tokens: Vec<&str> = text
        .split(|c: char| c.is_whitespace() || matches!(c, '|' | '(' | ')' | ';' | '*' | '\u{200b}'))
        .filter(|token| !token.is_empty())
        .collect();
    let trimmed = |token: &str| token.trim_end_matches(['.', ',', ':']).to_owned();
    let mut found = BTreeSet::new();
    for (place, token) in tokens.iter().enumerate() {
        if token.starts_with('$') || token.starts_with("-$") {
            found.insert(trimmed(token));
        }
        let unit = tokens.get(place + 1).map(|unit| trimmed(unit));
        if token.starts_with(|c: char| c.is_ascii_digit()) && unit.as_deref() == Some("ms") {
            found.insert(format!("{token} ms"));
        }
    }
    found
}

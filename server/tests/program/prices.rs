//! `breakeven prices`, and folders of prices.

use std::io::Write as _;
use std::process::Output;

use super::support::{SYSTEM, breakeven, check, run};

#[test]
fn it_lists_prices_with_their_age() {
    check(&["prices"], "", 0, "aws-lambda/duration", "");
    check(&["--version"], "", 0, "breakeven", "");
    check(&["--help"], "", 0, "evaluate", "");
}

/// A folder with these files.
fn folder(files: &[(&str, String)]) -> tempfile::TempDir {
    let folder = tempfile::tempdir().expect("a folder");
    for (name, text) in files {
        std::fs::write(folder.path().join(name), text).expect("written");
    }
    folder
}

/// One price, as of this date.
fn duration_price(usd: &str, as_of: &str) -> String {
    format!(
        r#"product = "aws-lambda"
title = "AWS Lambda"

[[price]]
id = "aws-lambda/duration/arm64"
name = "Duration"
unit = "GB-second"
regions = ["us-east-1"]
usd = {usd}
source = "price-list"
as_of = "{as_of}"
confidence = "high"
"#
    )
}

fn in_folder(folder: &tempfile::TempDir, arguments: &[&str], input: &str) -> Output {
    let mut child = breakeven(arguments)
        .env("BREAKEVEN_PRICES", folder.path())
        .spawn()
        .expect("started");
    let _unread = child
        .stdin
        .take()
        .expect("an input")
        .write_all(input.as_bytes());
    child.wait_with_output().expect("ended")
}

#[test]
fn stale_prices_are_told_from_fresh_ones() {
    let today = time::OffsetDateTime::now_utc().date();
    let dated = |first: &str| {
        let mut first = Some(first.to_owned());
        let files = model::PriceBook::embedded_files().iter();
        let files: Vec<(&str, String)> = files
            .map(|(name, text)| {
                let lines = text.lines().map(|line| {
                    if line.starts_with("as_of = ") {
                        let date = first.take().unwrap_or_else(|| today.to_string());
                        format!("as_of = \"{date}\"\n")
                    } else {
                        format!("{line}\n")
                    }
                });
                (*name, lines.collect())
            })
            .collect();
        folder(&files)
    };
    for (case, first, status, message) in [
        ("all of today", today.to_string(), 0, ""),
        (
            "one of 2020",
            "2020-01-01".to_owned(),
            1,
            "older than 365 days",
        ),
    ] {
        let prices = dated(&first);
        let ended = in_folder(&prices, &["prices", "--check"], "");
        let errors = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(status), "{case}: {errors}");
        assert!(errors.contains(message), "{case}: {errors}");
        let ended = in_folder(&prices, &["prices"], "");
        assert_eq!(
            ended.status.code(),
            Some(0),
            "{case}: listing is no checking"
        );
    }
}

#[test]
fn a_folder_of_prices_changes_the_bill() {
    let lambda_usd = |ended: Output| {
        let errors = String::from_utf8_lossy(&ended.stderr).into_owned();
        assert_eq!(ended.status.code(), Some(0), "{errors}");
        let found: serde_json::Value = serde_json::from_slice(&ended.stdout).expect("JSON");
        let options = found["components"][0]["options"]
            .as_array()
            .expect("options");
        let lambda = options
            .iter()
            .find(|option| option["platform"] == "aws-lambda");
        let lines = lambda.expect("Lambda")["bill"]["lines"]
            .as_array()
            .expect("lines")
            .clone();
        let line = lines
            .iter()
            .find(|line| line["price_id"] == "aws-lambda/duration/arm64");
        line.expect("the duration")["unit_price_usd"]
            .as_f64()
            .expect("a price")
    };
    let own = folder(&[("own.toml", duration_price("0.0001", "2026-11-01"))]);
    let as_listed = lambda_usd(run(&["evaluate", "-"], SYSTEM));
    let as_laid_over = lambda_usd(in_folder(&own, &["evaluate", "-"], SYSTEM));
    assert!(as_listed < 0.000_02, "{as_listed}");
    assert!((as_laid_over - 0.0001).abs() < 1e-12, "{as_laid_over}");
}

#[test]
fn a_bad_file_of_prices_ends_with_2_and_is_named() {
    let bad = folder(&[("own.toml", duration_price("-1.0", "2026-11-01"))]);
    for arguments in [
        &["evaluate", "-"][..],
        &["serve", "--addr", "127.0.0.1:0"],
        &["prices"],
    ] {
        let ended = in_folder(&bad, arguments, SYSTEM);
        let errors = String::from_utf8_lossy(&ended.stderr);
        assert_eq!(ended.status.code(), Some(2), "{arguments:?}: {errors}");
        for named in ["own.toml", "aws-lambda/duration/arm64", "usd"] {
            assert!(
                errors.contains(named),
                "{arguments:?}: {named} is not in {errors}"
            );
        }
    }
}

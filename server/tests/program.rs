//! The program as it is called: what it prints and with which status it ends.

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};

const SYSTEM: &str = r#"{"version":1,"components":[{"traffic":{"requests_per_month":1000000},"work":{"duration_ms":120}}]}"#;

fn breakeven(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_breakeven"));
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for name in [
        "BREAKEVEN_ADDR",
        "DATABASE_URL",
        "BREAKEVEN_PUBLIC_URL",
        "BREAKEVEN_LOG",
        "BREAKEVEN_PRICES",
    ] {
        command.env_remove(name);
    }
    command
}

fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = breakeven(arguments).spawn().expect("started");
    // A program that reads no input has closed it.
    let _unread = child
        .stdin
        .take()
        .expect("an input")
        .write_all(input.as_bytes());
    child.wait_with_output().expect("ended")
}

fn check(arguments: &[&str], input: &str, status: i32, output: &str, errors: &str) {
    let ended = run(arguments, input);
    let (stdout, stderr) = (
        String::from_utf8_lossy(&ended.stdout),
        String::from_utf8_lossy(&ended.stderr),
    );
    assert_eq!(ended.status.code(), Some(status), "{arguments:?}: {stderr}");
    assert!(
        stdout.contains(output),
        "{arguments:?}: {output:?} is missing in {stdout}"
    );
    assert!(
        stderr.contains(errors),
        "{arguments:?}: {errors:?} is missing in {stderr}"
    );
}

#[test]
fn it_evaluates_what_it_is_given() {
    check(&["evaluate", "-"], SYSTEM, 0, "\"verdict\"", "");
    check(
        &["evaluate", "-", "--format", "table"],
        SYSTEM,
        0,
        "USD a month",
        "",
    );
    check(
        &["evaluate", "--format=json", "-"],
        SYSTEM,
        0,
        "\"aws-lambda\"",
        "",
    );
}

#[test]
fn bad_input_ends_with_2_and_names_the_field() {
    let negative = SYSTEM.replace("120", "-120");
    check(
        &["evaluate", "-"],
        &negative,
        2,
        "",
        "components[0].work.duration_ms",
    );
    check(
        &["evaluate", "-"],
        &SYSTEM.replace("duration_ms", "duration"),
        2,
        "",
        "components[0].work.duration",
    );
    check(&["evaluate", "-"], "{", 2, "", "-:");
    check(&["evaluate", "/no/such/file"], "", 2, "", "/no/such/file");
    check(
        &["evaluate", "-", "--prices", "/no/such/folder"],
        SYSTEM,
        2,
        "",
        "/no/such/folder",
    );
    check(&["evaluate", "-", "--format", "pdf"], "", 2, "", "pdf");
    check(&["nonsense"], "", 2, "", "nonsense");
    check(
        &["serve", "--public-url", "example.com"],
        "",
        2,
        "",
        "public-url",
    );
}

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

#[test]
fn a_server_that_cannot_start_says_why() {
    check(
        &["serve", "--database-url", "mysql://localhost/x"],
        "",
        1,
        "",
        "sqlite",
    );
    check(
        &["serve", "--database-url", "sqlite:///no/such/folder/x.db"],
        "",
        1,
        "",
        "database",
    );
}

/// Ends with its test.
struct Server {
    child: Child,
    address: String,
}

impl Server {
    fn start(folder: &std::path::Path) -> Self {
        // No subcommand: serving is the default.
        let mut child = breakeven(&["--addr", "127.0.0.1:0"])
            .current_dir(folder)
            .spawn()
            .expect("started");
        let mut line = String::new();
        BufReader::new(child.stdout.take().expect("an output"))
            .read_line(&mut line)
            .expect("a line");
        let address = line
            .trim()
            .strip_prefix("Breakeven listens on http://")
            .unwrap_or_else(|| panic!("{line:?}"));
        Self {
            address: address.to_owned(),
            child,
        }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("connected");
        stream
            .set_read_timeout(Some(Duration::from_secs(20)))
            .expect("a timeout");
        stream
    }

    fn terminate(&self) {
        let sent = Command::new("kill")
            .args(["-TERM", &self.child.id().to_string()])
            .status()
            .expect("sent");
        assert!(sent.success());
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        let _ended_already = self.child.kill();
        let _status = self.child.wait();
    }
}

#[test]
fn it_serves_from_any_folder_and_finishes_what_is_under_way() {
    let folder = tempfile::tempdir().expect("a folder");
    let mut server = Server::start(folder.path());
    assert!(
        folder.path().join("breakeven.db").exists(),
        "the database is made"
    );

    let mut under_way = server.connect();
    let head = format!(
        "POST /api/v1/evaluate HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {}\r\n\r\n",
        SYSTEM.len()
    );
    under_way.write_all(head.as_bytes()).expect("sent");
    let mut idle = server.connect();
    idle.write_all(b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n")
        .expect("sent");
    let mut first = [0; 12];
    idle.read_exact(&mut first).expect("an answer");
    assert_eq!(&first, b"HTTP/1.1 200");

    server.terminate();
    std::thread::sleep(Duration::from_millis(300));
    assert!(
        TcpStream::connect(&server.address).is_err(),
        "no new connections"
    );
    under_way.write_all(SYSTEM.as_bytes()).expect("sent");
    let mut answer = String::new();
    under_way.read_to_string(&mut answer).expect("an answer");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");

    let asked = Instant::now();
    let status = server.child.wait().expect("ended");
    assert_eq!(status.code(), Some(0));
    assert!(asked.elapsed() < Duration::from_secs(5));
}

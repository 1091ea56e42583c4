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

#[test]
fn stale_prices_are_told_from_fresh_ones() {
    let ended = run(&["prices", "--check"], "");
    let stale = String::from_utf8_lossy(&ended.stderr).contains("older than 365 days");
    assert_eq!(ended.status.code(), Some(i32::from(stale)));
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

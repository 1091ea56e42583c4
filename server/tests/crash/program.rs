//! The built program on a port of its own, and as much of an HTTP client as it takes to save.

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};

use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;

const SYSTEM: &str = r#"{"version":1,"components":[{"traffic":{"requests_per_month":1000000},"work":{"duration_ms":120}}]}"#;

/// A program that serves until it is killed or dropped.
pub(crate) struct Program {
    child: Child,
    pub(crate) address: String,
    _folder: tempfile::TempDir,
}

impl Program {
    pub(crate) fn start(database_url: &str) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        let mut child = Command::new(env!("CARGO_BIN_EXE_breakeven"))
            .args(["serve", "--addr", "127.0.0.1:0"])
            .current_dir(folder.path())
            .env("DATABASE_URL", database_url)
            .env("BREAKEVEN_RATE_LIMIT", "0")
            .env("BREAKEVEN_CLIENT_QUOTA_MB", "0")
            .env("BREAKEVEN_METRICS_ADDR", "off")
            .env("RUST_LOG", "error")
            .stdout(Stdio::piped())
            .spawn()
            .expect("started");
        let mut line = String::new();
        let output = child.stdout.take().expect("an output");
        BufReader::new(output).read_line(&mut line).expect("a line");
        let address = line.trim().rsplit_once("http://").expect("an address").1;
        Self {
            address: address.to_owned(),
            child,
            _folder: folder,
        }
    }

    /// `kill -9`.
    pub(crate) fn kill(&mut self) {
        let _dead_already = self.child.kill();
        let _status = self.child.wait();
    }

    /// A scenario as saved.
    pub(crate) async fn record(&self, id: &str) -> serde_json::Value {
        let request = format!("GET /api/v1/scenarios/{id} HTTP/1.1\r\n");
        let (status, body) = ask(&self.address, &request, "").await.expect("an answer");
        assert_eq!(status, 200, "{id}: {body}");
        serde_json::from_str(&body).expect("JSON")
    }

    /// Begins a simulation that takes minutes, and returns its id.
    pub(crate) async fn simulate(&self) -> String {
        let system = SYSTEM.replace("1000000", "20000000");
        let body = format!(
            r#"{{"system":{system},"months":12,"platforms":["aws-fargate"],"two_state":{{"high":4,"high_s":300,"low_s":1800}}}}"#
        );
        let request = "POST /api/v1/simulations HTTP/1.1\r\ncontent-type: application/json\r\n";
        let (status, answer) = ask(&self.address, request, &body).await.expect("an answer");
        assert_eq!(status, 202, "{answer}");
        let begun: serde_json::Value = serde_json::from_str(&answer).expect("JSON");
        begun["id"].as_str().expect("an id").to_owned()
    }

    /// How a simulation stands.
    pub(crate) async fn simulation(&self, id: &str) -> serde_json::Value {
        let request = format!("GET /api/v1/simulations/{id} HTTP/1.1\r\n");
        let (status, body) = ask(&self.address, &request, "").await.expect("an answer");
        assert_eq!(status, 200, "{id}: {body}");
        serde_json::from_str(&body).expect("JSON")
    }

    pub(crate) async fn status(&self, path: &str) -> u16 {
        let request = format!("GET {path} HTTP/1.1\r\n");
        ask(&self.address, &request, "").await.expect("an answer").0
    }
}

impl Drop for Program {
    fn drop(&mut self) {
        self.kill();
    }
}

/// What came of a wish to save.
#[derive(Debug)]
pub(crate) enum Outcome {
    /// Acknowledged, under this id.
    Saved(String),
    /// 503.
    TryAgain,
}

/// Saves the same small system once more. An error is a connection that broke; any other answer fails the test.
pub(crate) async fn save(address: &str) -> std::io::Result<Outcome> {
    let request = "POST /api/v1/scenarios HTTP/1.1\r\ncontent-type: application/json\r\n";
    let (status, body) = ask(address, request, SYSTEM).await?;
    if status == 503 {
        return Ok(Outcome::TryAgain);
    }
    assert_eq!(status, 201, "{body}");
    // Cut off in its midst is not acknowledged.
    let saved: serde_json::Value = serde_json::from_str(&body)?;
    Ok(Outcome::Saved(
        saved["id"].as_str().expect("an id").to_owned(),
    ))
}

async fn ask(address: &str, head: &str, body: &str) -> std::io::Result<(u16, String)> {
    let mut stream = TcpStream::connect(address).await?;
    let request = format!(
        "{head}host: {address}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    stream.write_all(request.as_bytes()).await?;
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await?;
    let broken = || std::io::Error::from(std::io::ErrorKind::UnexpectedEof);
    let (head, body) = answer.split_once("\r\n\r\n").ok_or_else(broken)?;
    let status = head.split(' ').nth(1).and_then(|code| code.parse().ok());
    if head
        .to_ascii_lowercase()
        .contains("transfer-encoding: chunked")
    {
        return Ok((status.ok_or_else(broken)?, chunks(body)));
    }
    Ok((status.ok_or_else(broken)?, body.to_owned()))
}

/// The content of a chunked body.
fn chunks(mut body: &str) -> String {
    let mut content = String::new();
    while let Some((size, rest)) = body.split_once("\r\n") {
        let size = usize::from_str_radix(size.trim(), 16).unwrap_or_default();
        if size == 0 || rest.len() < size {
            break;
        }
        content.push_str(&rest[..size]);
        body = rest[size..].trim_start_matches("\r\n");
    }
    content
}

/// Stops or starts the database server.
pub(crate) fn run(control: &str, what: &str) {
    let status = Command::new(control).arg(what).status().expect("run");
    assert!(status.success(), "{control} {what}");
}

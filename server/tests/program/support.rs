//! Calls the built program, and keeps a server for as long as a test lives.

use std::io::{BufRead as _, BufReader, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Output, Stdio};
use std::time::Duration;

use tempfile::TempDir;

pub(crate) const SYSTEM: &str = r#"{"version":1,"components":[{"traffic":{"requests_per_month":1000000},"work":{"duration_ms":120}}]}"#;

pub(crate) fn breakeven(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_breakeven"));
    command
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped());
    for (name, _) in std::env::vars_os() {
        let ours = name.to_string_lossy().starts_with("BREAKEVEN_");
        if ours || name == "DATABASE_URL" {
            command.env_remove(name);
        }
    }
    command
}

pub(crate) fn run(arguments: &[&str], input: &str) -> Output {
    let mut child = breakeven(arguments).spawn().expect("started");
    // A program that reads no input has closed it.
    let _unread = child
        .stdin
        .take()
        .expect("an input")
        .write_all(input.as_bytes());
    child.wait_with_output().expect("ended")
}

pub(crate) fn check(arguments: &[&str], input: &str, status: i32, output: &str, errors: &str) {
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

/// Ends with its test.
pub(crate) struct Server {
    pub(crate) child: Child,
    pub(crate) address: String,
    folder: TempDir,
}

impl Server {
    /// In an empty folder, without metrics unless they are asked for.
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::spawn(arguments, |command| {
            command.env("BREAKEVEN_METRICS_ADDR", "off");
        })
    }

    /// In an empty folder, with every setting at its default but the address.
    pub(crate) fn start_as_is() -> Self {
        Self::spawn(&[], |_| ())
    }

    fn spawn(arguments: &[&str], prepare: impl FnOnce(&mut Command)) -> Self {
        let folder = tempfile::tempdir().expect("a folder");
        // No subcommand: serving is the default.
        let mut command = breakeven(&["--addr", "127.0.0.1:0"]);
        prepare(&mut command);
        let mut child = command
            .args(arguments)
            .current_dir(&folder)
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
            folder,
        }
    }

    /// A file of the folder that it was started in.
    pub(crate) fn path(&self, file: &str) -> std::path::PathBuf {
        self.folder.path().join(file)
    }

    pub(crate) fn has(&self, file: &str) -> bool {
        self.folder.path().join(file).exists()
    }

    pub(crate) fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).expect("connected");
        stream
            .set_read_timeout(Some(Duration::from_secs(25)))
            .expect("a timeout");
        stream
    }

    pub(crate) fn terminate(&self) {
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

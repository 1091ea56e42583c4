//! Who sends slowly does not hold a server for long.

use std::io::{Read as _, Write as _};
use std::time::{Duration, Instant};

use super::support::Server;

/// Sends this, then nothing, and waits for the end.
fn check(case: &str, sent: &str, within_s: std::ops::Range<u64>, answer: &str) {
    let server = Server::start(&[]);
    let mut stream = server.connect();
    let started = Instant::now();
    stream.write_all(sent.as_bytes()).expect("sent");
    let mut received = String::new();
    stream.read_to_string(&mut received).expect("an end");
    let took = started.elapsed();
    let range = Duration::from_secs(within_s.start)..Duration::from_secs(within_s.end);
    assert!(range.contains(&took), "{case}: {took:?}");
    assert!(received.starts_with(answer), "{case}: {received}");
}

#[test]
fn a_head_has_ten_seconds() {
    check("half a head", "GET / HTTP/1.1\r\nhost:", 9..14, "");
}

#[test]
fn a_connection_that_says_nothing_has_ten_seconds() {
    check("nothing", "", 9..14, "");
}

#[test]
fn a_body_has_fifteen_seconds() {
    let head = "POST /api/v1/evaluate HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\
                content-type: application/json\r\ncontent-length: 100\r\n\r\n{";
    check("half a body", head, 14..19, "HTTP/1.1 408");
}

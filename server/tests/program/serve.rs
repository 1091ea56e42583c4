//! `breakeven serve`: how it starts and how it stops.

use std::io::{Read as _, Write as _};
use std::net::TcpStream;
use std::time::{Duration, Instant};

use super::support::{SYSTEM, Server, check};

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

#[test]
fn it_serves_from_any_folder_and_finishes_what_is_under_way() {
    let mut server = Server::start(&[]);
    assert!(server.has("breakeven.db"), "the database is made");

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

//! More connections than the server holds wait for their turn.

use std::io::{ErrorKind, Read as _, Write as _};
use std::net::TcpStream;
use std::time::Duration;

use super::support::Server;

/// As many as `listen.rs` holds.
const MOST: usize = 896;

fn ask(stream: &mut TcpStream) -> std::io::Result<[u8; 12]> {
    let mut first = [0; 12];
    stream.read_exact(&mut first)?;
    Ok(first)
}

#[test]
fn a_connection_too_many_waits_until_another_ends() {
    let server = Server::start(&[]);
    let mut held: Vec<TcpStream> = (0..MOST).map(|_| server.connect()).collect();
    let mut waiting = server.connect();
    let request = b"GET /healthz HTTP/1.1\r\nhost: x\r\n\r\n";
    waiting.write_all(request).expect("sent");
    waiting
        .set_read_timeout(Some(Duration::from_secs(1)))
        .expect("a timeout");
    let nothing = ask(&mut waiting).expect_err("no answer yet");
    assert!(
        matches!(nothing.kind(), ErrorKind::WouldBlock | ErrorKind::TimedOut),
        "{nothing}"
    );
    // Those that are held are served.
    let last = held.last_mut().expect("some");
    last.write_all(request).expect("sent");
    assert_eq!(&ask(last).expect("an answer"), b"HTTP/1.1 200");
    held.truncate(MOST / 2);
    assert_eq!(&ask(&mut waiting).expect("an answer"), b"HTTP/1.1 200");
}

//! Metrics on an address of their own.

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};

use super::support::{Server, check};

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).expect("connected");
    let request = format!("GET {path} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn metrics_have_an_address_of_their_own() {
    let free = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = free.local_addr().expect("an address").to_string();
    drop(free);
    let mut server = Server::start(&["--metrics-addr", &address]);
    get(&server.address, "/healthz");
    let answer = get(&address, "/metrics");
    for expected in [
        "HTTP/1.1 200",
        "content-type: application/openmetrics-text; version=1.0.0; charset=utf-8",
        "breakeven_http_requests_total{method=\"GET\",route=\"/healthz\",status=\"2xx\"} 1",
    ] {
        assert!(answer.contains(expected), "{expected} is not in {answer}");
    }
    assert!(get(&address, "/").starts_with("HTTP/1.1 404"));
    assert!(get(&server.address, "/metrics").starts_with("HTTP/1.1 404"));
    server.terminate();
    assert_eq!(server.child.wait().expect("ended").code(), Some(0));
    assert!(TcpStream::connect(&address).is_err(), "stopped too");
}

#[test]
fn an_address_that_is_stated_must_be_free() {
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let folder = tempfile::tempdir().expect("a folder");
    let database = format!("sqlite://{}/x.db", folder.path().display());
    let arguments = [
        "--addr",
        "127.0.0.1:0",
        "--database-url",
        &database,
        "--metrics-addr",
        &address,
    ];
    check(&arguments, "", 1, "", &address);
}

#[test]
fn a_second_server_goes_on_without_metrics() {
    // Whichever has the port, both serve.
    let servers = [(); 2].map(|()| Server::start_as_is());
    for server in servers {
        assert!(get(&server.address, "/healthz").starts_with("HTTP/1.1 200"));
    }
}

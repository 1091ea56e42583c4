//! `breakeven backup`: a copy while it serves, which a server takes up as it is.

use std::io::{Read as _, Write as _};

use super::support::{SYSTEM, Server, check};

fn saved(server: &Server) -> String {
    let head = "POST /api/v1/scenarios HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-type: application/json\r\n";
    let answer = asked(
        server,
        &format!("{head}content-length: {}\r\n\r\n{SYSTEM}", SYSTEM.len()),
    );
    assert!(answer.starts_with("HTTP/1.1 201"), "{answer}");
    let id = answer.split("\"id\":\"").nth(1).expect("an id");
    id.chars().take(26).collect()
}

fn asked(server: &Server, request: &str) -> String {
    let mut stream = server.connect();
    stream.write_all(request.as_bytes()).expect("sent");
    let mut answer = String::new();
    stream.read_to_string(&mut answer).expect("an answer");
    answer
}

#[test]
fn a_copy_is_made_while_it_serves_and_holds_what_was_saved() {
    let server = Server::start(&[]);
    let id = saved(&server);
    let url = format!("sqlite://{}", server.path("breakeven.db").display());
    let copy = server.path("copy.db");
    let file = copy.to_str().expect("a path");
    let backup = ["backup", file, "--database-url", &url];
    check(&backup, "", 0, "Copied to", "");
    assert!(!server.has("copy.db.unfinished"));
    saved(&server);
    check(&backup, "", 2, "", "exists already");

    let restored = Server::start(&["--database-url", &format!("sqlite://{file}")]);
    let read =
        format!("GET /api/v1/scenarios/{id} HTTP/1.1\r\nhost: x\r\nconnection: close\r\n\r\n");
    assert!(asked(&restored, &read).starts_with("HTTP/1.1 200"));
}

#[test]
fn what_cannot_be_copied_is_told() {
    check(
        &["backup", "copy.db", "--database-url", "postgres://x/y"],
        "",
        2,
        "",
        "pg_dump",
    );
    check(
        &[
            "backup",
            "copy.db",
            "--database-url",
            "sqlite:///no/such/x.db",
        ],
        "",
        1,
        "",
        "database",
    );
    check(&["backup"], "", 2, "", "FILE");
}

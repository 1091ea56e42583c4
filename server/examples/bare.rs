//! The least that axum answers: `bare PORT`. `scripts/load` holds the server's throughput against it.

use std::net::Ipv4Addr;

use axum::Router;
use axum::routing::get;
use tokio::net::TcpListener;

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let port = std::env::args().nth(1).and_then(|port| port.parse().ok());
    let listener = TcpListener::bind((Ipv4Addr::LOCALHOST, port.unwrap_or(0))).await?;
    axum::serve(
        listener,
        Router::new().route("/", get(|| async { "alive\n" })),
    )
    .await
}

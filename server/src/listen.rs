//! Accepts connections and serves each, with limits on their number and on the time that the head of
//! a request may take; stops softly, then hard.

use std::net::IpAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, mpsc, watch};
use tower::ServiceExt as _;

use crate::shutdown::{SOFT_LIMIT, asked_to_stop};

/// From the first byte to the end of the headers, and between requests.
const HEAD_TIMEOUT: Duration = Duration::from_secs(10);
/// How long to wait when the process has no file descriptor left.
const ACCEPT_PAUSE: Duration = Duration::from_millis(100);
/// Systems give a process 1,024 file descriptors unless told otherwise; database and files need some of them.
/// Further connections wait in the system's queue.
const MOST_CONNECTIONS: usize = 1_024 - 128;

/// The other end of the connection that a request came over, in the request's extensions.
#[derive(Clone, Copy)]
pub struct Peer(pub IpAddr);

/// An address would identify a person in whatever prints this.
impl std::fmt::Debug for Peer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("Peer(..)")
    }
}

/// Serves until `stopped` turns true and what was under way has ended.
pub async fn serve(listener: TcpListener, router: Router, mut stopped: watch::Receiver<bool>) {
    // Each connection holds a sender; when all are gone, so are the connections.
    let (alive, mut all_gone) = mpsc::channel::<()>(1);
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    loop {
        let accepted = tokio::select! {
            accepted = accept(&listener, &places) => accepted,
            () = asked_to_stop(&mut stopped) => break,
        };
        match accepted {
            Ok((stream, peer, place)) => {
                let held = (place, alive.clone());
                tokio::spawn(connection(
                    stream,
                    peer,
                    router.clone(),
                    stopped.clone(),
                    held,
                ));
            }
            Err(error) => {
                tracing::warn!(%error, "a connection could not be accepted");
                tokio::time::sleep(ACCEPT_PAUSE).await;
            }
        }
    }
    drop((listener, alive));
    if tokio::time::timeout(SOFT_LIMIT, all_gone.recv())
        .await
        .is_err()
    {
        tracing::warn!("some requests did not end in time and are cut off");
    }
}

/// The next connection, once there is a place for it.
async fn accept(
    listener: &TcpListener,
    places: &Arc<Semaphore>,
) -> std::io::Result<(TcpStream, Peer, OwnedSemaphorePermit)> {
    let place = Arc::clone(places).acquire_owned().await;
    let place = place.map_err(std::io::Error::other)?;
    let (stream, address) = listener.accept().await?;
    Ok((stream, Peer(address.ip()), place))
}

async fn connection(
    stream: TcpStream,
    peer: Peer,
    router: Router,
    mut stopped: watch::Receiver<bool>,
    _held: (OwnedSemaphorePermit, mpsc::Sender<()>),
) {
    // Answers are written whole; waiting for more to send only delays them.
    let _slower_without = stream.set_nodelay(true);
    let service =
        TowerToHyperService::new(router.map_request(move |mut request: Request<Incoming>| {
            request.extensions_mut().insert(peer);
            request
        }));
    let mut connection = std::pin::pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEAD_TIMEOUT)
            .serve_connection(TokioIo::new(stream), service)
    );
    let ended = tokio::select! {
        ended = connection.as_mut() => ended,
        () = asked_to_stop(&mut stopped) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = ended {
        tracing::debug!(%error, "a connection ended early");
    }
}

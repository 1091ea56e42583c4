//! When to stop: a first signal asks what is under way to finish, a second one or
//! the limit ends it.

use std::sync::LazyLock;
use std::time::Duration;

use tokio::signal::unix::{SignalKind, signal};
use tokio::sync::watch;

/// How long requests that are under way may take once it is asked to stop.
pub(crate) const SOFT_LIMIT: Duration = Duration::from_secs(15);

/// Ends when it is asked to stop, or when nobody is left to ask.
pub(crate) async fn asked_to_stop(stopped: &mut watch::Receiver<bool>) {
    let _either_way = stopped.wait_for(|stop| *stop).await;
}

/// Never turns true: for what is not stopped by a signal.
#[must_use]
pub fn never() -> watch::Receiver<bool> {
    static NEVER: LazyLock<watch::Sender<bool>> = LazyLock::new(|| watch::Sender::new(false));
    NEVER.subscribe()
}

/// Turns to true when the program is asked to stop.
///
/// # Errors
/// When the operating system refuses to tell of signals.
pub(crate) fn on_signal() -> std::io::Result<watch::Receiver<bool>> {
    let (stop, stopped) = watch::channel(false);
    let mut terminate = signal(SignalKind::terminate())?;
    let mut interrupt = signal(SignalKind::interrupt())?;
    tokio::spawn(async move {
        for again in [false, true] {
            tokio::select! {
                _ = terminate.recv() => {}
                _ = interrupt.recv() => {}
            }
            if again {
                tracing::warn!("asked to stop again, stopping at once");
                std::process::exit(1);
            }
            tracing::info!("asked to stop, finishing what is under way");
            let _nobody_listens = stop.send(true);
        }
    });
    Ok(stopped)
}

//! Keeps the store informed while a job waits and runs, and writes down how it ended.

use std::sync::Arc;

use tokio::sync::watch;

use super::job::{Ended, Job};
use super::pool::Pool;
use super::{BEAT, Here};
use crate::clock::Clock;
use crate::shutdown::asked_to_stop;
use crate::store::{Document, SimulationEnd, Store};

/// Tries to write down an end, a beat apart: a database may be away for a few minutes.
const TRIES: u32 = 150;

/// Who looks after one job.
pub(super) struct Keeper {
    pub(super) id: String,
    pub(super) job: Arc<Job>,
    pub(super) store: Arc<dyn Store>,
    pub(super) clock: Arc<dyn Clock>,
    pub(super) pool: Arc<Pool>,
    pub(super) here: Arc<Here>,
    pub(super) stopped: watch::Receiver<bool>,
}

impl Keeper {
    /// Until the job has ended and that is written down.
    pub(super) async fn keep(self, ended: Ended) {
        let end = self.wait(ended).await;
        self.write_down(&end).await;
        self.here.jobs().remove(&self.id);
        self.job.nudge();
    }

    async fn wait(&self, mut ended: Ended) -> SimulationEnd {
        let mut stopped = self.stopped.clone();
        let mut beats = tokio::time::interval(BEAT);
        loop {
            tokio::select! {
                done = &mut ended => return match done {
                    Ok(Ok(result)) => SimulationEnd::Done(Document::pack(&result)),
                    Ok(Err(why)) => SimulationEnd::Failed(why),
                    // Withdrawn, or it panicked, which the log tells.
                    Err(_) => SimulationEnd::Failed("something went wrong while it was computed".to_owned()),
                },
                () = asked_to_stop(&mut stopped) => {
                    self.job.drop_it();
                    self.pool.withdraw(&self.id);
                    return SimulationEnd::Interrupted;
                }
                _ = beats.tick() => self.beat().await,
            }
        }
    }

    /// A sign of life. Whoever cancels it in another program is heard here.
    async fn beat(&self) {
        let status = self.job.status(None);
        let progress = status.progress.json();
        let beat = self
            .store
            .beat_simulation(&self.id, status.state, &progress, self.clock.now());
        match beat.await {
            Ok(true) => {}
            Ok(false) => {
                self.job.drop_it();
                self.pool.withdraw(&self.id);
            }
            // The next beat is soon; silence is told after several.
            Err(error) => tracing::warn!(%error, "a simulation could not give a sign of life"),
        }
    }

    async fn write_down(&self, end: &SimulationEnd) {
        for _ in 0..TRIES {
            // What was cancelled meanwhile stays cancelled.
            match self
                .store
                .end_simulation(&self.id, end, self.clock.now())
                .await
            {
                Ok(_) => return,
                Err(error) => tracing::warn!(%error, "the end of a simulation could not be kept"),
            }
            if *self.stopped.borrow() {
                return;
            }
            tokio::time::sleep(BEAT).await;
        }
    }
}

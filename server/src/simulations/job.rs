//! One job: what it computes, what it tells meanwhile, and whether anybody still wants it.

use std::ops::ControlFlow;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use tokio::sync::{oneshot, watch};

use super::pool::Place;
use super::status::{Ahead, Progress, Status};
use crate::store::SimulationState;

/// What is computed: tells how far it is, and gives the result as JSON, or says why there is none.
pub(crate) type Work = Box<dyn FnOnce(&Told) -> Result<String, String> + Send>;

/// What a job tells while it is computed.
#[derive(Debug)]
pub(crate) struct Told {
    job: Arc<Job>,
    since: Instant,
}

/// A job that waits or is computed here.
#[derive(Debug)]
pub(super) struct Job {
    status: watch::Sender<Status>,
    dropped: AtomicBool,
}

impl Job {
    pub(super) fn new() -> Self {
        let status = Status {
            state: SimulationState::Queued,
            ahead: None,
            progress: Progress::default(),
            why: None,
        };
        Self {
            status: watch::Sender::new(status),
            dropped: AtomicBool::new(false),
        }
    }

    pub(super) fn status(&self, ahead: Ahead) -> Status {
        Status {
            ahead,
            ..self.status.borrow().clone()
        }
    }

    /// Nobody wants it any more: it ends where it next tells how far it is.
    pub(super) fn drop_it(&self) {
        self.dropped.store(true, Ordering::Relaxed);
    }

    /// Waits until it tells something new, for so long at most.
    pub(super) async fn changed(&self, at_most: Duration) {
        let mut status = self.status.subscribe();
        // Either way it is time to look.
        let _late = tokio::time::timeout(at_most, status.changed()).await;
    }

    /// Lets whoever follows look again.
    pub(super) fn nudge(&self) {
        self.status.send_modify(|_| {});
    }
}

impl Told {
    /// How far it is; breaks off where nobody wants it any more.
    pub(crate) fn progress(&self, done: f64, mut progress: Progress) -> ControlFlow<()> {
        if self.job.dropped.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        let seconds = self.since.elapsed().as_secs_f64();
        progress.percent = 100.0 * done;
        progress.requests_per_s = progress.requests / seconds.max(f64::MIN_POSITIVE);
        progress.seconds_left = (done > 0.0).then(|| seconds * (1.0 - done) / done);
        self.job.status.send_modify(|status| {
            status.state = SimulationState::Running;
            status.progress = progress;
        });
        ControlFlow::Continue(())
    }
}

/// How the computing ended; `None` where it never began or panicked.
pub(super) type Ended = oneshot::Receiver<Result<String, String>>;

/// Puts a job's work into its place in the queue.
pub(super) fn submit(place: Place, id: &str, job: &Arc<Job>, work: Work) -> Ended {
    let (tell, ended) = oneshot::channel();
    let job = Arc::clone(job);
    let run = move || {
        let told = Told {
            job,
            since: Instant::now(),
        };
        if told.progress(0.0, Progress::default()).is_continue() {
            // Its keeper ends with the program only.
            let _nobody_waits = tell.send(work(&told));
        }
    };
    place.put(id.to_owned(), Box::new(run));
    ended
}

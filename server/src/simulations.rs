//! Simulations as jobs: a bounded queue, a bounded pool of threads, progress for whoever follows, a result that is kept.
//!
//! The store knows every job, so that any copy of the program can tell how it stands and can cancel it. Who computes
//! one gives a sign of life every few seconds; a job whose program is silent counts as interrupted.

mod job;
mod keeper;
mod pool;
mod port;
mod status;
mod work;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use time::Duration as Span;
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

use crate::clock::Clock;
use crate::entropy::{Entropy, is_id, random_id};
use crate::error::Error;
use crate::shutdown::asked_to_stop;
use crate::store::{Document, NewSimulation, SimulationEnd, Store, StoreError, StoredSimulation};

use job::Job;
pub(crate) use job::Work;
use keeper::Keeper;
use pool::{Place, Pool};
pub(crate) use status::{Progress, Status};
pub(crate) use work::{of as work_of, replay};

/// How long a result is kept.
pub(crate) const KEPT: Span = Span::days(7);
/// From one sign of life to the next.
const BEAT: Duration = Duration::from_secs(2);
/// A program that was silent for so long has ended: several beats, and a slow database.
const SILENCE: Span = Span::seconds(15);
/// Those who follow a job at once, a quarter of all connections.
const MOST_FOLLOWERS: usize = 224;
/// How often another program's job is looked at for whoever follows it.
const LOOK: Duration = Duration::from_secs(1);

/// How many simulations may be under way.
#[derive(Clone, Copy, Debug)]
pub struct SimulationBounds {
    /// Computed at once.
    pub running: usize,
    /// Waiting for their turn.
    pub waiting: usize,
    /// Threads for the runs of one.
    pub threads: usize,
}

/// Half of the cores simulate, the others answer; half of them one simulation, as long as there are enough.
const PARTS: usize = 2;
/// At ten seconds each, whoever comes last waits for a few minutes.
const WAITING: usize = 16;

impl Default for SimulationBounds {
    fn default() -> Self {
        let cores = std::thread::available_parallelism().map_or(1, usize::from);
        let simulating = (cores / PARTS).max(1);
        let running = simulating.div_ceil(PARTS);
        Self {
            running,
            waiting: WAITING,
            threads: (simulating / running).max(1),
        }
    }
}

/// All simulations.
#[derive(Debug)]
pub(crate) struct Simulations {
    store: Arc<dyn Store>,
    clock: Arc<dyn Clock>,
    entropy: Arc<dyn Entropy>,
    pool: Arc<Pool>,
    here: Arc<Here>,
    stopped: watch::Receiver<bool>,
    /// Threads for the runs of one.
    pub(crate) threads: usize,
    /// Places of those who follow a job: each holds a connection.
    followers: Arc<Semaphore>,
}

/// The jobs that this program computes, by their ids.
#[derive(Debug, Default)]
pub(super) struct Here(Mutex<HashMap<String, Arc<Job>>>);

impl Here {
    fn jobs(&self) -> std::sync::MutexGuard<'_, HashMap<String, Arc<Job>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn find(&self, id: &str) -> Option<Arc<Job>> {
        self.jobs().get(id).cloned()
    }
}

/// A job that was asked for, as the store knows it, with how far it is.
#[derive(Clone, Debug)]
pub(crate) struct Found {
    pub(crate) status: Status,
    pub(crate) stored: StoredSimulation,
}

impl Simulations {
    /// None under way. `stopped` turns true when the program is asked to stop.
    pub(crate) fn open(
        store: Arc<dyn Store>,
        clock: Arc<dyn Clock>,
        entropy: Arc<dyn Entropy>,
        bounds: SimulationBounds,
        stopped: watch::Receiver<bool>,
    ) -> Self {
        Self {
            store,
            clock,
            entropy,
            pool: Arc::new(Pool::start(bounds)),
            here: Arc::default(),
            stopped,
            threads: bounds.threads,
            followers: Arc::new(Semaphore::new(MOST_FOLLOWERS)),
        }
    }

    /// A place to follow a job from.
    pub(crate) fn follower(&self) -> Result<OwnedSemaphorePermit, Error> {
        let place = Arc::clone(&self.followers).try_acquire_owned();
        place.map_err(|_| Error::Overloaded)
    }

    /// Promises a place in the queue.
    pub(crate) fn reserve(&self) -> Result<Place, Error> {
        let full = |waiting| Error::QueueFull { waiting };
        self.pool.reserve().map_err(full)
    }

    /// Puts work into its place in the queue, and returns its id.
    pub(crate) async fn begin(
        &self,
        place: Place,
        question: &str,
        work: Work,
    ) -> Result<String, Error> {
        let id = random_id(self.entropy.as_ref()).map_err(|_| Error::Internal)?;
        let now = self.clock.now();
        let new = NewSimulation {
            id: id.clone(),
            question: Document::pack(question),
            progress: Progress::default().json(),
            created_at: now,
            expires_at: now + KEPT,
        };
        self.store
            .begin_simulation(&new)
            .await
            .map_err(|error| failed(&error))?;
        let job = Arc::new(Job::new());
        self.here.jobs().insert(id.clone(), Arc::clone(&job));
        let keeper = Keeper {
            id: id.clone(),
            job: Arc::clone(&job),
            store: Arc::clone(&self.store),
            clock: Arc::clone(&self.clock),
            pool: Arc::clone(&self.pool),
            here: Arc::clone(&self.here),
            stopped: self.stopped.clone(),
        };
        // Whatever happens to the work, its keeper writes down how it ended.
        let ended = job::submit(place, &id, &job, work);
        tokio::spawn(keeper.keep(ended));
        Ok(id)
    }

    /// How a job stands; `None` where there is no such thing, or no longer.
    pub(crate) async fn find(&self, id: &str) -> Result<Option<Found>, Error> {
        if !is_id(id) {
            return Ok(None);
        }
        let now = self.clock.now();
        // Looked for before the row is read: what ends in between is then told as it was, or as ended.
        let here = self.here.find(id);
        let Some(stored) = self
            .store
            .simulation(id, now)
            .await
            .map_err(|error| failed(&error))?
        else {
            return Ok(None);
        };
        let status = match here {
            Some(job) if stored.state.is_open() => job.status(self.pool.ahead(id)),
            _ => Status::stored(&stored, now - stored.beat_at > SILENCE),
        };
        Ok(Some(Found { status, stored }))
    }

    /// Ends a job that waits or runs, wherever that is. What has ended stays as it is.
    pub(crate) async fn cancel(&self, id: &str) -> Result<(), Error> {
        if self.find(id).await?.is_none() {
            return Err(Error::NotFound);
        }
        let end = SimulationEnd::Cancelled;
        let ended = self.store.end_simulation(id, &end, self.clock.now());
        ended.await.map_err(|error| failed(&error))?;
        if let Some(job) = self.here.find(id) {
            job.drop_it();
            self.pool.withdraw(id);
        }
        Ok(())
    }

    /// Waits until there is more to tell than `known`, or the job has ended.
    pub(crate) async fn news(&self, id: &str, known: Option<&Status>) -> Option<Status> {
        if known.is_some_and(|status| !status.state.is_open()) {
            return None;
        }
        let mut stopped = self.stopped.clone();
        loop {
            // What is computed here need not be read from the store.
            let here = self.here.find(id);
            let status = match &here {
                Some(job) => job.status(self.pool.ahead(id)),
                None => self.find(id).await.ok()??.status,
            };
            if known != Some(&status) {
                return Some(status);
            }
            let changed = async {
                match here {
                    Some(job) => job.changed(LOOK).await,
                    None => tokio::time::sleep(LOOK).await,
                }
            };
            tokio::select! {
                () = changed => {}
                () = asked_to_stop(&mut stopped) => return None,
            }
        }
    }
}

fn failed(error: &StoreError) -> Error {
    if let StoreError::Unavailable(_) = error {
        tracing::warn!(%error, "the store cannot be used");
        Error::Unavailable
    } else {
        tracing::error!(%error, "a simulation could not be kept or read");
        Error::Internal
    }
}

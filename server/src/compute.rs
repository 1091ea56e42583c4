//! Computing on a bounded pool: as many at once as there are cores, a short queue,
//! a deadline. Beyond, the caller hears so at once instead of everyone waiting.

use std::sync::Arc;
use std::time::Duration;

use app::api::ports::{Boxed, Evaluator, PortError};
use app::charts::{Chart, Drawing, Source, Subject};
use app::pages::answer::FIRST;
use model::Parts;
use model::break_even::UnknownInput;
use model::evaluation::{Evaluation, InputBreakEvens};
use model::price::PriceBook;
use model::system::System;
use tokio::sync::Semaphore;
use tokio::time::{Instant, timeout_at};

use crate::cache::{ContentCache, ContentKey, Weight};
use crate::metrics::Metrics;

/// How much may be computed, and for how long one may wait for it.
#[derive(Clone, Copy, Debug)]
pub struct Bounds {
    /// Computations at once.
    pub running: usize,
    /// Computations that wait for their turn.
    pub waiting: usize,
    /// From the request to its result.
    pub deadline: Duration,
}

/// One evaluation with all parts takes a core about a tenth of a second, so these are done in about six: well
/// before the deadline, and more than a browser or a handful of scripts ask for at once. More waiting would
/// only mean that more wait in vain.
const WAITING_PER_CORE: usize = 64;

impl Bounds {
    fn of_cores(cores: usize) -> Self {
        Self {
            running: cores,
            waiting: WAITING_PER_CORE * cores,
            deadline: Duration::from_secs(20),
        }
    }
}

impl Default for Bounds {
    fn default() -> Self {
        Self::of_cores(std::thread::available_parallelism().map_or(1, usize::from))
    }
}

/// Bytes of evaluations that are kept: the parts of one answer are asked for one after another.
const KEPT_BYTES: u64 = 16 * 1024 * 1024;
/// What one component of an evaluation takes in memory, about.
const COMPONENT_BYTES: usize = 256 * 1024;

impl Weight for Evaluation {
    fn bytes(&self) -> usize {
        COMPONENT_BYTES * self.components.len().max(1)
    }
}

/// Evaluates systems with one price book.
#[derive(Debug)]
pub struct Compute {
    book: Arc<PriceBook>,
    evaluations: ContentCache<Arc<Evaluation>>,
    places: Arc<Semaphore>,
    turns: Arc<Semaphore>,
    deadline: Duration,
    metrics: Metrics,
}

impl Compute {
    /// A pool with the given bounds.
    #[must_use]
    pub fn new(book: Arc<PriceBook>, bounds: Bounds, metrics: Metrics) -> Self {
        Self {
            book,
            evaluations: ContentCache::of_bytes(KEPT_BYTES),
            places: Arc::new(Semaphore::new(bounds.running + bounds.waiting)),
            turns: Arc::new(Semaphore::new(bounds.running)),
            deadline: bounds.deadline,
            metrics,
        }
    }

    /// Runs the work on a thread that may block.
    ///
    /// # Errors
    /// `Overloaded` when there is no place or no time, `Internal` when the work panicked.
    pub async fn run<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PortError> {
        let done = self.run_in_turn(work).await;
        if let Err(PortError::Overloaded) = done {
            self.metrics.computation_refused();
        }
        done
    }

    async fn run_in_turn<T: Send + 'static>(
        &self,
        work: impl FnOnce() -> T + Send + 'static,
    ) -> Result<T, PortError> {
        let late = Instant::now() + self.deadline;
        let place = Arc::clone(&self.places)
            .try_acquire_owned()
            .map_err(|_| PortError::Overloaded)?;
        let turn = timeout_at(late, Arc::clone(&self.turns).acquire_owned()).await;
        let turn = turn
            .map_err(|_| PortError::Overloaded)?
            .map_err(|_| PortError::Internal)?;
        // A computation cannot be stopped: it keeps its place until it ends, though nobody waits any more.
        let task = tokio::task::spawn_blocking(move || {
            let _held = (place, turn);
            work()
        });
        // What panicked is logged by the panic hook.
        timeout_at(late, task)
            .await
            .map_err(|_| PortError::Overloaded)?
            .map_err(|_| PortError::Internal)
    }
}

/// Names an evaluation by its answers; one server has one price book. `None` where they
/// cannot be written down.
fn key(system: &System, parts: Parts) -> Option<ContentKey> {
    let system = serde_json::to_vec(system).ok()?;
    Some(ContentKey::of(&[&system, format!("{parts:?}").as_bytes()]))
}

impl Evaluator for Compute {
    fn evaluate(&self, system: System, parts: Parts) -> Boxed<'_, Result<Evaluation, PortError>> {
        Box::pin(async move {
            let book = Arc::clone(&self.book);
            let key = key(&system, parts);
            let metrics = self.metrics.clone();
            let make = self.run(move || {
                let started = Instant::now();
                let evaluation = model::evaluate(&system, &book, &parts);
                metrics.evaluation_computed(started.elapsed());
                evaluation
            });
            let evaluation = match key {
                None => make.await?,
                Some(key) => {
                    let make = async { make.await.map(Arc::new) };
                    let kept = self.evaluations.get_or_make(key, make).await?;
                    Evaluation::clone(&kept)
                }
            };
            self.metrics.evaluation_answered();
            Ok(evaluation)
        })
    }

    fn known(&self, system: &System) -> Option<Evaluation> {
        let kept = self.evaluations.known(&key(system, Parts::ALL)?)?;
        Some(Evaluation::clone(&kept))
    }

    fn over_input(
        &self,
        system: System,
        index: usize,
        path: String,
    ) -> Boxed<'_, Result<Result<InputBreakEvens, UnknownInput>, PortError>> {
        let book = Arc::clone(&self.book);
        Box::pin(self.run(move || model::over_input(&system, index, &path, &book)))
    }

    fn drawing(
        &self,
        chart: &'static Chart,
        system: System,
        index: usize,
    ) -> Boxed<'_, Result<Option<Drawing>, PortError>> {
        Box::pin(async move {
            let Source::Evaluation { parts, draw } = chart.source else {
                let book = Arc::clone(&self.book);
                return self
                    .run(move || chart.of_answers(&system, index, &book))
                    .await;
            };
            // What the page was made from is kept, so the chart finds it.
            let parts = if FIRST.has(&parts) { FIRST } else { Parts::ALL };
            let evaluation = match self.known(&system) {
                Some(evaluation) => evaluation,
                None => self.evaluate(system.clone(), parts).await?,
            };
            Ok(draw(&Subject {
                system: &system,
                evaluation: &evaluation,
                index,
            }))
        })
    }
}

#[cfg(test)]
mod tests {
    use std::sync::atomic::{AtomicUsize, Ordering};

    use tokio::sync::RwLock;
    use tokio::task::{JoinSet, yield_now};

    use super::*;
    use crate::clock::SystemClock;
    use crate::prices;

    /// How many of so many at once are refused on two cores: each asks before any may end.
    async fn refused(at_once: usize) -> usize {
        let book = prices::embedded();
        let metrics = Metrics::new(&book, Arc::new(SystemClock));
        let compute = Arc::new(Compute::new(book, Bounds::of_cores(2), metrics));
        let (gate, asked) = (Arc::new(RwLock::new(())), Arc::new(AtomicUsize::new(0)));
        let closed = gate.write().await;
        let mut all = JoinSet::new();
        for _ in 0..at_once {
            let (compute, gate, asked) = (compute.clone(), gate.clone(), asked.clone());
            all.spawn(async move {
                asked.fetch_add(1, Ordering::Relaxed);
                let work = move || drop(gate.blocking_read());
                compute.run(work).await.is_err()
            });
        }
        while asked.load(Ordering::Relaxed) < at_once {
            yield_now().await;
        }
        drop(closed);
        let refused = all.join_all().await;
        refused.into_iter().filter(|refused| *refused).count()
    }

    #[tokio::test]
    async fn sixty_four_at_once_are_all_computed_and_too_many_are_refused() {
        for (at_once, expected) in [(1, 0), (64, 0), (130, 0), (131, 1), (300, 170)] {
            assert_eq!(refused(at_once).await, expected, "{at_once} at once");
        }
    }
}

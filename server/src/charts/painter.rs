//! The threads that own the engines, and what talks to them.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::clean::{Words, clean};
use super::engine::{Engine, Failure};

/// Charts that wait for their turn.
const WAITING: usize = 64;
/// Most engines: a report waits for three charts, and each engine takes 20 MB.
const MOST_ENGINES: usize = 2;
/// The engine may use 2 MB of it.
const STACK_BYTES: usize = 8 << 20;

/// When the engines are started.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Start {
    /// With the painter, so that nobody waits for it.
    AtOnce,
    /// Each with its first chart: for those who may draw none.
    WithFirstChart,
}

/// What is to be drawn.
#[derive(Clone, Debug)]
pub struct Sheet {
    /// The chart's option, JSON with plain colours.
    pub option: String,
    /// Pixels.
    pub width: u32,
    /// Pixels.
    pub height: u32,
    /// What the chart says, for those who hear it.
    pub title: String,
    /// One sentence more.
    pub description: String,
}

/// Why there is no image.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum PaintError {
    /// Too many wait already.
    #[error("too many charts wait to be drawn")]
    Overloaded,
    /// The engine failed; the cause is in the log.
    #[error("the chart could not be drawn")]
    Failed,
}

struct Job {
    sheet: Sheet,
    reply: oneshot::Sender<Result<String, PaintError>>,
}

/// Draws charts, as many at once as there are engines.
#[derive(Clone, Debug)]
pub struct Painter {
    jobs: mpsc::Sender<Job>,
}

impl Painter {
    /// A painter with the given drawing script. Each chart has the given time.
    ///
    /// # Panics
    /// When the system gives no thread.
    #[must_use]
    pub fn start(script: Option<Vec<u8>>, within: Duration, start: Start) -> Self {
        let (jobs, inbox) = mpsc::channel::<Job>(WAITING);
        let (inbox, script) = (Arc::new(Mutex::new(inbox)), script.map(Arc::from));
        let processors = std::thread::available_parallelism().map_or(1, usize::from);
        for _ in 0..processors.min(MOST_ENGINES) {
            let (script, inbox) = (script.clone(), Arc::clone(&inbox));
            std::thread::Builder::new()
                .name("charts".to_owned())
                .stack_size(STACK_BYTES)
                .spawn(move || Studio::new(script, within, start).work(&inbox))
                .expect("the system gives a thread");
        }
        Self { jobs }
    }

    /// The chart as SVG, without styles and scripts.
    ///
    /// # Errors
    /// When too many wait, or the engine fails.
    pub async fn paint(&self, sheet: Sheet) -> Result<String, PaintError> {
        let (reply, drawn) = oneshot::channel();
        self.jobs
            .try_send(Job { sheet, reply })
            .map_err(|_| PaintError::Overloaded)?;
        drawn.await.unwrap_or(Err(PaintError::Failed))
    }
}

/// A thread's own: an engine while it is well.
struct Studio {
    script: Option<Arc<[u8]>>,
    within: Duration,
    engine: Option<Engine>,
}

impl Studio {
    fn new(script: Option<Arc<[u8]>>, within: Duration, start: Start) -> Self {
        let mut studio = Self {
            script,
            within,
            engine: None,
        };
        if start == Start::AtOnce {
            // What is wrong with it is told where the first chart tries again.
            studio.engine = studio.started().ok();
        }
        studio
    }

    fn started(&self) -> Result<Engine, Failure> {
        Engine::start(self.script.as_deref().unwrap_or_default())
    }

    /// Draws what comes, until nobody can ask any more.
    fn work(&mut self, inbox: &Mutex<mpsc::Receiver<Job>>) {
        // Who waits for a chart holds the inbox; the next one takes its place while that is drawn.
        let next = || {
            let mut inbox = inbox.lock().unwrap_or_else(PoisonError::into_inner);
            inbox.blocking_recv()
        };
        while let Some(job) = next() {
            // Nobody waits for it any more.
            if !job.reply.is_closed() {
                let drawn = self.paint(&job.sheet);
                // Who has gone meanwhile misses nothing.
                let _gone = job.reply.send(drawn);
            }
        }
    }

    fn paint(&mut self, sheet: &Sheet) -> Result<String, PaintError> {
        let drawn = catch_unwind(AssertUnwindSafe(|| self.draw(sheet)));
        match drawn {
            Ok(Ok(svg)) => Ok(clean(
                &svg,
                &Words {
                    title: &sheet.title,
                    description: &sheet.description,
                },
            )),
            Ok(Err(error)) => {
                tracing::error!(%error, "a chart could not be drawn");
                self.engine = None;
                Err(PaintError::Failed)
            }
            // What panicked is logged by the panic hook.
            Err(_) => {
                self.engine = None;
                Err(PaintError::Failed)
            }
        }
    }

    fn draw(&mut self, sheet: &Sheet) -> Result<String, Failure> {
        let engine = match self.engine.take() {
            Some(engine) => engine,
            None => self.started()?,
        };
        let engine = self.engine.insert(engine);
        engine.draw(&sheet.option, (sheet.width, sheet.height), self.within)
    }
}

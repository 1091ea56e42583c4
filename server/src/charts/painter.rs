//! The thread that owns the engine, and what talks to it.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::time::Duration;

use tokio::sync::{mpsc, oneshot};

use super::clean::{Words, clean};
use super::engine::{Engine, Failure};

/// Charts that wait for their turn.
const WAITING: usize = 64;
/// The engine may use 2 MB of it.
const STACK_BYTES: usize = 8 << 20;

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

/// Draws charts, one after another.
#[derive(Clone, Debug)]
pub struct Painter {
    jobs: mpsc::Sender<Job>,
}

impl Painter {
    /// A painter with the given drawing script. Each chart has the given time. The engine starts with the first chart.
    ///
    /// # Panics
    /// When the system gives no thread.
    #[must_use]
    pub fn start(script: Option<Vec<u8>>, within: Duration) -> Self {
        let (jobs, mut inbox) = mpsc::channel::<Job>(WAITING);
        std::thread::Builder::new()
            .name("charts".to_owned())
            .stack_size(STACK_BYTES)
            .spawn(move || {
                let mut studio = Studio {
                    script,
                    within,
                    engine: None,
                };
                while let Some(job) = inbox.blocking_recv() {
                    // Nobody waits for it any more.
                    if !job.reply.is_closed() {
                        let drawn = studio.paint(&job.sheet);
                        // Who has gone meanwhile misses nothing.
                        let _gone = job.reply.send(drawn);
                    }
                }
            })
            .expect("the system gives a thread");
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

/// The thread's own: an engine while it is well.
struct Studio {
    script: Option<Vec<u8>>,
    within: Duration,
    engine: Option<Engine>,
}

impl Studio {
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
            None => Engine::start(self.script.as_deref().unwrap_or_default())?,
        };
        let engine = self.engine.insert(engine);
        engine.draw(&sheet.option, (sheet.width, sheet.height), self.within)
    }
}

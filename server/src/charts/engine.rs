//! The engine: one JavaScript runtime with the drawing script in it.

use std::cell::Cell;
use std::rc::Rc;
use std::time::{Duration, Instant};

use rquickjs::{CatchResultExt as _, Context, Function, Runtime};

/// Most memory of the engine; the library takes 20 MB, a large chart as much again.
const MOST_BYTES: usize = 128 << 20;
/// Most stack of the engine, well below that of its thread.
const MOST_STACK_BYTES: usize = 2 << 20;
/// Longest time to read the script, once. Generous: it is seconds where nothing is optimized.
const STARTING: Duration = Duration::from_secs(20);

/// Why an engine did not draw; it should be thrown away.
#[derive(Debug, thiserror::Error)]
#[error("{0}")]
pub(super) struct Failure(String);

/// A runtime that has read the drawing script.
pub(super) struct Engine {
    context: Context,
    until: Rc<Cell<Instant>>,
}

impl Engine {
    /// Reads the script.
    pub(super) fn start(script: &[u8]) -> Result<Self, Failure> {
        let failed = |error: rquickjs::Error| Failure(error.to_string());
        let runtime = Runtime::new().map_err(failed)?;
        runtime.set_memory_limit(MOST_BYTES);
        runtime.set_max_stack_size(MOST_STACK_BYTES);
        let until = Rc::new(Cell::new(Instant::now() + STARTING));
        let watched = Rc::clone(&until);
        runtime.set_interrupt_handler(Some(Box::new(move || Instant::now() > watched.get())));
        let context = Context::full(&runtime).map_err(failed)?;
        context.with(|ctx| {
            ctx.eval::<(), _>(script)
                .catch(&ctx)
                .map_err(|error| Failure(error.to_string()))
        })?;
        Ok(Self { context, until })
    }

    /// The SVG of an option, within a time.
    pub(super) fn draw(
        &self,
        option: &str,
        (width, height): (u32, u32),
        within: Duration,
    ) -> Result<String, Failure> {
        self.until.set(Instant::now() + within);
        self.context.with(|ctx| {
            let drawn = ctx
                .globals()
                .get("draw")
                .and_then(|draw: Function| draw.call((option, width, height)));
            drawn
                .catch(&ctx)
                .map_err(|error| Failure(error.to_string()))
        })
    }
}

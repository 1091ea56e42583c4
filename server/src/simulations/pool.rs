//! A few threads and a short queue, from which a job can be taken back.

use std::collections::VecDeque;
use std::sync::{Arc, Condvar, Mutex, MutexGuard, PoisonError};

use super::SimulationBounds;
use super::status::Ahead;

/// Work with the id that it is known by.
struct Task {
    id: String,
    work: Box<dyn FnOnce() + Send>,
}

/// The threads and their queue. They end with it, after what they compute.
pub(super) struct Pool {
    shared: Arc<Shared>,
    waiting: usize,
}

impl std::fmt::Debug for Pool {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Pool").finish_non_exhaustive()
    }
}

#[derive(Default)]
struct Shared {
    queue: Mutex<Queue>,
    called: Condvar,
}

#[derive(Default)]
struct Queue {
    tasks: VecDeque<Task>,
    idle: usize,
    closed: bool,
}

impl Shared {
    fn queue(&self) -> MutexGuard<'_, Queue> {
        self.queue.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Computes what comes until the pool is gone.
    fn work(&self) {
        loop {
            let mut queue = self.queue();
            queue.idle += 1;
            let task = loop {
                if queue.closed {
                    return;
                }
                if let Some(task) = queue.tasks.pop_front() {
                    break task;
                }
                let woken = self.called.wait(queue);
                queue = woken.unwrap_or_else(PoisonError::into_inner);
            };
            queue.idle -= 1;
            drop(queue);
            // What panics is logged by the panic hook, and told by who waits for its end.
            let caught = std::panic::AssertUnwindSafe(task.work);
            let _panicked = std::panic::catch_unwind(caught);
        }
    }
}

impl Pool {
    /// Starts the threads.
    ///
    /// # Panics
    /// When the system gives no thread.
    pub(super) fn start(bounds: SimulationBounds) -> Self {
        let shared: Arc<Shared> = Arc::default();
        for _ in 0..bounds.running {
            let shared = Arc::clone(&shared);
            std::thread::Builder::new()
                .name("simulations".to_owned())
                .spawn(move || shared.work())
                .expect("the system gives a thread");
        }
        Self {
            shared,
            waiting: bounds.waiting,
        }
    }

    /// Whether one more may wait; otherwise how many do.
    pub(super) fn room(&self) -> Result<(), usize> {
        let queue = self.shared.queue();
        // What an idle thread is about to take does not wait.
        let waiting = queue.tasks.len().saturating_sub(queue.idle);
        if waiting < self.waiting || queue.tasks.len() < queue.idle {
            Ok(())
        } else {
            Err(waiting)
        }
    }

    /// Puts work at the end of the queue.
    pub(super) fn put(&self, id: String, work: Box<dyn FnOnce() + Send>) {
        self.shared.queue().tasks.push_back(Task { id, work });
        self.shared.called.notify_one();
    }

    /// Takes work back that nobody has begun.
    pub(super) fn withdraw(&self, id: &str) {
        self.shared.queue().tasks.retain(|task| task.id != id);
    }

    /// How many wait before this one; `None` where it does not wait.
    pub(super) fn ahead(&self, id: &str) -> Ahead {
        let queue = self.shared.queue();
        queue.tasks.iter().position(|task| task.id == id)
    }
}

impl Drop for Pool {
    fn drop(&mut self) {
        let mut queue = self.shared.queue();
        queue.closed = true;
        queue.tasks.clear();
        drop(queue);
        self.shared.called.notify_all();
    }
}

#[cfg(test)]
mod tests {
    use std::sync::mpsc;

    use super::*;

    /// A pool with one thread that is busy until the sender is used.
    fn busy(waiting: usize) -> (Pool, mpsc::Sender<()>) {
        let pool = Pool::start(SimulationBounds {
            running: 1,
            waiting,
        });
        let (go_on, wait) = mpsc::channel::<()>();
        let (begun, is_begun) = mpsc::channel();
        let work = move || {
            begun.send(()).expect("somebody waits");
            let _ = wait.recv();
        };
        pool.put("busy".to_owned(), Box::new(work));
        is_begun.recv().expect("it begins");
        (pool, go_on)
    }

    #[test]
    fn a_full_queue_says_so_and_has_room_again_after_a_withdrawal() {
        let (pool, go_on) = busy(2);
        for id in ["one", "two"] {
            assert_eq!(pool.room(), Ok(()), "{id}");
            pool.put(id.to_owned(), Box::new(|| {}));
        }
        assert_eq!(pool.room(), Err(2));
        assert_eq!((pool.ahead("one"), pool.ahead("two")), (Some(0), Some(1)));
        pool.withdraw("one");
        assert_eq!(pool.room(), Ok(()));
        assert_eq!((pool.ahead("busy"), pool.ahead("two")), (None, Some(0)));
        drop(go_on);
    }

    #[test]
    fn what_panics_does_not_end_the_thread() {
        let (pool, go_on) = busy(2);
        let (done, is_done) = mpsc::channel();
        pool.put("bad".to_owned(), Box::new(|| panic!("on purpose")));
        pool.put(
            "good".to_owned(),
            Box::new(move || done.send(7).expect("somebody waits")),
        );
        drop(go_on);
        assert_eq!(is_done.recv(), Ok(7));
    }
}

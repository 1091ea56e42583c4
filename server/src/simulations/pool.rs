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
    /// Places that are promised.
    reserved: usize,
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

    /// Promises a place in the queue; otherwise how many wait.
    pub(super) fn reserve(&self) -> Result<Place, usize> {
        let mut queue = self.shared.queue();
        // What an idle thread is about to take does not wait.
        let coming = queue.tasks.len() + queue.reserved;
        let waiting = coming.saturating_sub(queue.idle);
        if waiting >= self.waiting && coming >= queue.idle {
            return Err(waiting);
        }
        queue.reserved += 1;
        Ok(Place {
            shared: Arc::clone(&self.shared),
        })
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

/// A promised place; it is free again where nothing is put there.
pub(crate) struct Place {
    shared: Arc<Shared>,
}

impl std::fmt::Debug for Place {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Place").finish_non_exhaustive()
    }
}

impl Place {
    /// Puts work there.
    pub(super) fn put(self, id: String, work: Box<dyn FnOnce() + Send>) {
        self.shared.queue().tasks.push_back(Task { id, work });
        self.shared.called.notify_one();
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut queue = self.shared.queue();
        queue.reserved = queue.reserved.saturating_sub(1);
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

    fn put(pool: &Pool, id: &str, work: impl FnOnce() + Send + 'static) {
        let place = pool.reserve().expect("a place");
        place.put(id.to_owned(), Box::new(work));
    }

    /// A pool with one thread that is busy until the sender is used.
    fn busy(waiting: usize) -> (Pool, mpsc::Sender<()>) {
        let pool = Pool::start(SimulationBounds {
            running: 1,
            waiting,
            threads: 1,
        });
        let (go_on, wait) = mpsc::channel::<()>();
        let (begun, is_begun) = mpsc::channel();
        let work = move || {
            begun.send(()).expect("somebody waits");
            let _ = wait.recv();
        };
        put(&pool, "busy", work);
        is_begun.recv().expect("it begins");
        (pool, go_on)
    }

    #[test]
    fn a_full_queue_says_so_and_has_room_again_after_a_withdrawal() {
        let (pool, go_on) = busy(2);
        for id in ["one", "two"] {
            put(&pool, id, || {});
        }
        assert_eq!(pool.reserve().err(), Some(2));
        assert_eq!((pool.ahead("one"), pool.ahead("two")), (Some(0), Some(1)));
        pool.withdraw("one");
        let promised = pool.reserve().ok();
        assert!(promised.is_some());
        assert_eq!(pool.reserve().err(), Some(2), "a promise counts");
        drop(promised);
        assert!(pool.reserve().is_ok());
        assert_eq!((pool.ahead("busy"), pool.ahead("two")), (None, Some(0)));
        drop(go_on);
    }

    #[test]
    fn what_panics_does_not_end_the_thread() {
        let (pool, go_on) = busy(2);
        let (done, is_done) = mpsc::channel();
        put(&pool, "bad", || panic!("on purpose"));
        put(&pool, "good", move || {
            done.send(7).expect("somebody waits");
        });
        drop(go_on);
        assert_eq!(is_done.recv(), Ok(7));
    }
}

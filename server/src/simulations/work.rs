//! A replay as work: its runs on several threads at once, with one account of how far they are.

use std::ops::ControlFlow;
use std::sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant};

use model::PriceBook;
use model::replay::{Play, Question, Replay};
use model::simulation::{Outcome, Stopped};

use super::status::Progress;

/// From one account of the progress to the next.
const TELL_EVERY: Duration = Duration::from_millis(200);
const SECONDS_PER_HOUR: f64 = 3600.0;

/// Why there is no replay.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum NoReplay {
    /// Nobody wants it any more.
    #[error("it was cancelled")]
    Cancelled,
    /// The simulation refuses what it was made from.
    #[error("{0}")]
    Refused(String),
}

/// Runs every play as often as is asked, on so many threads, and judges the outcomes. `tell` hears of the share that is
/// done and breaks off where it says so.
pub(crate) fn replay(
    question: &Question,
    book: &PriceBook,
    (plays, left_out): (Vec<Play>, Vec<String>),
    threads: usize,
    tell: &(dyn Fn(f64, Progress) -> ControlFlow<()> + Sync),
) -> Result<Replay, NoReplay> {
    let runs: Vec<(usize, u32)> = (0..plays.len())
        .flat_map(|play| (0..question.replications).map(move |replication| (play, replication)))
        .collect();
    let account = Account {
        plays: &plays,
        runs: &runs,
        requests: runs.iter().map(|_| AtomicU64::new(0)).collect(),
        shares: runs.iter().map(|_| AtomicU64::new(0)).collect(),
        ended: AtomicBool::new(false),
        last: Mutex::new(Instant::now()),
        tell,
    };
    let next = AtomicUsize::new(0);
    let outcomes: Vec<Mutex<Option<Result<Outcome, Stopped>>>> =
        runs.iter().map(|_| Mutex::new(None)).collect();
    std::thread::scope(|scope| {
        for _ in 0..threads.clamp(1, runs.len().max(1)) {
            scope.spawn(|| {
                loop {
                    let run = next.fetch_add(1, Ordering::Relaxed);
                    let Some(&(play, replication)) = runs.get(run) else {
                        break;
                    };
                    let outcome = plays[play].run(replication, &mut |at| account.note(run, at));
                    *outcomes[run].lock().unwrap_or_else(PoisonError::into_inner) = Some(outcome);
                }
            });
        }
    });
    let mut of_plays: Vec<Vec<Outcome>> = plays.iter().map(|_| Vec::new()).collect();
    for ((play, _), outcome) in runs.iter().zip(outcomes) {
        let outcome = outcome.into_inner().unwrap_or_else(PoisonError::into_inner);
        match outcome {
            Some(Ok(outcome)) => of_plays[*play].push(outcome),
            Some(Err(Stopped::Cancelled)) | None => return Err(NoReplay::Cancelled),
            Some(Err(refused)) => return Err(NoReplay::Refused(refused.to_string())),
        }
    }
    Ok(question.judged(&plays, &of_plays, left_out, book))
}

/// How far all runs are.
struct Account<'r> {
    plays: &'r [Play],
    runs: &'r [(usize, u32)],
    requests: Vec<AtomicU64>,
    /// The bits of each share.
    shares: Vec<AtomicU64>,
    ended: AtomicBool,
    last: Mutex<Instant>,
    tell: &'r (dyn Fn(f64, Progress) -> ControlFlow<()> + Sync),
}

impl Account<'_> {
    fn note(&self, run: usize, at: model::simulation::Progress) -> ControlFlow<()> {
        self.requests[run].store(at.requests, Ordering::Relaxed);
        self.shares[run].store(at.share.to_bits(), Ordering::Relaxed);
        if self.ended.load(Ordering::Relaxed) {
            return ControlFlow::Break(());
        }
        // Whoever finds it taken has nothing to tell: somebody else just does.
        let Ok(mut last) = self.last.try_lock() else {
            return ControlFlow::Continue(());
        };
        if last.elapsed() < TELL_EVERY {
            return ControlFlow::Continue(());
        }
        *last = Instant::now();
        let told = (self.tell)(self.done(), self.progress(run, at.simulated_s));
        if told.is_break() {
            self.ended.store(true, Ordering::Relaxed);
        }
        told
    }

    /// The share of all requests that are expected.
    fn done(&self) -> f64 {
        let (mut done, mut all) = (0.0, 0.0);
        for ((play, _), share) in self.runs.iter().zip(&self.shares) {
            let expected = self.plays[*play].expected_requests().max(1.0);
            all += expected;
            done += expected * f64::from_bits(share.load(Ordering::Relaxed));
        }
        (done / all.max(1.0)).clamp(0.0, 1.0)
    }

    fn progress(&self, run: usize, simulated_s: f64) -> Progress {
        let requests: u64 = self
            .requests
            .iter()
            .map(|count| count.load(Ordering::Relaxed))
            .sum();
        let (play, replication) = self.runs[run];
        let play = &self.plays[play];
        let again = if replication > 0 {
            format!(", run {}", replication + 1)
        } else {
            String::new()
        };
        Progress {
            doing: format!("{} on {}{again}", play.component, play.label),
            simulated_hours: (simulated_s / SECONDS_PER_HOUR).max(0.0),
            requests: model::replay::count(requests),
            ..Progress::default()
        }
    }
}

/// The work of a job.
pub(crate) fn of(
    question: Question,
    book: Arc<PriceBook>,
    threads: usize,
) -> Result<super::Work, model::InvalidSystem> {
    question.plays(&book)?;
    Ok(Box::new(move |told| {
        // Made again, not kept: a series is large, and the job may wait for long.
        let plays = question
            .plays(&book)
            .map_err(|why| why.errors[0].message.clone())?;
        let tell = |done: f64, progress: Progress| told.progress(done, progress);
        let replay =
            replay(&question, &book, plays, threads, &tell).map_err(|why| why.to_string())?;
        serde_json::to_string(&replay).map_err(|error| error.to_string())
    }))
}

//! Lets no client ask more than its share: so much a minute for reading and computing, a tenth of it for
//! saving. Files, and what says whether the server lives, are not counted.

use std::num::NonZeroU32;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::{PoisonError, RwLock};
use std::time::Duration;

use axum::extract::{MatchedPath, Request, State};
use axum::http::Method;
use axum::middleware::Next;
use axum::response::{IntoResponse as _, Response};
use governor::clock::{Clock, DefaultClock};
use governor::middleware::NoOpMiddleware;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};

use super::client::Client;
use crate::assets;
use crate::error::Error;
use crate::metrics::Purpose;
use crate::state::AppState;

/// Saving costs a database and a disk.
const SAVING_PART: u32 = 10;
/// Where things are saved, by whatever is no reading.
const SAVING_PATHS: [&str; 5] = [
    "/api/v1/scenarios",
    "/api/v1/simulations",
    "/replays",
    "/scenarios",
    "/s",
];
/// Probes must get through when a client of the same address does not.
const NOT_COUNTED: [&str; 2] = ["/healthz", "/readyz"];

/// Clients that are remembered, about 50 bytes each. Whoever can speak from more addresses than these within
/// a minute is not held by a limit on each.
const MOST_CLIENTS: usize = 100_000;
/// Requests from one look for clients that can be forgotten to the next.
const SWEEP_EVERY: usize = 1_024;

/// What a request is counted as; `None` where it is not.
fn purpose(request: &Request) -> Option<Purpose> {
    let path = request.uri().path();
    let below = |place: &str| {
        path.strip_prefix(place)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
    };
    let routed = request.extensions().get::<MatchedPath>().is_some();
    if NOT_COUNTED.contains(&path) || below("/pkg") || (!routed && assets::has(path)) {
        return None;
    }
    let reads = matches!(
        *request.method(),
        Method::GET | Method::HEAD | Method::OPTIONS
    );
    Some(if !reads && SAVING_PATHS.into_iter().any(below) {
        Purpose::Saving
    } else {
        Purpose::Reading
    })
}

/// The budgets of all clients.
pub(crate) struct RateLimits {
    reading: Budget,
    saving: Budget,
}

impl RateLimits {
    /// So many requests a minute for reading and computing. `None` for 0, which is no limit.
    pub(crate) fn new(per_minute: u32) -> Option<Self> {
        let reading = NonZeroU32::new(per_minute)?;
        let saving = NonZeroU32::new(per_minute / SAVING_PART).unwrap_or(NonZeroU32::MIN);
        Some(Self {
            reading: Budget::new(reading, DefaultClock::default()),
            saving: Budget::new(saving, DefaultClock::default()),
        })
    }

    fn check(&self, client: Client, purpose: Purpose) -> Result<(), Error> {
        let (budget, purpose) = match purpose {
            Purpose::Reading => (&self.reading, "reading and computing"),
            Purpose::Saving => (&self.saving, "saving"),
        };
        budget
            .take(client.bytes())
            .map_err(|wait| Error::TooManyRequests {
                per_minute: budget.per_minute.get(),
                purpose,
                retry_after_s: whole_seconds(wait),
            })
    }
}

/// Rounded up: who comes back after it is served.
fn whole_seconds(wait: Duration) -> u64 {
    wait.as_secs() + u64::from(wait.subsec_nanos() > 0)
}

type Limiter<C> =
    RateLimiter<[u8; 16], DashMapStateStore<[u8; 16]>, C, NoOpMiddleware<<C as Clock>::Instant>>;

/// One budget for each client; it may be spent at once and comes back evenly over the minute.
struct Budget<C: Clock = DefaultClock> {
    per_minute: NonZeroU32,
    clock: C,
    limiter: RwLock<Limiter<C>>,
    asked: AtomicUsize,
}

impl<C: Clock + Clone> Budget<C> {
    fn new(per_minute: NonZeroU32, clock: C) -> Self {
        Self {
            per_minute,
            limiter: RwLock::new(limiter(per_minute, &clock)),
            clock,
            asked: AtomicUsize::new(0),
        }
    }

    /// Takes one request out of the budget, or says how long to wait for it.
    fn take(&self, client: [u8; 16]) -> Result<(), Duration> {
        if self.asked.fetch_add(1, Ordering::Relaxed) % SWEEP_EVERY == SWEEP_EVERY - 1 {
            self.forget_old_clients();
        }
        let limiter = self.limiter.read().unwrap_or_else(PoisonError::into_inner);
        limiter
            .check_key(&client)
            .map_err(|refused| refused.wait_time_from(self.clock.now()))
    }

    /// Forgets who has its whole budget again; and everybody, when there are still too many.
    fn forget_old_clients(&self) {
        let remembered = {
            let limiter = self.limiter.read().unwrap_or_else(PoisonError::into_inner);
            limiter.retain_recent();
            limiter.len()
        };
        if remembered > MOST_CLIENTS {
            let mut limiter = self.limiter.write().unwrap_or_else(PoisonError::into_inner);
            *limiter = self::limiter(self.per_minute, &self.clock);
        }
    }
}

fn limiter<C: Clock + Clone>(per_minute: NonZeroU32, clock: &C) -> Limiter<C> {
    RateLimiter::dashmap_with_clock(Quota::per_minute(per_minute), clock.clone())
}

pub(super) async fn keep(State(state): State<AppState>, request: Request, next: Next) -> Response {
    let client = request.extensions().get::<Client>().copied();
    if let (Some(limits), Some(client), Some(purpose)) =
        (&state.rate_limits, client, purpose(&request))
        && let Err(refused) = limits.check(client, purpose)
    {
        state.metrics.rate_limited(purpose);
        return refused.into_response();
    }
    next.run(request).await
}

#[cfg(test)]
mod tests {
    use axum::body::Body;
    use governor::clock::FakeRelativeClock;

    use super::*;

    fn key(number: usize) -> [u8; 16] {
        (number as u128).to_be_bytes()
    }

    fn budget(per_minute: u32) -> (Budget<FakeRelativeClock>, FakeRelativeClock) {
        let clock = FakeRelativeClock::default();
        let per_minute = NonZeroU32::new(per_minute).expect("some");
        (Budget::new(per_minute, clock.clone()), clock)
    }

    fn remembered(budget: &Budget<FakeRelativeClock>) -> usize {
        budget.limiter.read().expect("not poisoned").len()
    }

    #[test]
    fn a_budget_comes_back_evenly_over_the_minute() {
        let (budget, clock) = budget(6);
        for _ in 0..6 {
            assert_eq!(budget.take(key(1)), Ok(()));
        }
        assert_eq!(budget.take(key(1)), Err(Duration::from_secs(10)));
        assert_eq!(budget.take(key(2)), Ok(()), "another client");
        clock.advance(Duration::from_secs(10));
        assert_eq!(budget.take(key(1)), Ok(()));
        assert!(budget.take(key(1)).is_err());
        clock.advance(Duration::from_mins(1));
        for _ in 0..6 {
            assert_eq!(budget.take(key(1)), Ok(()));
        }
    }

    #[test]
    fn clients_are_forgotten_when_their_budget_is_whole_again() {
        let (budget, clock) = budget(600);
        for number in 0..SWEEP_EVERY - 1 {
            assert_eq!(budget.take(key(number)), Ok(()));
        }
        assert_eq!(remembered(&budget), SWEEP_EVERY - 1);
        clock.advance(Duration::from_secs(61));
        assert_eq!(budget.take(key(SWEEP_EVERY)), Ok(()));
        assert_eq!(remembered(&budget), 1);
    }

    #[test]
    fn however_many_clients_there_are_the_memory_is_bounded() {
        let (budget, _standing) = budget(600);
        let mut most = 0;
        for number in 0..2 * MOST_CLIENTS {
            assert_eq!(budget.take(key(number)), Ok(()));
            if number % 500 == 0 {
                most = most.max(remembered(&budget));
            }
        }
        assert!(most > MOST_CLIENTS / 2, "{most}");
        assert!(most <= MOST_CLIENTS + SWEEP_EVERY, "{most}");
    }

    #[test]
    fn requests_are_counted_by_what_they_do() {
        for (method, path, expected) in [
            ("GET", "/", Some(Purpose::Reading)),
            ("GET", "/s/abc", Some(Purpose::Reading)),
            ("GET", "/api/v1/scenarios/abc", Some(Purpose::Reading)),
            ("POST", "/api/v1/evaluate", Some(Purpose::Reading)),
            ("GET", "/nothing", Some(Purpose::Reading)),
            ("POST", "/api/v1/scenarios", Some(Purpose::Saving)),
            ("PUT", "/api/v1/scenarios/abc", Some(Purpose::Saving)),
            ("DELETE", "/api/v1/scenarios/abc", Some(Purpose::Saving)),
            (
                "POST",
                "/api/v1/scenarios/abc/owner-token",
                Some(Purpose::Saving),
            ),
            (
                "POST",
                "/api/v1/scenarios-of-others",
                Some(Purpose::Reading),
            ),
            ("POST", "/scenarios", Some(Purpose::Saving)),
            ("POST", "/s/abc/rename", Some(Purpose::Saving)),
            ("GET", "/healthz", None),
            ("GET", "/readyz", None),
            ("GET", "/pkg/0123/islands.js", None),
        ] {
            let request = Request::builder().method(method).uri(path);
            let request = request.body(Body::empty()).expect("a request");
            assert_eq!(purpose(&request), expected, "{method} {path}");
        }
    }

    #[test]
    fn one_may_come_back_after_whole_seconds() {
        assert_eq!(whole_seconds(Duration::from_millis(1)), 1);
        assert_eq!(whole_seconds(Duration::from_secs(10)), 10);
        assert_eq!(whole_seconds(Duration::from_millis(10_001)), 11);
    }
}

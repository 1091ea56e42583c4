//! Limits on how fast something may happen, and what waits for another try.

use std::collections::VecDeque;

/// A bucket of tokens that is full at first and refills steadily.
#[derive(Clone, Debug)]
pub(super) struct Tokens {
    most: f64,
    per_second: f64,
    left: f64,
    at: f64,
}

impl Tokens {
    pub(super) fn new(most: f64, per_second: f64) -> Self {
        Self {
            most,
            per_second,
            left: most,
            at: f64::NEG_INFINITY,
        }
    }

    /// Takes one if there is one.
    #[inline]
    pub(super) fn take(&mut self, now: f64) -> bool {
        if now > self.at {
            // From the beginning of time on it is full, and infinity times zero is no number.
            let more = if self.at.is_finite() {
                (now - self.at) * self.per_second
            } else {
                0.0
            };
            self.left = (self.left + more).min(self.most);
            self.at = now;
        }
        let enough = self.left >= 1.0 - ROUNDED;
        if enough {
            self.left -= 1.0;
        }
        enough
    }
}

/// Tokens that arithmetic may lose.
const ROUNDED: f64 = 1e-9;

/// A request that waits for another try.
#[derive(Clone, Copy, Debug)]
pub(super) struct Waiting {
    /// When it is tried.
    pub(super) at: f64,
    /// When it first came.
    pub(super) arrived: f64,
}

/// Requests that wait for another try; all wait equally long, so they come in order.
#[derive(Clone, Debug)]
pub(super) struct Retries {
    after_s: f64,
    give_up_s: f64,
    waiting: VecDeque<Waiting>,
}

/// Beyond so many that wait, events are lost.
const MOST_WAITING: usize = 100_000;

impl Retries {
    pub(super) fn new(after_s: f64, give_up_s: f64) -> Self {
        Self {
            after_s,
            give_up_s,
            waiting: VecDeque::new(),
        }
    }

    /// Lets one wait; false if it has been tried for too long, or too many wait.
    pub(super) fn wait(&mut self, now: f64, arrived: f64) -> bool {
        let at = now + self.after_s;
        let waits = at - arrived <= self.give_up_s && self.waiting.len() < MOST_WAITING;
        if waits {
            self.waiting.push_back(Waiting { at, arrived });
        }
        waits
    }

    /// The next whose time has come by `now`.
    pub(super) fn due(&mut self, now: f64) -> Option<Waiting> {
        let next = self.waiting.front().copied()?;
        if next.at > now {
            return None;
        }
        self.waiting.pop_front()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn taken(tokens: &mut Tokens, now: f64) -> usize {
        (0..10_000).take_while(|_| tokens.take(now)).count()
    }

    #[test]
    fn starts_follow_the_bucket_and_its_refill() {
        let mut tokens = Tokens::new(1000.0, 100.0);
        assert_eq!(taken(&mut tokens, -5.0), 1000);
        assert_eq!(taken(&mut tokens, -5.0), 0);
        assert_eq!(taken(&mut tokens, -4.9), 10);
        assert_eq!(taken(&mut tokens, 5.1), 1000);
        assert_eq!(taken(&mut tokens, 500.0), 1000);
    }

    #[test]
    fn a_try_follows_another_until_it_is_too_late() {
        let mut retries = Retries::new(60.0, 150.0);
        assert!(retries.wait(0.0, 0.0) && retries.due(59.0).is_none());
        let first = retries.due(60.0).expect("a try");
        assert!(retries.wait(first.at, first.arrived));
        let second = retries.due(200.0).expect("another");
        assert!(!retries.wait(second.at, second.arrived));
        assert!(retries.due(f64::INFINITY).is_none());
    }
}

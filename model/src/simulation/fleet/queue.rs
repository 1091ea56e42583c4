//! One queue: places, then processors, first come, first served.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::events::Time;

/// When the places and processors of a queue are free again. As all is first come, first served,
/// the whole fate of a request is known when it comes.
#[derive(Clone, Debug, Default)]
pub(super) struct Queue {
    processors: Vec<f64>,
    /// When the requests leave that were let in.
    places: BinaryHeap<Reverse<Time>>,
}

/// What a request asks of a queue.
#[derive(Clone, Copy, Debug)]
pub(super) struct Work {
    /// Seconds on a processor.
    pub(super) cpu_s: f64,
    /// Seconds after that without one.
    pub(super) rest_s: f64,
}

/// When a request can be served.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Turn {
    came: f64,
    /// When it gets a place.
    pub(super) admitted: f64,
    /// When it gets a processor.
    pub(super) starts: f64,
    processor: usize,
}

impl Queue {
    pub(super) fn new(processors: u32) -> Self {
        Self {
            processors: vec![f64::NEG_INFINITY; processors as usize],
            places: BinaryHeap::new(),
        }
    }

    /// When a request that comes now would be served.
    #[inline]
    pub(super) fn turn(&self, now: f64, cap: Option<u32>) -> Turn {
        let full = cap.filter(|cap| self.places.len() >= *cap as usize);
        let place = full.and_then(|_| self.places.peek());
        let admitted = place.map_or(now, |Reverse(free)| free.0.max(now));
        let mut processor = 0;
        for (index, free) in self.processors.iter().enumerate() {
            if *free < self.processors[processor] {
                processor = index;
            }
        }
        Turn {
            came: now,
            admitted,
            starts: self.processors[processor].max(admitted),
            processor,
        }
    }

    /// Lets it in; when it leaves.
    #[inline]
    pub(super) fn enter(&mut self, turn: Turn, work: Work, cap: Option<u32>) -> f64 {
        let computed = turn.starts + work.cpu_s;
        let leaves = computed + work.rest_s;
        self.processors[turn.processor] = computed;
        if let Some(cap) = cap {
            let left = |Reverse(time): &Reverse<Time>| time.0 <= turn.came;
            while self.places.peek().is_some_and(left) {
                self.places.pop();
            }
            // Where all are taken, the next to leave hands on its place.
            if self.places.len() >= cap as usize {
                self.places.pop();
            }
            self.places.push(Reverse(Time(leaves)));
        }
        leaves
    }
}

//! What happens to a fleet, in order of time. There are few: units come and go, data points are
//! read, hours begin. Requests are no events.

use std::cmp::{Ordering, Reverse};
use std::collections::BinaryHeap;

/// A time that can be ordered.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Time(pub(super) f64);

impl Eq for Time {}

impl Ord for Time {
    fn cmp(&self, other: &Self) -> Ordering {
        self.0.total_cmp(&other.0)
    }
}

impl PartialOrd for Time {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// A unit by its place and how often that was used before.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct UnitId {
    pub(super) place: usize,
    pub(super) generation: u32,
}

/// Something that happens to the fleet.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Event {
    /// A unit has stopped.
    Stopped(UnitId),
    /// A unit can take requests.
    Ready(UnitId),
    /// A unit will be taken away.
    Notice(UnitId),
    /// A unit replaces one that was taken away.
    Replacement,
    /// A period of the metric ends.
    PeriodEnds,
    /// A data point is there.
    DataPoint(Time),
    /// The schedule changes.
    Schedule,
}

/// Events to come; of simultaneous ones that which was planned first.
#[derive(Debug, Default)]
pub(super) struct Agenda {
    heap: BinaryHeap<Reverse<(Time, u64, Event)>>,
    planned: u64,
}

impl Agenda {
    /// At infinity means never.
    pub(super) fn plan(&mut self, at: f64, event: Event) {
        if at < f64::INFINITY {
            self.planned += 1;
            self.heap.push(Reverse((Time(at), self.planned, event)));
        }
    }

    /// When the next is due.
    pub(super) fn next_at(&self) -> f64 {
        let next = self.heap.peek();
        next.map_or(f64::INFINITY, |Reverse((at, ..))| at.0)
    }

    /// The next, if it is due by `now`.
    pub(super) fn due(&mut self, now: f64) -> Option<(f64, Event)> {
        if self.next_at() > now {
            return None;
        }
        let Reverse((at, _, event)) = self.heap.pop()?;
        Some((at.0, event))
    }
}

//! The units of a fleet and who of them takes requests.

use std::cmp::Reverse;
use std::collections::BinaryHeap;

use super::events::{Time, UnitId};
use super::queue::Queue;
use super::{Balancer, FleetRules};

/// Where a unit stands in its life.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Phase {
    Starting,
    InService,
    Draining,
    Gone,
}

/// One unit: a task, or an instance with several.
#[derive(Clone, Debug)]
pub(super) struct Unit {
    pub(super) phase: Phase,
    pub(super) launched_at: f64,
    /// When its last request leaves.
    pub(super) last_leaves: f64,
    /// When it is taken away.
    pub(super) taken_at: f64,
    generation: u32,
    queues: Vec<Queue>,
    /// Where its queues begin in the rotation, while it is in service.
    first_place: usize,
}

/// One queue of one unit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct QueueId {
    pub(super) unit: UnitId,
    queue: usize,
}

/// All units. Places of those that are gone are used again.
#[derive(Debug)]
pub(super) struct Units {
    queues_per_unit: u32,
    servers_per_queue: u32,
    balancer: Balancer,
    all: Vec<Unit>,
    gone: Vec<usize>,
    /// Queues that take requests.
    rotation: Vec<QueueId>,
    /// Requests under way in each of these, for the balancer that counts them.
    outstanding: Vec<u32>,
    /// When those leave.
    leaving: BinaryHeap<Reverse<(Time, QueueId)>>,
    turn: usize,
    pub(super) in_service: u32,
}

impl Units {
    pub(super) fn new(rules: &FleetRules) -> Self {
        Self {
            queues_per_unit: rules.queues_per_unit,
            servers_per_queue: rules.servers_per_queue,
            balancer: rules.balancer,
            all: Vec::new(),
            gone: Vec::new(),
            rotation: Vec::new(),
            outstanding: Vec::new(),
            leaving: BinaryHeap::new(),
            turn: 0,
            in_service: 0,
        }
    }

    /// A unit that is still the one that was meant.
    pub(super) fn get(&mut self, id: UnitId) -> Option<&mut Unit> {
        let unit = self.all.get_mut(id.place)?;
        (unit.generation == id.generation && unit.phase != Phase::Gone).then_some(unit)
    }

    /// Launches one that will be taken away at a time, if that ever comes.
    pub(super) fn launch(&mut self, now: f64, taken_at: f64) -> UnitId {
        let place = self.gone.pop().unwrap_or(self.all.len());
        let generation = self.all.get(place).map_or(0, |unit| unit.generation + 1);
        let queues = (0..self.queues_per_unit).map(|_| Queue::new(self.servers_per_queue));
        let unit = Unit {
            phase: Phase::Starting,
            launched_at: now,
            last_leaves: now,
            taken_at,
            generation,
            queues: queues.collect(),
            first_place: 0,
        };
        if place == self.all.len() {
            self.all.push(unit);
        } else {
            self.all[place] = unit;
        }
        UnitId { place, generation }
    }

    /// From now on it takes requests.
    pub(super) fn begin(&mut self, id: UnitId) {
        let first_place = self.rotation.len();
        if let Some(unit) = self.get(id) {
            unit.phase = Phase::InService;
            unit.first_place = first_place;
            self.in_service += 1;
            for queue in 0..self.queues_per_unit as usize {
                self.rotation.push(QueueId { unit: id, queue });
                self.outstanding.push(0);
            }
        }
    }

    /// From now on they take none.
    pub(super) fn drain(&mut self, ids: &[UnitId]) {
        for id in ids {
            if let Some(unit) = self.get(*id) {
                let before = std::mem::replace(&mut unit.phase, Phase::Draining);
                self.in_service -= u32::from(before == Phase::InService);
            }
        }
        let all = &mut self.all;
        let rotation = self.rotation.iter().zip(&self.outstanding);
        (self.rotation, self.outstanding) = rotation
            .filter(|(queue, _)| all[queue.unit.place].phase == Phase::InService)
            .map(|(queue, count)| (*queue, *count))
            .unzip();
        for (place, queue) in self.rotation.iter().enumerate() {
            if queue.queue == 0 {
                all[queue.unit.place].first_place = place;
            }
        }
    }

    /// It is gone; when it was launched.
    pub(super) fn stop(&mut self, id: UnitId) -> Option<f64> {
        let unit = self.get(id)?;
        unit.phase = Phase::Gone;
        unit.queues = Vec::new();
        let launched_at = unit.launched_at;
        self.gone.push(id.place);
        Some(launched_at)
    }

    /// Those that were launched last and are not on their way out.
    pub(super) fn youngest(&self, count: u32) -> Vec<UnitId> {
        let staying = |unit: &Unit| matches!(unit.phase, Phase::Starting | Phase::InService);
        let units = self.all.iter().enumerate();
        let mut staying: Vec<_> = units.filter(|(_, unit)| staying(unit)).collect();
        staying.sort_by(|(_, one), (_, other)| other.launched_at.total_cmp(&one.launched_at));
        let youngest = staying.into_iter().take(count as usize);
        youngest
            .map(|(place, unit)| UnitId {
                place,
                generation: unit.generation,
            })
            .collect()
    }

    /// The place in the rotation that the balancer chooses.
    #[inline]
    pub(super) fn choose(&mut self, now: f64) -> Option<usize> {
        let queues = self.rotation.len();
        if queues == 0 {
            return None;
        }
        if self.turn >= queues {
            self.turn = 0;
        }
        let chosen = match self.balancer {
            Balancer::RoundRobin => self.turn,
            Balancer::LeastOutstanding => {
                self.let_leave(now);
                let order = (self.turn..queues).chain(0..self.turn);
                order.min_by_key(|place| self.outstanding[*place])?
            }
        };
        self.turn = chosen + 1;
        Some(chosen)
    }

    /// Queue and unit at a place of the rotation.
    #[inline]
    pub(super) fn at(&mut self, place: usize) -> (&mut Queue, &mut f64, f64) {
        let QueueId { unit, queue } = self.rotation[place];
        let unit = &mut self.all[unit.place];
        (
            &mut unit.queues[queue],
            &mut unit.last_leaves,
            unit.taken_at,
        )
    }

    /// A request is under way at a place of the rotation.
    #[inline]
    pub(super) fn under_way(&mut self, place: usize, leaves: f64) {
        if self.balancer == Balancer::LeastOutstanding {
            self.outstanding[place] += 1;
            let queue = self.rotation[place];
            self.leaving.push(Reverse((Time(leaves), queue)));
        }
    }

    fn let_leave(&mut self, now: f64) {
        while let Some(Reverse((time, queue))) = self.leaving.peek() {
            if time.0 > now {
                return;
            }
            let unit = &self.all[queue.unit.place];
            let serves = unit.phase == Phase::InService;
            if serves && unit.generation == queue.unit.generation {
                self.outstanding[unit.first_place + queue.queue] -= 1;
            }
            self.leaving.pop();
        }
    }
}

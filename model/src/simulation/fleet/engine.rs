//! The loop for fleets: what has happened to the fleet by now, then the request and its queue.

use super::autoscaler::{Alarms, Capacity, Load};
use super::events::{Agenda, Event, Time, UnitId};
use super::queue::{Turn, Work};
use super::units::{Phase, Units};
use super::{FleetRules, Metric, Scaling, Spot, TargetTracking, WhenFull};
use crate::math::floor;
use crate::simulation::random::{Purpose, Stream};
use crate::simulation::run::{Engine, Plan};
use crate::simulation::service::{Durations, Factors};
use crate::simulation::tally::{Completed, Tally};
use crate::traffic::HOURS;
use crate::units::SECONDS_PER_HOUR;

/// The state of a fleet.
#[derive(Debug)]
pub(in crate::simulation) struct Fleet {
    rules: FleetRules,
    units: Units,
    agenda: Agenda,
    /// Nothing happens to the fleet before.
    next_event: f64,
    /// Units that should run.
    wanted: u32,
    /// Units that start or serve.
    staying: u32,
    tracking: Option<Tracking>,
    spot: Option<(Spot, Stream)>,
    factors: Factors,
    front_door: Option<Durations>,
    begun: bool,
    start: f64,
}

/// What target tracking knows.
#[derive(Debug)]
struct Tracking {
    rule: TargetTracking,
    alarms: Alarms,
    capacity: Capacity,
    processors: Load,
    places: Load,
}

impl Fleet {
    pub(in crate::simulation) fn new(rules: &FleetRules, plan: &Plan) -> Self {
        let (seed, replication, start) = (plan.seed, plan.replication, -plan.warm_up_s);
        let tracking = match &rules.scaling {
            Scaling::TargetTracking(rule) => Some(Tracking::new(*rule, start)),
            Scaling::Fixed { .. } | Scaling::Schedule(_) => None,
        };
        let spot = rules.spot.filter(|spot| spot.interruptions_per_hour > 0.0);
        Self {
            units: Units::new(rules),
            agenda: Agenda::default(),
            next_event: f64::NEG_INFINITY,
            wanted: 0,
            staying: 0,
            tracking,
            spot: spot.map(|spot| (spot, Stream::new(seed, replication, Purpose::Spot))),
            factors: Factors::new(rules.variation, seed, replication, Purpose::Service),
            front_door: rules
                .front_door
                .map(|span| Durations::new(span, seed, replication, Purpose::FrontDoor)),
            begun: false,
            start,
            rules: rules.clone(),
        }
    }

    /// Lets happen what was planned up to `now`.
    #[cold]
    fn catch_up(&mut self, now: f64, tally: &mut Tally) {
        if !std::mem::replace(&mut self.begun, true) {
            self.begin(tally);
        }
        while let Some((at, event)) = self.agenda.due(now) {
            self.happen(at, event, tally);
        }
        self.next_event = self.agenda.next_at();
    }

    /// The first units are in service from the start.
    fn begin(&mut self, tally: &mut Tally) {
        let start = self.start;
        self.wanted = match &self.rules.scaling {
            Scaling::Fixed { units } => *units,
            Scaling::Schedule(_) => self.plan_schedule(start),
            Scaling::TargetTracking(rule) => {
                self.agenda
                    .plan(start + rule.metric_period_s, Event::PeriodEnds);
                rule.min
            }
        };
        for _ in 0..self.wanted {
            let unit = self.launch(start, tally);
            self.take_into_service(start, unit);
        }
    }

    fn happen(&mut self, at: f64, event: Event, tally: &mut Tally) {
        match event {
            Event::Stopped(unit) => self.stop(at, unit, tally),
            Event::Ready(unit) => self.take_into_service(at, unit),
            Event::Notice(unit) => self.interrupt(at, unit, tally),
            Event::Replacement => self.resize(at, tally),
            Event::PeriodEnds => self.end_period(at),
            Event::DataPoint(load) => {
                if let Some(tracking) = &mut self.tracking {
                    let in_service = self.units.in_service;
                    self.wanted = tracking.alarms.read(at, load.0, in_service, self.wanted);
                }
                self.resize(at, tally);
            }
            Event::Schedule => {
                self.wanted = self.plan_schedule(at);
                self.resize(at, tally);
            }
        }
    }

    /// The units for the hour that units launched now would serve, and when to ask again.
    fn plan_schedule(&mut self, now: f64) -> u32 {
        let Scaling::Schedule(schedule) = &self.rules.scaling else {
            return self.wanted;
        };
        let lead = self.rules.start_delay_s + self.rules.health_check_s;
        // The hour is read in its middle, so that no rounding at its edges matters.
        let hours = floor((now + lead) / SECONDS_PER_HOUR + 1e-9);
        let of_week = hours - 168.0 * floor(hours / 168.0);
        let hour = crate::simulation::meter::index(of_week + 0.5).min(HOURS - 1);
        let next = (hours + 1.0) * SECONDS_PER_HOUR - lead;
        self.agenda.plan(next, Event::Schedule);
        schedule.units[hour].saturating_add(schedule.standing)
    }

    /// Launches or drains until as many stay as are wanted.
    fn resize(&mut self, now: f64, tally: &mut Tally) {
        let lead = self.rules.start_delay_s + self.rules.health_check_s;
        while self.staying < self.wanted {
            let unit = self.launch(now, tally);
            self.agenda.plan(now + lead, Event::Ready(unit));
        }
        if self.staying > self.wanted {
            let units = self.units.youngest(self.staying - self.wanted);
            self.drain(now, &units);
        }
    }

    fn launch(&mut self, now: f64, tally: &mut Tally) -> UnitId {
        let mut notice = f64::INFINITY;
        let mut taken_at = f64::INFINITY;
        if let Some((spot, stream)) = &mut self.spot {
            let hours = stream.exponential() / spot.interruptions_per_hour;
            notice = now + hours * SECONDS_PER_HOUR;
            taken_at = notice + spot.notice_s;
        }
        let unit = self.units.launch(now, taken_at);
        self.agenda.plan(notice, Event::Notice(unit));
        self.staying += 1;
        tally.alive.change(now, tally.alive.level() + 1);
        if Tally::counts(now) {
            tally.usage.launches += 1;
        }
        unit
    }

    fn take_into_service(&mut self, now: f64, id: UnitId) {
        if self
            .units
            .get(id)
            .is_some_and(|unit| unit.phase == Phase::Starting)
        {
            self.units.begin(id);
            self.note_capacity(now);
        }
    }

    /// No more requests; each stops when its last has left, or when it is taken away.
    fn drain(&mut self, now: f64, ids: &[UnitId]) {
        self.units.drain(ids);
        self.note_capacity(now);
        for id in ids {
            if let Some(unit) = self.units.get(*id) {
                let stops = unit.last_leaves.max(now).min(unit.taken_at.max(now));
                self.agenda.plan(stops, Event::Stopped(*id));
                self.staying -= 1;
            }
        }
    }

    fn interrupt(&mut self, now: f64, id: UnitId, tally: &mut Tally) {
        let Some(unit) = self.units.get(id) else {
            return;
        };
        if unit.phase == Phase::Draining {
            return;
        }
        if Tally::counts(now) {
            tally.usage.interruptions += 1;
        }
        self.drain(now, &[id]);
        if let Some((spot, _)) = &self.spot {
            self.agenda
                .plan(now + spot.replacement_delay_s, Event::Replacement);
        }
    }

    fn stop(&mut self, now: f64, id: UnitId, tally: &mut Tally) {
        if let Some(launched_at) = self.units.stop(id) {
            tally.alive.change(now, tally.alive.level() - 1);
            let missing = self.rules.minimum_billed_s - (now - launched_at);
            if Tally::counts(now) && missing > 0.0 {
                tally.usage.unit_seconds += missing;
            }
        }
    }

    fn note_capacity(&mut self, now: f64) {
        if let Some(tracking) = &mut self.tracking {
            tracking.capacity.change(now, self.units.in_service);
        }
    }

    fn end_period(&mut self, now: f64) {
        if let Some(tracking) = &mut self.tracking {
            let rules = &self.rules;
            let queues = f64::from(rules.queues_per_unit) * tracking.capacity.end_period(now);
            let share = |busy: f64, each: u32| {
                let there = queues * f64::from(each);
                if there > 0.0 { busy / there } else { 1.0 }
            };
            let processors = share(tracking.processors.end_period(), rules.servers_per_queue);
            let places = share(
                tracking.places.end_period(),
                rules.concurrency_cap.unwrap_or(u32::MAX),
            );
            let load = match tracking.rule.metric {
                Metric::Processors => processors,
                Metric::Busier => processors.max(places),
            };
            let seen = now + tracking.rule.metric_delay_s;
            self.agenda.plan(seen, Event::DataPoint(Time(load)));
            let next = now + tracking.rule.metric_period_s;
            self.agenda.plan(next, Event::PeriodEnds);
        }
    }

    /// A request that its queue can take in time.
    #[inline]
    fn serve(&mut self, now: f64, place: usize, turn: Turn, tally: &mut Tally) {
        let factor = self.factors.draw();
        let cpu_s = factor * self.rules.cpu_s;
        let rest_s = factor * (self.rules.wall_s - self.rules.cpu_s);
        let (queue, last_leaves, taken_at) = self.units.at(place);
        let leaves = queue.enter(turn, Work { cpu_s, rest_s }, self.rules.concurrency_cap);
        *last_leaves = last_leaves.max(leaves);
        self.units.under_way(place, leaves);
        let computed = turn.starts + cpu_s;
        tally.busy.add(turn.starts, computed.min(taken_at));
        if let Some(tracking) = &mut self.tracking {
            tracking.processors.add(turn.starts, computed);
            if tracking.rule.metric == Metric::Busier {
                tracking.places.add(turn.admitted, leaves);
            }
        }
        let door_s = self.front_door.as_mut().map_or(0.0, Durations::draw);
        if leaves > taken_at {
            return tally.failed();
        }
        tally.completed(Completed {
            latency_s: leaves - now + door_s,
            wait_s: turn.starts - now,
            cold: false,
        });
    }
}

impl Tracking {
    fn new(rule: TargetTracking, start: f64) -> Self {
        Self {
            rule,
            alarms: Alarms::new(rule),
            capacity: Capacity::beginning(start),
            processors: Load::new(rule.metric_period_s, start),
            places: Load::new(rule.metric_period_s, start),
        }
    }
}

impl Engine for Fleet {
    #[inline]
    fn arrive(&mut self, now: f64, tally: &mut Tally) {
        tally.reach(now);
        if now >= self.next_event {
            self.catch_up(now, tally);
        }
        let Some(place) = self.units.choose(now) else {
            return tally.failed();
        };
        let turn = self.units.at(place).0.turn(now, self.rules.concurrency_cap);
        if self.rules.when_full == WhenFull::Throttle && turn.admitted > now {
            return tally.throttled();
        }
        if turn.starts - now > self.rules.timeout_s {
            return tally.failed();
        }
        self.serve(now, place, turn, tally);
    }

    fn finish(&mut self, seconds: f64, tally: &mut Tally) {
        self.catch_up(seconds, tally);
        tally.usage.unit_seconds += tally.alive.finish();
    }
}

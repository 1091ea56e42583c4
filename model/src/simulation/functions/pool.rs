//! Environments that come and go: a row of the times at which each is free again.
//!
//! There is no queue of events. An environment is idle when its time has passed, and gone when the
//! time it dies at has; both are looked at only when a request comes.

use super::{FunctionRules, KeepAlive, Routing};
use crate::simulation::meter::LevelMeter;
use crate::simulation::minima::Minima;
use crate::simulation::random::{Purpose, Stream};

/// Environments alive, oldest first.
#[derive(Clone, Debug)]
pub(super) struct Pool {
    routing: Routing,
    kept: Kept,
    lifetime: f64,
    /// Requests at once in each.
    places: usize,
    /// When each can take a request: the earliest of its places.
    free_at: Minima,
    /// When each place of each is free; empty where there is one place each.
    places_free_at: Vec<f64>,
    /// When each was started.
    born_at: Vec<f64>,
    /// When each dies unless it is used again; infinity once it is dead.
    dies_at: Vec<f64>,
    /// None dies before: each as it was when last looked at, which using it has only put off.
    not_before: Minima,
    /// The earliest of these.
    next_death: f64,
    /// Those that are dead and still have their place in the rows.
    dead: usize,
}

#[derive(Clone, Debug)]
enum Kept {
    Fixed(f64),
    Normal { mean: f64, sd: f64, stream: Stream },
}

impl Kept {
    #[inline]
    fn draw(&mut self) -> f64 {
        match self {
            Self::Fixed(seconds) => *seconds,
            Self::Normal { mean, sd, stream } => (*mean + *sd * stream.normal()).max(0.0),
        }
    }
}

/// So many dead may stand in the rows before they are taken out.
const MOST_DEAD: usize = 16;

impl Pool {
    pub(super) fn new(rules: &FunctionRules, seed: u64, replication: u32) -> Self {
        let kept = match rules.keep_alive {
            KeepAlive::Fixed { s } => Kept::Fixed(s),
            KeepAlive::Normal { mean_s, sd_s } => Kept::Normal {
                mean: mean_s,
                sd: sd_s,
                stream: Stream::new(seed, replication, Purpose::KeepAlive),
            },
        };
        Self {
            routing: rules.routing,
            kept,
            lifetime: rules.environment_lifetime_s.unwrap_or(f64::INFINITY),
            places: rules.requests_per_environment as usize,
            free_at: Minima::default(),
            places_free_at: Vec::new(),
            born_at: Vec::new(),
            dies_at: Vec::new(),
            not_before: Minima::default(),
            next_death: f64::INFINITY,
            dead: 0,
        }
    }

    /// Buries those that have died by `now`.
    #[inline]
    pub(super) fn reach(&mut self, now: f64, alive: &mut LevelMeter) {
        if now >= self.next_death {
            self.bury(now, alive);
        }
    }

    #[cold]
    fn bury(&mut self, now: f64, alive: &mut LevelMeter) {
        let mut deaths = Vec::new();
        while let Some(index) = self.not_before.first_passed(now) {
            let death = self.dies_at[index];
            if death > now {
                self.not_before.set(index, death);
                continue;
            }
            deaths.push(death);
            self.not_before.set(index, f64::INFINITY);
            self.free_at.set(index, f64::INFINITY);
            self.dies_at[index] = f64::INFINITY;
        }
        deaths.sort_by(f64::total_cmp);
        self.dead += deaths.len();
        for death in deaths {
            alive.change(death, alive.level() - 1);
        }
        if self.dead > MOST_DEAD.max(self.dies_at.len() / 4) {
            self.close_ranks();
        }
        self.next_death = self.not_before.least();
    }

    /// Takes the dead out of the rows.
    fn close_ranks(&mut self) {
        let lives = |index: &usize| self.dies_at[*index] < f64::INFINITY;
        let living: Vec<usize> = (0..self.dies_at.len()).filter(lives).collect();
        let of = |row: &[f64]| -> Vec<f64> { living.iter().map(|index| row[*index]).collect() };
        if self.places > 1 {
            let places = self.places_free_at.chunks(self.places);
            let rows = places.zip(&self.dies_at);
            let rows = rows.filter(|(_, death)| **death < f64::INFINITY);
            self.places_free_at = rows.flat_map(|(places, _)| places).copied().collect();
        }
        let (free_at, not_before) = (of(self.free_at.times()), of(self.not_before.times()));
        self.free_at.replace(free_at);
        self.not_before.replace(not_before);
        self.born_at = of(&self.born_at);
        self.dies_at.retain(|death| *death < f64::INFINITY);
        self.dead = 0;
    }

    /// An environment that can take a request now. The dead must be buried.
    #[inline]
    pub(super) fn idle(&self, now: f64) -> Option<usize> {
        match self.routing {
            Routing::NewestFirst => self.free_at.last_passed(now),
            Routing::MostRecentlyUsed => self.free_at.latest_passed(now),
            Routing::OldestFirst => self.free_at.first_passed(now),
        }
    }

    /// A request takes a place of an idle environment until `end`.
    #[inline]
    pub(super) fn serve(&mut self, index: usize, end: f64) {
        let mut last_end = end;
        if self.places == 1 {
            self.free_at.set(index, end);
        } else {
            last_end = self.take_place(index, end);
        }
        self.outlive(index, last_end);
    }

    /// A new environment, which is ready at `ready` and works on its first request until `end`.
    pub(super) fn start(&mut self, now: f64, ready: f64, end: f64, alive: &mut LevelMeter) {
        alive.change(now, alive.level() + 1);
        let index = self.free_at.len();
        self.born_at.push(now);
        self.dies_at.push(f64::INFINITY);
        self.not_before.push(f64::INFINITY);
        if self.places > 1 {
            self.free_at.push(ready);
            let places = index * self.places + self.places;
            self.places_free_at.resize(places, ready);
            self.serve(index, end);
        } else {
            self.free_at.push(end);
            self.outlive(index, end);
        }
    }

    /// How long an environment lives now that its last request ends then.
    #[inline]
    fn outlive(&mut self, index: usize, last_end: f64) {
        let recycled = (self.born_at[index] + self.lifetime).max(last_end);
        let death = (last_end + self.kept.draw()).min(recycled);
        self.dies_at[index] = death;
        if death < self.not_before.times()[index] {
            self.not_before.set(index, death);
            self.next_death = self.next_death.min(death);
        }
    }

    /// Takes the place that is free first; when the last request of all ends.
    fn take_place(&mut self, index: usize, end: f64) -> f64 {
        let first = index * self.places;
        let places = &mut self.places_free_at[first..first + self.places];
        let (mut first_free, mut last) = (0, end);
        for (place, free) in places.iter().enumerate() {
            if *free < places[first_free] {
                first_free = place;
            }
            last = last.max(*free);
        }
        places[first_free] = end;
        let next_free = places.iter().copied().fold(f64::INFINITY, f64::min);
        self.free_at.set(index, next_free);
        last
    }
}

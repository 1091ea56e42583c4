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
    /// When each dies unless it is used again.
    dies_at: Vec<f64>,
    /// None dies before.
    next_death: f64,
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
            next_death: f64::INFINITY,
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
        let mut deaths: Vec<f64> = self.dies_at.iter().copied().filter(|t| *t <= now).collect();
        if !deaths.is_empty() {
            deaths.sort_by(f64::total_cmp);
            for death in deaths {
                alive.change(death, alive.level() - 1);
            }
            self.keep_living(now);
        }
        self.next_death = self.dies_at.iter().copied().fold(f64::INFINITY, f64::min);
    }

    fn keep_living(&mut self, now: f64) {
        let dies_at = &self.dies_at;
        let lives = |index: &usize| dies_at[*index] > now;
        let living: Vec<usize> = (0..dies_at.len()).filter(lives).collect();
        let times = self.free_at.times();
        let free_at: Vec<f64> = living.iter().map(|index| times[*index]).collect();
        self.free_at.replace(free_at);
        if self.places > 1 {
            let of = |index: &usize| {
                let first = *index * self.places;
                &self.places_free_at[first..first + self.places]
            };
            self.places_free_at = living.iter().flat_map(of).copied().collect();
        }
        self.born_at = living.iter().map(|index| self.born_at[*index]).collect();
        self.dies_at.retain(|death| *death > now);
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
        if death < self.next_death {
            self.next_death = death;
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

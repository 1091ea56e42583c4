//! A row of times that knows its minima: the first or last one that has passed is found without
//! looking at each.

/// Children of a node: few enough to scan at once, many enough for two levels at 256.
const FAN: usize = 16;

/// Times in the order in which they were added, with the minima of each 16 of them, of each 16 of
/// these, and so on. Finding costs at most 16 steps a level; what is set changes only minima that
/// it moves.
#[derive(Clone, Debug)]
pub(super) struct Minima {
    /// The times, then their minima, each padded with infinity to whole groups; the last level is
    /// one group.
    levels: Vec<Vec<f64>>,
    len: usize,
}

impl Default for Minima {
    fn default() -> Self {
        Self {
            levels: vec![vec![f64::INFINITY; FAN]],
            len: 0,
        }
    }
}

impl Minima {
    /// So many times, all the same.
    pub(super) fn filled(len: usize, time: f64) -> Self {
        let mut minima = Self::default();
        minima.replace(std::iter::repeat_n(time, len));
        minima
    }

    /// How many there are.
    pub(super) const fn len(&self) -> usize {
        self.len
    }

    /// The times in order.
    pub(super) fn times(&self) -> &[f64] {
        &self.levels[0][..self.len]
    }

    /// The earliest of all; infinity if there is none.
    pub(super) fn least(&self) -> f64 {
        self.levels.last().map_or(f64::INFINITY, |top| least(top))
    }

    /// Adds one at the end.
    pub(super) fn push(&mut self, time: f64) {
        if self.len == self.levels[0].len() {
            let grown: Vec<f64> = self.times().iter().copied().chain([time]).collect();
            self.replace(grown);
            return;
        }
        self.len += 1;
        self.set(self.len - 1, time);
    }

    /// Other times instead of all.
    pub(super) fn replace(&mut self, times: impl IntoIterator<Item = f64>) {
        let mut leaves: Vec<f64> = times.into_iter().collect();
        self.len = leaves.len();
        // Room to grow by a third, so that pushing rarely builds anew.
        let room = (self.len + self.len / 3 + 1).next_multiple_of(FAN);
        leaves.resize(room, f64::INFINITY);
        self.levels.clear();
        self.levels.push(leaves);
        while let Some(below) = self.levels.last().filter(|below| below.len() > FAN) {
            let mut level: Vec<f64> = below.chunks(FAN).map(least).collect();
            level.resize(level.len().next_multiple_of(FAN), f64::INFINITY);
            self.levels.push(level);
        }
    }

    /// Changes one.
    #[inline]
    pub(super) fn set(&mut self, index: usize, time: f64) {
        let mut before = std::mem::replace(&mut self.levels[0][index], time);
        let mut group = index / FAN;
        for above in 1..self.levels.len() {
            let (lower, upper) = self.levels.split_at_mut(above);
            let minimum = &mut upper[0][group];
            if before > *minimum && time >= *minimum {
                return;
            }
            let first = group * FAN;
            let now = least(&lower[above - 1][first..first + FAN]);
            before = std::mem::replace(minimum, now);
            if before.to_bits() == now.to_bits() {
                return;
            }
            group /= FAN;
        }
    }

    /// The last one that is not after `now`.
    #[inline]
    pub(super) fn last_passed(&self, now: f64) -> Option<usize> {
        let mut group = 0;
        for level in self.levels.iter().rev() {
            let first = group * FAN;
            let passed = level[first..first + FAN]
                .iter()
                .rposition(|time| *time <= now)?;
            group = first + passed;
        }
        Some(group)
    }

    /// The first one that is not after `now`.
    #[inline]
    pub(super) fn first_passed(&self, now: f64) -> Option<usize> {
        let mut group = 0;
        for level in self.levels.iter().rev() {
            let first = group * FAN;
            let passed = level[first..first + FAN]
                .iter()
                .position(|time| *time <= now)?;
            group = first + passed;
        }
        Some(group)
    }

    /// The latest of those that are not after `now`; of equal ones the last. Looks at every group
    /// of 16 with such a time.
    pub(super) fn latest_passed(&self, now: f64) -> Option<usize> {
        let mut found: Option<usize> = None;
        let leaves = &self.levels[0];
        for (group, times) in leaves.chunks(FAN).enumerate() {
            if self.levels.get(1).is_some_and(|above| above[group] > now) {
                continue;
            }
            for (place, time) in times.iter().enumerate() {
                if *time <= now && found.is_none_or(|found| *time >= leaves[found]) {
                    found = Some(group * FAN + place);
                }
            }
        }
        found
    }
}

fn least(times: &[f64]) -> f64 {
    let smaller = |one: f64, other: f64| if other < one { other } else { one };
    times.iter().copied().fold(f64::INFINITY, smaller)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::simulation::random::{Purpose, Stream};

    fn check(minima: &Minima, plain: &[f64], now: f64) {
        let passed = |time: &f64| *time <= now;
        assert_eq!(minima.times(), plain);
        assert_eq!(minima.last_passed(now), plain.iter().rposition(passed));
        assert_eq!(minima.first_passed(now), plain.iter().position(passed));
        assert_eq!(minima.least().to_bits(), least(plain).to_bits());
        let latest = (0..plain.len())
            .filter(|index| passed(&plain[*index]))
            .max_by(|one, other| plain[*one].total_cmp(&plain[*other]));
        assert_eq!(minima.latest_passed(now), latest);
    }

    #[test]
    fn a_row_finds_what_a_plain_scan_finds() {
        let mut stream = Stream::new(1, 0, Purpose::Service);
        let (mut minima, mut plain) = (Minima::default(), Vec::new());
        check(&minima, &plain, 0.5);
        for step in 0..5000 {
            let time = (stream.unit() * 64.0).trunc() / 64.0;
            if plain.len() < 20 || stream.unit() < 0.3 {
                minima.push(time);
                plain.push(time);
            } else {
                let index = step * 7919 % plain.len();
                minima.set(index, time);
                plain[index] = time;
            }
            if step % 1000 == 999 {
                plain.retain(|time| *time < 0.7);
                minima.replace(plain.iter().copied());
            }
            check(&minima, &plain, stream.unit() * 0.1);
        }
    }

    #[test]
    fn all_are_equal_at_first() {
        check(&Minima::filled(300, 2.0), &[2.0; 300], 2.0);
        check(&Minima::filled(300, 2.0), &[2.0; 300], 1.9);
    }
}

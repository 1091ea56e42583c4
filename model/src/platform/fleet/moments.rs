//! The week of a fleet: its levels of traffic, and the bursts in between.
//!
//! A burst that comes faster than the fleet reacts needs units that stand all week, unless it
//! is announced: then a schedule starts them before it, and they run for its minutes and one
//! reaction. A slower one is followed: its units run for its minutes.

use crate::system::Burst;
use crate::traffic::Level;
use crate::units::{HOURS_PER_MONTH, HOURS_PER_WEEK, MINUTES_PER_HOUR, SECONDS_PER_HOUR, Seconds};
use crate::workload::Workload;

/// Some hours of the week with one load.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(in crate::platform) struct Moment {
    /// Arrival rate over the mean.
    pub(in crate::platform) weight: f64,
    /// What the fleet is sized for, over the mean; at least the weight.
    pub(in crate::platform) sized_for: f64,
    /// Hours of the week.
    pub(in crate::platform) hours: f64,
}

impl Moment {
    const fn level(level: Level) -> Self {
        Self {
            weight: level.weight,
            sized_for: level.weight,
            hours: level.hours,
        }
    }

    /// Hours a month.
    pub(in crate::platform) fn hours_a_month(&self) -> f64 {
        self.hours * HOURS_PER_MONTH / HOURS_PER_WEEK
    }
}

/// Whether a schedule can know of it.
const fn announced(burst: &Burst) -> bool {
    burst.announced
}

/// The load that must be carried at any time.
pub(super) fn standing_height(workload: &Workload, reaction: Seconds) -> f64 {
    standing_height_where(workload, reaction, announced)
}

fn standing_height_where(
    workload: &Workload,
    reaction: Seconds,
    announced: impl Fn(&Burst) -> bool,
) -> f64 {
    let sudden = workload
        .bursts
        .iter()
        .filter(|burst| burst.arrives_within_s < reaction.get() && !announced(burst));
    sudden.map(|burst| burst.height).fold(0.0, f64::max)
}

/// The levels of the week, quietest first, then its bursts.
///
/// Bursts come at any time that is quieter than they are; these levels lose their hours in
/// proportion. All bursts together take no more than there is.
pub(super) fn of_week(workload: &Workload, reaction: Seconds) -> Vec<Moment> {
    of_week_where(workload, reaction, announced)
}

fn of_week_where(
    workload: &Workload,
    reaction: Seconds,
    announced: impl Fn(&Burst) -> bool,
) -> Vec<Moment> {
    let mut week: Vec<Moment> = workload.levels.iter().copied().map(Moment::level).collect();
    let quiet_levels = week.len();
    for burst in &workload.bursts {
        let early = if announced(burst) && burst.arrives_within_s < reaction.get() {
            reaction.get() / SECONDS_PER_HOUR
        } else {
            0.0
        };
        let lasts = burst.minutes / MINUTES_PER_HOUR;
        let wanted = burst.per_week * (lasts + early);
        let quieter = |moment: &&mut Moment| moment.weight < burst.height;
        let levels = &mut week[..quiet_levels];
        let hours: f64 = levels.iter_mut().filter(quieter).map(|m| m.hours).sum();
        if wanted <= 0.0 || hours <= 0.0 {
            continue;
        }
        let taken = (wanted / hours).min(1.0);
        let mut before = 0.0;
        for level in levels.iter_mut().filter(quieter) {
            before += level.weight * level.hours / hours;
            level.hours *= 1.0 - taken;
        }
        let share = lasts / (lasts + early);
        week.push(Moment {
            weight: burst.height,
            sized_for: burst.height,
            hours: hours * taken * share,
        });
        week.push(Moment {
            weight: before,
            sized_for: burst.height,
            hours: hours * taken * (1.0 - share),
        });
    }
    week.retain(|moment| moment.hours > 0.0);
    week
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A steady hour of 1 with one burst a week.
    fn workload(burst: Burst) -> Workload {
        let system = crate::system::System::from_value(serde_json::json!({
            "version": 1, "region": "us-east-1",
            "components": [{
                "traffic": { "requests_per_month": 1_000_000, "shape": "steady" },
                "work": { "duration_ms": 100 }
            }]
        }))
        .expect("a valid system");
        let (workload, _) = Workload::typical(&system, 0);
        Workload {
            bursts: vec![burst],
            ..workload
        }
    }

    fn burst(arrives_within_s: f64) -> Burst {
        Burst {
            height: 10.0,
            minutes: 30.0,
            per_week: 2.0,
            arrives_within_s,
            announced: false,
        }
    }

    /// Hours of the week that units for a burst of height 10 run, and hours that it lasts.
    fn check(burst: Burst, announced: bool, units: f64, lasts: f64) {
        let (workload, reaction) = (workload(burst), Seconds::new(360.0));
        let standing = standing_height_where(&workload, reaction, |_| announced);
        let week = of_week_where(&workload, reaction, |_| announced);
        let hours = |test: &dyn Fn(&Moment) -> bool| -> f64 {
            let moments = week.iter().filter(|moment| test(moment));
            moments.map(|moment| moment.hours).sum()
        };
        let sized = hours(&|moment| moment.sized_for.max(standing) >= 10.0);
        let loaded = hours(&|moment| moment.weight >= 10.0);
        assert!((sized - units).abs() < 1e-9, "{sized} hours");
        assert!((loaded - lasts).abs() < 1e-9, "{loaded} hours");
        assert!((hours(&|_| true) - HOURS_PER_WEEK).abs() < 1e-9);
    }

    #[test]
    fn a_sudden_burst_needs_units_all_week() {
        check(burst(60.0), false, HOURS_PER_WEEK, 1.0);
    }

    #[test]
    fn an_announced_burst_needs_them_for_its_minutes_and_one_reaction() {
        check(burst(60.0), true, 1.2, 1.0);
    }

    #[test]
    fn a_slow_burst_is_followed_for_its_minutes() {
        check(burst(900.0), false, 1.0, 1.0);
    }

    #[test]
    fn bursts_take_no_more_hours_than_there_are() {
        let endless = Burst {
            per_week: 1e9,
            ..burst(900.0)
        };
        check(endless, false, HOURS_PER_WEEK, HOURS_PER_WEEK);
    }

    #[test]
    fn a_burst_below_every_level_changes_nothing() {
        let low = Burst {
            height: 0.5,
            ..burst(900.0)
        };
        check(low, false, 0.0, 0.0);
    }
}

//! The week hour by hour: how many units of each option run, and what the hour costs.
//!
//! A platform is asked for a flat load at each level of the week, in the size that it chose for the whole week; what it
//! says of a month of that load, over the hours of a month, is the hour. The hours are then scaled to the bill, because
//! tiers and starts do not share out evenly: `sum of the 168 hours = bill x 168 / 730`.

use crate::behavior::{Architecture, Behavior};
use crate::evaluation::{Configuration, Family};
use crate::platform::{self, Platform, Prepared};
use crate::price::PriceBook;
use crate::quotes::{PlatformQuote, quotes};
use crate::system::{Answer, Kind, System};
use crate::traffic::{Level, Shape, WeeklyProfile};
use crate::units::{HOURS_PER_MONTH, HOURS_PER_WEEK, RequestsPerMonth};
use crate::workload::Workload;

/// The week of the best option of each family.
#[derive(Clone, Debug, PartialEq)]
pub struct Week {
    /// Requests an hour against the mean, from Monday 00:00 on.
    pub weights: Vec<f64>,
    /// Serverless first, as far as there are any.
    pub options: Vec<WeekOption>,
    /// Whether there are bursts within the hour, which are left out.
    pub bursts: bool,
}

/// One option over the week.
#[derive(Clone, Debug, PartialEq)]
pub struct WeekOption {
    /// Platform id.
    pub platform: String,
    /// Its side.
    pub family: Family,
    /// Tasks, instances or environments in each of the 168 hours.
    pub units: Vec<f64>,
    /// US dollars in each of the 168 hours.
    pub usd_per_hour: Vec<f64>,
}

/// The week of a component; `None` if there is no such component or nothing fits.
#[must_use]
pub fn week(system: &System, index: usize, book: &PriceBook) -> Option<Week> {
    system.components.get(index)?;
    let (mut workload, _) = Workload::typical(system, index);
    // Other environments do not follow this traffic.
    workload.environments.clear();
    let quotes = quotes(&workload, book);
    let profile = profile(system, index, workload.kind);
    let options: Vec<WeekOption> = [Family::Serverless, Family::Containers]
        .into_iter()
        .filter_map(|family| best(&quotes, family))
        .filter_map(|quote| platform::find(quote.platform))
        .filter_map(|platform| over_week(platform, &workload, &profile, book))
        .collect();
    (!options.is_empty()).then(|| Week {
        weights: profile.weights().to_vec(),
        options,
        bursts: !workload.bursts.is_empty(),
    })
}

/// The best of a family.
fn best(quotes: &[PlatformQuote], family: Family) -> Option<&PlatformQuote> {
    let able = quotes
        .iter()
        .filter(|quote| quote.eligible && quote.family == family);
    able.min_by(|left, right| {
        right
            .meets_target
            .cmp(&left.meets_target)
            .then(left.usd_or_infinite().total_cmp(&right.usd_or_infinite()))
    })
}

/// The hours that the answers describe.
pub(crate) fn profile(system: &System, index: usize, kind: Kind) -> WeeklyProfile {
    let traffic = &system.components[index].traffic;
    let default = || {
        let text = Behavior::embedded()
            .default_for("traffic.shape", kind.id())
            .text()
            .unwrap_or("steady");
        serde_json::from_value::<Shape>(text.into()).ok()
    };
    let shape = traffic.shape.clone().or_else(default);
    let profile = shape.map_or_else(WeeklyProfile::flat, |shape| shape.profile());
    let peak = traffic.peak_to_mean.map(Answer::typical);
    peak.and_then(|peak| profile.stretched_to(peak).ok())
        .unwrap_or(profile)
}

fn over_week(
    platform: &'static dyn Platform,
    workload: &Workload,
    profile: &WeeklyProfile,
    book: &PriceBook,
) -> Option<WeekOption> {
    let whole = Prepared::new(platform, workload, book).detail(workload.requests)?;
    let flat = flattened(workload, &whole.configuration);
    let prepared = Prepared::new(platform, &flat, book);
    let levels: Vec<Hour> = workload
        .levels
        .iter()
        .filter_map(|level| {
            let requests = workload.requests * level.weight;
            let detail = prepared.detail(requests)?;
            Some(Hour {
                weight: level.weight,
                units: units(&flat, requests, &detail.configuration),
                usd: detail.bill.monthly_usd / HOURS_PER_MONTH,
            })
        })
        .collect();
    let hours: Vec<&Hour> = profile
        .weights()
        .iter()
        .map(|weight| nearest(&levels, *weight))
        .collect::<Option<_>>()?;
    let sum: f64 = hours.iter().map(|hour| hour.usd).sum();
    let billed = whole.bill.monthly_usd * HOURS_PER_WEEK / HOURS_PER_MONTH;
    let scale = if sum > 0.0 { billed / sum } else { 0.0 };
    Some(WeekOption {
        platform: platform.id().to_owned(),
        family: platform.family(),
        units: hours.iter().map(|hour| hour.units).collect(),
        usd_per_hour: hours.iter().map(|hour| hour.usd * scale).collect(),
    })
}

/// An hour at one level.
struct Hour {
    weight: f64,
    units: f64,
    usd: f64,
}

fn nearest(levels: &[Hour], weight: f64) -> Option<&Hour> {
    let distance = |hour: &&Hour| (hour.weight - weight).abs();
    levels
        .iter()
        .min_by(|one, other| distance(one).total_cmp(&distance(other)))
}

/// The same load in every hour, on units of the size that was chosen.
fn flattened(workload: &Workload, chosen: &Configuration) -> Workload {
    let mut flat = workload.clone();
    flat.levels = vec![Level {
        weight: 1.0,
        hours: HOURS_PER_WEEK,
    }];
    flat.bursts.clear();
    let pin = &mut flat.pin;
    pin.task_vcpu = pin.task_vcpu.or(chosen.task_vcpu);
    pin.task_memory_gb = pin.task_memory_gb.or(chosen.task_memory_gb);
    pin.instance_type = pin
        .instance_type
        .take()
        .or_else(|| chosen.instance_type.clone());
    let architecture = chosen.architecture.as_deref().and_then(architecture);
    pin.architecture = pin.architecture.or(architecture);
    flat
}

fn architecture(name: &str) -> Option<Architecture> {
    serde_json::from_value(name.into()).ok()
}

/// What runs: as described, or as many environments as requests are at work at once.
fn units(workload: &Workload, requests: RequestsPerMonth, chosen: &Configuration) -> f64 {
    chosen.count_mean.unwrap_or_else(|| {
        requests
            .per_second()
            .offered_load(workload.duration.seconds())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::traffic::HOURS;

    #[test]
    fn the_hours_of_an_example_sum_to_its_bill_and_follow_its_traffic() {
        for slug in ["day-and-night-api", "steady-api", "seasonal-shop"] {
            let mut examples = crate::example::all().iter();
            let example = examples.find(|example| example.slug == slug).expect(slug);
            let book = PriceBook::embedded();
            let week = week(&example.system, 0, book).expect(slug);
            let (mut workload, _) = Workload::typical(&example.system, 0);
            workload.environments.clear();
            let quotes = quotes(&workload, book);
            assert_eq!(week.weights.len(), HOURS, "{slug}");
            assert_eq!(week.options.len(), 2, "{slug}");
            for option in &week.options {
                let sum: f64 = option.usd_per_hour.iter().sum();
                let mut all = quotes.iter();
                let quote = all.find(|quote| quote.platform == option.platform);
                let month = quote.and_then(|quote| quote.usd).expect("a cost");
                let billed = month * HOURS_PER_WEEK / HOURS_PER_MONTH;
                assert!(
                    (sum - billed).abs() <= 0.01 * billed,
                    "{slug}: {sum} {billed}"
                );
                let most = |values: &[f64]| values.iter().copied().fold(0.0, f64::max);
                let busiest = week
                    .weights
                    .iter()
                    .position(|weight| *weight >= most(&week.weights));
                let busiest = busiest.expect("a busiest hour");
                assert!(
                    option.units[busiest] >= most(&option.units) - 1e-9,
                    "{slug}"
                );
            }
        }
    }
}

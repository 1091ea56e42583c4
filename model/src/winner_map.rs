//! Which platform wins at other peaks and CPU times: the two answers that published break-evens leave out.

use crate::evaluation::Family;
use crate::math;
use crate::price::PriceBook;
use crate::quotes::{quotes, winner};
use crate::system::{Answer, System, number_field};
use crate::traffic::{Shape, ShapeName};
use crate::workload::Workload;

/// The busiest hour against the mean.
const PEAKS: [f64; 13] = [
    1.0, 1.5, 2.0, 3.0, 4.0, 5.0, 7.0, 10.0, 15.0, 20.0, 30.0, 50.0, 80.0,
];
/// CPU times of the map.
const CPU_STEPS: i32 = 11;
/// Steps of 1, 2 and 5 in a factor of ten.
const STEPS_PER_DECADE: i32 = 3;
/// The answer that is moved up and down.
const CPU: &str = "work.cpu_ms";

/// The winners over a grid.
#[derive(Clone, Debug, PartialEq)]
pub struct WinnerMap {
    /// Peaks over the mean, rising.
    pub peaks: Vec<f64>,
    /// CPU times of one request in ms, rising.
    pub cpu_ms: Vec<f64>,
    /// Who wins: one list for each CPU time, with one entry for each peak.
    pub winners: Vec<Vec<Option<Winner>>>,
    /// The cell of the answers as they are: its peak and its CPU time, by their places.
    pub here: (usize, usize),
}

/// The cheapest that keeps the target, or the cheapest where none does.
#[derive(Clone, Debug, PartialEq)]
pub struct Winner {
    /// Platform id.
    pub platform: String,
    /// Its side.
    pub family: Family,
    /// US dollars a month.
    pub monthly_usd: f64,
}

/// The map of one component; `None` if there is no such component.
///
/// With the CPU time the duration changes by as much: what waits, waits as long. A steady load has no peak to stretch,
/// so that it becomes a daily wave.
#[must_use]
pub fn winner_map(system: &System, index: usize, book: &PriceBook) -> Option<WinnerMap> {
    system.components.get(index)?;
    let (typical, _) = Workload::typical(system, index);
    let now = typical.cpu.get();
    let cpu_ms = cpu_times(now)?;
    let row = |cpu: &f64| {
        let cells = PEAKS.iter();
        cells
            .map(|peak| cell(&moved(system, index, &typical, *cpu, *peak)?, index, book))
            .collect()
    };
    let winners = cpu_ms.iter().map(row).collect();
    Some(WinnerMap {
        here: (
            nearest(&PEAKS, typical.peak_weight()),
            nearest(&cpu_ms, now),
        ),
        peaks: PEAKS.to_vec(),
        cpu_ms,
        winners,
    })
}

fn cell(system: &System, index: usize, book: &PriceBook) -> Option<Winner> {
    let (workload, _) = Workload::typical(system, index);
    let quotes = quotes(&workload, book);
    let best = winner(&quotes)?;
    Some(Winner {
        platform: best.platform.to_owned(),
        family: best.family,
        monthly_usd: best.usd?,
    })
}

/// The system with another CPU time and another peak; `None` where the answers would contradict each other.
fn moved(system: &System, index: usize, typical: &Workload, cpu: f64, peak: f64) -> Option<System> {
    let mut changed = system.clone();
    let component = &mut changed.components[index];
    let wait = (typical.duration - typical.cpu).get().max(0.0);
    let longer = (wait + cpu) / typical.duration.get();
    let work = &mut component.work;
    let stretch = |answer: Answer| Answer::Exact(answer.typical() * longer);
    work.duration_ms = work.duration_ms.map(stretch);
    work.duration_p99_ms = work.duration_p99_ms.map(stretch);
    work.max_duration_ms = work.max_duration_ms.map(stretch);
    work.cpu_ms = Some(Answer::Exact(cpu));
    let traffic = &mut component.traffic;
    let steady = Shape::Named(ShapeName::Steady);
    if traffic.shape.as_ref().is_none_or(|shape| *shape == steady) {
        traffic.shape = Some(Shape::Named(ShapeName::DailyWave));
    }
    traffic.peak_to_mean = Some(Answer::Exact(peak));
    changed.check().ok()?;
    Some(changed)
}

/// Steps of 1, 2 and 5 on both sides of the CPU time now.
fn cpu_times(now: f64) -> Option<Vec<f64>> {
    let field = number_field(CPU)?;
    let start = now.max(field.min).max(MIN_CPU_MS);
    let middle = math::ln(start) / math::ln(10.0) * f64::from(STEPS_PER_DECADE);
    let middle = math::round(middle);
    let steps = (0..CPU_STEPS).map(|step| step_value(middle + f64::from(step - CPU_STEPS / 2)));
    Some(
        steps
            .filter(|cpu| (field.min..=field.max).contains(cpu))
            .collect(),
    )
}

/// Less is not told apart.
const MIN_CPU_MS: f64 = 0.1;

/// The value of a step: 0 is 1, 1 is 2, 2 is 5, 3 is 10.
fn step_value(step: f64) -> f64 {
    let decade = math::floor(step / f64::from(STEPS_PER_DECADE));
    let part = step - decade * f64::from(STEPS_PER_DECADE);
    let part = if part < 1.0 {
        1.0
    } else if part < 2.0 {
        2.0
    } else {
        5.0
    };
    part * math::pow(10.0, decade)
}

/// The place of the value that is nearest by factor.
fn nearest(values: &[f64], now: f64) -> usize {
    let distance = |value: f64| math::ln(value / now.max(MIN_CPU_MS)).abs();
    (0..values.len()).fold(0, |best, place| {
        if distance(values[place]) < distance(values[best]) {
            place
        } else {
            best
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_one_two_five() {
        let values: Vec<f64> = (-3..4).map(|step| step_value(f64::from(step))).collect();
        for (value, expected) in values.iter().zip([0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0]) {
            assert!((value - expected).abs() < 1e-9, "{values:?}");
        }
    }

    #[test]
    fn the_map_of_an_example_has_the_winner_of_the_answers_where_they_are() {
        let example = crate::example::all()
            .iter()
            .find(|example| example.slug == "thumbnails")
            .expect("the example");
        let map = winner_map(&example.system, 0, PriceBook::embedded()).expect("a map");
        assert_eq!(map.winners.len(), map.cpu_ms.len());
        assert!(map.winners.iter().all(|row| row.len() == map.peaks.len()));
        let (peak, cpu) = map.here;
        let here = map.winners[cpu][peak].as_ref().expect("a winner");
        assert_eq!(here.family, Family::Serverless);
        assert_eq!(
            map,
            winner_map(&example.system, 0, PriceBook::embedded()).expect("again")
        );
        assert_eq!(winner_map(&example.system, 9, PriceBook::embedded()), None);
    }
}

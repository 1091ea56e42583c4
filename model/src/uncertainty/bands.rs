//! What the ranges of the answers do to a cost curve: its 5 % and 95 % points over traffic.

use std::rc::Rc;

use super::{Points, range};
use crate::evaluation::{CostBand, CostCurve, Family, PlatformOption};
use crate::platform::{self, Prepared};
use crate::price::PriceBook;
use crate::system::System;
use crate::units::RequestsPerMonth;
use crate::verdict::best_of;
use crate::workload::Workload;

/// Draws that a band is made of. They are the first of the draws behind the confidence.
const DRAWS: u32 = 100;
/// Volumes of a band, about: it bends less than the curves.
const VOLUMES: usize = 16;

/// The bands of the best option of each family. At each volume, all answers but the volume are
/// drawn from their ranges.
///
/// Units: requests a month and US dollars a month. Where an option cannot run in any draw, its
/// band has no point.
#[must_use]
pub fn bands(
    system: &System,
    index: usize,
    book: &PriceBook,
    typical: &Workload,
    options: &[PlatformOption],
    curve: &CostCurve,
) -> Vec<CostBand> {
    let platforms: Vec<_> = [Family::Serverless, Family::Containers]
        .into_iter()
        .filter_map(|family| platform::find(&best_of(options, family)?.platform))
        .collect();
    let every = (curve.requests_per_month.len() / VOLUMES).max(1);
    let volumes: Vec<f64> = curve
        .requests_per_month
        .iter()
        .copied()
        .step_by(every)
        .collect();
    let mut costs = vec![vec![Vec::with_capacity(DRAWS as usize); volumes.len()]; platforms.len()];
    let mut points = Points::default();
    for sample in 0..DRAWS {
        points.begin();
        let mut z = |path: &str| points.draw(path, sample);
        let workload = Workload::sampled(system, index, typical, &mut z);
        let memo = Rc::default();
        for (platform, costs) in platforms.iter().zip(&mut costs) {
            let prepared = Prepared::sharing(*platform, &workload, book, &memo);
            prepared.expect_many_volumes();
            for (requests, costs) in volumes.iter().zip(costs) {
                let quote = prepared.quote(RequestsPerMonth::new(*requests));
                costs.push(quote.map_or(f64::INFINITY, |quote| quote.usd.get()));
            }
        }
    }
    platforms
        .iter()
        .zip(costs)
        .map(|(platform, costs)| band(platform.id(), &volumes, costs))
        .filter(|band| band.requests_per_month.len() > 1)
        .collect()
}

fn band(platform: &str, volumes: &[f64], costs: Vec<Vec<f64>>) -> CostBand {
    let mut band = CostBand {
        platform: platform.to_owned(),
        ..CostBand::default()
    };
    for (requests, costs) in volumes.iter().zip(costs) {
        if let Some((low, high)) = range(costs) {
            band.requests_per_month.push(*requests);
            band.low_usd.push(low);
            band.high_usd.push(high);
        }
    }
    band
}

#[cfg(test)]
mod tests {
    use crate::evaluation::CostBand;
    use crate::price::PriceBook;
    use crate::system::System;
    use crate::{Parts, evaluate};

    /// The bands of an API whose mean duration is this.
    fn of(duration_ms: &str) -> Vec<CostBand> {
        let json = format!(
            r#"{{ "version": 1, "region": "us-east-1", "components": [{{
                "traffic": {{ "requests_per_month": 1000000 }},
                "work": {{ "duration_ms": {duration_ms}, "cpu_ms": 20 }} }}] }}"#
        );
        let system = System::from_json(json.as_bytes()).expect("a system");
        let parts: Parts = "break_even,confidence".parse().expect("parts");
        let mut evaluation = evaluate(&system, PriceBook::embedded(), &parts);
        evaluation.components.remove(0).cost_curve.bands
    }

    fn spread(bands: &[CostBand]) -> f64 {
        let band = bands.first().expect("a band");
        let last = band.high_usd.len() - 1;
        band.high_usd[last] / band.low_usd[last]
    }

    #[test]
    fn each_family_has_a_band_whose_ends_are_in_order() {
        let bands = of("100");
        assert_eq!(bands.len(), 2);
        for band in bands {
            for (low, high) in band.low_usd.iter().zip(&band.high_usd) {
                assert!(low <= high, "{}: {low} {high}", band.platform);
            }
            assert_eq!(band.requests_per_month.len(), band.low_usd.len());
        }
    }

    #[test]
    fn a_wider_range_makes_a_wider_band() {
        let exact = spread(&of("100"));
        let wide = spread(&of(r#"{ "low": 30, "typical": 100, "high": 900 }"#));
        assert!(wide > 1.5 * exact, "{exact} {wide}");
    }
}

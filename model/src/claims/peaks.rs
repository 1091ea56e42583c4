//! "Spiky APIs, with ten times the traffic at the peak, belong on functions": what a peak does
//! to both bills, and up to which volume functions are the cheaper for it.

use std::rc::Rc;

use serde_json::json;

use super::Standing;
use crate::evaluation::Family;
use crate::math;
use crate::platform::{self, Prepared, Quote};
use crate::price::{PriceBook, Region};
use crate::system::{InvalidSystem, System};
use crate::units::RequestsPerMonth;
use crate::workload::Workload;

/// What the article says, and what a reader may vary.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct PeakInputs {
    /// Whose prices.
    pub region: Region,
    /// Requests a month.
    pub requests_per_month: f64,
    /// Traffic at the peak over that off the peak.
    pub peak_over_off_peak: f64,
    /// Hours of the day at the peak, whole.
    pub peak_hours: u32,
    /// Mean duration of a request.
    pub duration_ms: f64,
    /// The part of it that computes.
    pub cpu_ms: f64,
}

impl Default for PeakInputs {
    fn default() -> Self {
        Self {
            region: Region::UsEast1,
            requests_per_month: 1e6,
            peak_over_off_peak: 10.0,
            peak_hours: 4,
            duration_ms: 200.0,
            cpu_ms: 50.0,
        }
    }
}

/// Both sides at one volume.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct AtVolume {
    /// Requests a month.
    pub requests_per_month: f64,
    /// The cheapest of the functions; `None` where none can run.
    pub functions_usd: Option<f64>,
    /// The cheapest of the containers with that peak.
    pub containers_usd: Option<f64>,
    /// The same with flat traffic.
    pub containers_flat_usd: Option<f64>,
}

/// The claim, computed.
#[derive(Clone, Debug, PartialEq)]
pub struct Peaks {
    /// What was put in.
    pub inputs: PeakInputs,
    /// At the stated volume.
    pub stated: AtVolume,
    /// At other volumes.
    pub others: Vec<AtVolume>,
    /// Up to this volume functions are the cheaper with the peak; `None` where they never are.
    pub functions_up_to: Option<f64>,
    /// The same with flat traffic.
    pub functions_up_to_flat: Option<f64>,
}

/// Requests a month that are shown, and searched between.
const VOLUMES: [f64; 6] = [1e4, 1e5, 1e6, 1e7, 1e8, 1e9];
/// Halvings of a decade: more than anybody reads.
const HALVINGS: u32 = 10;
const HOURS_PER_DAY: u32 = 24;

impl Peaks {
    /// Compares the cheapest platform of each family that can run the workload and keeps its
    /// default latency target where one does.
    ///
    /// # Errors
    /// A value that no workload can have.
    pub fn new(inputs: PeakInputs, book: &PriceBook) -> Result<Self, InvalidSystem> {
        let flat = PeakInputs {
            peak_over_off_peak: 1.0,
            ..inputs
        };
        let (peak, flat) = (workload(&inputs)?, workload(&flat)?);
        let (peak, flat) = (Sides::new(&peak, book), Sides::new(&flat, book));
        let at = |requests: f64| {
            let (functions_usd, containers_usd) = peak.costs(requests);
            AtVolume {
                requests_per_month: requests,
                functions_usd,
                containers_usd,
                containers_flat_usd: flat.costs(requests).1,
            }
        };
        Ok(Self {
            functions_up_to: peak.functions_up_to(),
            functions_up_to_flat: flat.functions_up_to(),
            stated: at(inputs.requests_per_month),
            others: VOLUMES.map(at).to_vec(),
            inputs,
        })
    }

    /// Holds where functions are the cheaper at every volume shown; not where they never are.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let cheaper = |at: &AtVolume| functions_win(at.functions_usd, at.containers_usd);
        if self.others.iter().all(cheaper) {
            Standing::Holds
        } else if self.functions_up_to.is_none() {
            Standing::Not
        } else {
            Standing::OnlyIf
        }
    }
}

fn functions_win(functions: Option<f64>, containers: Option<f64>) -> bool {
    functions.is_some_and(|usd| containers.is_none_or(|other| usd < other))
}

/// All platforms, prepared for one shape of traffic.
struct Sides<'a>(Vec<(Family, Prepared<'a>)>);

impl<'a> Sides<'a> {
    fn new(workload: &'a Workload, book: &'a PriceBook) -> Self {
        let memo = Rc::default();
        let prepared = platform::all().iter().map(|platform| {
            let prepared = Prepared::sharing(*platform, workload, book, &memo);
            prepared.expect_many_volumes();
            (platform.family(), prepared)
        });
        Self(prepared.collect())
    }

    /// Functions and containers at a volume.
    fn costs(&self, requests: f64) -> (Option<f64>, Option<f64>) {
        let of = |family| self.cheapest(family, RequestsPerMonth::new(requests));
        (of(Family::Serverless), of(Family::Containers))
    }

    /// The cheapest of a family among those that can run it and keep the target, else that can run it.
    fn cheapest(&self, family: Family, requests: RequestsPerMonth) -> Option<f64> {
        let own = self.0.iter().filter(|(of, _)| *of == family);
        let able: Vec<Quote> = own
            .filter_map(|(_, prepared)| {
                let quote = prepared.quote(requests)?;
                prepared.fits(requests).then_some(quote)
            })
            .collect();
        let meets = able.iter().any(|quote| quote.meets_target);
        let rivals = able.iter().filter(|quote| quote.meets_target == meets);
        rivals.map(|quote| quote.usd.get()).min_by(f64::total_cmp)
    }

    /// The volume up to which functions are the cheaper: the first of the volumes shown where
    /// they are not, closed in by halving towards the one before.
    fn functions_up_to(&self) -> Option<f64> {
        let wins = |requests: f64| {
            let (functions, containers) = self.costs(requests);
            functions_win(functions, containers)
        };
        let Some(lost) = VOLUMES.iter().position(|volume| !wins(*volume)) else {
            return VOLUMES.last().copied();
        };
        let (mut low, mut high) = (VOLUMES[lost.checked_sub(1)?], VOLUMES[lost]);
        for _ in 0..HALVINGS {
            let middle = math::sqrt(low * high);
            if wins(middle) {
                low = middle;
            } else {
                high = middle;
            }
        }
        Some(low)
    }
}

/// An HTTP API whose day has so many hours at the peak.
fn workload(inputs: &PeakInputs) -> Result<Workload, InvalidSystem> {
    let hourly: Vec<f64> = (0..HOURS_PER_DAY)
        .map(|hour| {
            if hour < inputs.peak_hours {
                inputs.peak_over_off_peak
            } else {
                1.0
            }
        })
        .collect();
    let system = System::from_value(json!({
        "version": 1,
        "region": inputs.region.id(),
        "components": [{
            "kind": "http_api",
            "traffic": {
                "requests_per_month": inputs.requests_per_month,
                "shape": { "hourly": hourly },
            },
            "work": { "duration_ms": inputs.duration_ms, "cpu_ms": inputs.cpu_ms },
        }],
    }))?;
    Ok(Workload::typical(&system, 0).0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(inputs: PeakInputs) -> Peaks {
        Peaks::new(inputs, PriceBook::embedded()).expect("a workload")
    }

    #[test]
    fn a_peak_raises_the_volume_up_to_which_functions_are_the_cheaper() {
        let peaks = of(PeakInputs::default());
        let middle = peaks.others.iter().find(|at| at.requests_per_month > 5e6);
        let middle = middle.expect("ten million requests are shown");
        assert!(
            middle.containers_usd > middle.containers_flat_usd,
            "{middle:?}"
        );
        assert!(
            peaks.functions_up_to >= peaks.functions_up_to_flat,
            "{peaks:?}"
        );
    }

    #[test]
    fn the_claim_holds_up_to_some_volume() {
        let peaks = of(PeakInputs::default());
        assert_eq!(peaks.standing(), Standing::OnlyIf);
        assert!(functions_win(
            peaks.stated.functions_usd,
            peaks.stated.containers_usd
        ));
    }

    #[test]
    fn flat_traffic_is_no_peak() {
        let peaks = of(PeakInputs {
            peak_over_off_peak: 1.0,
            ..PeakInputs::default()
        });
        assert_eq!(peaks.functions_up_to, peaks.functions_up_to_flat);
    }

    #[test]
    fn what_no_workload_can_be_is_an_error() {
        let inputs = PeakInputs {
            duration_ms: -1.0,
            ..PeakInputs::default()
        };
        assert!(Peaks::new(inputs, PriceBook::embedded()).is_err());
    }
}

//! Where the order of two platforms flips over the number of requests a month.
//!
//! Costs are staircases, so a root finder on a smooth curve misses pairs of flips inside
//! one stair. Both costs rise with the volume; between two volumes each lies between its
//! values at the ends. A cell where these intervals do not overlap holds no flip and is
//! dropped; all others are halved until they are narrower than the resolution. Inside
//! such a cell a change of sign is closed in by bisection: to a crossing where both
//! totals agree to 0.1 %, or to the stair at which one of them jumps. Flips of a pair within
//! 10 % of each other, as two fine staircases make them, become one range.

mod over_input;

pub use over_input::{UnknownInput, over_input};

use crate::evaluation::{BreakEven, BreakEvenKind, CostCurve, CostSeries};
use crate::math;
use crate::platform::Prepared;
use crate::rules::Rules;
use crate::units::RequestsPerMonth;

/// Points of the chart for each factor of ten.
const POINTS_PER_DECADE: f64 = 24.0;
/// Two flips closer than this, as a share of the volume, count as one.
const RESOLUTION: f64 = 5e-4;
/// Totals this close, as a share, agree.
const AGREEMENT: f64 = 1e-3;
/// Flips of one pair this close, as a share of the volume, are shown as one range.
const ONE_RANGE: f64 = 0.1;
/// Costs of the drawn curve are kept to this part of a dollar.
const PARTS_OF_A_DOLLAR: f64 = 1e4;
/// Bisections that close in on a flip: 2^-50 of a cell.
const BISECTIONS: u32 = 50;

/// One platform's cost as a function of requests a month.
pub struct Curve<'a> {
    /// Platform id.
    pub platform: &'a str,
    /// The platform.
    pub prepared: &'a Prepared<'a>,
}

impl std::fmt::Debug for Curve<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Curve")
            .field("platform", &self.platform)
            .finish_non_exhaustive()
    }
}

impl Curve<'_> {
    fn at(&self, requests: f64) -> Option<f64> {
        self.prepared
            .cost(RequestsPerMonth::new(requests))
            .map(crate::units::Usd::get)
    }
}

/// The volumes of the chart, evenly spaced on a log axis.
#[must_use]
pub fn volumes() -> Vec<f64> {
    let (from, to) = Rules::embedded().break_even_decades;
    let mut points = Vec::new();
    let mut step = 0.0;
    while step <= (to - from) * POINTS_PER_DECADE {
        points.push(math::round(math::pow(
            10.0,
            from + step / POINTS_PER_DECADE,
        )));
        step += 1.0;
    }
    points
}

/// The cost of each platform over the volumes of the chart.
#[must_use]
pub fn cost_curve(curves: &[Curve<'_>]) -> CostCurve {
    let requests_per_month = volumes();
    let options = curves
        .iter()
        .map(|curve| CostSeries {
            platform: curve.platform.to_owned(),
            monthly_usd: requests_per_month
                .iter()
                .map(|&requests| curve.at(requests))
                .collect(),
        })
        .collect();
    CostCurve {
        requests_per_month,
        options,
    }
}

/// The curve as it is shown and stored: costs to a hundredth of a cent.
#[must_use]
pub fn rounded(mut curve: CostCurve) -> CostCurve {
    for usd in curve
        .options
        .iter_mut()
        .flat_map(|series| &mut series.monthly_usd)
        .flatten()
    {
        *usd = math::round(*usd * PARTS_OF_A_DOLLAR) / PARTS_OF_A_DOLLAR;
    }
    curve
}

/// Every flip between each two of the platforms, by rising volume.
#[must_use]
pub fn break_evens(curves: &[Curve<'_>], drawn: &CostCurve) -> Vec<BreakEven> {
    let mut found = Vec::new();
    for (index, left) in curves.iter().enumerate() {
        for right in &curves[index + 1..] {
            let pair = if left.platform < right.platform {
                Pair(left, right)
            } else {
                Pair(right, left)
            };
            let mut own = Vec::new();
            pair.search(drawn, &mut own);
            found.extend(ranges(own));
        }
    }
    found.sort_by(|left: &BreakEven, right| {
        left.requests_per_month.total_cmp(&right.requests_per_month)
    });
    found
}

/// Flips of one pair, by rising volume, with those within 10 % of each other as one range.
fn ranges(flips: Vec<BreakEven>) -> Vec<BreakEven> {
    let mut found: Vec<BreakEven> = Vec::new();
    for flip in flips {
        let near = |last: &&mut BreakEven| {
            let end = last.up_to.unwrap_or(last.requests_per_month);
            flip.requests_per_month <= end * (1.0 + ONE_RANGE)
        };
        if let Some(last) = found.last_mut().filter(near) {
            last.up_to = Some(flip.requests_per_month);
            last.cheaper_above = flip.cheaper_above;
            last.kind = BreakEvenKind::Step;
        } else {
            found.push(flip);
        }
    }
    found
}

struct Pair<'a>(&'a Curve<'a>, &'a Curve<'a>);

/// A volume with both costs.
#[derive(Clone, Copy, Debug)]
struct Point {
    requests: f64,
    first: f64,
    second: f64,
}

impl Point {
    fn first_is_cheaper(self) -> bool {
        self.first < self.second
    }

    fn agrees(self) -> bool {
        (self.first - self.second).abs() <= AGREEMENT * self.first.max(self.second)
    }
}

impl Pair<'_> {
    fn at(&self, requests: f64) -> Option<Point> {
        Some(Point {
            requests,
            first: self.0.at(requests)?,
            second: self.1.at(requests)?,
        })
    }

    fn search(&self, drawn: &CostCurve, found: &mut Vec<BreakEven>) {
        let series = |platform: &str| {
            drawn
                .options
                .iter()
                .find(|series| series.platform == platform)
        };
        let (Some(first), Some(second)) = (series(self.0.platform), series(self.1.platform)) else {
            return;
        };
        let points = drawn
            .requests_per_month
            .iter()
            .zip(first.monthly_usd.iter().zip(&second.monthly_usd));
        let mut before: Option<Point> = None;
        for (&requests, costs) in points {
            let point = match costs {
                (Some(first), Some(second)) => Some(Point {
                    requests,
                    first: *first,
                    second: *second,
                }),
                _ => None,
            };
            if let (Some(low), Some(high)) = (before, point) {
                self.cell(low, high, found);
            }
            before = point;
        }
    }

    /// Looks for flips between two volumes.
    fn cell(&self, low: Point, high: Point, found: &mut Vec<BreakEven>) {
        let apart = low.first.max(high.first) < low.second.min(high.second)
            || low.second.max(high.second) < low.first.min(high.first);
        if apart {
            return;
        }
        if high.requests <= low.requests * (1.0 + RESOLUTION) {
            if low.first_is_cheaper() != high.first_is_cheaper() {
                found.extend(self.close_in(low, high));
            }
            return;
        }
        let Some(middle) = self.at(math::sqrt(low.requests * high.requests)) else {
            return;
        };
        self.cell(low, middle, found);
        self.cell(middle, high, found);
    }

    fn close_in(&self, mut low: Point, mut high: Point) -> Option<BreakEven> {
        let below = low.first_is_cheaper();
        for _ in 0..BISECTIONS {
            let middle = self.at(f64::midpoint(low.requests, high.requests))?;
            if middle.first_is_cheaper() == below {
                low = middle;
            } else {
                high = middle;
            }
        }
        let kind = if low.agrees() && high.agrees() {
            BreakEvenKind::Crossing
        } else {
            BreakEvenKind::Step
        };
        Some(BreakEven {
            between: [self.0.platform.to_owned(), self.1.platform.to_owned()],
            requests_per_month: high.requests,
            up_to: None,
            cheaper_above: if below { self.1 } else { self.0 }.platform.to_owned(),
            kind,
            decides: false,
        })
    }
}

//! Where the order of two platforms flips over the number of requests a month.
//!
//! Costs are staircases, so a root finder on a smooth curve misses pairs of flips inside
//! one stair. Both costs rise with the volume; between two volumes each lies between its
//! values at the ends. A cell where these intervals do not overlap holds no flip and is
//! dropped; so is one where both agree to 0.1 % all over; all others are halved until they are
//! narrower than the resolution, which is fine where the answer may turn from one family to the
//! other and coarse elsewhere. Flips of a pair within 10 % of each other, as two fine staircases
//! make them, become one range, and inside of it the search is coarse too. The first and the
//! last change of sign of a range are closed in by bisection: to a crossing where both
//! totals agree to 0.1 %, or to the stair at which one of them jumps.
//!
//! All pairs halve the same cells, so that each platform's cost at a volume is kept.

mod over_input;

pub use over_input::{UnknownInput, over_input};

use std::cell::RefCell;
use std::collections::BTreeMap;

use crate::evaluation::{BreakEven, BreakEvenKind, CostCurve, CostSeries, Family};
use crate::math;
use crate::platform::Prepared;
use crate::rules::Rules;
use crate::units::RequestsPerMonth;

/// Points of the chart for each factor of ten.
const POINTS_PER_DECADE: f64 = 24.0;
/// Two flips closer than this, as a share of the volume, count as one.
const RESOLUTION: f64 = 5e-4;
/// The same for two platforms of one family, and inside a range.
const COARSE: f64 = 0.025;
/// Totals this close, as a share, agree.
const AGREEMENT: f64 = 1e-3;
/// Flips of one pair this close, as a share of the volume, are shown as one range.
const ONE_RANGE: f64 = 0.1;
/// Costs of the drawn curve are kept to this part of a dollar.
const PARTS_OF_A_DOLLAR: f64 = 1e4;
/// A flip is closed in to this share of its volume.
const CLOSED_IN: f64 = 1e-8;
/// Bisections that close in on a flip at the most.
const BISECTIONS: u32 = 50;

/// One platform's cost as a function of requests a month.
pub struct Curve<'a> {
    /// Platform id.
    platform: &'a str,
    family: Family,
    prepared: &'a Prepared<'a>,
    /// Costs by the bits of the volume: of positive numbers they rise with it.
    known: RefCell<BTreeMap<u64, Option<f64>>>,
}

impl std::fmt::Debug for Curve<'_> {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Curve")
            .field("platform", &self.platform)
            .finish_non_exhaustive()
    }
}

impl<'a> Curve<'a> {
    /// The curve of a platform.
    #[must_use]
    pub const fn new(platform: &'a str, family: Family, prepared: &'a Prepared<'a>) -> Self {
        Self {
            platform,
            family,
            prepared,
            known: RefCell::new(BTreeMap::new()),
        }
    }

    /// Its id.
    #[must_use]
    pub const fn platform(&self) -> &'a str {
        self.platform
    }

    /// Which side it stands on.
    #[must_use]
    pub const fn family(&self) -> Family {
        self.family
    }

    /// Cost a month at a volume; `None` where it cannot run.
    #[must_use]
    pub fn at(&self, requests: f64) -> Option<f64> {
        let compute = || {
            let cost = self.prepared.cost(RequestsPerMonth::new(requests));
            cost.map(crate::units::Usd::get)
        };
        let mut known = self.known.borrow_mut();
        *known.entry(requests.to_bits()).or_insert_with(compute)
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
    let mut options: Vec<CostSeries> = curves
        .iter()
        .map(|curve| CostSeries {
            platform: curve.platform.to_owned(),
            monthly_usd: Vec::with_capacity(requests_per_month.len()),
        })
        .collect();
    // Volume by volume: what platforms compute alike at one is still there for the next.
    for &requests in &requests_per_month {
        for (series, curve) in options.iter_mut().zip(curves) {
            series.monthly_usd.push(curve.at(requests));
        }
    }
    CostCurve {
        requests_per_month,
        options,
        bands: Vec::new(),
    }
}

/// The curve as it is shown and stored: costs to a hundredth of a cent.
#[must_use]
pub fn rounded(mut curve: CostCurve) -> CostCurve {
    let drawn = curve
        .options
        .iter_mut()
        .flat_map(|series| &mut series.monthly_usd)
        .flatten();
    let ranges = curve
        .bands
        .iter_mut()
        .flat_map(|band| band.low_usd.iter_mut().chain(&mut band.high_usd));
    for usd in drawn.chain(ranges) {
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
            found.extend(pair.flips(drawn));
        }
    }
    found.sort_by(|left: &BreakEven, right| {
        left.requests_per_month.total_cmp(&right.requests_per_month)
    });
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

/// A cell in which the order changes.
type Cell = (Point, Point);

/// Changes of order within 10 % of each other: the first and the last of them.
#[derive(Clone, Copy, Debug)]
struct Range {
    first: Cell,
    last: Option<Cell>,
}

impl Range {
    /// No flip above this belongs to the range.
    fn reach(&self) -> f64 {
        let (_, end) = self.last.unwrap_or(self.first);
        end.requests * (1.0 + ONE_RANGE)
    }
}

impl Pair<'_> {
    /// The flips of the pair, by rising volume.
    fn flips(&self, drawn: &CostCurve) -> impl Iterator<Item = BreakEven> {
        let mut found = Vec::new();
        self.search(drawn, &mut found);
        found.into_iter().filter_map(|range: Range| {
            let flip = self.close_in(range.first)?;
            let Some(last) = range.last else {
                return Some(flip);
            };
            let last = self.close_in(last)?;
            Some(BreakEven {
                up_to: Some(last.requests_per_month),
                cheaper_above: last.cheaper_above,
                kind: BreakEvenKind::Step,
                ..flip
            })
        })
    }

    fn at(&self, requests: f64) -> Option<Point> {
        Some(Point {
            requests,
            first: self.0.at(requests)?,
            second: self.1.at(requests)?,
        })
    }

    fn search(&self, drawn: &CostCurve, found: &mut Vec<Range>) {
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
    fn cell(&self, low: Point, high: Point, found: &mut Vec<Range>) {
        let apart = low.first.max(high.first) < low.second.min(high.second)
            || low.second.max(high.second) < low.first.min(high.first);
        if apart {
            return;
        }
        let flips = low.first_is_cheaper() != high.first_is_cheaper();
        if !flips && Self::agree_between(low, high) {
            return;
        }
        let inside = found
            .last()
            .is_some_and(|range| high.requests <= range.reach());
        let resolution = if inside || self.0.family == self.1.family {
            COARSE
        } else {
            RESOLUTION
        };
        if high.requests <= low.requests * (1.0 + resolution) {
            if flips {
                match found.last_mut() {
                    Some(range) if high.requests <= range.reach() => range.last = Some((low, high)),
                    _ => found.push(Range {
                        first: (low, high),
                        last: None,
                    }),
                }
            }
            return;
        }
        let Some(middle) = self.at(math::sqrt(low.requests * high.requests)) else {
            return;
        };
        self.cell(low, middle, found);
        self.cell(middle, high, found);
    }

    /// Whether the totals agree at every volume of a cell.
    fn agree_between(low: Point, high: Point) -> bool {
        let most = high.first.max(high.second);
        most - low.first.min(low.second) <= AGREEMENT * most
    }

    fn close_in(&self, (mut low, mut high): Cell) -> Option<BreakEven> {
        let below = low.first_is_cheaper();
        for _ in 0..BISECTIONS {
            if high.requests - low.requests <= CLOSED_IN * high.requests {
                break;
            }
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

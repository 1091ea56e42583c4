//! One component on both sides, platform by platform.

use serde::{Deserialize, Serialize};

use super::lines::BillComparison;
use super::pairs::{Pair, by_key};
use super::{Amounts, Both, BreakEvenComparison, ComponentComparison, Outcome, VISIBLE_USD};
use crate::evaluation::{BreakEven, ComponentEvaluation, Family, PlatformOption};

/// A P99 that moves by less than this share stays where it is: people read two digits of it.
const VISIBLE_LATENCY: f64 = 0.005;

/// One platform for one component of both.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct OptionComparison {
    /// Platform id.
    pub platform: String,
    /// Its name, for people.
    pub label: String,
    /// Which side of the question it stands on.
    pub family: Family,
    /// Cost a month, US dollars; null where it is not listed or not priced.
    pub monthly_usd: Amounts,
    /// P99 over the week, milliseconds; null where it is not listed or cannot run.
    pub p99_ms: Amounts,
    /// Whether no limit is broken; null where it is not listed.
    pub fits: Both<Option<bool>>,
    /// Whether the latency target is met; null where it is not listed.
    pub meets_target: Both<Option<bool>>,
    /// The bills, where both are priced: only then do differences of lines add up to that of the
    /// totals.
    pub bill: Option<BillComparison>,
}

impl OptionComparison {
    /// Whether it can be chosen on either side: it fits and has a price.
    #[must_use]
    pub fn can_be_chosen(&self) -> bool {
        let priced = |fits: Option<bool>, usd: Option<f64>| fits == Some(true) && usd.is_some();
        priced(self.fits.left, self.monthly_usd.left)
            || priced(self.fits.right, self.monthly_usd.right)
    }

    /// Whether people would see a difference in cost, bill, fit or response time.
    #[must_use]
    pub fn differs(&self) -> bool {
        let slower = self.p99_ms.left.unwrap_or_default() * VISIBLE_LATENCY;
        self.monthly_usd.differs_by(VISIBLE_USD)
            || self.p99_ms.differs_by(slower.max(f64::MIN_POSITIVE))
            || self.fits.differs()
            || self.meets_target.differs()
            || self
                .bill
                .iter()
                .flat_map(|bill| &bill.changed)
                .any(super::LineDifference::is_visible)
    }
}

/// What differs for a component, of which one side may lack.
pub(super) fn component(
    left: Option<&ComponentEvaluation>,
    right: Option<&ComponentEvaluation>,
    index: Pair,
) -> ComponentComparison {
    let outcome = |component: Option<&ComponentEvaluation>| {
        let verdict = &component?.verdict;
        Some(Outcome {
            family: verdict.family,
            platform: verdict.platform.clone(),
            confidence: verdict.confidence,
            headline: String::new(),
        })
    };
    let verdict = Both {
        left: outcome(left),
        right: outcome(right),
    };
    let name = |side: Option<&ComponentEvaluation>| {
        side.map_or_else(String::new, |side| side.name.clone())
    };
    ComponentComparison {
        index,
        name: Both {
            left: name(left),
            right: name(right),
        },
        verdict,
        options: options(left, right),
        break_even: break_evens(left, right),
    }
}

fn options(
    left: Option<&ComponentEvaluation>,
    right: Option<&ComponentEvaluation>,
) -> Vec<OptionComparison> {
    let listed = |side: Option<&'_ ComponentEvaluation>| -> Vec<PlatformOption> {
        side.map(|side| side.options.clone()).unwrap_or_default()
    };
    let ids = |options: &[PlatformOption]| -> Vec<String> {
        let options = options.iter();
        options.map(|option| option.platform.clone()).collect()
    };
    let (left, right) = (listed(left), listed(right));
    by_key(&ids(&left), &ids(&right))
        .into_iter()
        .filter_map(|pair| {
            let one = pair.left.map(|place| &left[place]);
            option(one, pair.right.map(|place| &right[place]))
        })
        .collect()
}

fn option(
    left: Option<&PlatformOption>,
    right: Option<&PlatformOption>,
) -> Option<OptionComparison> {
    // The names are those of the newer text.
    let named = right.or(left)?;
    let usd = |side: Option<&PlatformOption>| Some(side?.bill.as_ref()?.monthly_usd);
    let p99 = |side: Option<&PlatformOption>| Some(side?.latency.as_ref()?.percentiles.p99_ms);
    let bills = left
        .and_then(|left| left.bill.as_ref())
        .zip(right.and_then(|right| right.bill.as_ref()));
    Some(OptionComparison {
        platform: named.platform.clone(),
        label: named.label.clone(),
        family: named.family,
        monthly_usd: Amounts::of(usd(left), usd(right)),
        p99_ms: Amounts::of(p99(left), p99(right)),
        fits: both(left, right, |option| option.fit.ok),
        meets_target: both(left, right, |option| option.meets_target),
        bill: bills.map(|(left, right)| BillComparison::of(left, right)),
    })
}

fn both<T>(
    left: Option<&PlatformOption>,
    right: Option<&PlatformOption>,
    of: fn(&PlatformOption) -> T,
) -> Both<Option<T>> {
    Both {
        left: left.map(of),
        right: right.map(of),
    }
}

/// Flips of the same two platforms in the same direction belong together, the lowest with the
/// lowest.
fn break_evens(
    left: Option<&ComponentEvaluation>,
    right: Option<&ComponentEvaluation>,
) -> Vec<BreakEvenComparison> {
    let rising = |side: Option<&'_ ComponentEvaluation>| -> Vec<BreakEven> {
        let mut flips = side.map(|side| side.break_even.clone()).unwrap_or_default();
        flips.sort_by(|one, other| one.requests_per_month.total_cmp(&other.requests_per_month));
        flips
    };
    let keys = |flips: &[BreakEven]| -> Vec<([String; 2], String)> {
        let flips = flips.iter();
        flips
            .map(|flip| (flip.between.clone(), flip.cheaper_above.clone()))
            .collect()
    };
    let (left, right) = (rising(left), rising(right));
    let mut found: Vec<BreakEvenComparison> = by_key(&keys(&left), &keys(&right))
        .into_iter()
        .filter_map(|pair| {
            let at = Both {
                left: pair.left.map(|place| left[place].clone()),
                right: pair.right.map(|place| right[place].clone()),
            };
            let known = at.left.as_ref().or(at.right.as_ref())?;
            Some(BreakEvenComparison {
                between: known.between.clone(),
                cheaper_above: known.cheaper_above.clone(),
                at,
            })
        })
        .collect();
    let lowest = |one: &BreakEvenComparison| {
        let both = [&one.at.left, &one.at.right];
        let volumes = both
            .into_iter()
            .flatten()
            .map(|flip| flip.requests_per_month);
        volumes.fold(f64::INFINITY, f64::min)
    };
    found.sort_by(|one, other| lowest(one).total_cmp(&lowest(other)));
    found
}
